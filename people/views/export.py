"""A person takes their data along (A34)."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import ratelimit
from people.actions import privacy


@require_POST
def export(request):
    """A ZIP with everything stored about or written by whoever asks. At most a few times an hour."""
    ratelimit.check(request.user, "export")
    answer = HttpResponse(privacy.export_zip(user=request.user), content_type="application/zip")
    name = f"{request.user.handle}-{timezone.localdate():%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
