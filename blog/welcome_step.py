"""What newcomers may follow of the blogs (people.welcome). Executive blogs are ticked: everybody follows them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from blog import streams
from blog.models import Blog, BlogPage
from feed.actions import following
from people.welcome import Choice, Step

SHOWN = 24


def load(user) -> list[Choice]:
    """Blogs that `user` may read, by title in their language; executive ones first. Three queries."""
    mine = set(streams.followed_blogs(user).values_list("pk", flat=True))
    blogs = {blog.pk: blog for blog in Blog.objects.visible_to(user).filter(archived_at=None)}
    pages = BlogPage.objects.live().filter(blog__in=blogs).select_related("locale").order_by("pk")
    originals, titled = {}, {}
    for page in pages:
        originals.setdefault(page.blog_id, page)
        if page.locale.language_code == get_language():
            titled[page.blog_id] = page
    shown = [titled.get(pk, page) for pk, page in originals.items()]
    shown.sort(key=lambda page: (blogs[page.blog_id].kind != Blog.Kind.EXECUTIVE, page.title.casefold()))
    return [
        Choice(str(originals[page.blog_id].pk), page.title, page.intro[:120], page.blog_id in mine)
        for page in shown[:SHOWN]
    ]


def save(user, chosen: dict[str, bool]) -> None:
    """Follow what is ticked, mute what is not; only where that changes something."""
    before = {choice.value: choice.is_chosen for choice in load(user)}
    pages = BlogPage.objects.in_bulk([int(value) for value in chosen if before.get(value) != chosen[value]])
    for pk, page in pages.items():
        act = following.follow if chosen[str(pk)] else following.unfollow
        act(follower=user, page=page.page_ptr)


STEP = Step(
    "blogs",
    title=_("Blogs"),
    text=_("New articles of these blogs stand on your home page and in your feed."),
    load=load,
    save=save,
)
