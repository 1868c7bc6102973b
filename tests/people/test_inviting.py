"""Invitations by mail: pasted lines, a link that works once for seven days, a first password, then the welcome."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feed.models import Follow
from people import invited_lines, outbox, roles
from people.actions import inviting
from people.models import Invitation, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "erste-waage-im-haus"
SCREEN = "/manage/invitations/"


def invite(company, text="Nora Çelik <nora@example.com>"):
    [invitation, *_rest] = inviting.invite(lines=invited_lines.read(text), by=company.administrator)
    return invitation


def link():
    outbox.drain()
    return re.search(r"http://[^/]+(/join/\S+/)", mail.outbox[-1].body)[1]


def open_link(path):
    client = Client()
    return client, client.get(path, follow=True)


def accept(path, password=PASSWORD):
    client, page = open_link(path)
    return client, page, client.post("/join/", {"password1": password, "password2": password})


@pytest.mark.parametrize(
    ("text", "email", "name"),
    [
        ("nora@example.com", "nora@example.com", ("", "")),
        ("  Nora van Dyk <NORA@example.com> ", "nora@example.com", ("Nora van", "Dyk")),
        ("Nora\tÇelik\tnora@example.com", "nora@example.com", ("Nora", "Çelik")),
        ("nora@example.com; Nora; Çelik", "nora@example.com", ("Nora", "Çelik")),
        ('"Çelik, Nora" <nora@example.com>', "nora@example.com", ("Çelik", "Nora")),
    ],
)
def test_lines_are_read_as_mail_programs_and_spreadsheets_write_them(db, text, email, name):
    [line] = invited_lines.read(text)
    assert (line.email, (line.first_name, line.last_name), line.problem) == (email, name, "")


def test_each_wrong_line_says_why_and_invites_nobody(company):
    waiting = invite(company)
    lines = invited_lines.read(
        f"{company.employee.email}\nnora@example.com\n=?utf-8?q?x=40y.de?=\nnobody\n\nnew@example.com\nNEW@example.com"
    )
    assert [bool(line.problem) for line in lines] == [True, True, True, True, False, True]
    made = inviting.invite(lines=lines, by=company.administrator)
    assert [one.user.email for one in made] == ["new@example.com"]
    assert Invitation.objects.count() == 2 and waiting.user.name == "Nora Çelik"


def test_link_works_once_and_leads_to_the_welcome(company):
    invitation = invite(company)
    path = link()
    assert mail.outbox[-1].to == ["=?utf-8?q?Nora_=C3=87elik?= <nora@example.com>"]
    assert "Ada Quint" in mail.outbox[-1].body
    client, page, answer = accept(path)
    assert page.status_code == 200 and "nora@example.com" in page.content.decode()
    assert answer["Location"].startswith("/welcome/")
    assert client.get("/").wsgi_request.user == invitation.user
    assert open_link(path)[1].status_code == 404
    seen = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"people.invitation.send", "people.invitation.accept", "people.sign_in"} <= seen


def test_opening_the_link_alone_uses_nothing_up(company):
    invite(company)
    path = link()
    for _scanner in range(3):
        assert open_link(path)[1].status_code == 200
    assert accept(path)[2].status_code == 302


@pytest.mark.parametrize("case", ["old", "again", "revoked", "left", "absent"])
def test_link_that_is_over_says_the_same(company, case):
    invitation = invite(company)
    path = link()
    if case == "again":
        inviting.renew(invitation=invitation, by=company.administrator)
    elif case == "revoked":
        inviting.revoke(invitation=invitation, by=company.administrator)
        assert not User.objects.filter(email="nora@example.com").exists()
    elif case == "left":
        User.objects.filter(pk=invitation.user_id).update(is_active=False)
    with time_machine.travel(timezone.now() + timedelta(days=8 if case == "old" else 0), tick=True):
        _client, page, answer = accept("/join/absent/" if case == "absent" else path)
    assert (page.status_code, answer.status_code) == (404, 404)
    assert "no longer works" in page.content.decode() or "gilt nicht mehr" in page.content.decode()
    if case == "again":
        assert accept(link())[2].status_code == 302


@pytest.mark.parametrize("password", ["kurz", "nora@example.com", "1234567890"])
def test_weak_password_is_refused_and_the_link_still_works(company, password):
    invite(company)
    path = link()
    _client, _page, answer = accept(path, password)
    assert answer.status_code == 422
    assert accept(path)[2].status_code == 302


def test_many_tries_answer_429(company):
    client = Client()
    answers = [client.post("/join/", {"password1": "x"}).status_code for _turn in range(32)]
    assert answers[0] == 404 and answers[-1] == 429


def test_people_administrator_previews_sends_repeats_and_takes_back(company, client_for):
    office = UserFactory(roles=[roles.PEOPLE_ADMINISTRATORS])
    admin = client_for(office)
    lines = "new@example.com\nnobody"
    page = admin.post(SCREEN, {"lines": lines})
    assert page.status_code == 200 and not Invitation.objects.exists() and "nobody" in page.content.decode()
    admin.post(SCREEN, {"lines": lines, "send": "1"})
    invitation = Invitation.objects.get()
    assert invitation.invited_by == office
    first = link()
    admin.post(SCREEN, {"renew": invitation.pk})
    assert link() != first
    admin.post(SCREEN, {"revoke": invitation.pk})
    assert not Invitation.objects.exists()
    assert admin.post(SCREEN, {"renew": invitation.pk}).status_code == 302


@pytest.mark.parametrize("role", ["employee", "communications", "moderator"])
def test_others_invite_nobody(company, client_for, role):
    client = client_for(getattr(company, role))
    assert client.post(SCREEN, {"lines": "new@example.com", "send": "1"}).status_code == 403
    assert not Invitation.objects.exists()


def test_newcomer_chooses_or_skips(company, client_for):
    User.objects.filter(pk=company.employee.pk).update(welcomed_at=None)
    client = client_for(company.employee)
    page = client.get("/welcome/?next=/feed/").content.decode()
    executive = company.blog.pages.order_by("pk").first()
    staff = company.staff_blog.pages.order_by("pk").first()
    assert f'value="{executive.pk}" checked' in page and 'name="topics"' in page
    fields = {"locale": "de", "blogs": [staff.pk], "topics": ["foundry"], "next": "/feed/"}
    assert client.post("/welcome/", fields)["Location"] == "/feed/"
    company.employee.refresh_from_db()
    assert company.employee.welcomed_at and company.employee.locale == "de"
    mine = Follow.objects.filter(follower=company.employee)
    assert mine.get(page=staff.pk).muted is False and mine.get(page=executive.pk).muted is True
    assert mine.get(tag__slug="foundry").muted is False
    assert client.post("/welcome/", {"skip": "1", "next": "//evil.example"})["Location"] == "/"


def test_newcomer_follows_nothing_they_may_not_read(company, client_for):
    hidden = company.foundry_blog.pages.order_by("pk").first()
    client = client_for(company.outsider)
    assert hidden.title not in client.get("/welcome/").content.decode()
    client.post("/welcome/", {"blogs": [hidden.pk, "x", "999999999"], "topics": ["furnace", "absent"]})
    assert not Follow.objects.filter(follower=company.outsider, page=hidden.pk).exists()
    assert not Follow.objects.filter(follower=company.outsider, tag__isnull=False, muted=False).exists()


def test_photo_that_is_none_keeps_what_was_chosen(company, client_for, tmp_path):
    broken = tmp_path / "photo.png"
    broken.write_bytes(b"no picture")
    with broken.open("rb") as file:
        fields = {"photo": file, "topics": ["foundry"], "locale": "en"}
        answer = client_for(company.employee).post(reverse("people:welcome"), fields)
    assert answer.status_code == 422 and re.search(r'value="foundry"\s+checked', answer.content.decode())
