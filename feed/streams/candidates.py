"""Where "for you" comes from: the newest few of each source, each read from its own index (see Meta of the models).

Nobody's page depends on how much everybody else says: a source is followed by one index range, the union is small.
"""

from collections.abc import Callable

from django.db import connection
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery

from feed.models import Community, Follow, Mention, Post, Question, TaggedPost, Thanked, Watch
from feed.streams.wants import Wants
from people.models import AudienceMember, Department
from people.paging import behind

NEWEST, TAGGED = ("-published_at", "-pk"), ("-published_at", "-content_object")

# The package that has blogs says which blog pages somebody follows: (user) -> pages. One entry in ready().
followed_pages: list[Callable] = []


class Newest(Subquery):
    """The ids that a correlated subquery finds, one row each (PostgreSQL)."""

    template = "unnest(ARRAY(%(subquery)s))"
    output_field = BigIntegerField()


def unmuted(posts: QuerySet, user, wants: Wants) -> QuerySet:
    """Without the people, tags, communities and conversations that `user` muted; one's own stay."""
    quiet = Exists(Watch.objects.filter(user=user, post=OuterRef("pk"), level=Watch.Level.MUTED))
    if wants.muted_tags:
        tagged = TaggedPost.objects.filter(content_object=OuterRef("pk"), tag__in=wants.muted_tags)
        quiet = Q(quiet) | Q(Exists(tagged))
    quiet = ~Q(quiet)
    if wants.muted_users:
        quiet &= ~Q(author__in=wants.muted_users)
    if wants.muted_communities:
        quiet &= Q(community__isnull=True) | ~Q(community__in=wants.muted_communities)
    return posts.filter(Q(author=user) | quiet)


def for_you(user, wants: Wants, *, place: tuple, size: int, kinds: tuple[str, ...] = ()) -> QuerySet:
    """Ids of the posts among which the next `size` of "for you" are; of these `kinds` only, if any are given.

    `place`: published when, and which post, the page before ended with (people.paging.position).
    """
    wanted = unmuted(Post.objects.visible_to(user).listed(), user, wants)
    if kinds:
        wanted = wanted.filter(kind__in=kinds)
    newest = behind(wanted, NEWEST, place).order_by(*NEWEST)
    arms = [
        _flat(newest.filter(author=user), size),
        *_of_places(user, newest, size),
        *_of_follows(user, newest, size),
        tagged(
            Follow.objects.filter(follower=user, tag__isnull=False, muted=False), "tag", wanted, place, size
        ),
        *(_flat(newest.filter(pk__in=ids), size) for ids in _to_me(user)),
    ]
    return arms[0].union(*arms[1:])


def _of_places(user, newest, size):
    """For an audience that I am in; in a community of mine."""
    yield _each(AudienceMember.objects.filter(user=user), "audience", newest, "audience", size)
    yield _each(Community.objects.of_member(user).order_by(), "pk", newest, "community", size)


def _of_follows(user, newest, size):
    """By people and in blogs that I follow."""
    people = Follow.objects.filter(follower=user, user__isnull=False, muted=False)
    yield _each(people, "user", newest, "author", size)
    for pages in followed_pages:
        yield _flat(
            newest.filter(kind=Post.Kind.ARTICLE, pages__blog_page__in=pages(user).values("pk")).distinct(),
            size,
        )


def _to_me(user):
    """Ids of posts that name me or a group I am in, ask me or my department, thank me: each from its own index."""
    named = Mention.objects.filter(comment__isnull=True)
    yield named.filter(user=user).values("post")
    yield named.filter(audience__in=user.access.audience_ids).values("post")
    places = Community.objects.of_member(user).order_by().values("pk")
    yield named.filter(community__in=places).values("post")
    asked = Question.objects.filter(comment__isnull=True)
    yield asked.filter(addressee=user).values("post")
    yield asked.filter(department__in=departments_of(user)).values("post")
    yield Thanked.objects.filter(user=user).values("kudos__post")


def departments_of(user) -> QuerySet:
    """Ids of the departments that `user` answers for (as feed.models.question.departments_of); no query of its own."""
    own = Department.objects.filter(pk=user.department_id, path__startswith=OuterRef("path"))
    return Department.objects.filter(Q(lead=user) | Q(Exists(own))).order_by().values("pk")


def asked_of(user) -> Q:
    """The questions to `user` or to a department they answer for."""
    return Q(addressee=user) | Q(department__in=departments_of(user))


def tagged(tags: QuerySet, key: str, wanted: QuerySet, place: tuple, size: int) -> QuerySet:
    """Ids of the newest of `wanted` with the tags that column `key` of `tags` names."""
    rows = behind(TaggedPost.objects.filter(content_object__in=wanted), TAGGED, place).order_by(*TAGGED)
    if connection.vendor == "postgresql":
        rows = rows.filter(tag=OuterRef(key)).values("content_object")[: size + 1]
        return tags.order_by().annotate(found=Newest(rows)).values("found")
    rows = rows.filter(tag__in=tags.values(key)).values("content_object", "published_at").distinct()
    return Post.objects.filter(pk__in=rows[: size + 1].values("content_object")).order_by().values("pk")


def _each(sources, key, newest, field, size):
    """The newest of each source. PostgreSQL walks each one's index alone, so the plan never turns to all posts."""
    if connection.vendor == "postgresql":
        rows = newest.filter(**{field: OuterRef(key)}).values("pk")[: size + 1]
        return sources.annotate(found=Newest(rows)).values("found")
    return _flat(newest.filter(**{f"{field}__in": sources.values(key)}), size)


def _flat(newest, size):
    """As an arm of a union; SQLite wants the limit inside of a subquery."""
    return Post.objects.filter(pk__in=newest.values("pk")[: size + 1]).order_by().values(found=F("pk"))
