"""Moderators hide the name and purpose of a community, and what somebody wrote about themselves (A6).

A hidden community stays with its members; others neither find nor read about it. Its posts are moderated one by one.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import counting, memberships, notifying
from feed.actions.refusals import Refused
from feed.models import Community, ModerationStep, Notification, Report
from people.models import User

Verb = ModerationStep.Verb


@transaction.atomic
def hide_community(*, community: Community, by: User, reason: str) -> None:
    """Only members see it from now on; its owners are told why. Closes its reports. Idempotent."""
    locked = counting.lock_community(pk=community.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.hidden_at is None:
        _mark(locked, timezone.now(), reason)
        _step(Verb.HIDE, by, reason, community=locked, told=memberships.owners(community=locked))
        _close(Report.objects.filter(community=locked), by, Report.Outcome.HIDDEN, reason)


@transaction.atomic
def restore_community(*, community: Community, by: User, reason: str) -> None:
    """Found by others again; its owners are told. Idempotent."""
    locked = counting.lock_community(pk=community.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.hidden_at is not None:
        _mark(locked, None, "")
        _step(Verb.RESTORE, by, reason, community=locked, told=memberships.owners(community=locked))


@transaction.atomic
def hide_about(*, person: User, by: User, reason: str) -> None:
    """Only the person sees their text, and why. Closes reports about the profile. Idempotent."""
    locked = _locked_person(person, by)
    if locked.about_hidden_at is None:
        locked.about_hidden_at, locked.about_hidden_reason = timezone.now(), reason
        locked.save(update_fields=["about_hidden_at", "about_hidden_reason"])
        _step(Verb.HIDE, by, reason, person=locked, told={locked.pk})
        _close(Report.objects.filter(person=locked), by, Report.Outcome.HIDDEN, reason)


@transaction.atomic
def restore_about(*, person: User, by: User, reason: str) -> None:
    """Everybody sees the text again; the person is told. Idempotent."""
    locked = _locked_person(person, by)
    if locked.about_hidden_at is not None:
        locked.about_hidden_at, locked.about_hidden_reason = None, ""
        locked.save(update_fields=["about_hidden_at", "about_hidden_reason"])
        _step(Verb.RESTORE, by, reason, person=locked, told={locked.pk})


@transaction.atomic
def keep(*, report: Report, by: User, note: str) -> None:
    """Decide that a reported community or profile stays, for all open reports about it."""
    of = {"community": report.community} if report.community_id else {"person": report.person}
    _refuse_unless(by.is_moderator and (report.community is None or report.community.moderatable_by(by)))
    if _close(Report.objects.filter(**of), by, Report.Outcome.KEPT, note):
        affected = report.person or report.community.created_by
        ModerationStep.objects.create(
            moderator=by, verb=Verb.KEEP, community=report.community, affected=affected, reason=note[:500]
        )


def _mark(community, hidden_at, reason):
    community.hidden_at, community.hidden_reason = hidden_at, reason
    community.save(update_fields=["hidden_at", "hidden_reason"])


def _locked_person(person, by):
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _refuse_unless(by.is_moderator and by.is_active)
    return locked


def _step(verb, by, reason, *, told, community=None, person=None):
    affected = person or community.created_by
    ModerationStep.objects.create(
        moderator=by, verb=verb, community=community, affected=affected, reason=reason[:500]
    )
    what = "community" if community else "about"
    notifying.tell(
        users=told, cause=Notification.Cause.MODERATION, community=community, actor=by,
        text=f"{verb}-{what}|{reason}"[:500],
    )  # fmt: skip


def _close(reports, by, outcome, note) -> int:
    return reports.open().update(decided_at=timezone.now(), decided_by=by, outcome=outcome, note=note[:500])


def _refuse_unless(allowed):
    if not allowed:
        raise Refused(_("You may not moderate this."))
