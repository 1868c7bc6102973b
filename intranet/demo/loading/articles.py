"""Articles as pages: published at their time, scheduled, in review, or drafts; languages share one conversation."""

import json
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from blog.actions import publishing
from blog.models import ArticlePage, ArticleTag
from feed.actions import tagging
from intranet.demo.colleagues import HERE, read
from intranet.demo.loading import conversations, markdown, pictures
from people.handles import slugify_de
from people.models import Audience


def rows():
    """Return the rows of articles/*.toml."""
    return [read(f"articles/{path.name}") for path in sorted((HERE / "articles").glob("*.toml"))]


class Shelf:
    """What every article needs: users, blog pages, covers, tags and audiences by their keys; `days_ago` counts from
    `anchor`, and nothing is dated after `now`."""

    def __init__(self, users, blogs, covers, now, anchor):
        self.users, self.blogs, self.covers, self.now, self.anchor = users, blogs, covers, now, anchor
        self.audiences = {audience.name: audience for audience in Audience.objects.all()}
        self.tags, self.members = {}, {}
        self.credits, self.descriptions = pictures.credits(), pictures.descriptions()

    def tag(self, name):
        """Return the tag called `name`, making it on first use."""
        if name not in self.tags:
            [self.tags[name]] = tagging.find_or_make(names=[name])
        return self.tags[name]

    def members_of(self, audience):
        """Return the ids of those in `audience`, which a restricted post is read by."""
        if audience.pk not in self.members:
            self.members[audience.pk] = set(audience.members.values_list("user_id", flat=True))
        return self.members[audience.pk]


@transaction.atomic
def load(row, shelf):
    """Add one article with its conversation unless it is here; returns its pages, or nothing when it was."""
    slug = row.get("slug") or slugify_de(row["version"][0]["title"], max_chars=90)
    first = shelf.blogs[row["blog"]][row["version"][0]["language"]]
    if ArticlePage.objects.filter(translation_key=_key(slug)).exists():
        return []
    pages = [_page(row, version, slug, shelf) for version in row["version"]]
    for page in pages:
        _keep_revision(page, row, shelf)
    if row["state"] == "published":
        posts = [publishing.sync_post(page=page) for page in pages]
        conversations.load(post=posts[0], row=row, shelf=shelf, blog=first.blog)
    elif row["state"] == "scheduled":
        _schedule(pages, row, shelf)
    elif row["state"] == "in_review":
        for page in pages:
            page.get_workflow().start(page, page.owner)
    return pages


def _key(slug):
    return uuid5(NAMESPACE_URL, f"article {slug}")


def _page(row, version, slug, shelf):
    """Add the page of one language version, live when the article is published."""
    parent = shelf.blogs[row["blog"]][version["language"]]
    parent.refresh_from_db(fields=["numchild", "path", "depth"])
    live = row["state"] == "published"
    when = shelf.anchor - timedelta(days=row["days_ago"])
    page = ArticlePage(
        title=version["title"],
        draft_title=version["title"],
        slug=slug if version is row["version"][0] else slugify_de(version["title"], max_chars=90),
        summary=version["summary"],
        body=json.dumps(body(version, shelf)),
        author=shelf.users[row["author"]],
        owner=shelf.users[row.get("drafted_by") or row["author"]],
        drafted_by=shelf.users.get(row.get("drafted_by")),
        approved_by=_approver(row, parent.blog, shelf) if live else None,
        locale=parent.locale,
        translation_key=_key(slug),
        live=live,
        has_unpublished_changes=not live,
        first_published_at=when if live else None,
        last_published_at=when if live else None,
        latest_revision_created_at=min(when, shelf.now),
        change_note=version.get("change_note", ""),
        changed_at=when + timedelta(hours=version["changed_hours"]) if "changed_hours" in version else None,
    )
    if row.get("cover"):
        page.cover = shelf.covers[row["cover"]]
        page.cover_alt = shelf.descriptions[row["cover"]][version["language"]]
    if row.get("audience"):
        page.has_own_audience, page.audience = True, shelf.audiences[row["audience"]]
    parent.add_child(instance=page)
    ArticleTag.objects.bulk_create(
        ArticleTag(tag=shelf.tag(name), content_object=page) for name in row["tags"]
    )
    return ArticlePage.objects.get(pk=page.pk)


def _approver(row, blog, shelf):
    """Return who let the article through: named in the row, else somebody in Communications who did not write it."""
    if not row.get("approved_by") and not blog.needs_approval:
        return None
    return shelf.users[row.get("approved_by") or ("malte" if row["author"] == "lena" else "lena")]


def _keep_revision(page, row, shelf):
    """Give the page the revision that the editor would have left, dated as the article is."""
    when = min(shelf.anchor - timedelta(days=row["days_ago"]), shelf.now)
    revision = page.save_revision(user=page.owner, log_action=False)
    Revision.objects.filter(pk=revision.pk).update(created_at=when)
    ArticlePage.objects.filter(pk=page.pk).update(
        latest_revision_created_at=when,
        has_unpublished_changes=not page.live,
        live_revision=revision if page.live else None,
    )
    page.refresh_from_db()


def body(version, shelf):
    """Return the stream data of an article's text."""
    credit = shelf.credits[version["language"]]
    return markdown.blocks(version["body"], pictures=shelf.covers, credit=credit)


def _schedule(pages, row, shelf):
    """Let the pages go live at seven in the morning of a later day, as the editor's schedule does."""
    day = timezone.localtime(shelf.now) - timedelta(days=row["days_ago"])
    for page in pages:
        page.go_live_at = day.replace(hour=7, minute=0, second=0, microsecond=0)
        page.save_revision(user=page.owner, log_action=False).publish()
