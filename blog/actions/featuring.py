"""An article on the home page until a date."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from feed.models import Pin, Post

LONGEST = timedelta(days=90)


@transaction.atomic
def feature(*, page, until, by):
    """Show the article first on everybody's home page who may read it, until `until`; replaces an earlier end.

    Raises ValidationError for an article that is not published, or an end in the past or beyond 90 days.
    """
    post = Post.objects.listed().filter(pages__page=page).first()
    if post is None:
        raise ValidationError(_("Only a published article can be featured."), code="unpublished")
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise ValidationError(_("Choose an end within the next 90 days."), code="until")
    pin, _made = Pin.objects.update_or_create(
        post=post, place="home", defaults={"until": until, "pinned_by": by, "created_at": now}
    )
    log(instance=page, action="blog.feature", user=by, data={"until": until.isoformat()})
    return pin


@transaction.atomic
def unfeature(*, page, by):
    """Take the article back from the top of the home page; returns whether it was there."""
    removed, _rows = Pin.objects.filter(post__pages__page=page, place="home").delete()
    if removed:
        log(instance=page, action="blog.unfeature", user=by)
    return bool(removed)
