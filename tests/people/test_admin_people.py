"""Accounts as people administrators keep them: nobody gives more than they have; leaving goes one way (A8, A12)."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from people import audit, roles
from people.accounts import Adapter
from people.actions import audiences, granting
from people.models import Audience, AudienceMember, DirectorySource, FeedKey, RoleGrant, User
from tests.factories import PASSWORD, AudienceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return UserFactory(first_name="Ida", last_name="Falk", handle="ida.falk", email="ida@example.com")


@pytest.fixture
def hr(company):
    return UserFactory(
        first_name="Petra", last_name="Ohm", handle="petra", roles=[roles.PEOPLE_ADMINISTRATORS]
    )


def edit(client, person, **changes):
    names = ("email", "first_name", "last_name", "handle", "job_title")
    fields = {name: getattr(person, name) for name in names}
    return client.post(reverse("people:account", args=[person.pk]), {**fields, **changes})


def give(client, person, *names):
    return client.post(reverse("people:account_roles", args=[person.pk]), {"roles": names})


ROUTES = [
    ("people:accounts", ()), ("people:account_new", ()), ("people:account", ("pk",)), ("people:account_end", ("pk",)),
    ("people:account_reopen", ("pk",)), ("people:account_erasure", ("pk",)), ("people:role_grants", ()),
    ("people:data_requests", ()),
]  # fmt: skip


@pytest.mark.parametrize("role", ["employee", "executive", "communications", "moderator"])
def test_only_people_administrators_come_in(company, client_for, colleague, role):
    client = client_for(getattr(company, role))
    for name, needs in ROUTES:
        assert client.get(reverse(name, args=[colleague.pk] if needs else [])).status_code == 403, name
    for name in ("people:account_roles", "people:account_sessions"):
        assert client.post(reverse(name, args=[colleague.pk])).status_code == 403
    assert edit(client, colleague, first_name="Owned").status_code == 403


def test_nobody_gives_or_takes_a_role_that_they_lack(company, client_for, colleague, hr):
    """A8: giver × role. A people administrator gives their own role only; an administrator gives all."""
    may = {"petra": {roles.PEOPLE_ADMINISTRATORS}, "ada": set(roles.LABELS)}
    for giver in (hr, company.administrator):
        for role in roles.LABELS:
            person = UserFactory()
            give(client_for(giver), person, role)
            person = User.objects.get(pk=person.pk)
            assert granting.own_roles(user=person) == ({role} & may[giver.handle]), (giver, role)
    granting.set_roles(user=colleague, wanted={roles.MODERATORS}, by=company.administrator)
    give(client_for(hr), colleague)
    assert granting.own_roles(user=colleague) == {roles.MODERATORS}


def test_an_administrators_account_is_for_administrators(company, client_for, hr):
    client, boss = client_for(hr), company.administrator
    for name, needs in ROUTES:
        if needs:
            assert client.get(reverse(name, args=[boss.pk])).status_code == 403, name
            assert client.post(reverse(name, args=[boss.pk]), {"when": "now"}).status_code == 403, name
    assert give(client, boss, roles.PEOPLE_ADMINISTRATORS).status_code == 403
    boss.refresh_from_db()
    assert boss.is_active and boss.is_superuser


def test_the_address_by_which_one_signs_in_is_changed_by_administrators_only(
    company, client_for, colleague, hr
):
    assert edit(client_for(hr), colleague, email="evil@example.com", job_title="Formerin").status_code == 302
    colleague.refresh_from_db()
    assert (colleague.email, colleague.job_title) == ("ida@example.com", "Formerin")
    edit(client_for(company.administrator), colleague, email="Ida.Falk@example.com")
    colleague.refresh_from_db()
    assert colleague.email == "ida.falk@example.com"


def test_the_last_administrator_stays(company, client_for):
    boss, client = company.administrator, client_for(company.administrator)
    with pytest.raises(granting.ValidationError):
        granting.set_roles(user=boss, wanted=set(), by=boss)
    answer = client.post(reverse("people:account_end", args=[boss.pk]), {"when": "now"})
    assert answer.status_code == 422 and User.objects.get(pk=boss.pk).is_active
    other = UserFactory(is_superuser=True)
    granting.set_roles(user=boss, wanted=set(), by=boss)
    assert not User.objects.get(pk=boss.pk).is_superuser and other.is_superuser


def test_groups_of_blogs_are_neither_shown_nor_lost(company, client_for, colleague):
    blog_group = Group.objects.create(name="blog: Foundry")
    colleague.groups.add(blog_group)
    client = client_for(company.administrator)
    page = client.get(reverse("people:account", args=[colleague.pk])).content.decode()
    assert "blog: Foundry" not in page
    give(client, colleague, roles.MODERATORS)
    give(client, colleague)
    assert list(colleague.groups.all()) == [blog_group]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("handle", "ida-falk2x!"),
        ("handle", "annа"),
        ("handle", "admin"),
        ("handle", "ida-fa1k"),
        ("email", "ä@example.com"),
        ("email", "IDA@example.com"),
        ("manager", "nobody.here"),
    ],
)
def test_odd_values_are_refused_and_typed_text_is_kept(company, client_for, colleague, field, value):
    other = UserFactory(handle="anna")
    answer = edit(client_for(company.administrator), other, **{field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert value in answer.content.decode()


def test_what_a_directory_masters_is_shown_with_its_source_and_not_changed(company, client_for, colleague):
    source = DirectorySource.objects.create(
        name="Personnel", kind="scim", issuer="scim:1", fields=["job_title"]
    )
    colleague.job_title, colleague.mastered = "Caster", {"job_title": source.pk}
    colleague.save()
    client = client_for(company.administrator)
    assert (
        "Comes from Personnel." in client.get(reverse("people:account", args=[colleague.pk])).content.decode()
    )
    edit(client, colleague, job_title="Boss", first_name="Ina")
    colleague.refresh_from_db()
    assert (colleague.job_title, colleague.first_name) == ("Caster", "Ina")


def test_an_end_lists_its_effects_and_ends_sessions_keys_and_roles(company, client_for, hr, client):
    colleague = UserFactory(handle="ida.falk", roles=[roles.COMMUNICATIONS])
    client.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    FeedKey.objects.create(user=colleague)
    office, address = client_for(hr), reverse("people:account_end", args=[colleague.pk])
    assert "signed-in devices" in office.get(address).content.decode()
    assert office.post(address, {"when": "now"}).status_code == 302
    colleague = User.objects.get(pk=colleague.pk)
    assert not colleague.is_active and colleague.left_on == timezone.localdate()
    assert not colleague.groups.exists() and not FeedKey.objects.filter(user=colleague).exists()
    assert not UserSession.objects.filter(user=colleague).exists()
    office.post(reverse("people:account_reopen", args=[colleague.pk]))
    assert User.objects.get(pk=colleague.pk).is_active
    assert client.get("/").status_code == 302, "the old cookie stays dead"


def test_wagtails_own_screens_lead_to_ours_and_nobody_is_deleted(company, client_for, colleague):
    client = client_for(company.administrator)
    assert client.post(reverse("wagtailusers_users:delete", args=[colleague.pk])).status_code in (302, 403)
    for action in ("delete", "set_active_state", "assign_role"):
        address = f"/admin/bulk/people/user/{action}/?id={colleague.pk}"
        assert client.post(address, {"mark_as_active": "False"}).status_code in (302, 403)
    assert User.objects.filter(pk=colleague.pk, is_active=True).exists()
    assert client.get(reverse("wagtailusers_users:index"))["Location"] == reverse("people:accounts")
    edited = client.post(reverse("wagtailusers_users:edit", args=[colleague.pk]), {"is_superuser": "on"})
    assert edited["Location"] == reverse("people:account", args=[colleague.pk])
    assert not User.objects.get(pk=colleague.pk).is_superuser


def test_new_account_is_found_by_words_and_has_no_password(company, client_for, hr):
    client = client_for(hr)
    fields = {"email": "New@Example.com", "handle": "neu.hier", "first_name": "Jörn", "last_name": "Hiér"}
    assert client.post(reverse("people:account_new"), fields).status_code == 302
    made = User.objects.get(handle="neu.hier")
    assert made.email == "new@example.com" and not made.has_usable_password()
    assert "neu.hier" not in client.get(reverse("people:accounts") + "?q=zzz").content.decode()
    assert "new@example.com" in client.get(reverse("people:accounts") + "?q=joern").content.decode()


# Roles by audience


def test_a_role_by_audience_comes_and_goes_with_the_membership(company, client_for, colleague):
    office = AudienceFactory(name="Press office")
    client = client_for(company.administrator)
    sent = {"role": roles.COMMUNICATIONS, "audience": office.pk}
    assert client.post(reverse("people:role_grants"), sent).status_code == 302
    audiences.add_member(audience=office, user=colleague)
    now = User.objects.get(pk=colleague.pk)
    assert now.is_communications and now.has_perm("blog.manage_blogs")
    assert colleague in User.objects.with_role(roles.COMMUNICATIONS)
    assert client_for(now).get(reverse("blog_admin:index")).status_code == 200
    client.post(reverse("people:role_grant_remove", args=[RoleGrant.objects.get().pk]))
    now = User.objects.get(pk=colleague.pk)
    assert not now.is_communications and not now.has_perm("blog.manage_blogs")


def test_a_role_stands_only_on_audiences_that_let_nobody_in_by_themselves(company, client_for, hr):
    ruled = Audience.objects.create(name="All in German", language="de")
    client = client_for(company.administrator)
    for audience in (ruled, audiences.of_department(department=company.employee.department)):
        sent = {"role": roles.MODERATORS, "audience": audience.pk}
        assert client.post(reverse("people:role_grants"), sent).status_code == 422
        with pytest.raises(granting.ValidationError):
            granting.give_to_audience(role=roles.MODERATORS, audience=audience, by=company.administrator)
    with pytest.raises(granting.PermissionDenied):
        granting.give_to_audience(role=roles.MODERATORS, audience=company.foundry, by=hr)
    assert not RoleGrant.objects.exists()


def test_communications_does_not_edit_an_audience_that_carries_a_role_beyond_theirs(company, client_for):
    """Otherwise they could let themselves in (A8)."""
    client, address = client_for(company.communications), f"/admin/audiences/edit/{company.foundry.pk}/"
    assert client.get(address).status_code == 200
    granting.give_to_audience(role=roles.MODERATORS, audience=company.foundry, by=company.administrator)
    assert client.get(address).status_code == 404
    assert AudienceMember.objects.filter(audience=company.foundry).exists()


def test_every_label_is_registered_and_an_unknown_action_is_refused(company):
    for action in audit.LABELS:
        assert audit.label(action) == str(audit.LABELS[action])
    with pytest.raises(granting.ValidationError):
        audit.record(action="people.unknown", by=None, target=company.employee)


def test_own_address_book_of_the_sign_in_library_is_closed(company, client_for):
    answer = client_for(company.employee).post(
        "/accounts/email/", {"email": "x@example.com", "action_add": ""}
    )
    assert answer.status_code == 302 and answer["Location"] == reverse("people:settings")


def test_limits_count_by_the_address_a_trusted_proxy_saw(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.2"]

    def seen(remote, forwarded):
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        return Adapter().get_client_ip(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))

    assert seen("203.0.113.9", "") == "203.0.113.9"
    assert seen("203.0.113.9", "198.51.100.1") == "203.0.113.9", (
        "not a proxy of ours: its header is not believed"
    )
    assert seen("127.0.0.1", "1.1.1.1, 198.51.100.1") == "198.51.100.1"
    assert seen("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2") == "198.51.100.1"
