"""My posts that appear later: another time, now, or never."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feed import streams
from feed.actions import scheduling
from feed.actions.refusals import Refused
from feed.forms import WhenForm
from feed.streams import own


@require_GET
def scheduled(request):
    """Soonest first; what was held stands on top."""
    context = {
        "posts": own.waiting(request.user),
        "zone": zone(),
        "section": "feed",
        "ui_language": get_language(),
    }
    return render(request, "feed/scheduled.html", context)


@require_http_methods(["GET", "POST"])
def reschedule(request, pk):
    """Another time for one of mine."""
    post = _waiting(request.user, pk)
    form = WhenForm(request.POST or None, initial={"when": post.publish_at})
    if request.method == "POST" and form.is_valid():
        try:
            scheduling.reschedule(post=post, by=request.user, when=form.cleaned_data["when"])
            return _back(request, _("It appears by itself when its time has come."))
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"post": post, "form": form, "zone": zone(), "section": "feed", "ui_language": get_language()}
    return render(request, "feed/reschedule.html", context, status=422 if form.errors else 200)


@require_POST
def publish_now(request, pk):
    """One of mine appears at once."""
    post = _waiting(request.user, pk)
    try:
        scheduling.publish_now(post=post, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
        return _back(request)
    answer = redirect("feed:post", pk=pk)
    answer.status_code = 303
    return answer


def zone() -> str:
    """The zone in which the reader's times are meant (A35)."""
    return timezone.get_current_timezone_name().replace("_", " ")


def _waiting(user, pk):
    post = streams.find_post(user, pk)
    if post.author_id != user.pk or not post.is_short or post.state not in scheduling.WAITING:
        raise Http404
    return post


def _back(request, message=""):
    if message:
        messages.success(request, message)
    answer = redirect("feed:scheduled")
    answer.status_code = 303
    return answer
