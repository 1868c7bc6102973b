"""Saying that something breaks a house rule. The writer never learns who said so."""

from django.db import IntegrityError, transaction

from feed.actions import notifying
from feed.models import Comment, Post, Report
from people.models import User


def report(
    *, reporter: User, rule: str, text: str = "", post: Post | None = None, comment: Comment | None = None
) -> Report:
    """Report a comment, or a post. Somebody's second open report of the same thing replaces the words of the first."""
    of = {"comment": comment} if comment else {"post": post}
    try:
        with transaction.atomic():
            made, is_new = Report.objects.update_or_create(
                reporter=reporter, decided_at=None, **of, defaults={"rule": rule, "text": text}
            )
            if is_new:
                notifying.tell_of_report(post=comment.post if comment else post, reporter=reporter)
    except IntegrityError:  # the same person pressed twice at once
        made = Report.objects.open().get(reporter=reporter, **of)
    return made
