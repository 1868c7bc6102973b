"""What a comment shows to this reader: stances, labels, buttons. Pure facts about loaded rows, no query."""

from django.urls import reverse
from django.utils.translation import get_language

from feed.models import Post
from feed.streams.stances import stances

ACTIONS = ("reply", "edit", "delete", "undelete", "history", "report", "hide", "restore", "approve", "ask")
PLACE = "987654321012345678"


def complete(comments, post, mine, user) -> None:
    """Give each comment what its template asks.

    `stances`, `more_stances` (behind "more"), `kept`, `to` (addresses by name), `may_…`, `by_author`, `readable`.
    """
    is_open, patterns = post.comments_open, _patterns(post)
    for comment in comments:
        comment.post = post
        comment.to = {name: pattern.replace(PLACE, str(comment.pk)) for name, pattern in patterns.items()}
        gone = comment.is_gone
        comment.stances, comment.more_stances = stances(
            comment.reaction_counts, mine.reactions.get(comment.pk, "")
        )
        comment.kept = comment.pk in mine.kept
        comment.is_mine = comment.author_id == user.pk
        comment.by_author = comment.author_id == post.author_id
        comment.may_reply = is_open and not gone and comment.held_at is None
        comment.may_edit = not gone and comment.editable_by(user)
        comment.may_delete = not gone and comment.deletable_by(user)
        comment.may_report = not gone and not comment.is_mine
        comment.may_moderate = comment.moderatable_by(user)
        comment.may_approve = comment.held_at is not None and not gone and comment.approvable_by(user)
        comment.readable = not gone or (
            comment.deleted_at is None and (comment.is_mine or post.overseen_by(user))
        )


def _patterns(post) -> dict[str, str]:
    """The addresses of a comment's actions with PLACE for its id.

    Reversing each of them for each comment took a fifth of the time of a page.
    """
    found = {name: reverse(f"feed:comment_{name}", args=[int(PLACE)]) for name in ACTIONS}
    found["self"] = reverse("feed:comment", args=[int(PLACE)])
    found["who"] = f"{reverse('feed:reactions', args=[post.pk])}?comment={PLACE}"
    return found


def post_bar(post, mine, user, *, card=False) -> dict:
    """The row of buttons below an article or share; of a card in a stream the shorter one."""
    own = mine.reactions.get(None, "")
    is_mine = user.pk in (post.author_id, post.posted_by_id)
    always, more = stances(post.reaction_counts, own, card=card)
    return {
        "stances": always,
        "more_stances": more,
        "kept": None in mine.kept,
        "watching": watching(post, mine.watch, user),
        "muted": mine.watch == "muted",
        "may_share": post.is_live,
        "may_report": not is_mine,
        "is_mine": is_mine,
        "may_moderate": post.moderatable_by(user),
        "total": sum(post.reaction_counts.values()),
    }


def watching(post, level: str, user) -> bool:
    """Whether new comments are told: by choice, or as the author, who watches without a row."""
    return level == "watching" or (level == "" and user.pk in (post.author_id, post.posted_by_id))


def page_url(request, post: Post) -> str:
    """Where the reader sees this conversation: the page they are on if it is one of its versions, else the best one."""
    current = (request.htmx.current_url_abs_path or "").split("?")[0].split("#")[0] if request.htmx else ""
    if any(version.url == current for version in post.versions):
        return current
    return post.address_in(get_language()) or reverse("home")


def comment_url(request, comment) -> str:
    """The page and place where this comment stands, however long the conversation is."""
    return f"{page_url(request, comment.post)}?at={comment.pk}#comment-{comment.pk}"
