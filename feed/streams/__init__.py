"""Lists of what people say: a conversation by pages, what I keep, what concerns me, what waits for moderators.

Every list starts at the visibility rule, is keyset-paged and takes the same number of queries however long it is.
Import from here; one file per kind of list.
"""

from feed.streams.finding import (
    find_answered,
    find_comment,
    find_notification,
    find_own,
    find_post,
    find_tag,
    shared_of,
)
from feed.streams.lists import (
    LATEST,
    bookmarks,
    followed,
    held_comments,
    log_in,
    moderation_log,
    notifications,
    open_reports,
    reactions,
    reports_in,
)
from feed.streams.mine import Mine, mine
from feed.streams.syndicated import newest_version, syndicated
from feed.streams.threads import SORTS, Thread, load_pictures, replies, thread

__all__ = [
    "LATEST",
    "SORTS",
    "Mine",
    "Thread",
    "bookmarks",
    "find_answered",
    "find_comment",
    "find_notification",
    "find_own",
    "find_post",
    "find_tag",
    "followed",
    "held_comments",
    "load_pictures",
    "log_in",
    "mine",
    "moderation_log",
    "newest_version",
    "notifications",
    "open_reports",
    "reactions",
    "replies",
    "reports_in",
    "shared_of",
    "syndicated",
    "thread",
]
