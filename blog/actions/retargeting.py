"""Who may read an article changes: the one door for it, inside the transaction of a publication, move or blog change.

Narrowing acts at once. Widening something that has comments keeps the old conversation, locked, for those who could
read it when it was written, and starts a new one: nobody's words reach people they were not written for.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection, ReferenceIndex

from feed import text
from feed.actions import addressing, indexing
from feed.models import Bookmark, Pin, Post, TaggedPost, Watch
from people.models import AudienceMember, CollectionAudience, DocumentFile, Picture, Video

FILES = (Picture, DocumentFile, Video)


class NeedsConfirmation(Exception):
    """Widening would leave `comments` comments behind; ask the person first."""

    def __init__(self, comments):
        super().__init__(f"{comments} comments stay with the earlier readers")
        self.comments = comments


def widens(*, old_id, new_id):
    """Whether somebody may read with audience `new_id` who may not with `old_id` (None: everyone)."""
    if old_id == new_id or old_id is None:
        return False
    if new_id is None:
        return True
    old = AudienceMember.objects.filter(audience_id=old_id).values("user")
    return AudienceMember.objects.filter(audience_id=new_id).exclude(user__in=old).exists()


def left_behind(*, posts, audience_id):
    """How many comments would stay with their earlier readers if `posts` were for `audience_id`."""
    return sum(post.comments.count() for post in posts if widens(old_id=post.audience_id, new_id=audience_id))


def posts_of(*, page):
    """The conversation of an article in all its languages: one Post, or none before its first publication."""
    return list(Post.objects.filter(pages__page__translation_key=page.translation_key).distinct())


@transaction.atomic
def retarget(*, posts, audience_id, confirmed=False):
    """Make `posts` readable for `audience_id` (None: everyone); returns the posts that carry the pages afterwards.

    Raises NeedsConfirmation, changing nothing, when comments would stay behind and nobody confirmed it.
    """
    comments = 0 if confirmed else left_behind(posts=posts, audience_id=audience_id)
    if comments:
        raise NeedsConfirmation(comments)
    return [_retarget(post, audience_id) for post in posts]


@transaction.atomic
def carry_over(*, page):
    """The other language versions get the readers of `page`, in what is live, drafted and scheduled alike.

    Otherwise publishing an older draft in the other language would open the conversation to everyone again.
    """
    readers = {"has_own_audience": page.has_own_audience, "audience": page.audience_id}
    for other in page.get_translations().specific():
        if (other.has_own_audience, other.audience_id) != (page.has_own_audience, page.audience_id):
            type(page).objects.filter(pk=other.pk).update(**readers)
        waiting = Q(pk=other.latest_revision_id) | Q(approved_go_live_at__isnull=False)
        for revision in other.revisions.filter(waiting):
            revision.content = {**revision.content, **readers}
            revision.save(update_fields=["content"])


def _retarget(post, audience_id):
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.audience_id == audience_id:
        return post
    if widens(old_id=post.audience_id, new_id=audience_id) and post.comments.exists():
        return _split(post, audience_id)
    post.audience_id = audience_id
    post.save(update_fields=["audience"])
    addressing.recheck(posts=[post], by=post.posted_by or post.author)
    return post


def _split(old, audience_id):
    """A new Post for the pages; the old one stays as a locked share of it, with its comments and reactions."""
    copied = (
        "kind", "state", "author_id", "posted_by_id", "language", "published_at", "publish_at", "comment_rule",
        "comments_closed_reason", "comments_close_at",
    )  # fmt: skip
    new = Post.objects.create(
        audience_id=audience_id,
        part_of=old,
        last_activity_at=old.published_at,
        **{name: getattr(old, name) for name in copied},
    )
    old.pages.update(post=new)
    indexing.follow_versions(post=new)
    for model in (Pin, Watch):
        model.objects.filter(post=old).update(post=new)
    Bookmark.objects.filter(post=old, comment=None).update(post=new)
    TaggedPost.objects.filter(content_object=old).update(content_object=new)
    old.kind, old.shared, old.locked_at = Post.Kind.POST, new, timezone.now()
    old.body = _("The conversation about this article from the time when fewer people could read it.")
    old.body_html = text.render(old.body)
    old.lock_reason = _(
        "The article got other readers. What was written here stays with those it was written for."
    )
    old.save(update_fields=["kind", "shared", "locked_at", "body", "body_html", "lock_reason"])
    return new


@transaction.atomic
def keep_files_with(*, page, blog):
    """Files that only this article uses move to the collection of its audience; others stay where they are.

    A file's visibility is its collection's audience, so this is the only place where a file changes collection.
    """
    audience_id = page.effective_audience_id(blog)
    target = collection_for(blog=blog, audience_id=audience_id)
    for model in FILES:
        used = _files_used(page, model)
        for file in model.objects.filter(pk__in=used).select_related("collection__collection_audience"):
            of = getattr(file.collection, "collection_audience", None)
            belongs = file.collection_id == target.pk or (of is not None and of.audience_id is None)
            if not belongs and not _used_elsewhere(file, page):
                model.objects.filter(pk=file.pk).update(collection=target)


def collection_for(*, blog, audience_id):
    """The blog's collection, or the one below it for another audience; made when first needed."""
    if audience_id == blog.audience_id:
        return blog.collection
    inside = CollectionAudience.objects.filter(
        audience_id=audience_id, collection__path__startswith=blog.collection.path
    ).select_related("collection")
    found = inside.exclude(collection=blog.collection).first()
    if found is not None:
        return found.collection
    made = Collection.objects.get(pk=blog.collection_id).add_child(
        name=f"{blog.collection.name[:230]} ({audience_id or '*'})"
    )
    CollectionAudience.objects.create(collection=made, audience_id=audience_id)
    return made


def _files_used(page, model):
    """Ids of the files of `model` in this version of the article, read from its fields, not from the index."""
    in_body = page._meta.get_field("body").extract_references(page.body)
    used = {int(object_id) for of, object_id, *_path in in_body if issubclass(of, model)}
    return used | ({page.cover_id} if model is Picture and page.cover_id else set())


def _used_elsewhere(file, page):
    return ReferenceIndex.get_references_to(file).exclude(object_id=str(page.pk)).exists()
