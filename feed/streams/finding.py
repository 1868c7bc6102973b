"""One row by its id, if the reader may see it. Hidden and absent are the same 404 (A3)."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404

from feed.models import Comment, Notification, Post, Tag
from feed.models.post import versions
from people.prepared import Prepared


def find_post(user, pk: int) -> Post:
    """The post, if `user` may read it, with author and page versions. Hidden and absent are the same 404 (A3)."""
    post = next(iter(_posts(user, pk=pk)), None)
    if post is None:
        raise Http404
    return _with_versions(post)


@Prepared
def _posts(user, pk):
    return Post.objects.visible_to(user).for_streams().filter(pk=pk)


def _with_versions(post):
    """With its `versions`; a short post has none, which needs no query."""
    if post.is_short:
        post.versions = []
    else:
        prefetch_related_objects([post], versions())
    return post


def shared_of(user, post: Post) -> Post | None:
    """What a share points at, if `user` may read it."""
    return Post.objects.visible_to(user).for_streams().with_versions().filter(pk=post.shared_id).first()


def find_comment(user, pk: int) -> Comment:
    """The comment with its post, if `user` may read it and it was not deleted; otherwise the same 404."""
    comment = next((one for one in _comments(user, pk=pk) if one.deleted_at is None), None)
    if comment is None:
        raise Http404
    comment.post = find_post(user, comment.post_id)
    return comment


@Prepared
def _comments(user, pk):
    return Comment.objects.visible_to(user).for_thread().filter(pk=pk)


def find_own(user, pk: int) -> Comment:
    """One's own comment, also a deleted one, as long as its conversation may be read; otherwise the same 404."""
    comment = next((one for one in _comments(user, pk=pk) if one.author_id == user.pk), None)
    if comment is None:
        raise Http404
    comment.post = find_post(user, comment.post_id)
    return comment


def find_answered(post: Post, pk: int) -> Comment:
    """The comment below `post` that somebody answers, in whatever state: the action says when it is gone."""
    comment = Comment.objects.select_related("author").filter(pk=pk, post=post).first()
    if comment is None:
        raise Http404
    comment.post = post
    return comment


def find_tag(user, pk: int) -> Tag:
    """A tag that marks something `user` may read; otherwise 404 (A3)."""
    tag = Tag.objects.filter(pk=pk).first()
    if tag is None or not Post.objects.visible_to(user).listed().filter(tagged_posts__tag=tag).exists():
        raise Http404
    return tag


def find_notification(user, pk: int) -> Notification | None:
    """One of mine about what I may (still) read."""
    rows = (
        Notification.objects.visible_to(user)
        .select_related("actor", "comment", "community", "user")
        .prefetch_related(posts())
    )
    return rows.filter(pk=pk).first()


def posts(path: str = "post") -> Prefetch:
    """What rows are about, with authors and page versions; two queries for any number of rows."""
    return Prefetch(path, Post.objects.for_streams().with_versions())
