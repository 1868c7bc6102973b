"""A forgotten password: equal answers, a link that works once, and an end to every session (A13, A14)."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people import outbox
from people.models import OutboxMessage
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "eine-ganz-neue-waage"


def ask(address):
    return Client().post(reverse("account_reset_password"), {"email": address})


def link():
    outbox.drain()
    return re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]


def set_password(path, password=NEW):
    client = Client()
    form = client.get(path, follow=True)
    fields = {"password1": password, "password2": password}
    return form, client.post(form.request["PATH_INFO"], fields, follow=True)


def sign_in(person, password=PASSWORD):
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    return client


def test_answers_are_alike_for_known_unknown_and_former_colleagues(company):
    company.outsider.is_active = False
    company.outsider.save()
    answers = [
        ask(address) for address in (company.employee.email, "nobody@example.com", company.outsider.email)
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    outbox.drain()
    assert [message.to for message in mail.outbox] == [[f"Eva Lindner <{company.employee.email}>"]]


def test_link_works_once_ends_all_sessions_and_tells_the_person(company):
    before = sign_in(company.employee)
    ask(company.employee.email.upper())
    path = link()
    form, done = set_password(path)
    assert form.status_code == done.status_code == 200
    assert (
        before.get("/").status_code == 302 and not UserSession.objects.filter(user=company.employee).exists()
    )
    assert sign_in(company.employee).get("/").status_code == 302
    assert sign_in(company.employee, NEW).get("/").status_code == 200
    again, _refused = set_password(path, "noch-eine-andere-waage")
    assert again.context["token_fail"]
    outbox.drain()
    assert mail.outbox[-1].subject == "Your password was set anew"
    assert ModelLogEntry.objects.filter(action="people.password.reset").count() == 1
    assert not OutboxMessage.objects.exclude(data={}).exists()


def test_many_requests_are_one_mail_and_then_429(company):
    answers = [ask(company.employee.email) for _turn in range(7)]
    assert answers[-1].status_code == 429 and answers[-1]["Retry-After"]
    assert ask(company.outsider.email).status_code == 302
    outbox.drain()
    assert sum(company.employee.email in message.to[0] for message in mail.outbox) == 1


@pytest.mark.parametrize(
    "address", ["=?utf-8?q?eva=40example.com?=", "évа@example.com", "a@b@c", "", "x" * 300]
)
def test_odd_addresses_are_refused_with_words(company, address):
    answer = ask(address)
    assert answer.status_code == 200 and "error" in answer.content.decode()


def test_where_the_form_is_hidden_only_administrators_use_a_password(company, settings):
    settings.PASSWORD_FOR_EVERYONE = False
    page = Client().get(reverse("account_login")).content.decode()
    assert 'type="password"' not in page and "?password" in page
    assert 'type="password"' in Client().get(reverse("account_login") + "?password").content.decode()
    assert sign_in(company.employee).get("/").status_code == 302
    assert sign_in(company.administrator).get("/").status_code == 200
    for person in (company.employee, company.administrator):
        ask(person.email)
    outbox.drain()
    assert [message.to[0] for message in mail.outbox] == [f"Ada Quint <{company.administrator.email}>"]


def test_limit_answers_429_and_failures_are_logged_for_known_accounts(company):
    for address in (company.employee.email, "nobody@example.com"):
        fields = {"login": address, "password": "falsch-falsch"}
        answers = [Client().post(reverse("account_login"), fields) for _turn in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[-1]["Retry-After"] == "900"
    assert ModelLogEntry.objects.filter(action="people.sign_in.failed").count() == 5


def test_ipv6_neighbours_count_as_one_address(company, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/5m/ip"}
    for turn in range(3):
        fields = {"login": f"{turn}@example.com", "password": "falsch"}
        Client(REMOTE_ADDR=f"2001:db8:1:2::{turn}").post(reverse("account_login"), fields)
    fields = {"login": company.employee.email, "password": PASSWORD}
    assert (
        Client(REMOTE_ADDR="2001:db8:1:2:ffff::1").post(reverse("account_login"), fields).status_code == 429
    )
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").post(reverse("account_login"), fields).status_code == 302
