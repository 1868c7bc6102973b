"""An employee asks for a blog of their own; communications is told."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from blog.models import BlogRequest
from feed.actions import announcing
from feed.models import Community, Notification
from people import roles
from people.models import User


def ask(
    *, user: User, title: str, purpose: str, language: str, community: Community | None = None
) -> BlogRequest:
    """Note the wish, perhaps for a community, and tell communications.

    Somebody who already waits gets their open request back, unchanged.
    """
    try:
        with transaction.atomic():
            wish = BlogRequest.objects.create(
                user=user, title=title, purpose=purpose, language=language, community=community
            )
            _tell_communications(wish)
    except IntegrityError:
        return BlogRequest.objects.get(user=user, state=BlogRequest.State.OPEN)
    return wish


def _tell_communications(wish):
    staff = list(User.objects.with_role(roles.COMMUNICATIONS).exclude(pk=wish.user_id))
    Notification.objects.bulk_create(
        Notification(
            user=person,
            cause=Notification.Cause.REVIEW,
            actor=wish.user,
            text=f"request|{wish.title}",
            url=reverse("blog_requests:index"),
        )
        for person in staff
    )
    announcing.bell_rang(user_ids=[person.pk for person in staff])
