"""The only door for mail and push: written with the change that causes it, sent by a task, tried again (A28, A29).

Whoever wants to tell something registers a renderer in AppConfig.ready and puts a message; what it says, and whether
the recipient may still read it, is decided when it leaves (A4). Renderers make links with secrets while they render,
so that no row holds one.
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from people import mails
from people.jobs import BACK_OFF, MAX_ATTEMPTS
from people.mails import Mail, compose
from people.models import OutboxMessage, User

__all__ = ["Mail", "compose", "drain", "failed", "prune", "put", "register", "revive", "wake"]

State = OutboxMessage.State
LEASE = timedelta(minutes=5)
KEEP_SENT, KEEP_FAILED = timedelta(days=7), timedelta(days=30)
BATCH = 500  # then the task ends, so that a worker that is told to end does so soon
QUEUE = "mail"

logger = logging.getLogger(__name__)
renderers: dict[str, Callable[[OutboxMessage], Mail | None]] = {}


def register(event: str, render: Callable[[OutboxMessage], Mail | None]) -> None:
    """`render(message)` gives the Mail in the recipient's language, or None when nobody is to read it any more."""
    renderers[event] = render


def put(
    *, event: str, about: str, recipient: User, data: dict | None = None, channel: str = "mail"
) -> OutboxMessage:
    """Queue one message inside the caller's transaction. The same event about the same thing is queued once.

    Sending starts after the commit, when a worker is there; `tick` starts it otherwise.
    """
    message, made = OutboxMessage.objects.get_or_create(
        event=event, about=about, recipient=recipient, channel=channel, defaults={"data": data or {}}
    )
    if made:
        transaction.on_commit(wake, robust=True)
    return message


def wake() -> None:
    """Queue the task that sends, unless it waits already or nothing is due."""
    waiting = DBTaskResult.objects.ready().filter(task_path=drain_task.module_path)
    if _due().exists() and not waiting.exists():
        drain_task.enqueue()


@task(queue_name=QUEUE)
def drain_task() -> None:
    """What the worker runs."""
    drain()


def drain(most: int = BATCH) -> int:
    """Send what is due, at most `most`; returns how many left the queue. One bad message never stops the rest."""
    done = 0
    with ExitStack() as stack:
        line = _Line(stack)
        while done < most and (message := _claim()):
            done += 1
            _handle(message, line)
    if done == most:
        wake()
    return done


def failed():
    """Messages that were given up, newest first: somebody must look at them."""
    return OutboxMessage.objects.filter(state=State.FAILED).order_by("-finished_at", "-pk")


def revive(*, pk: int) -> bool:
    """Try a failed message again from the start. Returns whether it was one."""
    again = (
        failed()
        .filter(pk=pk)
        .update(state=State.PENDING, attempts=0, due_at=timezone.now(), finished_at=None)
    )
    if again:
        transaction.on_commit(wake, robust=True)
    return bool(again)


def prune() -> int:
    """Forget what left a week ago or failed a month ago. Returns how many."""
    now = timezone.now()
    gone = Q(state__in=[State.SENT, State.DROPPED], finished_at__lt=now - KEEP_SENT)
    gone |= Q(state=State.FAILED, finished_at__lt=now - KEEP_FAILED)
    return OutboxMessage.objects.filter(gone).delete()[0]


def _due():
    now = timezone.now()
    waiting = Q(state=State.PENDING, due_at__lte=now) | Q(state=State.SENDING, leased_until__lt=now)
    return OutboxMessage.objects.filter(waiting, channel=OutboxMessage.Channel.MAIL)


def _claim():
    """The next due message, leased to this process by compare-and-set; None when there is none."""
    while message := _due().order_by("due_at", "pk").first():
        claimed = _due().filter(pk=message.pk, attempts=message.attempts)
        if claimed.update(
            state=State.SENDING, leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1
        ):
            return OutboxMessage.objects.select_related("recipient").get(pk=message.pk)
    return None


def _handle(message, line):
    if not message.recipient.is_active:
        return _finish(message, State.DROPPED)
    try:
        with ExitStack() as words:
            for manager in mails.in_words_of(message.recipient):
                words.enter_context(manager)
            mail = renderers[message.event](message)
            if mail is None:
                return _finish(message, State.DROPPED)
            line.send(mails.build(message, mail))
    except Exception as error:
        return _fail(message, error)
    return _finish(message, State.SENT)


def _finish(message, state):
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=state, data={}, error="", finished_at=timezone.now(), leased_until=None
    )


def _fail(message, error):
    """Again later, or never: after the fifth attempt, or when the server refuses the address for good."""
    logger.warning(
        "mail %s (%s) attempt %s: %s", message.pk, message.event, message.attempts, type(error).__name__
    )
    now, final = timezone.now(), message.attempts >= MAX_ATTEMPTS or _is_final(error)
    pause = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=State.FAILED if final else State.PENDING,
        error=f"{type(error).__name__}: {error}"[:500],
        due_at=now + pause,
        finished_at=now if final else None,
        leased_until=None,
    )


def _is_final(error):
    """A 5xx about this mail; a server that knows nobody or is away may come back."""
    codes = [getattr(error, "smtp_code", 0)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    elif isinstance(
        error, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError
    ):
        return False
    return all(500 <= code < 600 for code in codes)


class _Line:
    """One connection for a run, opened with the first mail and anew after an error."""

    def __init__(self, stack):
        self.connection = None
        stack.callback(self.close)

    def send(self, mail):
        """Raises what the connection raises."""
        if self.connection is None:
            self.connection = get_connection()
            self.connection.open()
        mail.connection = self.connection
        try:
            mail.send()
        except Exception:
            self.close()
            raise

    def close(self):
        """Hang up; a slow goodbye is no error, the mail was taken (fact 16)."""
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception as error:
                logger.info("mail server said goodbye badly: %s", type(error).__name__)
