"""Lists of articles: newest, by blog, by author, followed. Every list starts at `visible_to`."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from blog.models import Blog, BlogPage
from feed.models import Follow, Pin, Post, PostPage, TaggedPost
from people.models import Rendition
from people.paging import Slice, take

NEWEST = ("-published_at", "-pk")
TEASER, HERO = "fill-640x360|format-webp", "fill-1200x750|format-webp"


def articles(user) -> QuerySet:
    """Articles that `user` may read and that lists show, with their authors."""
    return Post.objects.visible_to(user).listed().filter(kind=Post.Kind.ARTICLE).for_streams()


def newest(user, language: str, *, after: str = "", size: int = 12) -> Slice:
    """All articles, newest first."""
    return versions(take(articles(user), NEWEST, after=after, size=size), language)


def of_blog(user, blog: Blog, language: str, *, after: str = "", size: int = 12) -> Slice:
    """One blog's articles in whatever language they were written, newest first."""
    inside = PostPage.objects.live().filter(
        post=OuterRef("pk"), blog_page__in=BlogPage.objects.filter(blog=blog).values("pk")
    )
    return versions(take(articles(user).filter(Exists(inside)), NEWEST, after=after, size=size), language)


def by_author(user, author, language: str, *, after: str = "", size: int = 10) -> Slice:
    """What one person published, newest first."""
    return versions(take(articles(user).filter(author=author), NEWEST, after=after, size=size), language)


def earlier_conversation(user, post):
    """What was written below an article when fewer people could read it, for those; None for all others (no query)."""
    if post.part_of_id is None:
        return None
    return Post.objects.visible_to(user).filter(pk=post.part_of_id).first()


def may_follow(user, page_id: int) -> bool:
    """Whether this page is a blog that `user` may read (feed.actions.following asks)."""
    return (
        BlogPage.objects.live()
        .filter(pk=page_id, blog__in=Blog.objects.visible_to(user).values("pk"))
        .exists()
    )


def featured(user, at=None) -> QuerySet:
    """Articles that communications show first on the home page now (or `at` a moment), newest first."""
    pins = Pin.objects.current(at).filter(place="home").values("post")
    return articles(user).filter(pk__in=pins).order_by(*NEWEST)


def executive(user) -> QuerySet:
    """Articles of executive blogs, newest first."""
    inside = PostPage.objects.live().filter(
        post=OuterRef("pk"),
        blog_page__in=BlogPage.objects.filter(blog__kind=Blog.Kind.EXECUTIVE).values("pk"),
    )
    return articles(user).filter(Exists(inside)).order_by(*NEWEST)


def followed_blogs(user) -> QuerySet:
    """Blogs that `user` follows: by choice, and executive ones unless muted."""
    chosen = Follow.objects.filter(follower=user, page__blogpage__blog=OuterRef("pk"))
    return Blog.objects.visible_to(user).filter(
        Q(Exists(chosen.filter(muted=False)))
        | (Q(kind=Blog.Kind.EXECUTIVE) & ~Q(Exists(chosen.filter(muted=True))))
    )


def followed_pages(user) -> QuerySet:
    """The pages, in all languages, of the blogs that `user` follows (feed.streams.candidates asks)."""
    return BlogPage.objects.filter(blog__in=followed_blogs(user).values("pk"))


def followed(user) -> QuerySet:
    """Articles from the blogs, people and tags that `user` follows, newest first; their own left out."""
    pages = followed_pages(user).values("pk")
    inside = PostPage.objects.live().filter(post=OuterRef("pk"), blog_page__in=pages)
    people = Follow.objects.filter(follower=user, user__isnull=False, muted=False).values("user")
    tags = Follow.objects.filter(follower=user, tag__isnull=False, muted=False).values("tag")
    tagged = TaggedPost.objects.filter(content_object=OuterRef("pk"), tag__in=tags)
    found = (
        articles(user)
        .filter(Q(Exists(inside)) | Q(author__in=people) | Q(Exists(tagged)))
        .exclude(author=user)
    )
    return found.order_by(*NEWEST)


def versions(posts: Slice, language: str) -> Slice:
    """The page with each post replaced by the version to show: the reader's language, else the original."""
    return Slice(with_versions(posts.items, language), posts.after)


def with_versions(posts: list[Post], language: str) -> list[PostPage]:
    """One live PostPage per post, with `post` and the cover's renditions. Two queries for any number of posts."""
    live = PostPage.objects.live().select_related("cover").defer("text").order_by("pk")
    prefetch_related_objects(posts, Prefetch("pages", live, to_attr="live_pages"))
    chosen = [page for page in (_choose(post, language) for post in posts) if page is not None]
    load_renditions([page.cover for page in chosen if page.cover], TEASER, HERO)
    return chosen


def versions_of(post: Post) -> list[PostPage]:
    """All language versions of a post that its reader was allowed to find, live or not."""
    return list(PostPage.objects.filter(post=post).defer("text").order_by("pk"))


def load_renditions(images: list, *specs: str) -> None:
    """Reads the ready sizes of all `images` with one query, so that showing them asks no more."""
    if images:
        ready = Rendition.objects.filter(filter_spec__in=specs)
        prefetch_related_objects(images, Prefetch("renditions", ready, to_attr="prefetched_renditions"))


def _choose(post, language):
    """The version in `language`, else in the language of the post, else any; None when no version is live."""
    ranked = sorted(
        post.live_pages, key=lambda page: (page.language != language, page.language != post.language)
    )
    if not ranked:
        return None
    ranked[0].post = post
    return ranked[0]
