"""The personal Atom addresses: all articles, one blog, one tag with its posts. The key says who reads, and signs nobody
in (A23)."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feed import streams, syndication
from feed.streams import topics
from people.models import Brand, FeedKey

SIZE = 30
BORN = "2026"  # the year in tag URIs (RFC 4151): when these names were first given


@login_not_required
@require_safe
def everything(request, key):
    """All articles that the key's owner may read."""
    return _answer(
        request, key, "all", lambda user: (streams.syndicated(user), _("All articles"), reverse("blog:index"))
    )


@login_not_required
@require_safe
def blog(request, key, pk):
    """One blog's articles, in all its languages; 404 when its owner may read none."""

    def find(user):
        rows = streams.syndicated(user, blog_page=pk)
        first = streams.newest_version(rows, pk)
        if first is None:
            raise Http404
        return rows, first.blog_title, first.blog_url

    return _answer(request, key, f"blog-{pk}", find)


@login_not_required
@require_safe
def tag(request, key, slug):
    """Articles and posts with a tag."""

    def find(user):
        found = topics.find(user, slug)
        rows = streams.syndicated(user, tag=found.slug)
        if not rows.exists():
            raise Http404
        return rows, f"#{found.name}", reverse("feed:tag", args=[found.slug])

    return _answer(request, key, f"tag-{slug}", find)


def _answer(request, key, name, find):
    owner = FeedKey.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if owner is None:
        raise Http404
    language = request.GET.get("language") or owner.user.locale or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        rows, title, url = find(owner.user)
        feed = _feed(request, name, rows, title, url)
    changed = feed.updated or timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        days=1
    )
    body = syndication.render(feed, generated=changed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag, last_modified=int(changed.timestamp()))
    if answer is None or answer.status_code != 304:
        answer = HttpResponse(body, content_type=syndication.CONTENT_TYPE)
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed.timestamp())
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _feed(request, name, rows, title, url):
    site = Brand.load().site_name
    language = get_language()
    posts = list(rows[:SIZE])
    return syndication.Feed(
        id=_tag_uri(name),
        title=f"{title} – {site}",
        subtitle=_("What you may read, newest first"),
        language=language,
        url=f"{settings.BASE_URL}{url}",
        self_url=f"{settings.BASE_URL}{request.get_full_path()}",
        entries=tuple(_entry(post, language) for post in posts if post.is_short or post.version_in(language)),
    )


def _entry(post, language):
    return _post(post, language) if post.is_short else _article(post, language)


def _post(post, language):
    """A short post: its first words, then all of them."""
    title = " ".join(post.title_in(language).split())
    return syndication.Entry(
        id=_tag_uri(f"post-{post.pk}"),
        title=title or _("Post by %(name)s") % {"name": post.author.name},
        url=f"{settings.BASE_URL}{post.address_in(language)}",
        author=post.author.name,
        summary="" if title == post.body else post.body,
        language=post.language,
        published=post.published_at,
        updated=max(post.published_at, post.edited_at or post.published_at),
        categories=tuple(tag.name for tag in post.tags.all()),
        comments=_comments(post),
    )


def _comments(post) -> str:
    said = ngettext("%(n)s comment: read and answer", "%(n)s comments: read and answer", post.comment_count)
    return said % {"n": post.comment_count}


def _article(post, language):
    version = post.version_in(language)
    published = version.published_at or post.published_at
    return syndication.Entry(
        id=_tag_uri(f"post-{post.pk}"),
        title=version.title,
        url=f"{settings.BASE_URL}{version.url}",
        author=post.author.name,
        summary=version.summary,
        language=version.language,
        published=post.published_at,
        updated=max(published, version.page.last_published_at or published),
        categories=tuple(tag.name for tag in post.tags.all()),
        comments=_comments(post),
    )


def _tag_uri(name) -> str:
    """A permanent id (RFC 4151) that survives moves and renamings; it holds the host, never the key."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{BORN}:{name}"
