"""A post or page of another site as an article here, with its dates, tags, cover and old addresses."""

import html
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import find_available_slug

from blog.actions import publishing
from blog.importing import comments, judging, records, stream
from blog.importing import html as converting
from blog.importing.addresses import old_paths
from blog.importing.media import credit
from blog.models import ArticlePage, ArticleTag, ImportedItem
from feed.text import plain
from people.handles import slugify_de
from people.text import clean_line, clean_text

MAX_TITLE = 255
MAX_SUMMARY = 400
MAX_SLUG = 90
Kind = ImportedItem.Kind


class Prepared(NamedTuple):
    """What is made before the transaction, because it takes long: the page with its files in place, without a row."""

    item: records.Item
    verdict: judging.Verdict
    page: ArticlePage | None  # None: the article is here already


def prepare(*, item: records.Item, verdict: judging.Verdict, work, now: datetime) -> Prepared:
    """Convert the text and store its pictures, each in a transaction of its own; `work` is the pass under way."""
    if ImportedItem.objects.filter(site=work.run.site, kind=Kind.ARTICLE, key=item.key).exists():
        return Prepared(item, verdict, None)
    date = item.date or item.modified or now
    conversion = converting.convert(item.content, embeddable=work.embeddable)
    page = ArticlePage(
        title=_title(item, conversion.blocks),
        summary=_summary(item.excerpt),
        owner_id=work.run.started_by_id,
        locale_id=work.blog_page.locale_id,
        live=verdict.state == judging.LIVE,
        has_unpublished_changes=verdict.state != judging.LIVE,
        latest_revision_created_at=max(date, item.modified or date),
    )
    page.draft_title = page.title
    page.body = stream.body(conversion.blocks, item=item, media=work.media, credit=credit(work.run))
    if page.live:
        page.first_published_at = page.last_published_at = date
    _cover(page, item, work)
    return Prepared(item, verdict, page)


def write(*, prepared: Prepared, work) -> None:
    """Add the article, unless it is here, and those of its comments that are not."""
    item, verdict, page = prepared
    here = ImportedItem.objects.filter(site=work.run.site, kind=Kind.ARTICLE, key=item.key).first()
    fresh = page is not None and here is None  # a file may hold the same post twice
    if fresh:
        _add(page, item, verdict, work)
        ImportedItem.objects.create(
            run=work.run, site=work.run.site, kind=Kind.ARTICLE, key=item.key, page=page
        )
        _redirect(item, page, work)
    else:
        page = ArticlePage.objects.get(pk=here.page_id)
    post = publishing.sync_post(page=page) if fresh and page.live else None
    if any(not judging.comment(each).reason for each in item.comments):
        post = post or publishing.prepare_post(page=page)
        comments.write(item=item, post=post, run=work.run, persons=work.persons, note=work.note)


def _add(page: ArticlePage, item: records.Item, verdict: judging.Verdict, work) -> None:
    page.author_id = work.persons.author(item.creator)
    page.slug = find_available_slug(work.blog_page, _slug(item, page.title))
    work.blog_page.add_child(instance=page)
    tags = work.tags.of(item)
    ArticleTag.objects.bulk_create(ArticleTag(tag=tag, content_object=page) for tag in tags)
    if verdict.state == judging.SCHEDULED:
        scheduled = ArticlePage.objects.get(pk=page.pk)
        scheduled.go_live_at = item.date
        scheduled.save_revision(log_action=False).publish()


def _title(item: records.Item, blocks: list[dict]) -> str:
    title = plain(item.title) or html.unescape(item.title)
    if not title.strip():
        first = next((plain(block["value"]) for block in blocks if block["type"] == "text"), "")
        title = first[:80] or _("Untitled")
    try:
        return clean_line(title, max_chars=MAX_TITLE)
    except ValidationError:
        return " ".join(title.split())[: MAX_TITLE - 1] + "…"


def _summary(excerpt: str) -> str:
    words = " ".join(plain(excerpt).split())
    words = words if len(words) <= MAX_SUMMARY else words[: MAX_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
    try:
        return clean_text(words, max_chars=MAX_SUMMARY)
    except ValidationError:
        return ""


def _slug(item: records.Item, title: str) -> str:
    return (
        slugify_de(unquote(item.slug), max_chars=MAX_SLUG)
        or slugify_de(title, max_chars=MAX_SLUG)
        or "article"
    )


def _cover(page: ArticlePage, item: records.Item, work) -> None:
    number = dict(item.meta).get("_thumbnail_id", "")
    attachment = work.plan.attachments.get(number)
    if attachment is None:
        return
    page.cover = work.media.picture({"src": attachment.url, "full": attachment.url, "id": attachment.id})
    page.cover_alt = attachment.alt[:255] if page.cover else ""


def _redirect(item: records.Item, page: ArticlePage, work) -> None:
    for path in dict.fromkeys(map(Redirect.normalise_path, old_paths(item, work.run.site_url))):
        if path in ("/", page.url_path.rstrip("/")):
            continue
        redirect, created = Redirect.objects.get_or_create(
            old_path=path, site=None, defaults={"redirect_page_id": page.pk, "is_permanent": True}
        )
        if not created and redirect.redirect_page_id != page.pk:
            work.note("address", path)
