"""Whom and what a text may name: people and communities after @, tags after #, each only if it may be known (A3)."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from feed.models import Community, Post, TaggedPost
from people.handles import slugify_de
from people.models import Department, User
from people.text import comparison_key

MOST, MOST_WORDS, MOST_CHARS = 8, 4, 60
BY_NAME = ("last_name", "first_name", "pk")


@dataclass(frozen=True)
class Readers:
    """Those who could read the text: everybody, or the people that `condition` matches.

    `community`: the one in which the text stands, which alone may be named there if it is closed.
    """

    condition: Q = field(default_factory=Q)
    community: Community | None = None


EVERYBODY, NOBODY = Readers(), Readers(Q(pk__in=[]))


def readers_of(user, *, audience: str = "", post: Post | None = None) -> Readers:
    """Who could read a comment below `post`, or a post for `audience` ("" and "everyone", "audience:3", "community:4",
    "location:5", "department:6"). Nobody for what `user` does not belong to; hidden and absent alike.
    """
    if post is not None:
        return Readers(_members(post.audience_id), post.community if post.community_id else None)
    kind, _colon, key = audience.partition(":")
    if kind in ("", "everyone"):
        return EVERYBODY
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return NOBODY
    return _FOUND.get(kind, lambda user, pk: NOBODY)(user, int(key))


def people(user, typed: str, *, readers: Readers = EVERYBODY) -> list[User]:
    """Present people among the readers whose names, handle or department begin with what was typed, by name."""
    found = User.objects.present().filter(readers.condition)
    for word in _words(typed):
        plain = slugify_de(word, separator=".")
        match = Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
        match |= Q(department__name__istartswith=word)
        if plain:
            match |= Q(handle__startswith=plain) | Q(handle__contains=f".{plain}")
        found = found.filter(match)
    return list(found.for_cards().order_by(*BY_NAME)[:MOST])


def communities(user, typed: str, *, readers: Readers = EVERYBODY) -> list[Community]:
    """Communities that every reader may know of and whose name or address has what was typed."""
    words = _words(typed)
    if not words or readers is NOBODY:
        return []
    found = Community.objects.visible_to(user).active()
    here = readers.community.pk if readers.community else None
    found = found.filter(~Q(kind=Community.Kind.CLOSED) | Q(pk=here))
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(slug__startswith=slugify_de(word) or word))
    return list(found.order_by("-member_count", "name")[:3])


def departments(user, typed: str) -> list[Department]:
    """Departments whose name begins with what was typed: whom a question may be addressed to."""
    words = _words(typed)
    return list(Department.objects.filter(name__istartswith=" ".join(words))[:3]) if words else []


def names_of(typed) -> dict[str, str]:
    """{as typed: name} of handles and of departments ("department:7", or by name), for fields that were filled in
    before. Nothing for what is unknown. Two queries at most, none for nothing."""
    plain = {one.strip().removeprefix("@") for one in typed} - {""}
    if not plain:
        return {}
    found = {user.handle: user.name for user in User.objects.present().filter(handle__in=plain)}
    keys = {one.partition(":")[2] for one in plain if one.startswith("department:")}
    named = Q(pk__in=[int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19])
    for department in Department.objects.filter(named | Q(name__in=plain)):
        found |= {
            one: department.name for one in (f"department:{department.pk}", department.name) if one in plain
        }
    return found


def tags(user, typed: str) -> list[dict]:
    """[{name, count}] of tags that mark something `user` may read, most used first; counted over just that."""
    key = comparison_key(typed.strip().lstrip("#"))[:MOST_CHARS]
    visible = Post.objects.visible_to(user).listed().values("pk")
    rows = TaggedPost.objects.filter(content_object__in=visible)
    if key:
        plain = slugify_de(key)
        match = Q(tag__name__istartswith=key) | Q(tag__slug__startswith=key)
        rows = rows.filter(match | Q(tag__slug__startswith=plain) if plain else match)
    counted = rows.values("tag__name").annotate(count=Count("pk")).order_by("-count", "tag__name")[:MOST]
    return [{"name": row["tag__name"], "count": row["count"]} for row in counted]


def _words(typed):
    return typed.replace("@", " ").replace("\x00", "").split()[:MOST_WORDS]


def _members(audience_id):
    return Q() if audience_id is None else Q(audience_members__audience=audience_id)


def _of_audience(user, pk):
    return Readers(_members(pk)) if pk in user.access.audience_ids else NOBODY


def _of_community(user, pk):
    found = Community.objects.visible_to(user).filter(pk=pk).first()
    return Readers(_members(found.readers_id), found) if found else NOBODY


def _of_location(user, pk):
    return Readers(Q(location=pk)) if pk == user.location_id else NOBODY


def _of_department(user, pk):
    inside = user.department_id and f"/{pk}/" in user.department.path
    return Readers(Q(department__path__contains=f"/{pk}/")) if inside else NOBODY


_FOUND = {
    "audience": _of_audience,
    "community": _of_community,
    "location": _of_location,
    "department": _of_department,
}
