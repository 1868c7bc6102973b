"""Posts: written, and published through one door, now or when the clock says so. Each function is one transaction.

Raises Refused (feed.actions.refusals) and changes nothing then; the caller still has the text.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from feed import languages, text
from feed.actions import (
    announcing,
    attaching,
    drafting,
    indexing,
    keys,
    mentioning,
    notifying,
    post_rules,
    questions,
    tagging,
    thanking,
    voting,
)
from feed.models import Notification, Post
from feed.models.post import MAX_CHARS, SHARE_CHARS
from people.models import User

Kind, State = Post.Kind, Post.State


def add(*, author, body, kind=Kind.POST, audience=None, community=None, attachments=(), language="", key=None,
        publish_at=None, created_at=None, for_company=False, ask=None, poll=None, kudos=None,
        shared=None) -> Post:  # fmt: skip
    """Write a post of any kind; published at once, or kept until `publish_at`.

    `audience` None: everybody, or the readers of `community`. `attachments`: unsent ones of the author, in order.
    `ask` (questions.Ask), `poll` (voting.PollTerms), `kudos` (thanking.Thanks) belong to their kind. `key`: the form's
    idempotency key; the same key gives the same post, and without one so does the same text within 60 s.
    `created_at`: of an old one that is brought here (import, demo): rules are not asked and nobody is told.
    Raises Refused, and ValidationError for a text too long.
    """
    row = Post(
        kind=kind, author=author, audience=audience, community=community, for_company=for_company,
        language=language, shared=shared, publish_at=publish_at, created_at=created_at or timezone.now(),
        body=text.clean_source(body, max_chars=SHARE_CHARS if shared else MAX_CHARS),
    )  # fmt: skip
    try:
        return _add(row, created_at is not None, key, attachments, ask, poll, kudos)
    except IntegrityError:  # the key was used elsewhere at the same moment
        made = find_sent(author=author, key=key)
        if made is None:
            raise
        return made


def find_sent(*, author: User, key: str | None) -> Post | None:
    """The post that this key made, if any: a replay is not counted by rate limits (T11)."""
    kind, _sep, pk = keys.find(user=author, key=key).partition(":")
    return Post.objects.filter(pk=pk, author=author).first() if kind == "post" else None


@transaction.atomic
def _add(row, is_brought, key, attachments, ask, poll, kudos):
    author = row.author
    if not is_brought:
        post_rules.lock_author(author=author)
        repeated = find_sent(author=author, key=key) or (not key and _same_text(row))
        if repeated:
            return repeated
        post_rules.refuse_unless_allowed(post=row, has_files=bool(attachments), poll=poll, kudos=kudos)
    if row.community_id:
        row.audience_id = row.community.readers_id
    row.language = row.language or languages.guess(
        row.body, otherwise=author.locale or settings.LANGUAGE_CODE
    )
    row.body_html = text.render(row.body)
    row.state = State.SCHEDULED if row.publish_at else State.PUBLISHED
    if not row.publish_at:
        row.published_at = row.last_activity_at = row.created_at
    row.save()
    if attachments:
        attaching.send(attachments=attachments, post=row)
    _name(row)
    _complete(row, ask, poll, kudos, is_brought)
    indexing.put_post(post=row, is_new=True)
    keys.keep(user=author, key=key, result=f"post:{row.pk}")
    if not is_brought:
        drafting.forget(user=author, place=place(community=row.community, shared=row.shared))
        if row.published_at:
            _tell(row)
    return row


def place(*, community=None, shared=None) -> str:
    """Under which name the draft of such a post is kept."""
    if shared is not None:
        return f"share:{shared.pk}"
    return f"community:{community.pk}" if community else "post"


@transaction.atomic
def publish(*, post: Post) -> Post:
    """A post that waited appears: its time, tags, whom it names and thanks, open pages. Call it with the row locked.

    An article goes through blog.actions.publishing.
    """
    post.state, post.publish_at = State.PUBLISHED, None
    post.published_at = post.last_activity_at = timezone.now()
    post.save(update_fields=["state", "publish_at", "published_at", "last_activity_at"])
    tagging.set_published(post=post)
    indexing.put_post(post=post)
    if post.kind == Kind.QUESTION:
        questions.published(post=post)
    _tell(post)
    return post


def _tell(post):
    """Who hears of a post that has just appeared; its author watches it without a row."""
    if "@" in post.body:
        mentioning.tell(post=post)
    if post.kind == Kind.KUDOS:
        thanking.tell(post=post)
    if post.shared_id:
        original = post.shared
        notifying.tell(
            users=[original.author_id, original.posted_by_id], cause=Notification.Cause.SHARE, post=post,
            actor=post.author,
        )  # fmt: skip
    announcing.post_published(post=post)


def _name(post):
    """Its tags and whom it names, as links in its HTML; nobody is told here. Nothing for a text without signs."""
    if "#" in post.body:
        tagging.tag(post=post)
    if "#" in post.body or "@" in post.body:
        mentioning.mention(post=post, by=post.author, quiet=True)


def _complete(post, ask, poll, kudos, is_brought):
    """What the kind brings along; who is asked or thanked hears of it once it is published."""
    if post.kind == Kind.QUESTION:
        when = post.created_at if is_brought else None
        questions.open_for(post=post, asker=post.author, ask=ask, created_at=when)
    elif post.kind == Kind.POLL:
        voting.open_for(post=post, terms=poll)
    elif post.kind == Kind.KUDOS:
        thanking.give(post=post, thanks=kudos)


def _same_text(row):
    """A double click without a key: the same text by the same person at the same place within a minute."""
    since = timezone.now() - timedelta(seconds=keys.SAME_TEXT_SECONDS)
    recent = Post.objects.filter(
        author=row.author, kind=row.kind, community=row.community, shared=row.shared, created_at__gte=since
    ).exclude(state=State.DELETED)
    return row.body and next((post for post in recent.order_by("pk") if post.body == row.body), None)
