"""Communications answers the wish for a blog: one step makes it, one step declines it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.actions import community_blogs, staffing
from blog.models import Blog, BlogRequest
from feed.actions import announcing
from feed.actions.refusals import Refused
from feed.models import Notification


@transaction.atomic
def approve_request(*, request, by):
    """Make the staff blog that was asked for, with review by Communications, and tell the person. Returns the blog."""
    wish = _open(request)
    words = {"titles": {wish.language: wish.title}, "intros": {wish.language: wish.purpose[:500]}}
    if wish.community_id:
        blog = _for_community(wish, by, words)
    else:
        blog = staffing.create_blog(kind=Blog.Kind.STAFF, owner=wish.user, by=by, **words)
    wish.blog = blog
    _decide(wish, by, BlogRequest.State.APPROVED)
    _tell(wish, by, f"created|{wish.title}", blog.pages.get().url_path)
    return blog


@transaction.atomic
def decline_request(*, request, by, reason):
    """Decline with a reason that the person reads. Raises ValidationError without one."""
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why, in a sentence."), code="reason")
    wish = _open(request)
    wish.reason = reason[:500]
    _decide(wish, by, BlogRequest.State.DECLINED)
    _tell(wish, by, f"declined|{reason}", "/blogs/")
    return wish


def _for_community(wish, by, words):
    try:
        return community_blogs.give(community=wish.community, by=by, owner=wish.user, **words)
    except Refused as reason:
        raise ValidationError(str(reason), code="community") from reason


def _open(request):
    wish = BlogRequest.objects.select_for_update().filter(pk=request.pk, state=BlogRequest.State.OPEN).first()
    if wish is None:
        raise ValidationError(_("Somebody has already decided this."), code="decided")
    return wish


def _decide(wish, by, state):
    wish.state, wish.decided_by, wish.decided_at = state, by, timezone.now()
    wish.save()


def _tell(wish, by, text, url):
    Notification.objects.create(
        user=wish.user, cause=Notification.Cause.BLOG, actor=by, text=text[:500], url=url
    )
    announcing.bell_rang(user_ids=[wish.user_id])
