"""The conversation tables. Import models from here; one file per noun."""

from feed.models.attachment import Attachment
from feed.models.bookmark import Bookmark
from feed.models.comment import Comment, CommentVersion
from feed.models.community import Community, JoinRequest, Membership
from feed.models.community_rules import CommunityRules
from feed.models.draft import Draft, IdempotencyKey
from feed.models.follow import Follow, Watch
from feed.models.kudos import CompanyValue, Kudos, Thanked
from feed.models.live import LiveEvent, ReadMark
from feed.models.mention import Mention
from feed.models.moderation import ModerationStep, Report
from feed.models.notification import Notification
from feed.models.pin import Pin
from feed.models.poll import Option, Poll, Vote
from feed.models.post import Post, PostVersion
from feed.models.post_page import PostPage
from feed.models.question import Question, QuestionEvent, QuestionInterest
from feed.models.reaction import Reaction
from feed.models.search_entry import SearchEntry
from feed.models.tag import Tag, TagAlias, TaggedPost

__all__ = [
    "Attachment",
    "Bookmark",
    "Comment",
    "CommentVersion",
    "Community",
    "CommunityRules",
    "CompanyValue",
    "Draft",
    "Follow",
    "IdempotencyKey",
    "JoinRequest",
    "Kudos",
    "LiveEvent",
    "Membership",
    "Mention",
    "ModerationStep",
    "Notification",
    "Option",
    "Pin",
    "Poll",
    "Post",
    "PostPage",
    "PostVersion",
    "Question",
    "QuestionEvent",
    "QuestionInterest",
    "Reaction",
    "ReadMark",
    "Report",
    "SearchEntry",
    "Tag",
    "TagAlias",
    "TaggedPost",
    "Thanked",
    "Vote",
    "Watch",
]
