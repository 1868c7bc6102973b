"""A company of any size with a fixed seed, for benchmarks: people, places, follows, posts, tags, comments."""

import random
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from django.db import connection, transaction

from feed.models import Comment, Community, Follow, Membership, Post, Tag, TaggedPost
from intranet.bench import bulk, employing, searchable, stock
from people.models import Audience, AudienceMember, User

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = 2
TAGS = 500
PLACED, NARROW, TAGGED = 0.2, 0.15, 0.3  # shares of posts in a community, for an audience, with tags


class Filling:
    """`Filling(people=…, …).run()`; afterwards `made` says how many rows and `seconds` how long each part took."""

    def __init__(self, *, people, posts, communities=0, audiences=0, comments=0, seed=1, corpus=None):
        self.wanted = {"people": people, "posts": posts, "comments": comments}
        self.wanted |= {"communities": communities, "audiences": audiences}
        self.chance = random.Random(seed)  # noqa: S311  repeats, no secrets
        self.corpus, self.seed = corpus, seed
        self.made, self.seconds = {}, {}
        self.mark = f"{seed}-{bulk.first_free(User)}"

    def run(self):
        """Fill; all or nothing."""
        with self.timed("texts"):
            self.texts = stock.texts(self.chance, self.corpus)
        with transaction.atomic():
            with self.timed("people"):
                self._people()
            with self.timed("audiences and communities"):
                self._audiences()
                self._communities()
            with self.timed("follows"):
                self._follows()
            starts = {"posts_from": bulk.first_free(Post), "comments_from": bulk.first_free(Comment)}
            self._posts()
            with self.timed("search index"):
                self.made["search index"] = searchable.index(**starts)
        if connection.vendor == "postgresql":
            with self.timed("statistics"), connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return self

    @contextmanager
    def timed(self, part):
        """Add the time of the block to a part."""
        began = time.perf_counter()
        yield
        self.seconds[part] = self.seconds.get(part, 0) + time.perf_counter() - began

    def _insert(self, name, model, columns, rows):
        self.made[name] = bulk.insert(model, columns, rows)

    def _people(self):
        homes = employing.places(self.mark)
        units = employing.departments(max(3, self.wanted["people"] // 50), self.mark)
        first = bulk.first_free(User)
        self.people = range(first, first + self.wanted["people"])
        self.busy = zipf(self.people, self.chance)
        known = employing.skills()
        taught = {pk: self.chance.sample(known, 3) for pk in self.people[::3]}
        rows = employing.hire(self.people, units, homes, taught, self.chance)
        self._insert("people", User, employing.COLUMNS, rows)
        self.made["skills of people"] = employing.teach(taught)

    def _audiences(self):
        first = bulk.first_free(Audience)
        number = self.wanted["audiences"] + self.wanted["communities"]
        self.audiences = range(first, first + number)
        names = ((pk, f"Audience {pk} {self.mark}") for pk in self.audiences)
        self._insert("audiences", Audience, ("pk", "name"), names)
        self.members = {pk: self._some_people(5, 60) for pk in self.audiences}
        numbers = iter(range(bulk.first_free(AudienceMember), 2**62))
        self._insert(
            "audience members", AudienceMember, ("pk", "audience_id", "user_id"),
            ((next(numbers), audience, user) for audience, users in self.members.items() for user in users),
        )  # fmt: skip

    def _communities(self):
        first = bulk.first_free(Community)
        own = self.audiences[self.wanted["audiences"] :]
        self.communities = []  # (number, readers, members)
        rows = []
        for pk, audience in enumerate(own, first):
            kind = self.chance.choice(Community.Kind.values)
            members = self.members[audience]
            self.communities.append((pk, None if kind == Community.Kind.OPEN else audience, members))
            slug = f"community-{pk}-{self.mark}"
            rows.append((pk, f"Community {pk}", slug, kind, audience, len(members), members[0]))
        columns = ("pk", "name", "slug", "kind", "audience_id", "member_count", "created_by_id")
        self._insert("communities", Community, columns, rows)
        numbers = iter(range(bulk.first_free(Membership), 2**62))
        self._insert(
            "memberships", Membership, ("pk", "community_id", "user_id", "role"),
            (
                (next(numbers), pk, user, "member" if place else "owner")
                for pk, _readers, members in self.communities
                for place, user in enumerate(members)
            ),
        )  # fmt: skip

    def _follows(self):
        self._tags()
        numbers = iter(range(bulk.first_free(Follow), 2**62))
        people = (
            (user, other, None) for user in self.people for other in {self.busy() for _ in range(4)} - {user}
        )
        tags = ((user, None, tag) for user in self.people for tag in {self.topic() for _ in range(2)})
        rows = ((next(numbers), *row) for found in (people, tags) for row in found)
        self._insert("follows", Follow, ("pk", "follower_id", "user_id", "tag_id"), rows)

    def _tags(self):
        first = bulk.first_free(Tag)
        tags = range(first, first + TAGS)
        self.topic = zipf(tags, self.chance)
        rows = ((pk, f"topic{pk}x{self.seed}", f"topic{pk}x{self.seed}") for pk in tags)
        self._insert("tags", Tag, ("pk", "name", "slug"), rows)

    def _posts(self):
        first, total = bulk.first_free(Post), self.wanted["posts"]
        self.moment = timedelta(days=365 * YEARS) / max(1, total)
        replies = {}
        for _ in range(self.wanted["comments"]):
            pk = first + int(total * self.chance.random() ** 3)
            replies[pk] = replies.get(pk, 0) + 1
        self.marked, self.readers = [], {}
        columns = (
            "pk", "state", "author_id", "audience_id", "community_id", "language", "body", "body_html", "created_at",
            "published_at", "last_activity_at", "comment_count",
        )  # fmt: skip
        with bulk.without_indexes(Post, TaggedPost, timed=self.timed), self.timed("posts"):
            rows = (self._post(pk, number, replies) for number, pk in enumerate(range(first, first + total)))
            self._insert("posts", Post, columns, rows)
            numbers = iter(range(bulk.first_free(TaggedPost), 2**62))
            self._insert(
                "tags on posts", TaggedPost, ("pk", "content_object_id", "tag_id", "published_at"),
                ((next(numbers), *row) for row in self.marked),
            )  # fmt: skip
        with self.timed("comments"):
            self._comments(first, replies)

    def _post(self, pk, number, replies):
        roll, author, audience, community = self.chance.random(), None, None, None
        if roll < PLACED and self.communities:
            community, audience, members = self.chance.choice(self.communities)
            author = self.chance.choice(members)
        elif roll < PLACED + NARROW and self.wanted["audiences"]:
            audience = self.audiences[int(self.chance.random() * self.wanted["audiences"])]
            author = self.chance.choice(self.members[audience])
        at = EPOCH + number * self.moment
        if self.chance.random() < TAGGED:
            self.marked += [(pk, tag, at) for tag in {self.topic() for _ in range(2)}]
        if pk in replies:
            self.readers[pk] = audience
        body, html, language = self.chance.choice(self.texts)
        author = author or self.busy()
        return (
            pk,
            "published",
            author,
            audience,
            community,
            language,
            body,
            html,
            at,
            at,
            at,
            replies.get(pk, 0),
        )

    def _comments(self, first, replies):
        numbers = iter(range(bulk.first_free(Comment), 2**62))
        columns = ("pk", "post_id", "author_id", "body", "body_html", "language", "created_at")

        def rows():
            for pk, count in replies.items():
                at = EPOCH + (pk - first) * self.moment
                for _ in range(count):
                    audience = self.readers[pk]
                    author = self.chance.choice(self.members[audience]) if audience else self.busy()
                    yield next(numbers), pk, author, *self.chance.choice(self.texts), at

        self._insert("comments", Comment, columns, rows())

    def _some_people(self, least, most):
        number = min(self.chance.randint(least, most), len(self.people))
        return self.chance.sample(self.people, number)


def zipf(values, chance):
    """A function that chooses one of `values`, the n-th in a shuffled order with a weight of 1/n; a block at a time."""
    order = chance.sample(values, len(values))
    weights = list(accumulate(1 / rank for rank in range(1, len(order) + 1)))

    def endless():
        while True:
            yield from chance.choices(order, cum_weights=weights, k=1000)

    return endless().__next__
