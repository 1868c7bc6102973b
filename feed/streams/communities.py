"""The directory of communities, one community, its members, and who waits at its door. Constant queries."""

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404

from feed.models import Community, JoinRequest, Membership, Pin, Post
from feed.streams import loading, timeline
from people.models import Rendition, User
from people.paging import Slice, take
from people.prepared import Prepared

BY_NAME, SIZE, MINE, FACES = ("name", "pk"), 24, 100, 8
CARD = "fill-480x270|format-webp"
BY_PERSON = ("last_name", "first_name", "pk")


def find(user, slug: str) -> Community:
    """The community at this address. Http404 when `user` may not know of it, as for one that does not exist."""
    found = Community.objects.known_to(user).select_related("cover__collection__collection_audience")
    community = found.filter(slug=slug).first()
    if community is None:
        raise Http404
    return community


def mine(user, q: str = "") -> list[Community]:
    """Those that `user` is in, by name. Two queries at most."""
    return _with_covers(_cards(user, Community.objects.of_member(user), q).order_by(*BY_NAME)[:MINE])


def inside(user) -> list[Community]:
    """All that `user` is a member of, by name, without covers. One query, once for each request."""
    known = user.__dict__.get("_inside")
    if known is None or known[0] is not user.access:
        known = user.__dict__["_inside"] = (user.access, _inside(user))
    return known[1]


@Prepared
def _inside(user):
    return Community.objects.of_member(user).defer("rules", "rules_html").order_by(*BY_NAME)


def others(user, q: str = "", *, after: str = "") -> Slice:
    """The others that `user` may know of and that are not in the archive, by name. Two queries at most."""
    found = Community.objects.visible_to(user).active().exclude(audience__in=user.access.audience_ids)
    page = take(_cards(user, found, q), BY_NAME, after=after, size=SIZE)
    _with_covers(page)
    return page


def of_person(user, person) -> list[Community]:
    """The communities of `person` that `user` may know of, by name. Two queries at most."""
    found = Community.objects.visible_to(user).active().filter(memberships__user=person)
    return _with_covers(_cards(user, found, "").order_by(*BY_NAME)[:MINE])


def in_common(user, person) -> list[Community]:
    """Communities that both are in, by name; a closed one too, because `user` is inside. One query."""
    found = Community.objects.visible_to(user).active().filter(audience__in=user.access.audience_ids)
    return list(found.filter(memberships__user=person).order_by(*BY_NAME)[:MINE])


def members(community: Community, *, after: str = "", q: str = "") -> Slice:
    """Who is in, by name, with `role` and `joined`. One query."""
    found = _people(community)
    for word in q.split()[:5]:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return take(found, BY_PERSON, after=after, size=40)


def owners(community: Community) -> list[User]:
    """Who owns it, by name."""
    return list(_people(community).filter(role=Membership.Role.OWNER).order_by(*BY_PERSON)[:MINE])


def faces(community: Community) -> list[User]:
    """Those who came in last."""
    return list(_people(community).order_by("-joined", "pk")[:FACES])


def waiting(community: Community) -> list[JoinRequest]:
    """Who asks to come in and who was asked in, longest waiting first."""
    rows = JoinRequest.objects.filter(community=community, state=JoinRequest.State.OPEN)
    return list(
        rows.select_related("user__department", "user__location", "invited_by").order_by("created_at", "pk")[
            :MINE
        ]
    )


def request_of(user, community: Community) -> JoinRequest | None:
    """What `user` asked, or was asked."""
    return JoinRequest.objects.filter(community=community, user=user).select_related("invited_by").first()


def pinned(user, community: Community) -> list[Post]:
    """Posts on top of the community now, latest pinned first, loaded like a stream's. Three queries at least."""
    pins = Pin.objects.current().filter(place=f"community:{community.pk}")
    found = (
        timeline.shown(user)
        .filter(community=community, pins__in=pins)
        .annotate(pinned_at=F("pins__created_at"))
    )
    posts = list(found.order_by("-pinned_at", "-pk")[:5])
    loading.load(posts, user)
    return posts


def _with_covers(rows) -> list[Community]:
    """With the covers' pictures of cards' size; one query for any number, none without covers."""
    found = list(rows)
    covers = [community.cover for community in found if community.cover]
    if covers:
        ready = Rendition.objects.filter(filter_spec=CARD)
        prefetch_related_objects(covers, Prefetch("renditions", ready, to_attr="prefetched_renditions"))
    return found


def _people(community) -> QuerySet:
    found = User.objects.present().for_cards().filter(memberships__community=community)
    return found.annotate(role=F("memberships__role"), joined=F("memberships__joined_at"))


def _cards(user, found, q) -> QuerySet:
    """With cover and the time of the newest post that `user` may read."""
    for word in q.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word))
    newest = Post.objects.visible_to(user).listed().filter(community=OuterRef("pk")).order_by("-published_at")
    found = found.select_related("cover__collection__collection_audience")
    return found.annotate(newest=Subquery(newest.values("published_at")[:1]))
