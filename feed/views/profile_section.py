"""What conversations add to a profile: the follow button, the tabs "Comments" and "Shared"."""

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feed.models import Comment, Follow, Post
from people.paging import take
from people.profile_sections import Head, Section

SIZE = 20


def _comments(request, person, after):
    """Shown comments under what the reader may see, newest first. Three queries."""
    posts = Prefetch("post", Post.objects.visible_to(request.user).with_versions())
    found = Comment.objects.visible_to(request.user).shown().filter(author=person)
    found = found.select_related("reply_to__author").prefetch_related(posts)
    page = take(found, ("-created_at", "-pk"), after=after, size=SIZE)
    for comment in page:
        comment.title = comment.post.title_in(get_language())
    return {"comments": page, "after": after, "person": person}


def _shares(request, person, after):
    """What they shared, with what it points at only for those who may read it (A9). Three queries."""
    readable = Prefetch("shared", Post.objects.visible_to(request.user).for_streams().with_versions())
    found = Post.objects.visible_to(request.user).listed().filter(kind=Post.Kind.POST, author=person)
    found = found.prefetch_related(readable)
    page = take(found, ("-published_at", "-pk"), after=after, size=SIZE)
    for post in page:
        post.shared_title = post.shared.title_in(get_language()) if post.shared else ""
        post.shared_url = post.shared.address_in(get_language()) if post.shared else ""
    return {"posts": page, "after": after, "person": person}


def _follow(request, person):
    follows = Follow.objects.filter(follower=request.user, user=person, muted=False).exists()
    return {"person": person, "follows": follows, "is_me": person.pk == request.user.pk}


COMMENTS = Section("comments", _("Comments"), "feed/_profile_comments.html", _comments)
SHARES = Section("shares", _("Shared"), "feed/_profile_shares.html", _shares)
FOLLOW = Head("feed/_profile_follow.html", _follow)
