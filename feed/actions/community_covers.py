"""The picture of a community: in its own collection, whose audience follows the kind (A20)."""

from django.db import transaction

from feed.actions import counting, memberships
from feed.models import Community
from people.models import Picture, User


@transaction.atomic
def set_cover(*, community: Community, by: User, picture=None, credit: str = "") -> None:
    """Make the processed `picture` the cover; None takes it away. The earlier one is deleted.

    Raises Refused unless `by` owns the community.
    """
    locked = counting.lock_community(pk=community.pk)
    memberships.must_own(community=locked, user=by)
    before, made = locked.cover, None
    if picture is not None:
        made = Picture(
            title=f"Cover {locked.pk}", credit=credit, collection_id=locked.collection_id, uploaded_by_user=by
        )
        made.width, made.height, made.file_size = picture.width, picture.height, picture.content.size
        made.file.save(picture.content.name, picture.content, save=False)
        made.save()
    locked.cover = community.cover = made
    locked.save(update_fields=["cover"])
    if before is not None:
        before.delete()
