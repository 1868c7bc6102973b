"""Communities come into being, change, end, and are moderated. Who is in: memberships.py.

Readers are `Post.audience` (A1): when a community becomes narrower all its posts do in the same transaction; when it
becomes wider what was written stays with those it was written for, and only new posts are open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection

from feed import text
from feed.actions import addressing, announcing, counting, memberships, mentioning
from feed.actions.refusals import Refused
from feed.models import Comment, Community, CommunityRules, Membership, Post, Question
from people.actions import handles
from people.handles import RESERVED_HANDLES, skeleton, slugify_de
from people.models import Audience, CollectionAudience, User
from people.text import clean_line

FIELDS = ("name", "purpose", "rules", "language")
MOST_NAME, MOST_SLUG = 80, 60


@dataclass(frozen=True)
class Follower:
    """A package whose things have the community's readers: how many comments a wider kind would leave, and doing it."""

    left_behind: Callable[[Community, int | None], int]
    follow: Callable[[Community], None]


followers: list[Follower] = []  # the blog package registers in AppConfig.ready


class NeedsConfirmation(Exception):
    """Opening the community leaves `comments` comments with its members; ask the person first."""

    def __init__(self, comments: int):
        """Keep the number, to be named."""
        super().__init__(f"{comments} comments stay with the members")
        self.comments = comments


@transaction.atomic
def create(
    *, by: User, name: str, kind: str = Community.Kind.OPEN, purpose: str = "", rules: str = "",
    language: str = "de", created_at=None,
) -> Community:  # fmt: skip
    """A new community with `by` as its owner and first member.

    `created_at` marks one that is brought (demo, import): the administrator's restriction is not asked. Raises
    Refused where it says no, ValidationError for a name without letters.
    """
    if created_at is None and not CommunityRules.load().allow(by):
        raise Refused(_("Here only some people create communities. Ask the administrators."))
    name = clean_line(name, max_chars=MOST_NAME)
    slug = free_slug(name=name)
    audience = Audience.objects.create(name=f"community {slug}"[:120], is_kept=True)
    made = Community(name=name, slug=slug, audience=audience, created_by=by)
    made.kind, made.purpose, made.language = kind, purpose, language
    made.rules, made.rules_html = rules, text.render(rules)
    made.created_at = created_at or timezone.now()
    made.full_clean(exclude=["audience", "collection", "cover", "created_by"])
    made.save()
    # The row's number, not its name, which nobody outside a closed community may meet.
    Audience.objects.filter(pk=audience.pk).update(name=f"community {made.pk}")
    made.collection = Collection.get_first_root_node().add_child(name=f"Community {made.pk}")
    made.save(update_fields=["collection"])
    _show_files(made)
    memberships.admit(community=made, user=by, role=Membership.Role.OWNER, joined_at=made.created_at)
    return made


@transaction.atomic
def change(
    *, community: Community, by: User, kind: str | None = None, confirmed: bool = False, **fields
) -> Community:
    """Change words and kind; the address stays. Raises Refused unless `by` owns it.

    Raises NeedsConfirmation, changing nothing, when opening it leaves comments with the members and nobody confirmed.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(unknown)}")
    locked = counting.lock_community(pk=community.pk)
    memberships.must_own(community=locked, user=by)
    if kind is not None and kind != locked.kind:
        _change_kind(locked, kind, confirmed, by)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.rules_html = text.render(locked.rules)
    locked.full_clean(exclude=["audience", "collection", "cover", "created_by"])
    locked.save(update_fields=["kind", "rules_html", *FIELDS])
    mentioning.of_community(community=locked)
    return locked


@transaction.atomic
def archive(*, community: Community, by: User) -> None:
    """Nobody joins or posts any more; what was written stays readable. Idempotent. Raises Refused unless owned."""
    locked = counting.lock_community(pk=community.pk)
    memberships.must_own(community=locked, user=by)
    locked.archived_at = locked.archived_at or timezone.now()
    locked.save(update_fields=["archived_at"])


@transaction.atomic
def reopen(*, community: Community, by: User) -> None:
    """Take it out of the archive. Idempotent. Raises Refused unless owned."""
    locked = counting.lock_community(pk=community.pk)
    memberships.must_own(community=locked, user=by)
    locked.archived_at = None
    locked.save(update_fields=["archived_at"])


def free_slug(*, name: str) -> str:
    """An address for `name` that looks like no other community's, no person's handle and no reserved word.

    Mentions use both. Raises ValidationError for a name without letters.
    """
    base = slugify_de(name, max_chars=MOST_SLUG)
    if not base:
        raise ValidationError({"name": _("Use at least one letter or digit.")})
    taken = handles.taken() | {skeleton(one) for one in RESERVED_HANDLES | {"new"}}
    candidate, number = base, 1
    while skeleton(candidate) in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def slugs():
    """For people.handles: no new handle looks like one of these addresses, because @ stands for both."""
    return Community.objects.order_by().values_list("slug", flat=True).iterator()


def left_behind(*, community: Community, kind: str) -> int:
    """How many comments would stay with the members if the community were of this kind."""
    if kind != Community.Kind.OPEN or community.kind == Community.Kind.OPEN:
        return 0
    said = Comment.objects.shown().filter(post__community=community, post__audience=community.audience_id)
    short = said.exclude(post__kind=Post.Kind.ARTICLE).count()
    return short + sum(one.left_behind(community, None) for one in followers)


def _change_kind(community, kind, confirmed, by):
    """Readers follow the kind: narrower at once, wider only for what is written from now on."""
    comments = 0 if confirmed else left_behind(community=community, kind=kind)
    if comments:
        raise NeedsConfirmation(comments)
    community.kind = kind
    community.save(update_fields=["kind"])
    if community.readers_id is not None:
        narrowed = Post.objects.filter(community=community, audience=None)
        ids = (
            list(narrowed.values_list("pk", flat=True))
            if Question.objects.filter(post__in=narrowed).exists()
            else []
        )
        narrowed.update(audience=community.readers_id)
        addressing.recheck(posts=ids, by=by)
    _show_files(community)
    for one in followers:
        one.follow(community)
    announcing.access_changed()


def _show_files(community):
    """The cover of a closed community is for its members (A20)."""
    closed = community.kind == Community.Kind.CLOSED
    CollectionAudience.objects.update_or_create(
        collection_id=community.collection_id,
        defaults={"audience_id": community.audience_id if closed else None},
    )
