"""What a person asks for by law: a copy of their data, or erasure, which needs a second person's yes (A34)."""

import logging
from datetime import timedelta
from tempfile import TemporaryFile

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import task

from people import audit, roles
from people.actions import copying, granting, privacy
from people.models import DataRequest, PrivacyRules, User

Kind, State = DataRequest.Kind, DataRequest.State
OPEN = (State.WAITING, State.RUNNING)
logger = logging.getLogger(__name__)


@transaction.atomic
def ask_copy(*, user: User) -> DataRequest:
    """Have a copy made in the background; whoever asks again while it is made gets the same. Logged."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    waiting = DataRequest.objects.filter(user=user, kind=Kind.EXPORT, state__in=OPEN).first()
    if waiting is not None:
        return waiting
    request = DataRequest.objects.create(user=user, kind=Kind.EXPORT, asked_by=user)
    audit.record(action="people.export", by=user, target=user)
    make_copy_task.enqueue(pk=request.pk)
    return request


@task()
def make_copy_task(*, pk):
    """What the worker runs; may run twice."""
    make_copy(pk=pk)


def make_copy(*, pk: int) -> None:
    """Write the file and say until when it can be fetched. A second run changes nothing. Raises what writing raises."""
    request = DataRequest.objects.select_related("user").filter(pk=pk, kind=Kind.EXPORT).first()
    if request is None or request.state in (State.DONE, State.REFUSED) or not request.user.is_active:
        return
    DataRequest.objects.filter(pk=pk).update(state=State.RUNNING)
    try:
        with TemporaryFile() as made:
            copying.write(user=request.user, target=made)
            made.seek(0)
            # A name that nobody guesses; it is handed out by a view that asks whose it is.
            request.file.save(f"{get_random_string(32)}.zip", File(made), save=False)
    except Exception:
        DataRequest.objects.filter(pk=pk).update(state=State.FAILED)
        raise
    request.state, request.finished_at = State.DONE, timezone.now()
    request.expires_at = request.finished_at + timedelta(days=PrivacyRules.load().export_days)
    request.save()
    audit.record(action="people.export.done", by=None, target=request.user)


def remove_expired(*, before=None) -> int:
    """Delete copies whose time is over, file and row. Returns how many. `before` is not needed: each has its end."""
    over = list(DataRequest.objects.filter(kind=Kind.EXPORT, expires_at__lt=timezone.now()))
    for request in over:
        request.file.delete(save=False)
        request.delete()
    return len(over)


@transaction.atomic
def ask_erasure(*, user: User, keep_content: bool, by: User, reason: str = "") -> DataRequest:
    """Ask for erasure, by the person or a people administrator; nothing happens before a second person agrees.

    Raises PermissionDenied for others, ValidationError for the last administrator. Idempotent while one is open.
    """
    if by.pk != user.pk and not roles.may_manage(by, user):
        raise PermissionDenied
    granting.refuse_last_administrator(user=user)
    defaults = {"keep_content": keep_content, "asked_by": by, "reason": reason, "state": State.WAITING}
    request, made = DataRequest.objects.get_or_create(
        user=user, kind=Kind.ERASURE, state__in=OPEN, defaults=defaults
    )
    if made:
        audit.record(action="people.erasure", by=by, target=user, detail={"keep_content": keep_content})
    return request


@transaction.atomic
def withdraw(*, request: DataRequest, by: User) -> None:
    """Whoever asked, or the person, changes their mind before anybody decided."""
    request = _waiting(request)
    if by.pk not in (request.asked_by_id, request.user_id):
        raise PermissionDenied
    request.delete()


def may_decide(*, request: DataRequest, by: User) -> bool:
    """Four eyes: neither who asked nor whom it concerns, and nobody below them (A8)."""
    other = by.pk not in (request.asked_by_id, request.user_id)
    return other and request.state == State.WAITING and roles.may_manage(by, request.user)


@transaction.atomic
def approve(*, request: DataRequest, by: User) -> None:
    """Say yes; the erasure is carried out in the background. Raises PermissionDenied unless `by` may decide."""
    request = _decided(request, by, State.RUNNING)
    request.save()
    carry_out_task.enqueue(pk=request.pk)


@transaction.atomic
def refuse(*, request: DataRequest, by: User, reason: str) -> None:
    """Say no, with a reason that the person reads. Raises PermissionDenied, and ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    request = _decided(request, by, State.REFUSED)
    request.reason, request.finished_at = reason, request.decided_at
    request.save()
    audit.record(action="people.erasure.refuse", by=by, target=request.user, detail={"reason": reason})


@task()
def carry_out_task(*, pk):
    """What the worker runs; may run twice."""
    carry_out(pk=pk)


@transaction.atomic
def carry_out(*, pk: int) -> None:
    """Erase whom an approved request concerns, all or nothing. A second run changes nothing."""
    locked = DataRequest.objects.select_for_update(of=("self",)).filter(pk=pk, kind=Kind.ERASURE)
    request = locked.select_related("user", "decided_by").first()
    if request is None or request.state != State.RUNNING:
        return
    privacy.erase(user=request.user, keep_content=request.keep_content, by=request.decided_by)
    request.state, request.finished_at, request.reason = State.DONE, timezone.now(), ""
    request.save(update_fields=["state", "finished_at", "reason"])


def _waiting(request):
    return DataRequest.objects.select_for_update().get(pk=request.pk, kind=Kind.ERASURE, state=State.WAITING)


def _decided(request, by, state):
    request = (
        DataRequest.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=request.pk, kind=Kind.ERASURE)
    )
    if not may_decide(request=request, by=by):
        raise PermissionDenied
    request.state, request.decided_by, request.decided_at = state, by, timezone.now()
    return request
