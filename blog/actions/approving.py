"""Review of staff blogs: who may approve hears that something waits, its author hears what was decided.

The notes carry no title for reviewers: they are read later, perhaps by somebody who may no longer read the article.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from feed.actions import announcing
from feed.models import Notification
from people import roles
from people.models import User

Cause = Notification.Cause


@transaction.atomic
def tell_reviewers(*, page, by):
    """Communications staff who may read the article hear that it waits; one unread note for each article and person."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    staff = User.objects.with_role(roles.COMMUNICATIONS).exclude(pk=by.pk if by else None)
    for person in [one for one in staff if page.readable_in_admin(one)]:
        waiting = Notification.objects.unread().filter(user=person, cause=Cause.REVIEW, url=url)
        if not waiting.update(updated_at=timezone.now(), actor=by):
            Notification.objects.create(user=person, cause=Cause.REVIEW, actor=by, url=url, text="article|")
            announcing.bell_rang(user_ids=[person.pk])


@transaction.atomic
def tell_of_decision(*, page, by, approved, comment="", requested_by=None):
    """Author and whoever asked for the review hear "published" or "asks for changes", with the comment."""
    Notification.objects.unread().filter(
        cause=Cause.REVIEW, url=reverse("wagtailadmin_pages:edit", args=[page.pk])
    ).delete()
    people = {page.author_id, page.drafted_by_id, requested_by.pk if requested_by else None}
    for person in User.objects.present().filter(pk__in=people - {None, by.pk if by else None}):
        if not page.readable_in_admin(person):
            continue
        url = page.url_path if approved else reverse("wagtailadmin_pages:edit", args=[page.pk])
        verb = "approved" if approved else "returned"
        Notification.objects.create(
            user=person, cause=Cause.BLOG, actor=by, url=url, text=f"{verb}|{comment or page.title}"[:500]
        )
        announcing.bell_rang(user_ids=[person.pk])
