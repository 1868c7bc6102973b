"""What is stored about oneself: a copy to download, erasure, and what is kept of everybody for how long."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import audit, data_kinds, ratelimit, registries
from people.actions import data_requests
from people.models import DataRequest, DirectorySource, PrivacyRules
from people.views.media import send_file


@require_safe
def my_data(request):
    """The page. While a copy is made it renews itself every few seconds."""
    own = DataRequest.objects.filter(user=request.user)
    copies = own.filter(kind="export")
    erasures = own.filter(kind="erasure").select_related("asked_by", "decided_by")
    found = registries.owned.run(user=request.user).values()
    context = {
        "copy": copies.first(),
        "erasure": erasures.first(),
        "numbers": {label: number for part in found for label, number in part.items() if number},
        "now": timezone.now(),
        "section": "settings",
    }
    template = "people/_data_copy.html" if request.htmx else "people/my_data.html"
    return render(request, template, context)


@require_POST
def ask(request):
    """Have a copy made."""
    ratelimit.check(request.user, "export")
    data_requests.ask_copy(user=request.user)
    messages.success(request, _("Your copy is being made. This page shows when it is ready."))
    return redirect("people:my_data")


@require_safe
def file(request, pk):
    """The copy, for whom it is about, until its time is over; logged."""
    found = DataRequest.objects.filter(
        pk=pk, user=request.user, kind="export", state="done", expires_at__gt=timezone.now()
    ).first()
    if found is None or not found.file:
        raise Http404
    audit.record(action="people.export.download", by=request.user, target=request.user)
    name = f"{request.user.handle}-{timezone.localtime(found.finished_at):%Y-%m-%d}.zip"
    return send_file(found.file, filename=name)


@require_safe
def about(request):
    """What is stored of everybody, who sees it, for how long, and from which directories it comes."""
    rules = PrivacyRules.load()
    kinds = [
        {"kind": kind, "days": getattr(rules, kind.days) if kind.days else 0}
        for kind in data_kinds.kinds.values()
    ]
    context = {
        "kinds": kinds,
        "rules": rules,
        "sources": DirectorySource.objects.filter(is_active=True),
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
        "idle_hours": settings.SESSION_IDLE_SECONDS // 3600,
        "section": "settings",
    }
    return render(request, "people/about_data.html", context)
