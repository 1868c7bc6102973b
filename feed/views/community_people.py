"""Who is in a community: the list, joining, asking, inviting, deciding, roles, leaving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feed.actions import communities, memberships
from feed.actions.refusals import Refused
from feed.forms import AskForm, DecisionForm, InviteForm, LeaveForm, RoleForm
from feed.models import JoinRequest
from feed.streams import communities as places
from feed.views.communities import head, owned, see
from people import ratelimit
from people.models import User


@require_GET
def members(request, slug):
    """Everybody who is in, by name, keyset-paged; the owners also see who waits at the door."""
    return _members(request, slug)


def _members(request, slug, *, form=None, status=200, retry_after=None):
    found = places.find(request.user, slug)
    if not found.visible_to(request.user):
        raise Http404
    after, q = request.GET.get("after", ""), request.GET.get("q", "")[:100]
    page = places.members(found, after=after, q=q)
    context = head(request, found)
    context |= {
        "page": page,
        "q": q,
        "older_url": f"?{urlencode({'q': q, 'after': page.after})}" if page.after else "",
        "newer_url": f"?{urlencode({'q': q})}" if after else "",
        "waiting": places.waiting(found) if context["is_owner"] else [],
        "invite_form": form or InviteForm(),
    }
    answer = render(request, "feed/communities/members.html", context, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer


@require_POST
def join(request, slug):
    """Come in, accept an invitation, or ask to come in."""
    found = places.find(request.user, slug)
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("text", [])))
        return _back(found)
    try:
        ratelimit.check(request.user, "community")
        inside = memberships.ask(community=found, user=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("You are in.") if inside else _("The owners have been asked."))
    except Refused as reason:
        messages.error(request, str(reason))
    return _back(found)


@require_POST
def withdraw(request, slug):
    """Say no to an invitation, or take back what one asked."""
    found = places.find(request.user, slug)
    memberships.withdraw(community=found, user=request.user)
    return _back(found) if found.visible_to(request.user) else see(reverse("feed:communities"))


@require_http_methods(["GET", "POST"])
def leave(request, slug):
    """Go; the last owner chooses a successor."""
    found = places.find(request.user, slug)
    if not found.has_member(request.user):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = LeaveForm(data, community=found, user=request.user)
    is_last = {one.pk for one in places.owners(found)} == {request.user.pk}
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                successor = form.cleaned_data["successor"]
                memberships.leave(community=found, user=request.user, successor=successor)
                return see(reverse("feed:communities"))
        except Refused as reason:
            form.add_error("successor", str(reason))
        status = 422
    context = {**head(request, found), "form": form, "is_last": is_last}
    return render(request, "feed/communities/leave.html", context, status=status)


@require_POST
def invite(request, slug):
    """Ask colleagues in, by handle or name; each counts (T11)."""
    found = owned(request.user, slug)
    form = InviteForm(request.POST)
    try:
        if form.is_valid():
            people = form.cleaned_data["handle"]
            for _person in people:
                ratelimit.check(request.user, "community")
            inside, asked = memberships.invite_all(community=found, users=people, by=request.user)
            _say(request, inside, asked)
            return _to_members(found)
    except ratelimit.TooMany as error:
        form.add_error("handle", _("You made or asked much in the last hour. Try again later."))
        return _members(request, slug, form=form, status=429, retry_after=error.retry_after)
    except Refused as reason:
        form.add_error("handle", str(reason))
    return _members(request, slug, form=form, status=422)


def _say(request, inside, asked):
    """What came of the invitations."""
    if inside:
        said = ngettext("%(names)s is in.", "%(names)s are in.", len(inside))
        messages.success(request, said % {"names": ", ".join(one.name for one in inside)})
    if asked:
        said = ngettext("%(names)s has been invited.", "%(names)s have been invited.", len(asked))
        messages.success(request, said % {"names": ", ".join(one.name for one in asked)})


@require_POST
def decide(request, slug, pk):
    """Let somebody in who asked, or decline with a reason; take an invitation back."""
    found = owned(request.user, slug)
    wanted = get_object_or_404(
        JoinRequest.objects.select_related("user", "community"), community=found, pk=pk
    )
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why. The reason is shown."))
        return _to_members(found)
    yes = form.cleaned_data["decision"] == "yes"
    try:
        if wanted.invited_by_id and not yes:
            memberships.withdraw(community=found, user=wanted.user)
        elif yes:
            memberships.approve(request=wanted, by=request.user)
        else:
            memberships.decline(request=wanted, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as reason:
        messages.error(request, str(reason))
    return _to_members(found)


@require_POST
def role(request, slug, handle):
    """Make a member an owner or an owner a member, or put somebody out with a reason."""
    found = owned(request.user, slug)
    person = get_object_or_404(User, handle=handle, memberships__community=found)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted, reason = form.cleaned_data["role"], form.cleaned_data["reason"]
    try:
        if wanted != "out":
            memberships.set_role(community=found, user=person, role=wanted, by=request.user)
        elif reason:
            memberships.remove(community=found, user=person, by=request.user, reason=reason)
        else:
            messages.error(request, _("Say why. The reason is shown."))
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(found) if person == request.user else _to_members(found)


@require_POST
def archive(request, slug):
    """Put the community into the archive, or take it out."""
    found = owned(request.user, slug)
    act = communities.reopen if found.archived_at else communities.archive
    act(community=found, by=request.user)
    return _back(found)


def _back(found):
    return see(reverse("feed:community", args=[found.slug]))


def _to_members(found):
    return see(reverse("feed:community_members", args=[found.slug]))
