"""Inviting colleagues by mail, for people administrators: paste, preview, send; the list of who has not come yet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.actions import inviting
from people.invited_lines import read
from people.models import Invitation
from people.paging import take
from people.views.governing import for_people_administrators

MAX_TEXT = 100_000
SIZE = 50


@for_people_administrators
@require_http_methods(["GET", "POST"])
def index(request):
    """The screen. POST `lines` shows what would happen; with `send` it happens; `renew`, `revoke` act on one row."""
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
            return redirect("people:invitations")
        lines = read(text)
    return _page(request, text, lines)


def _one(request, key, name, act):
    """Nothing happens twice: a row that is gone or accepted meanwhile is said so."""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    invitation = Invitation.objects.select_related("user").filter(pk=number, accepted_at=None).first()
    if invitation is None:
        messages.error(request, _("This invitation is no longer waiting."))
    else:
        act(invitation=invitation, by=request.user)
        again = name == "renew"
        messages.success(
            request, _("The link is sent again.") if again else _("The invitation is taken back.")
        )
    return redirect("people:invitations")


def _page(request, text, lines):
    waiting = Invitation.objects.filter(accepted_at=None).select_related("user", "invited_by")
    rows = take(waiting, ("-pk",), after=request.GET.get("after", ""), size=SIZE)
    good = sum(not line.problem for line in lines)
    context = {
        "section": "manage",
        "manage": "invitations",
        "text": text,
        "lines": lines,
        "good": good,
        "rows": rows,
        "now": timezone.now(),
    }
    status = 422 if lines and not good else 200
    return render(request, "people/manage/invitations.html", context, status=status)
