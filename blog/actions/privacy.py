"""What blogs hold of a person: their export, what is held when they leave, and erasure (A12, A34)."""

from django.db import transaction
from wagtail.models import PageLogEntry

from blog.actions import handing_over
from blog.models import ArticlePage, BlogMember, BlogRequest
from feed.models import Post
from people import registries

PAGE_KEYS = {
    f"blog.{model}.{field}"
    for model in ("HomePage", "BlogIndexPage", "BlogPage", "StandardPage", "ArticlePage")
    for field in ("locked_by", "owner")
}
KEYS = PAGE_KEYS | {
    "blog.ArticlePage.author", "blog.ArticlePage.drafted_by", "blog.ArticlePage.approved_by", "blog.BlogMember.user",
    "blog.BlogMember.delegate_for", "blog.BlogRequest.user", "blog.BlogRequest.decided_by", "blog.ImportRun.started_by",
    "blog.ImportedItem.user",
}  # fmt: skip


def articles(*, user):
    """Articles with their current text, memberships and requests."""
    pages = ArticlePage.objects.filter(author=user).order_by("pk")
    return {
        "articles": [
            {"title": page.title, "address": page.url_path, "live": page.live, "summary": page.summary,
             "text": page.text, "published_at": page.first_published_at}
            for page in pages.iterator()
        ],
        "blogs": list(BlogMember.objects.filter(user=user).values("blog_id", "role")),
        "requests": list(
            BlogRequest.objects.filter(user=user).values("title", "purpose", "state", "reason", "created_at")
        ),
    }  # fmt: skip


@transaction.atomic
def hold_scheduled(*, user):
    """Leaving: scheduled articles wait as drafts; the person writes in no blog any more."""
    for page in ArticlePage.objects.filter(author=user):
        for revision in page.revisions.filter(approved_go_live_at__isnull=False):
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
        if page.go_live_at and not page.live:
            ArticlePage.objects.filter(pk=page.pk).update(go_live_at=None)
    handing_over.remember_owner(user=user)
    BlogMember.objects.filter(user=user).delete()
    BlogMember.objects.filter(delegate_for=user).delete()


@transaction.atomic
def erase_articles(*, user, keep_content):
    """Published articles stay under the anonymous name or are unpublished and deleted; drafts always go."""
    pages = ArticlePage.objects.filter(author=user)
    if keep_content:
        pages = pages.filter(live=False, first_published_at__isnull=True)
    gone = list(pages)
    posts = list(Post.objects.filter(pages__page__in=gone).values_list("pk", flat=True))
    for page in gone:
        page.delete()
    if not keep_content:
        # A withdrawn conversation and the history of pages would go on saying what the articles were called.
        Post.objects.filter(pk__in=posts, state=Post.State.WITHDRAWN).update(body="", body_html="")
        PageLogEntry.objects.filter(page_id__in=[page.pk for page in gone]).update(label="–", data={})
    BlogMember.objects.filter(user=user).delete()
    BlogMember.objects.filter(delegate_for=user).delete()
    BlogRequest.objects.filter(user=user).delete()
    ArticlePage.objects.filter(drafted_by=user).update(drafted_by=None)
    ArticlePage.objects.filter(approved_by=user).update(approved_by=None)


def register():
    """Called when the app is ready."""
    registries.export.register("articles", articles, KEYS)
    registries.erasure.register("articles", erase_articles, KEYS)
    registries.leaving.register("blog", hold_scheduled)
