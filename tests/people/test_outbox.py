"""Mail leaves once, to one person, in their language, whatever names hold and servers do (A22, A29)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people import outbox
from people.models import OutboxMessage
from tests.mail_server import _mail_server, smtp  # noqa: F401

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def hello():
    def render(message):
        if message.data.get("hidden"):
            return None
        return outbox.Mail(message.data.get("subject", _("Saved.")), "Text", "<p>Text</p>")

    outbox.register("test.hello", render)
    yield
    del outbox.renderers["test.hello"]


def put(person, about="thing:1", **data):
    return outbox.put(event="test.hello", about=about, recipient=person, data=data)


def state(message):
    message.refresh_from_db()
    return message.state


def test_one_event_is_one_mail_in_the_readers_language(company, smtp):  # noqa: F811
    company.employee.locale = "de"
    company.employee.save()
    message = put(company.employee)
    assert put(company.employee) == message
    assert outbox.drain() == 1 and outbox.drain() == 0
    [(recipients, mail)] = smtp.mails
    with translation.override("de"):
        assert mail["Subject"] == _("Saved.")
    assert recipients == [company.employee.email]
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Message-ID"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert state(message) == State.SENT


@pytest.mark.parametrize(
    "name",
    [
        "Müller, Anna",
        "x\r\nBcc: evil@example.com",
        '"; evil@example.com',
        "<evil@example.com>",
        "a, evil@example.com",
        "=?utf-8?q?evil=40example.com?=",
        "\u202eanna" + "\u0301" * 90,
        "Ä" * 99,
    ],
)
def test_names_and_subjects_add_no_header_and_no_recipient(company, smtp, name):  # noqa: F811
    company.employee.first_name, company.employee.last_name = name, ""
    company.employee.save()
    put(company.employee, subject=f"{name} has\r\nBcc: evil@example.com\nwritten")
    outbox.drain()
    [(recipients, mail)] = smtp.mails
    assert recipients == [company.employee.email]
    assert [str(found.addr_spec) for found in mail["To"].addresses] == [company.employee.email]
    assert mail["Bcc"] is None and mail["Cc"] is None and len(mail.get_all("Subject")) == 1


def test_refused_mail_waits_or_fails_and_stops_no_other(company, smtp):  # noqa: F811
    smtp.refuse |= {company.employee.email: b"451 later", company.outsider.email: b"550 unknown"}
    later, never, fine = put(company.employee), put(company.outsider), put(company.author)
    assert outbox.drain() == 3
    assert (state(later), state(never), state(fine)) == (State.PENDING, State.FAILED, State.SENT)
    assert "550" in never.error and later.due_at > timezone.now()
    smtp.refuse.clear()
    OutboxMessage.objects.update(due_at=timezone.now())
    outbox.drain()
    assert (state(later), state(never)) == (State.SENT, State.FAILED)


def test_server_that_is_away_is_asked_five_times(company, smtp, settings):  # noqa: F811
    settings.EMAIL_PORT = 1
    message = put(company.employee)
    for attempt in range(1, 6):
        assert state(message) == State.PENDING and message.attempts == attempt - 1
        OutboxMessage.objects.update(due_at=timezone.now())
        outbox.drain()
    assert state(message) == State.FAILED and message.finished_at


def test_message_of_a_killed_worker_leaves_after_its_lease_with_the_same_id(company, smtp):  # noqa: F811
    message = put(company.employee)
    assert outbox._claim() == message
    assert outbox.drain() == 0
    OutboxMessage.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    outbox.drain()
    OutboxMessage.objects.update(state=State.PENDING)
    outbox.drain()
    assert len({mail["Message-ID"] for _to, mail in smtp.mails}) == 1


def test_nobody_gets_mail_who_left_or_may_not_read_it_any_more(company, smtp):  # noqa: F811
    gone, hidden = put(company.employee), put(company.outsider, hidden=True)
    company.employee.is_active = False
    company.employee.save()
    outbox.drain()
    assert not smtp.mails
    assert state(gone) == state(hidden) == State.DROPPED and hidden.data == {}


def test_administrator_sees_what_failed_and_tries_again(company, client_for, smtp):  # noqa: F811
    smtp.refuse[company.employee.email] = b"550 unknown"
    message = put(company.employee)
    outbox.drain()
    url = reverse("failed_messages")
    assert client_for(company.communications).get(url).status_code in (302, 403)
    admin = client_for(company.administrator)
    assert company.employee.email in admin.get(url).content.decode()
    smtp.refuse.clear()
    assert admin.post(url, {"message": "x"}).status_code == 302
    admin.post(url, {"message": message.pk})
    outbox.drain()
    assert state(message) == State.SENT
