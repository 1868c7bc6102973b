"""The people screens of the admin: nobody gives more than they have; leaving goes the one way (A8, A11, A12, A17)."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse

from people import roles
from people.accounts import Adapter
from people.models import FeedKey, User
from tests.factories import PASSWORD, UserFactory

# Wagtail answers a refusal with the way back to the start page and a message.
REFUSED = (302, 403)
pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return UserFactory(first_name="Ida", last_name="Falk", handle="ida.falk", email="ida@example.com")


def edit(client, person, **changes):
    fields = {
        "email": person.email, "first_name": person.first_name, "last_name": person.last_name,
        "handle": person.handle, "job_title": person.job_title, "is_active": "on",
    }  # fmt: skip
    sent = {name: value for name, value in {**fields, **changes}.items() if value is not None}
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), sent)


def test_communications_changes_the_directory_but_gives_no_role_beyond_theirs(company, client_for, colleague):
    client = client_for(company.communications)
    moderators = Group.objects.get_or_create(name=roles.MODERATORS)[0]
    mine = Group.objects.get(name=roles.COMMUNICATIONS)
    answer = edit(
        client,
        colleague,
        job_title="Formerin",
        is_superuser="on",
        groups=[moderators.pk],
        email="evil@example.com",
    )
    colleague.refresh_from_db()
    assert (
        not colleague.is_superuser and not colleague.groups.exists() and colleague.email == "ida@example.com"
    )
    assert answer.status_code == 200
    assert (
        edit(
            client, colleague, job_title="Formerin", groups=[mine.pk], password1=PASSWORD, password2=PASSWORD
        ).status_code
        == 302
    )
    before = colleague.password
    colleague.refresh_from_db()
    assert colleague.job_title == "Formerin" and colleague.password == before
    assert list(colleague.groups.all()) == [mine]


def test_communications_cannot_open_or_change_an_administrator(company, client_for):
    client = client_for(company.communications)
    boss = company.administrator
    assert client.get(reverse("wagtailusers_users:edit", args=[boss.pk])).status_code in REFUSED
    assert edit(client, boss, first_name="Owned").status_code in REFUSED
    boss.refresh_from_db()
    assert boss.first_name != "Owned"


def test_groups_of_blogs_are_neither_shown_nor_lost(company, client_for, colleague):
    blog_group = Group.objects.create(name="blog: Foundry")
    colleague.groups.add(blog_group)
    client = client_for(company.administrator)
    assert (
        "blog: Foundry"
        not in client.get(reverse("wagtailusers_users:edit", args=[colleague.pk])).content.decode()
    )
    assert edit(client, colleague, first_name="Idа".replace("а", "a")).status_code == 302
    assert list(colleague.groups.all()) == [blog_group]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("handle", "ida-falk2x!"),
        ("handle", "annа"),
        ("handle", "admin"),
        ("email", "ä@example.com"),
        ("email", "IDA@example.com"),
    ],
)
def test_odd_handles_and_addresses_are_refused_and_typed_text_is_kept(
    company, client_for, colleague, field, value
):
    other = UserFactory(handle="anna")
    answer = edit(client_for(company.administrator), other, **{field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert value in answer.content.decode()


def test_handle_that_looks_like_a_colleagues_is_refused(company, client_for, colleague):
    other = UserFactory(handle="zora")
    assert edit(client_for(company.administrator), other, handle="ida-fa1k").context["form"].errors["handle"]


def test_switching_an_account_off_ends_sessions_keys_and_roles(company, client_for, colleague, client):
    client.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    FeedKey.objects.create(user=colleague)
    colleague.groups.add(Group.objects.get(name=roles.COMMUNICATIONS))
    assert edit(client_for(company.administrator), colleague, is_active=None).status_code == 302
    colleague.refresh_from_db()
    assert not colleague.is_active and colleague.left_on
    assert not colleague.groups.exists() and not FeedKey.objects.filter(user=colleague).exists()
    assert not UserSession.objects.filter(user=colleague).exists()
    edit(client_for(company.administrator), colleague)
    colleague.refresh_from_db()
    assert colleague.is_active
    assert client.get("/").status_code == 302, "the old cookie stays dead"


def test_nobody_is_deleted_or_changed_in_bulk(company, client_for, colleague):
    client = client_for(company.administrator)
    assert client.post(reverse("wagtailusers_users:delete", args=[colleague.pk])).status_code in REFUSED
    for action in ("delete", "set_active_state", "assign_role"):
        answer = client.post(
            f"/admin/bulk/people/user/{action}/?id={colleague.pk}", {"mark_as_active": "False"}
        )
        assert answer.status_code in REFUSED
    assert User.objects.filter(pk=colleague.pk, is_active=True).exists()
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200


def test_new_person_gets_what_was_typed(company, client_for):
    client = client_for(company.communications)
    page = client.get(reverse("wagtailusers_users:add"))
    assert page.status_code == 200 and 'name="is_superuser"' not in page.content.decode()
    fields = {"email": "New@Example.com", "handle": "neu.hier", "first_name": "Neu", "last_name": "Hier"}
    sent = client.post(page.request["PATH_INFO"], {**fields, "password1": PASSWORD, "password2": PASSWORD})
    assert sent.status_code == 302
    assert User.objects.get(handle="neu.hier").email == "new@example.com"


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
