"""Files in posts and comments: kept when uploaded, sent with the text, removed when nobody sends them (A20)."""

from datetime import timedelta

from django.core.files.base import File
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions.refusals import Refused
from feed.models import Attachment, Comment, Post
from feed.models.attachment import MAX_PER_COMMENT, MAX_PER_POST
from people.models import User
from people.uploads import CheckedFile, ProcessedImage

MAX_SIDE, PREVIEW_SIDE = 2000, 720
MAX_VIDEOS = 1
ORPHAN_HOURS = 24
Kind = Attachment.Kind


def keep(
    *,
    owner: User,
    picture: ProcessedImage,
    preview: ProcessedImage,
    alt: str,
    position: int = 0,
    name: str = "",
) -> Attachment:
    """Store an accepted picture and its small version; nobody but the owner sees it until it is sent."""
    size = picture.content.size + preview.content.size
    row = Attachment(
        owner=owner,
        width=picture.width,
        height=picture.height,
        size=size,
        alt=alt,
        position=position,
        name=name,
        content_type=f"image/{picture.ext}",
    )
    row.file.save(picture.content.name, picture.content, save=False)
    row.preview.save(preview.content.name, preview.content, save=False)
    row.save()
    return row


def keep_file(*, owner: User, file: File, checked: CheckedFile, kind: str, name: str) -> Attachment:
    """Store an accepted video or document under a new name; `name` is what its owner called it."""
    row = Attachment(owner=owner, kind=kind, name=name, content_type=checked.content_type, size=checked.size)
    row.file.save(checked.name, file, save=False)
    row.save()
    return row


def add_captions(*, video: Attachment, file: File, checked: CheckedFile) -> Attachment:
    """Give an unsent video its captions, instead of earlier ones."""
    if video.captions:
        video.size -= video.captions.size
        video.captions.delete(save=False)
    video.captions.save(checked.name, file, save=False)
    video.size += checked.size
    video.save(update_fields=["captions", "size"])
    return video


def find_unsent(*, owner: User, ids) -> list[Attachment]:
    """The unsent files of `owner` with these ids, in this order; others are left out. One query, none for no ids."""
    if not ids:
        return []
    found = Attachment.objects.filter(owner=owner, post__isnull=True).in_bulk(list(ids))
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def send(*, attachments, comment: Comment | None = None, post: Post | None = None) -> None:
    """Tie the writer's own unsent files to their comment or post, in this order.

    Of a comment at most four. Raises Refused for a picture of a post without description, more than ten pictures and
    documents, or a second video.
    """
    author_id = comment.author_id if comment else post.posted_by_id or post.author_id
    owners = {author_id} if comment else {post.author_id, post.posted_by_id}
    rows = [row for row in attachments if row.owner_id in owners and row.post_id is None]
    if comment is not None:
        rows, post = rows[:MAX_PER_COMMENT], comment.post
    else:
        check(attachments=rows)
    for position, row in enumerate(rows):
        row.post, row.comment, row.position = post, comment, position
    Attachment.objects.bulk_update(
        rows, ["post", "comment", "position", "alt", "credit", "focal_x", "focal_y"]
    )


def check(*, attachments) -> None:
    """Raise Refused when these files do not go together into one post. Nothing is changed."""
    rows = list(attachments)
    if any(row.kind == Kind.IMAGE and not row.alt for row in rows):
        raise Refused(_("Describe each picture for those who do not see it."))
    if sum(row.kind == Kind.VIDEO for row in rows) > MAX_VIDEOS:
        raise Refused(_("A post takes one video."))
    for kind in (Kind.IMAGE, Kind.DOCUMENT):
        if sum(row.kind == kind for row in rows) > MAX_PER_POST:
            raise Refused(_("A post takes at most %(n)s of these files.") % {"n": MAX_PER_POST})


def drop(*, attachment: Attachment) -> None:
    """Remove an unsent file with all its bytes."""
    _remove(attachment)


def stored_bytes(*, user: User) -> int:
    """How much room somebody's files take (people.uploads.quota)."""
    return Attachment.objects.filter(owner=user).aggregate(n=Sum("size"))["n"] or 0


def remove_orphans() -> int:
    """Delete, with their bytes, files that were uploaded a day ago and never sent, and those of comments and posts
    deleted since a day."""
    before = timezone.now() - timedelta(hours=ORPHAN_HOURS)
    unsent = Attachment.objects.filter(post__isnull=True, created_at__lt=before)
    deleted = Attachment.objects.filter(Q(comment__deleted_at__lt=before) | Q(post__deleted_at__lt=before))
    return sum(_remove(row) for row in [*unsent, *deleted])


def _remove(row) -> int:
    for file in (row.file, row.preview, row.captions):
        if file:
            file.delete(save=False)
    return row.delete()[0]
