"""The blog of a community: its readers are the community's, and follow a change of kind in the same transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog.actions import requesting, retargeting, staffing
from blog.models import ArticlePage, Blog, BlogRequest
from feed.actions import communities, counting, memberships
from feed.actions.refusals import Refused
from feed.models import Community, Post
from people.models import Audience, User


@transaction.atomic
def ask(*, community: Community, by: User, title: str, purpose: str, language: str) -> BlogRequest:
    """An owner asks communications for a blog of the community, naming it to them.

    Raises Refused unless `by` owns it, and when it has one already.
    """
    locked = counting.lock_community(pk=community.pk)
    memberships.must_own(community=locked, user=by)
    _refuse_second(locked)
    return requesting.ask(user=by, title=title, purpose=purpose, language=language, community=locked)


@transaction.atomic
def give(*, community: Community, by: User, owner: User, titles: dict, intros: dict | None = None) -> Blog:
    """Make the community's blog; `owner` writes in it. Called when communications says yes.

    Communications approves articles only where it can read them. Raises Refused unless `by` is communications, when
    the community has one already, and for an owner who is not inside.
    """
    locked = counting.lock_community(pk=community.pk)
    if not by.is_communications:
        raise Refused(_("Only communications makes blogs."))
    _refuse_second(locked)
    if not locked.memberships.filter(user=owner).exists():
        raise Refused(_("The owner of the blog must be a member of the community."))
    blog = staffing.create_blog(
        kind=Blog.Kind.STAFF, titles=titles, intros=intros, owner=owner, audience=_readers(locked), by=by,
        needs_approval=locked.kind == Community.Kind.OPEN, comment_rule=Post.CommentRule.OPEN,
    )  # fmt: skip
    blog.community = locked
    blog.save(update_fields=["community"])
    return blog


def left_behind(*, community: Community, audience_id: int | None) -> int:
    """How many comments below articles would stay with their earlier readers."""
    blog = Blog.objects.filter(community=community).first()
    return retargeting.left_behind(posts=_posts(blog), audience_id=audience_id) if blog else 0


def follow(*, community: Community) -> None:
    """Bring the blog in line with the community's kind; the question was asked before."""
    blog = Blog.objects.filter(community=community).first()
    if blog is not None:
        staffing.change_audience(blog=blog, audience=_readers(community), confirmed=True)


def register():
    """Called when the app is ready."""
    communities.followers.append(
        communities.Follower(
            left_behind=lambda community, audience_id: left_behind(
                community=community, audience_id=audience_id
            ),
            follow=lambda community: follow(community=community),
        )
    )


def _posts(blog):
    pages = ArticlePage.objects.filter(post_page__blog_page__in=blog.pages.all(), has_own_audience=False)
    return list(Post.objects.filter(pages__page__in=pages.values("pk")).distinct())


def _readers(community):
    return Audience.objects.get(pk=community.readers_id) if community.readers_id else None


def _refuse_second(community):
    if Blog.objects.filter(community=community).exists():
        raise Refused(_("This community has a blog already."))
