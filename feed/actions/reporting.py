"""Saying that something breaks a house rule. The writer never learns who said so."""

from django.db import IntegrityError, transaction

from feed.actions import notifying
from feed.models import Comment, Community, Post, Report
from people.models import User


def report(
    *,
    reporter: User,
    rule: str,
    text: str = "",
    post: Post | None = None,
    comment: Comment | None = None,
    community: Community | None = None,
    person: User | None = None,
) -> Report:
    """Report exactly one of a comment, a post, a community, a profile.

    Somebody's second open report of the same thing replaces the words of the first.
    """
    given = {"comment": comment, "post": post, "community": community, "person": person}
    of = {name: row for name, row in given.items() if row is not None}
    try:
        with transaction.atomic():
            made, is_new = Report.objects.update_or_create(
                reporter=reporter, decided_at=None, **of, defaults={"rule": rule, "text": text}
            )
            if is_new:
                about = comment.post if comment else post
                writer = (comment or post).author if about else None
                notifying.tell_of_report(post=about, community=community, reporter=reporter, writer=writer)
    except IntegrityError:  # the same person pressed twice at once
        made = Report.objects.open().get(reporter=reporter, **of)
    return made
