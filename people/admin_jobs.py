"""Tasks and mails that failed for good, for administrators: look, mend the cause, try again (A29)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from people import jobs, outbox

SHOWN = 100


@require_http_methods(["GET", "POST"])
def failed_tasks(request):
    """The list; POST `task` queues one of them again from its first attempt."""
    if not request.user.is_administrator:
        raise PermissionDenied
    if request.method == "POST":
        again = jobs.dead_letters().filter(pk=_uuid(request.POST.get("task", ""))).exists()
        if again and jobs.revive(pk=request.POST["task"]):
            messages.success(request, _("The task is queued again."))
        return redirect("failed_tasks")
    return render(request, "people/admin/failed_tasks.html", {"rows": jobs.dead_letters()[:SHOWN]})


@require_http_methods(["GET", "POST"])
def failed_messages(request):
    """Mails that were given up; POST `message` sends one of them again, `all` every one."""
    if not request.user.is_administrator:
        raise PermissionDenied
    if request.method == "POST":
        chosen = request.POST.get("message", "")
        keys = [chosen] if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else []
        if "all" in request.POST:
            keys = list(outbox.failed().values_list("pk", flat=True)[:SHOWN])
        if sum(outbox.revive(pk=int(key)) for key in keys):
            messages.success(request, _("What you chose is sent again."))
        return redirect("failed_messages")
    rows = outbox.failed().select_related("recipient")[:SHOWN]
    return render(request, "people/admin/failed_messages.html", {"rows": rows})


def _uuid(text):
    """The text when it can be a task's id, else None: never an error for a made-up one."""
    plain = text.replace("-", "")
    return text if len(plain) == 32 and all(sign in "0123456789abcdef" for sign in plain) else None
