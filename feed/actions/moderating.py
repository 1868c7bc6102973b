"""What moderators do: hide, restore, lock, unlock, decide reports. Every step has a reason and a row in the log (A6).

The view asks whether they may (`moderatable_by`); each function asks again under the lock.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import announcing, counting, notifying, question_log
from feed.actions.refusals import Refused
from feed.models import Comment, ModerationStep, Post, Report
from people.models import User

Verb = ModerationStep.Verb


@transaction.atomic
def hide(*, comment: Comment, by: User, reason: str) -> Comment:
    """Hide a comment: a tombstone names the moderator and the reason; the writer is told. Closes its reports.

    A held comment may also be refused in this way by those who may approve it.
    """
    locked = _locked(comment)
    may = locked.moderatable_by(by) or (locked.held_at is not None and locked.approvable_by(by))
    _refuse_unless(may and locked.deleted_at is None)
    if locked.hidden_at is None:
        locked.hidden_at, locked.hidden_by, locked.hidden_reason = timezone.now(), by, reason
        locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        _recount(locked)
        question_log.comment_gone(comment=locked, by=by)
        notifying.forget_comment(comment=locked)
        _step(Verb.HIDE, by, locked.post, reason, locked)
        _close_reports(Report.objects.filter(comment=locked), by, Report.Outcome.HIDDEN, reason)
    return locked


@transaction.atomic
def restore(*, comment: Comment, by: User, reason: str) -> Comment:
    """Show a hidden comment again; the writer is told."""
    locked = _locked(comment)
    _refuse_unless(locked.moderatable_by(by))
    if locked.hidden_at is not None:
        locked.hidden_at, locked.hidden_by, locked.hidden_reason, locked.held_at = None, None, "", None
        locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason", "held_at"])
        _recount(locked)
        question_log.comment_back(comment=locked, by=by)
        _step(Verb.RESTORE, by, locked.post, reason, locked)
    return locked


@transaction.atomic
def hide_post(*, post: Post, by: User, reason: str) -> Post:
    """Hide a whole post from everybody but its author and moderators; the author is told. Closes its reports."""
    locked = counting.lock_post(pk=post.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.hidden_at is None:
        locked.hidden_at, locked.hidden_by, locked.hidden_reason = timezone.now(), by, reason
        locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        _step(Verb.HIDE, by, locked, reason)
        _close_reports(Report.objects.filter(post=locked), by, Report.Outcome.HIDDEN, reason)
    return locked


@transaction.atomic
def restore_post(*, post: Post, by: User, reason: str) -> Post:
    """Show a hidden post again; the author is told."""
    locked = counting.lock_post(pk=post.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.hidden_at is not None:
        locked.hidden_at, locked.hidden_by, locked.hidden_reason = None, None, ""
        locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        _step(Verb.RESTORE, by, locked, reason)
    return locked


@transaction.atomic
def lock(*, post: Post, by: User, reason: str) -> Post:
    """Nobody writes here until it is unlocked; everybody reads the reason; the post's author is told."""
    locked = counting.lock_post(pk=post.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.locked_at is None:
        locked.locked_at, locked.lock_reason = timezone.now(), reason
        locked.save(update_fields=["locked_at", "lock_reason"])
        _step(Verb.LOCK, by, locked, reason)
    return locked


@transaction.atomic
def unlock(*, post: Post, by: User, reason: str) -> Post:
    """The conversation goes on."""
    locked = counting.lock_post(pk=post.pk)
    _refuse_unless(locked.moderatable_by(by))
    if locked.locked_at is not None:
        locked.locked_at, locked.lock_reason = None, ""
        locked.save(update_fields=["locked_at", "lock_reason"])
        _step(Verb.UNLOCK, by, locked, reason)
    return locked


@transaction.atomic
def keep(*, report: Report, by: User, note: str) -> None:
    """Decide that the reported text stays, for all open reports about it. Nobody but moderators is told."""
    of = {"comment": report.comment} if report.comment_id else {"post": report.post}
    post = report.comment.post if report.comment_id else report.post
    _refuse_unless(post.moderatable_by(by))
    if _close_reports(Report.objects.filter(**of), by, Report.Outcome.KEPT, note):
        _log(Verb.KEEP, by, post, note, report.comment)


def log_approval(*, comment: Comment, by: User) -> None:
    """A held comment was let through; its writer is told."""
    _step(Verb.APPROVE, by, comment.post, "", comment)


def _locked(comment):
    post = counting.lock_post(pk=comment.post_id)
    locked = counting.lock_comment(pk=comment.pk)
    locked.post = post
    return locked


def _refuse_unless(allowed):
    if not allowed:
        raise Refused(_("You may not moderate this."))


def _recount(comment):
    counting.count_around(comment=comment)
    announcing.counts_changed(post=comment.post)


def _step(verb, by, post, reason, comment=None):
    """Log it and tell the person whose words are concerned."""
    affected = comment.author_id if comment else post.author_id
    _log(verb, by, post, reason, comment)
    notifying.tell_of_moderation(
        user_id=affected, post=post, comment=comment, actor=by, verb=verb, reason=reason
    )


def _log(verb, by, post, reason, comment=None):
    affected_id = comment.author_id if comment else post.author_id
    ModerationStep.objects.create(
        moderator=by, verb=verb, post=post, comment=comment, affected_id=affected_id, reason=reason[:500]
    )


def _close_reports(reports, by, outcome, note) -> int:
    return reports.open().update(decided_at=timezone.now(), decided_by=by, outcome=outcome, note=note[:500])
