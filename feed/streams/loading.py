"""What a card shows of each post of a page, for one reader; the same number of queries for any number of posts."""

from django.db.models import CharField, Prefetch, Value, prefetch_related_objects
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from feed.models import Bookmark, Mention, Post, PostPage, Question, Reaction, TaggedPost, Thanked, Watch
from feed.streams import files, kudos, polls, questions, why
from feed.streams.candidates import asked_of
from feed.streams.stances import stances
from feed.streams.wants import Wants
from people.models import Rendition
from people.prepared import Prepared

ROWS = (
    "author__department", "author__location", "posted_by", "audience", "community",
    "shared__author", "shared__community",
)  # fmt: skip
COVERS = (
    "fill-640x360|format-webp",
    "fill-1200x750|format-webp",
)  # of a card, of the home page's first article
PLACE = "987654321012345678"
ACTIONS = (
    "post", "share", "report", "lock", "post_hide", "post_edit", "post_delete", "post_history", "audience",
    "reactions", "react", "bookmark", "watch", "talk", "pin", "travels",
)  # fmt: skip


def load(posts: list[Post], user, mine: Wants | None = None) -> list[Post]:
    """Give each post (read with ROWS) what `feed/_post.html` asks; returns `posts`.

    `stances`, `more_stances`, `kept`, `watch`, `is_mine`, `may_…`, `original` (what it shares, if readable),
    `versions`, `page` and `shared_page` (language versions to show), `asked`, `ballot`, `praise`, `files`, `why`, `to`.
    """
    if not posts:
        return posts
    _versions(posts, user)
    _parts(posts, user)
    facts = _personal(posts, user)
    patterns, language = _patterns(), get_language()
    for post in posts:
        post.to = {name: pattern.replace(PLACE, str(post.pk)) for name, pattern in patterns.items()}
        post.page = _version(post, language)
        post.shared_page = _version(post.original, language) if post.original else None
        post.url = post.page.url if post.page else post.to["post"]
        own = facts.get(post.pk, {})
        post.my_stance, post.watch = own.get("react", ""), own.get("watch", "")
        post.kept = "keep" in own
        post.stances, post.more_stances = stances(post.reaction_counts, post.my_stance, card=True)
        _rights(post, user)
        post.why = why.reason(post, user, own, mine)
    return posts


def _parts(posts, user):
    """What a post carries: its question, poll, thanks and files. No query for a kind that the page does not hold."""
    short = [post for post in posts if post.is_short]
    for post in posts:
        post.asked = post.ballot = post.praise = post.files = None
    files.attach(short)
    questions.attach(short, user)
    polls.attach(short, user)
    kudos.attach(short)


def _rights(post, user):
    """What the reader may do. Facts about loaded rows."""
    post.is_mine = user.pk in (post.author_id, post.posted_by_id)
    post.may_share = post.is_live
    post.may_edit = post.editable_by(user)
    post.may_delete = post.may_edit
    post.may_report = not post.is_mine
    post.may_moderate = post.moderatable_by(user)
    post.may_pin = user.is_communications and post.is_live and post.is_short
    post.may_pin_here = post.community is not None and post.community.owned(user) and post.is_live


def _versions(posts, user):
    """Language versions of the articles among the posts and what they share, with covers. Two queries, or none."""
    articles = []
    for post in posts:
        shared = post.shared if post.shared_id else None
        post.original = shared if shared is not None and shared.visible_to(user) else None
        for one in filter(None, (post, post.original)):
            one.versions = []
            if one.kind == Post.Kind.ARTICLE:
                del one.versions
                articles.append(one)
    live = PostPage.objects.live().select_related("cover").defer("text").order_by("pk")
    prefetch_related_objects(articles, Prefetch("pages", live, to_attr="versions"))
    covers = [page.cover for article in articles for page in article.versions if page.cover]
    if covers:
        ready = Rendition.objects.filter(filter_spec__in=COVERS)
        prefetch_related_objects(covers, Prefetch("renditions", ready, to_attr="prefetched_renditions"))


def _version(post, language):
    return post.version_in(language) if post.kind == Post.Kind.ARTICLE else None


def _personal(posts, user) -> dict:
    """{post id: {what: value}}: my stance, what I keep and watch, and why a post concerns me. One query."""
    facts = {}
    for key, name, value in _facts(user, ids=[post.pk for post in posts]):
        facts.setdefault(int(key), {})[name] = value or ""
    return facts


@Prepared
def _facts(user, ids):
    text = CharField()
    followed = {"tag__followers__follower": user, "tag__followers__muted": False}
    parts = (
        ("react", Reaction.objects.filter(user=user, post__in=ids, comment__isnull=True), "post_id", "kind"),
        ("keep", Bookmark.objects.filter(user=user, post__in=ids, comment__isnull=True), "post_id", ""),
        ("watch", Watch.objects.filter(user=user, post__in=ids), "post_id", "level"),
        ("named", Mention.objects.filter(user=user, post__in=ids, comment__isnull=True), "post_id", ""),
        ("asked", Question.objects.filter(asked_of(user), post__in=ids, comment__isnull=True), "post_id", "department"),
        ("thanked", Thanked.objects.filter(user=user, kudos__post__in=ids), "kudos__post_id", ""),
        ("tag", TaggedPost.objects.filter(content_object__in=ids, **followed), "content_object_id", "tag__name"),
    )  # fmt: skip
    rows = [
        found.order_by().values_list(
            Cast(key, text),
            Value(name, output_field=text),
            Cast(value, text) if value else Value("", output_field=text),
        )
        for name, found, key, value in parts
    ]
    return rows[0].union(*rows[1:], all=True)


def _patterns() -> dict[str, str]:
    """The addresses of a post's actions with PLACE for its id; "" for one that does not exist."""
    found = {}
    for name in ACTIONS:
        try:
            found[name] = reverse(f"feed:{name}", args=[int(PLACE)])
        except NoReverseMatch:
            found[name] = ""
    return found
