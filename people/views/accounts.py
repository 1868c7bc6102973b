"""People administrators' own screens: find, create and change accounts. Nobody is impersonated, nobody deleted (A8)."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import roles
from people.actions import accounts, granting, mastering
from people.folding import fold
from people.forms.accounts import AccountForm, RolesForm
from people.models import FORMER_HANDLE, DataRequest, RoleGrant, User
from people.paging import take
from people.views.governing import for_people_administrators, managed

BY_NAME = ("last_name", "first_name", "pk")
SIZE = 50
STATES = {
    "active": Q(is_active=True),
    "leaving": Q(is_active=True, left_on__isnull=False),
    "left": Q(is_active=False) & ~Q(handle__startswith=FORMER_HANDLE),
}


@for_people_administrators
@require_safe
def index(request):
    """Accounts by name, found by words or address, by state; keyset-paged."""
    state = request.GET.get("state", "active")
    state = state if state in STATES else "active"
    q, after = request.GET.get("q", "").strip()[:100], request.GET.get("after", "")
    found = User.objects.for_cards().filter(STATES[state])
    for word in q.split()[:5]:
        found = found.filter(_fits(word))
    people = take(found, BY_NAME, after=after, size=SIZE)
    names = {"active": _("Active"), "leaving": _("With a last day"), "left": _("Left")}
    tabs = [
        {"url": f"?{urlencode({'state': key, 'q': q})}", "label": label, "current": key == state}
        for key, label in names.items()
    ]
    more = f"?{urlencode({'state': state, 'q': q, 'after': people.after})}" if people.after else ""
    context = {"people": people, "tabs": tabs, "q": q, "state": state, "more": more, "after": after}
    return _page(request, "people/manage/accounts.html", context)


@for_people_administrators
@require_http_methods(["GET", "POST"])
def new(request):
    """An account without a password."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = accounts.create(values=dict(form.cleaned_data), by=request.user)
        messages.success(request, _("The account of %(name)s is there.") % {"name": person.name})
        return redirect("people:account", person.pk)
    return _page(
        request, "people/manage/account_new.html", {"form": form}, status=422 if form.errors else 200
    )


@for_people_administrators
@require_http_methods(["GET", "POST"])
def account(request, pk):
    """One account: what the directory says, roles, sign-in, end."""
    person = managed(request, pk)
    form = AccountForm(
        request.POST or None,
        person=person,
        readdress=roles.may_readdress(request.user, person),
        locked=mastering.locked_fields(user=person),
    )
    if request.method == "POST" and form.is_valid():
        changed = accounts.change(user=person, values=dict(form.cleaned_data), by=request.user)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("people:account", pk)
    return _account(request, person, form, status=422 if form.errors else 200)


@for_people_administrators
@require_POST
def set_roles(request, pk):
    """Give and take roles; what the editor lacks stays as it is (A8)."""
    person = managed(request, pk)
    may = roles.grantable(request.user)
    form = RolesForm(request.POST, may=may, has=granting.own_roles(user=person))
    if not form.is_valid():
        messages.error(request, _("Choose among the roles that you have."))
        return redirect("people:account", pk)
    granting.set_roles(user=person, wanted=set(form.cleaned_data["roles"]), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:account", pk)


@for_people_administrators
@require_POST
def end_sessions(request, pk):
    """Sign somebody out everywhere."""
    ended = accounts.end_sessions(user=managed(request, pk), by=request.user)
    messages.success(request, _("Signed out on %(n)s devices.") % {"n": ended})
    return redirect("people:account", pk)


def _fits(word):
    """A part of name, handle or address, or a word as the directory folds it."""
    rule, folded = Q(email__icontains=word) | Q(handle__icontains=word), fold(word)
    rule |= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return rule | Q(folded__contains=folded) if folded else rule


def _account(request, person, form, *, status):
    may, has = roles.grantable(request.user), granting.own_roles(user=person)
    granted = RoleGrant.objects.filter(audience__members__user=person).select_related("audience")
    context = {
        "form": form,
        "person": person,
        "roles_form": RolesForm(may=may, has=has) if person.is_active and may else None,
        "beyond": [roles.LABELS[name] for name in sorted(has - may)],
        "granted": granted.order_by("role", "pk"),
        "devices": person.usersession_set.count(),
        "erasure": DataRequest.objects.filter(user=person, kind=DataRequest.Kind.ERASURE).first(),
        "today": timezone.localdate(),
        "is_self": person.pk == request.user.pk,
    }
    return _page(request, "people/manage/account.html", context, status=status)


def _page(request, template, context, *, status=200):
    return render(request, template, {"section": "manage", "manage": "accounts", **context}, status=status)
