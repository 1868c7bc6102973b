"""Inviting colleagues by mail, for people administrators: paste, preview, send; the list of who has not come yet."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from people.actions import inviting
from people.invited_lines import read
from people.models import Invitation

SHOWN = 100
MAX_TEXT = 100_000


@require_http_methods(["GET", "POST"])
def invitations(request):
    """The screen. POST `lines` shows what would happen; with `send` it happens; `renew`, `revoke` act on one row."""
    if not request.user.is_people_administrator:
        raise PermissionDenied
    for name, act in (("renew", inviting.renew), ("revoke", inviting.revoke)):
        if request.method == "POST" and name in request.POST:
            return _one(request, request.POST[name], name, act)
    text = request.POST.get("lines", "")[:MAX_TEXT]
    lines = read(text)
    if request.method == "POST" and "send" in request.POST:
        made = len(inviting.invite(lines=lines, by=request.user))
        said = ngettext("%(n)s person is invited.", "%(n)s people are invited.", made) % {"n": made}
        messages.success(request, said)
        text = "\n".join(line.text for line in lines if line.problem)
        if not text:
            return redirect("invitations")
        lines = read(text)
    good = sum(not line.problem for line in lines)
    return _page(request, text, lines, good)


def _one(request, key, name, act):
    """Nothing happens twice: a row that is gone or accepted meanwhile is said so."""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    invitation = Invitation.objects.select_related("user").filter(pk=number, accepted_at=None).first()
    if invitation is None:
        messages.error(request, _("This invitation is no longer waiting."))
    else:
        act(invitation=invitation, by=request.user)
        messages.success(
            request, _("The link is sent again.") if name == "renew" else _("The invitation is taken back.")
        )
    return redirect("invitations")


def _page(request, text, lines, good):
    rows = Invitation.objects.filter(accepted_at=None).select_related("user", "invited_by").order_by("-pk")
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    rows = list(rows[: SHOWN + 1])
    context = {
        "text": text,
        "lines": lines,
        "good": good,
        "rows": rows[:SHOWN],
        "now": timezone.now(),
        "next_page": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
    }
    bad = bool(lines) and not good
    return render(request, "people/admin/invitations.html", context, status=422 if bad else 200)
