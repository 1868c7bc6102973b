"""What a page of results shows of each hit: title, snippet, who, where, when. Constant queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from feed import text
from feed.models import Comment, Post, PostPage, Question
from intranet.search.finding import Hit
from intranet.search.snippets import Marker
from people.models import User

TITLE_CHARS = 90


@dataclass
class Row:
    """One result."""

    kind: str  # article, post or comment
    url: str
    title: SafeString
    snippet: SafeString
    author: User
    when: datetime
    language: str = ""
    place: str = ""  # blog or community
    is_answer: bool = False
    question: Question | None = None
    talk: int = 0
    post: Post | None = field(default=None, repr=False)


def rows(user, hits: list[Hit], answers: set[int], marker: Marker, language: str) -> list[Row]:
    """The rows in the order of the hits; what went away since they were found is left out."""
    if not hits:
        return []
    posts = Post.objects.visible_to(user).listed().for_streams().with_versions().select_related("community")
    found = posts.in_bulk({hit.post_id for hit in hits})
    comments = Comment.objects.visible_to(user).shown().for_thread()
    comments = comments.in_bulk({hit.comment_id for hit in hits if hit.comment_id})
    versions = (
        PostPage.objects.visible_to(user).live().in_bulk({hit.version_id for hit in hits if hit.version_id})
    )
    asked = _questions(user, found, comments)
    made = []
    for hit in hits:
        post = found.get(hit.post_id)
        if post is None:
            continue
        if hit.comment_id:
            row = _of_comment(post, comments.get(hit.comment_id), marker, language)
        elif hit.version_id:
            row = _of_version(post, versions.get(hit.version_id), marker)
        else:
            row = _of_post(post, marker)
        if row is not None:
            row.question = asked.get((hit.post_id, hit.comment_id))
            row.is_answer = hit.comment_id in answers
            row.language = hit.language
            made.append(row)
    return made


def _of_version(post, version, marker):
    if version is None:
        return None
    said = f"{version.summary} {version.text}"
    return Row(
        kind="article", url=version.url, title=marker.whole(version.title), snippet=marker.snippet(said),
        author=post.author, when=version.published_at or post.published_at, place=version.blog_title,
        talk=post.comment_count, post=post,
    )  # fmt: skip


def _of_post(post, marker):
    said = " ".join(text.plain(post.body_html).split())
    head = text.excerpt(post.body_html, TITLE_CHARS)
    return Row(
        kind="post", url=reverse("feed:post", args=[post.pk]), title=marker.whole(head),
        snippet=marker.snippet(said) if said != head else marker.whole(""), author=post.author, when=post.published_at,
        place=post.community.name if post.community_id else "", talk=post.comment_count, post=post,
    )  # fmt: skip


def _of_comment(post, comment, marker, language):
    if comment is None:
        return None
    version = post.version_in(language) if post.kind == Post.Kind.ARTICLE else None
    title = version.title if version else text.excerpt(post.body_html, TITLE_CHARS)
    return Row(
        kind="comment", url=reverse("feed:comment", args=[comment.pk]), title=marker.whole(title),
        snippet=marker.snippet(text.plain(comment.body_html)), author=comment.author, when=comment.created_at,
        talk=comment.reply_count, post=post,
    )  # fmt: skip


def _questions(user, posts, comments):
    """{(post, comment or None): question} of what asks one."""
    alone = Q(comment=None, post__in=[pk for pk, post in posts.items() if post.kind == Post.Kind.QUESTION])
    asked = Question.objects.visible_to(user).filter(alone | Q(comment__in=list(comments)))
    return {(one.post_id, one.comment_id): one for one in asked.select_related("addressee", "department")}
