"""Who and what a text names with @ and #, as far as its writer may know and its readers may see. Constant queries."""

from dataclasses import dataclass, field

from django.db.models import Q

from feed import text, text_links
from feed.models import Comment, Community, Mention, Post, Tag
from feed.text_links import Link
from people.handles import slugify_de, tag_slug
from people.models import Audience, AudienceMember, User

EVERYONE = frozenset(("all", "alle", "everyone"))
BIG = 50  # a community with more members counts as a group, which is asked about first


@dataclass
class Named:
    """What the @words of a text stand for, by word."""

    users: dict[str, User] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    everyone: bool = False

    @property
    def has_group(self) -> bool:
        """Whether it names an audience, a big community or everybody."""
        return bool(self.audiences) or self.everyone or any(map(_is_big, self.communities.values()))

    def drop_groups(self) -> None:
        """Leave only people and small communities."""
        self.everyone, self.audiences = False, {}
        self.communities = {slug: one for slug, one in self.communities.items() if not _is_big(one)}


def _is_big(community) -> bool:
    return community.member_count > BIG


def resolve(*, source: str, by: User) -> Named:
    """What `by` names: present people, communities they may see, and audiences; an audience by its name's slug.

    A word that stands for nothing stays a word. People come before communities, communities before audiences.
    """
    names = set(text.find_mentions(source))
    found = Named(everyone=bool(names & EVERYONE))
    if names:
        found.users = {user.handle: user for user in User.objects.present().filter(handle__in=names)}
        rest = names - EVERYONE - set(found.users)
        visible = Community.objects.visible_to(by).filter(slug__in=rest) if rest else ()
        found.communities = {one.slug: one for one in visible}
        rest -= set(found.communities)
        found.audiences = _audiences(by, rest) if rest else {}
    return found


def _audiences(by, names) -> dict[str, Audience]:
    """Audiences by the slug of their name; those of communities have a name of their own already."""
    offered = Audience.objects.filter(community__isnull=True)
    if not by.is_communications:
        offered = offered.filter(pk__in=by.access.audience_ids)
    return {slug: one for one in offered if (slug := slugify_de(one.name)) in names}


def links(*, post: Post, source: str, rows: list[Mention]) -> dict[str, Link]:
    """What becomes a link in a text at `post`: people and communities of its mentions, tags that its readers see.

    A closed community's name stands only where everybody who reads is inside (A3).
    """
    known = {}
    for row in rows:
        if row.user_id is not None and row.user.is_active:
            url = text_links.PERSON.format(row.user.handle)
            known[f"@{row.user.handle}"] = Link(url, f"@{row.user.name}")
        elif row.community_id is not None and _may_be_named(row.community, post):
            url = text_links.COMMUNITY.format(row.community.slug)
            known[f"@{row.community.slug}"] = Link(url, f"@{row.community.name}")
    slugs = {tag_slug(name) for name in text.find_tag_words(source)}
    if slugs:
        read = Q(tagged_posts__content_object__audience__isnull=True)
        read |= Q(tagged_posts__content_object__audience=post.audience_id)
        tags = Tag.objects.filter(read, slug__in=slugs).order_by().values_list("slug", flat=True).distinct()
        known |= {f"#{slug}": Link(text_links.TAGGED.format(slug)) for slug in tags}
    return known


def _may_be_named(community, post) -> bool:
    return community.kind != Community.Kind.CLOSED or community.audience_id == post.audience_id


def reached(*, rows: list[Mention], audience_id: int | None):
    """Those whom these mentions mean and who may read it: present people, groups spelled out; a queryset of User."""
    users = User.objects.present()
    if audience_id is not None:
        users = users.filter(pk__in=_members([audience_id]))
    if any(row.is_everyone for row in rows):
        return users
    people = {row.user_id for row in rows} - {None}
    groups = {row.community.audience_id if row.community_id else row.audience_id for row in rows} - {None}
    return users.filter(Q(pk__in=people) | Q(pk__in=_members(groups)) if groups else Q(pk__in=people))


def has_group(*, rows: list[Mention]) -> bool:
    """Whether one of these mentions means a whole group: many hear of it."""
    return any(
        row.is_everyone or row.audience_id or (row.community_id and _is_big(row.community)) for row in rows
    )


def _members(audiences):
    return AudienceMember.objects.filter(audience__in=audiences).values("user")


def mentions_at(*, post: Post, comment: Comment | None) -> list[Mention]:
    """The rows at (post, comment or None), with whom they name."""
    rows = (
        Mention.objects.filter(post=post, comment=comment).select_related("user", "community").order_by("pk")
    )
    return list(rows)
