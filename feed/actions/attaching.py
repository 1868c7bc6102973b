"""Pictures in comments: kept when uploaded, sent with the comment, removed when nobody sends them (A20)."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from feed.models import Attachment, Comment
from feed.models.attachment import MAX_PER_COMMENT
from people.models import User
from people.uploads import ProcessedImage

MAX_SIDE, PREVIEW_SIDE = 2000, 720
ORPHAN_HOURS = 24


def keep(
    *, owner: User, picture: ProcessedImage, preview: ProcessedImage, alt: str, position: int = 0
) -> Attachment:
    """Store an accepted picture and its small version; nobody but the owner sees it until it is sent."""
    size = picture.content.size + preview.content.size
    row = Attachment(
        owner=owner, width=picture.width, height=picture.height, size=size, alt=alt, position=position
    )
    row.file.save(picture.content.name, picture.content, save=False)
    row.preview.save(preview.content.name, preview.content, save=False)
    row.save()
    return row


def send(*, attachments, comment: Comment) -> None:
    """Tie the writer's own unsent pictures to their comment, in this order; at most four."""
    rows = [row for row in attachments if row.owner_id == comment.author_id and row.post_id is None][
        :MAX_PER_COMMENT
    ]
    for position, row in enumerate(rows):
        row.post, row.comment, row.position = comment.post, comment, position
    Attachment.objects.bulk_update(rows, ["post", "comment", "position"])


def stored_bytes(*, user: User) -> int:
    """How much room somebody's pictures take (people.uploads.quota)."""
    return Attachment.objects.filter(owner=user).aggregate(n=Sum("size"))["n"] or 0


def remove_orphans() -> int:
    """Delete, with files, what was uploaded a day ago and never sent, and pictures of comments deleted since a day."""
    before = timezone.now() - timedelta(hours=ORPHAN_HOURS)
    unsent = Attachment.objects.filter(post__isnull=True, created_at__lt=before)
    deleted = Attachment.objects.filter(comment__deleted_at__lt=before)
    removed = 0
    for row in [*unsent, *deleted]:
        row.file.delete(save=False)
        row.preview.delete(save=False)
        removed += row.delete()[0]
    return removed
