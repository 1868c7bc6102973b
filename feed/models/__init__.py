"""The conversation tables. Import models from here; one file per noun."""

from feed.models.attachment import Attachment
from feed.models.bookmark import Bookmark
from feed.models.comment import Comment, CommentVersion
from feed.models.draft import Draft, IdempotencyKey
from feed.models.follow import Follow, Watch
from feed.models.moderation import ModerationStep, Report
from feed.models.notification import Notification
from feed.models.pin import Pin
from feed.models.post import Post, PostPage
from feed.models.reaction import Reaction
from feed.models.tag import Tag, TaggedPost

__all__ = [
    "Attachment",
    "Bookmark",
    "Comment",
    "CommentVersion",
    "Draft",
    "Follow",
    "IdempotencyKey",
    "ModerationStep",
    "Notification",
    "Pin",
    "Post",
    "PostPage",
    "Reaction",
    "Report",
    "Tag",
    "TaggedPost",
    "Watch",
]
