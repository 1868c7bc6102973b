"""What posts carry: photos, a video, documents; one query for all posts of a page."""

from dataclasses import dataclass, field

from feed.models import Attachment, Post
from people.prepared import Prepared

SHOWN = 4  # photos in a post; the fourth says how many more there are


@dataclass
class Files:
    """A post's `images`, `video` (or None) and `documents`; false when there are none."""

    images: list[Attachment] = field(default_factory=list)
    documents: list[Attachment] = field(default_factory=list)
    video: Attachment | None = None

    def __bool__(self):
        """Whether there is anything."""
        return bool(self.images or self.documents or self.video)

    @property
    def shown(self):
        """The photos that stand in the post."""
        return self.images[:SHOWN]

    @property
    def further(self):
        """The photos behind "+2", reached in the viewer."""
        return self.images[SHOWN:]

    @property
    def credits(self):
        """Who took the photos, each once."""
        return ", ".join(dict.fromkeys(one.credit for one in self.images if one.credit))


def attach(posts: list[Post]) -> None:
    """Give each post its `files`. The posts are visible to the reader already; the query asks nothing else."""
    for post in posts:
        post.files = Files()
    found = {post.pk: post.files for post in posts}
    for row in _of_posts(None, posts=list(found)) if found else ():
        files = found[row.post_id]
        if row.kind == Attachment.Kind.IMAGE:
            files.images.append(row)
        elif row.kind == Attachment.Kind.VIDEO:
            files.video = files.video or row
        else:
            files.documents.append(row)


@Prepared
def _of_posts(posts):
    return Attachment.objects.filter(post__in=posts, comment__isnull=True).order_by("position", "pk")
