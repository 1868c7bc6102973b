"""The list of blogs with the newest articles, and one blog."""

from django.db.models import Exists, Max, OuterRef, Prefetch, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from blog import streams
from blog.models import Blog, BlogMember, BlogPage
from feed.models import Follow, PostPage
from people.models import FeedKey

ROLL = 60


def index(request):
    """All blogs that the reader may see, and all articles newest first, keyset-paged."""
    language, after = get_language(), request.GET.get("after", "")
    roll = blog_roll(request.user, language)
    context = {
        "articles": streams.newest(request.user, language, after=after),
        "executive": [page for page in roll if page.blog.kind == Blog.Kind.EXECUTIVE],
        "staff": [page for page in roll if page.blog.kind == Blog.Kind.STAFF],
        "after": after,
        "ui_language": language,
        "section": "blogs",
        "section_root": True,
    }
    return render(request, "blog/index.html", context)


def blog_roll(user, language) -> list[BlogPage]:
    """One live page per visible blog, in the reader's language where there is one, with its owner and whether it is
    followed. Two queries."""
    pages = (
        BlogPage.objects.live()
        .filter(blog__in=Blog.objects.visible_to(user).filter(archived_at__isnull=True).values("pk"))
        .select_related("blog", "locale")
        .annotate(newest=Subquery(_newest(user)), **_follow_marks(user))
        .prefetch_related(Prefetch("blog__members", _people(), to_attr="people"))
        .order_by("title", "pk")
    )
    return _one_per_blog(pages, language)[:ROLL]


def pages_of(blogs, user) -> list[BlogPage]:
    """The live pages of `blogs` in all languages, marked with what `user` follows. One query."""
    found = BlogPage.objects.live().filter(blog__in=blogs, alias_of__isnull=True)
    return list(found.select_related("blog", "locale", "cover").annotate(**_follow_marks(user)))


def show(request, page, pages):
    """A blog: what it is about, who writes, its articles. `pages`: itself and its other languages."""
    language, after = get_language(), request.GET.get("after", "")
    blog = page.blog
    people = list(_people().filter(blog=blog))
    context = {
        "page": page,
        "blog": blog,
        "people": [member for member in people if member.role != BlogMember.Role.DELEGATE],
        "others": [other for other in pages if other.pk != page.pk],
        "follow_page": min(pages, key=lambda one: one.pk),
        "follows": follows(blog, pages),
        "writes": any(member.user_id == request.user.pk for member in people),
        "articles": streams.of_blog(request.user, blog, language, after=after),
        "atom_url": _atom_url(request.user, "feed:atom_blog", page.pk),
        "after": after,
        "ui_language": language,
        "section": "blogs",
    }
    return render(request, "blog/blog_page.html", context)


def follows(blog, pages) -> bool:
    """Whether the reader follows: by choice, or an executive blog that is not muted. `pages` carry the marks."""
    if any(page.is_muted for page in pages):
        return False
    return blog.kind == Blog.Kind.EXECUTIVE or any(page.is_followed for page in pages)


def _atom_url(user, name, *args) -> str:
    """The reader's personal address of a feed; "" when they have no key."""
    key = FeedKey.objects.filter(user=user).values_list("key", flat=True).first()
    return reverse(name, args=[key, *args]) if key else ""


def _follow_marks(user) -> dict:
    mine = Follow.objects.filter(follower=user, page=OuterRef("pk"))
    return {"is_followed": Exists(mine.filter(muted=False)), "is_muted": Exists(mine.filter(muted=True))}


def _people():
    present = BlogMember.objects.filter(user__is_active=True)
    return present.select_related("user__department", "user__location").order_by(
        "-role", "user__last_name", "pk"
    )


def _newest(user):
    return (
        PostPage.objects.visible_to(user)
        .live()
        .filter(blog_page=OuterRef("pk"))
        .values("blog_page")
        .annotate(at=Max("published_at"))
        .values("at")
    )


def _one_per_blog(pages, language) -> list[BlogPage]:
    by_blog = {}
    for page in pages:
        by_blog.setdefault(page.blog_id, []).append(page)
    chosen = []
    for versions in by_blog.values():
        page = next((one for one in versions if one.locale.language_code == language), versions[0])
        page.follows = follows(page.blog, versions)
        page.follow_page_id = min(one.pk for one in versions)
        chosen.append(page)
    return chosen
