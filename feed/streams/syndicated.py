"""What feed readers get."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from wagtail.models import Page

from feed.models import Post, PostPage


def syndicated(user, *, blog_page: int | None = None, tag: str = "") -> QuerySet:
    """For a feed reader, newest first: all articles, those of one blog (by the id of one of its pages), or articles
    and posts with a tag."""
    rows = Post.objects.visible_to(user).listed().for_streams()
    if not tag:
        rows = rows.filter(kind=Post.Kind.ARTICLE)
    if blog_page is not None:
        rows = rows.filter(Exists(_in_blog(blog_page).filter(post=OuterRef("pk"))))
    if tag:
        rows = rows.filter(tagged_posts__tag__slug=tag)
    pages = PostPage.objects.live().defer("text").select_related("page")
    return rows.newest_first().prefetch_related("tags", Prefetch("pages", pages, to_attr="versions"))


def newest_version(posts: QuerySet, blog_page: int) -> PostPage | None:
    """The newest of these posts' versions in a blog; it knows the blog's title and address."""
    return (
        _in_blog(blog_page).filter(post__in=posts.order_by().values("pk")).order_by("-published_at").first()
    )


def _in_blog(blog_page):
    """Live versions of a blog's articles in all languages; the blog is named by one of its pages."""
    key = Page.objects.filter(pk=blog_page).values("translation_key")
    return PostPage.objects.live().filter(blog_page__translation_key__in=key)
