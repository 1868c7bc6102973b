"""Page → PostPage → Post: the one place that turns a published article into something people can talk about.

Called by blog.signals for every publication (editor, workflow, schedule, import, demo); idempotent.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blog.actions import retargeting
from blog.models import BlogPage
from feed.actions import announcing, indexing, tagging
from feed.models import Post, PostPage

WORDS_PER_MINUTE = (
    200  # adult silent reading of non-fiction: 238 wpm (Brysbaert 2019), a little slower on screens
)


@transaction.atomic
def sync_post(*, page):
    """Bring Post and PostPage in line with the live article `page`; returns the Post, or None for an alias.

    All language versions (same translation key) share the Post. Counters and comments are never touched.
    """
    if page.alias_of_id is not None:
        return None
    blog_page = BlogPage.objects.select_related("blog", "locale").get(pk=page.get_parent().pk)
    version = PostPage.objects.select_related("post").filter(page_id=page.pk).first()
    post = version.post if version else _post_of_translation(page)
    if post is None:
        post = Post(kind=Post.Kind.ARTICLE, language=page.language, author_id=_author_id(page))
    elif post.pk:
        # The editor asked whoever changed the audience; from elsewhere it keeps old words safe too.
        [post] = retargeting.retarget(
            posts=[post], audience_id=page.effective_audience_id(blog_page.blog), confirmed=True
        )
    _fill_post(post, page, blog_page.blog)
    post.save()
    retargeting.carry_over(page=page)
    if blog_page.blog.collection_id:
        retargeting.keep_files_with(page=page, blog=blog_page.blog)
    shown, _made = PostPage.objects.update_or_create(
        page_id=page.pk, defaults=_version_fields(page, blog_page, post)
    )
    indexing.put_version(version=shown)
    _sync_tags(post)
    if version is None and timezone.now() - post.published_at < timedelta(
        minutes=1
    ):  # not an old one brought here
        announcing.post_published(post=post)
    return post


@transaction.atomic
def prepare_post(*, page):
    """A Post in state draft for an article that has a conversation before it is published (an import's); returns it."""
    version = PostPage.objects.select_related("post").filter(page_id=page.pk).first()
    if version is not None:
        return version.post
    blog_page = BlogPage.objects.select_related("blog", "locale").get(pk=page.get_parent().pk)
    post = _post_of_translation(page) or Post.objects.create(
        kind=Post.Kind.ARTICLE,
        language=page.language,
        author_id=_author_id(page),
        audience_id=page.effective_audience_id(blog_page.blog),
    )
    PostPage.objects.create(page_id=page.pk, **_version_fields(page, blog_page, post))
    return post


@transaction.atomic
def withdraw(*, page):
    """The version is no longer live; when none is, the Post is withdrawn: readers see title and date, no thread."""
    version = PostPage.objects.filter(page_id=page.pk).first()
    if version is None:
        return None
    post = Post.objects.select_for_update().get(pk=version.post_id)
    PostPage.objects.filter(pk=version.pk).update(is_live=False)
    if not post.pages.live().exists() and post.state == Post.State.PUBLISHED:
        post.state = Post.State.WITHDRAWN
        # An article has no body of its own; this keeps its title for former readers when the page is deleted.
        post.body = version.title
        post.save(update_fields=["state", "body"])
    _sync_tags(post)
    return post


@transaction.atomic
def sync_blog(*, blog_page):
    """After a blog was renamed or moved: its articles' copies of its title and addresses follow."""
    PostPage.objects.filter(blog_page_id=blog_page.pk).update(
        blog_title=blog_page.title, blog_url=blog_page.url_path
    )
    versions = PostPage.objects.filter(blog_page_id=blog_page.pk).select_related("page")
    changed = [version for version in versions if version.url != version.page.url_path]
    for version in changed:
        version.url = version.page.url_path
    PostPage.objects.bulk_update(changed, ["url"], batch_size=500)


@transaction.atomic
def sync_rules(*, blog):
    """After a blog's comment rule changed: its posts follow, without touching what moderators locked."""
    posts = Post.objects.filter(pages__blog_page__in=blog.pages.all()).distinct()
    for post in posts:
        _apply_comment_rule(post, blog)
        post.save(update_fields=["comment_rule", "comments_closed_reason", "comments_close_at"])


def _author_id(page):
    """Who speaks: the chosen author, else whoever owns the page."""
    return page.author_id or page.owner_id


def _post_of_translation(page):
    """The Post that another language version of this article already has."""
    sibling = (
        PostPage.objects.select_related("post").filter(page__translation_key=page.translation_key).first()
    )
    return sibling.post if sibling else None


def _fill_post(post, page, blog):
    """Set what the page decides: author, audience, state, dates, comment rule."""
    published_at = page.first_published_at or timezone.now()
    post.author_id = _author_id(page)
    delegate = page.drafted_by_id
    post.posted_by_id = delegate if delegate != post.author_id else None
    post.audience_id = page.effective_audience_id(blog)
    post.state = Post.State.PUBLISHED if post.state != Post.State.DELETED else post.state
    post.published_at = min(post.published_at or published_at, published_at)
    post.last_activity_at = max(post.last_activity_at or published_at, published_at)
    _apply_comment_rule(post, blog)


def _apply_comment_rule(post, blog):
    """Copy the blog's rule; "closed after N days" counts from publication."""
    post.comment_rule = blog.comment_rule
    post.comments_closed_reason = blog.comments_closed_reason
    days = blog.comments_close_after_days
    post.comments_close_at = post.published_at + timedelta(days=days) if days and post.published_at else None


def _version_fields(page, blog_page, post):
    """The copies that lists show."""
    text = page.text
    return {
        "post": post,
        "blog_page_id": blog_page.pk,
        "language": page.language,
        "title": page.title,
        "summary": page.summary,
        "text": text,
        "url": page.url_path,
        "blog_title": blog_page.title,
        "blog_url": blog_page.url_path,
        "cover_id": page.cover_id,
        "reading_minutes": max(1, round(len(text.split()) / WORDS_PER_MINUTE)),
        "is_live": page.live,
        "published_at": page.first_published_at or timezone.now(),
    }


def _sync_tags(post):
    """The post's tags are the union over its live versions."""
    from_versions = set(
        post.pages.live().values_list("page__articlepage__tagged_items__tag_id", flat=True)
    ) - {None}
    tagging.put(post=post, tag_ids=from_versions)
