"""The company's feed: the written posts, then the composed ones, each with what belongs to its kind."""

import random
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from blog.models import ArticlePage
from feed.actions import attaching, posting, voting
from feed.actions.questions import Ask
from feed.actions.thanking import Thanks
from feed.models import Post
from intranet.demo.colleagues import HERE, read
from intranet.demo.loading import conversations, pictures
from people.uploads import ProcessedImage, process_image

AT_ONCE = 100
TURNOUT = 0.62
WAIT = (
    "yusuf",
    "henrike",
    "olga",
    "lena",
    "ines",
    "nils",
)  # who try the demo have not voted where one still can
LEAST = timedelta(minutes=2)


def rows():
    """Return the rows of feed/*.toml."""
    return [
        row for path in sorted((HERE / "feed").glob("*.toml")) for row in read(f"feed/{path.name}")["post"]
    ]


class Press:
    """Prints posts: users and articles come from `shelf`, times count from `shelf.now`."""

    def __init__(self, shelf, communities, values):
        self.shelf, self.communities, self.values = shelf, communities, values
        self.posts, self.images = {}, {}
        self.present = {(pk, body): post for post, pk, body in _short()}
        self.articles = _articles()
        self.credits = pictures.credits()

    def print(self, row):
        """Add one post with its conversation unless it is here; returns the reactions that it is to be given."""
        body, author = row["body"].strip(), self.shelf.users[row["author"]]
        if (author.pk, body) in self.present:
            self.posts[row["id"]] = self.present[author.pk, body]
            return []
        when = self.shelf.now - max(LEAST, timedelta(days=row["days_ago"]))
        shared = self._shared(row)
        post = posting.add(
            author=author,
            body=body,
            kind=row["kind"],
            community=self.communities.get(row.get("community")),
            audience=shared.audience if shared else None,
            attachments=self._photo(row, author),
            language=row["language"],
            created_at=when,
            ask=Ask(addressee=self.shelf.users[row["to"]]) if row.get("to") else None,
            poll=self._terms(row, when),
            kudos=self.thanks(row),
            shared=shared,
        )
        self.posts[row["id"]] = post.pk
        if post.kind == Post.Kind.POLL:
            self._vote(post, row)
        return conversations.talk(
            post=post, row=row, published=when, shelf=self.shelf, watch=row["days_ago"] < 14
        )

    def _shared(self, row):
        name = row.get("shares")
        if not name:
            return None
        return Post.objects.select_related("audience").get(pk=self.articles.get(name) or self.posts[name])

    def _terms(self, row, when):
        if row["kind"] != Post.Kind.POLL:
            return None
        return voting.PollTerms(
            options=tuple(option["text"] for option in row["options"]),
            ends_at=when + timedelta(days=row["closes_days"]),
            is_secret=row["secret"],
            is_multiple=row.get("multiple", False),
            pledge=row.get("pledge", ""),
        )

    def thanks(self, row):
        """Return whom a row thanks, under which value; None for other kinds."""
        if row["kind"] != Post.Kind.KUDOS:
            return None
        thanked = tuple(self.shelf.users[key] for key in row["thanks"])
        return Thanks(users=thanked, value=self.values.get(row.get("value")))

    def _photo(self, row, author):
        """Return the row's picture as the author's own upload; each cover is decoded once."""
        name = row.get("photo")
        if not name:
            return []
        if name not in self.images:
            with (HERE / "covers" / f"{name}.webp").open("rb") as file:
                picture = process_image(file, max_side=attaching.MAX_SIDE)
            picture.content.seek(0)
            self.images[name] = (picture, process_image(picture.content, max_side=attaching.PREVIEW_SIDE))
        picture, preview = (_fresh(image) for image in self.images[name])
        kept = attaching.keep(owner=author, picture=picture, preview=preview, alt=row["photo_alt"])
        kept.credit = self.credits[row["language"]]
        return [kept]

    def _vote(self, post, row):
        """Let colleagues vote so that the shares are those of the row, in a smaller house."""
        rng = random.Random(f"votes {row['id']}")
        readers = conversations.readers(post, self.shelf, post.published_at)
        if post.poll.is_open:
            readers = [user for user in readers if user.handle not in WAIT]
        wanted = [option["votes"] for option in row["options"]]
        room = min(sum(wanted), int(len(readers) * TURNOUT)) / (sum(wanted) or 1)
        options = list(post.poll.options.values_list("pk", flat=True))
        ballots = [pk for pk, n in zip(options, wanted, strict=True) for _ in range(round(n * room))]
        voters = rng.sample(readers, min(len(readers), len(ballots)))
        voting.bring(poll=post.poll, votes=[(user, [pk]) for user, pk in zip(voters, ballots, strict=False)])


def load(press, found, say):
    """Add the posts of `found` (rows), oldest first: a share comes after what it shares."""
    ordered = sorted(found, key=lambda row: -row["days_ago"])
    done = 0
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        with transaction.atomic():
            given = [reaction for row in some for reaction in press.print(row)]
            middle = timedelta(days=some[-1]["days_ago"])
            ids = [press.posts[row["id"]] for row in some]
            conversations.react(ids, given, press.shelf.now - middle)
        done += len(some)
        say(done, len(ordered))


@transaction.atomic
def play(press):
    """Let colleagues post what waits for those who sign in; each is told, as always. Once: bodies are recognised."""
    users = press.shelf.users
    for row in read("feed_scenes.toml")["post"]:
        author, body = users[row["author"]], row["body"].strip()
        if (author.pk, body) not in press.present:
            posting.add(
                author=author,
                body=body,
                kind=row["kind"],
                language=row["language"],
                ask=Ask(addressee=users[row["to"]]) if row["kind"] == Post.Kind.QUESTION else None,
                kudos=press.thanks(row),
            )


def _short():
    return Post.objects.filter(kind__in=Post.SHORT).values_list("pk", "author", "body")


def _articles():
    """Return {slug: post id} of what is published."""
    pages = ArticlePage.objects.live().filter(post_page__isnull=False)
    return dict(pages.order_by("-pk").values_list("slug", "post_page__post"))


def _fresh(image):
    image.content.seek(0)
    content = ContentFile(image.content.read(), name=image.content.name)
    return ProcessedImage(content=content, width=image.width, height=image.height, ext=image.ext)
