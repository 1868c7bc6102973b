"""An article begun from a text that was too long for a post."""

from django.db import transaction
from django.utils.text import Truncator

from blog.models import ArticlePage, Blog, BlogMember, BlogPage
from feed import languages, text
from feed.actions import keys
from feed.actions.refusals import Refused
from feed.models import Draft
from people.models import User

MAX_CHARS = 50_000
TITLE_CHARS = 90


def may_begin(*, user: User) -> bool:
    """Whether there is a blog in which `user` writes. One query."""
    return Blog.objects.writable_by(user).exists()


@transaction.atomic
def begin(*, user: User, body: str, key: str | None = None) -> ArticlePage:
    """A draft in a blog of `user`, their own before one they write in for others; nothing is published.

    The same key gives the same draft. Raises Refused without a blog, ValidationError beyond 50,000 characters.
    """
    source = text.clean_source(body, max_chars=MAX_CHARS)
    kind, _sep, pk = keys.find(user=user, key=key).partition(":")
    made = ArticlePage.objects.filter(pk=pk, owner=user).first() if kind == "article" else None
    if made is not None:
        return made
    language = languages.guess(source, otherwise=user.locale)
    blog_page, member = _place(user, language)
    speaker = member.delegate_for if member.role == BlogMember.Role.DELEGATE else user
    page = ArticlePage(
        title=_title(source), owner=user, author=speaker, drafted_by=user, live=False,
        has_unpublished_changes=True, locale=blog_page.locale, body=[("text", text.render(source))],
    )  # fmt: skip
    blog_page.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    keys.keep(user=user, key=key, result=f"article:{page.pk}")
    Draft.objects.filter(user=user, body=source).delete()
    return page


def _place(user, language):
    """(page of a blog, membership) to write in: one's own before others', in the text's language if there is one."""
    order = [BlogMember.Role.OWNER, BlogMember.Role.AUTHOR, BlogMember.Role.DELEGATE]
    members = BlogMember.objects.current().filter(
        user=user, blog__in=Blog.objects.writable_by(user).values("pk")
    )
    for member in sorted(
        members.select_related("delegate_for"), key=lambda one: (order.index(one.role), one.pk)
    ):
        pages = list(BlogPage.objects.filter(blog=member.blog_id, live=True).select_related("locale"))
        pages.sort(key=lambda page: (page.locale.language_code != language, page.pk))
        if pages:
            return pages[0], member
    raise Refused("no blog")


def _title(source) -> str:
    """The first sentence or words of the text, without its marks."""
    words = text.excerpt(text.render(source), 10 * TITLE_CHARS)
    first = words.split(". ")[0].rstrip(".:")
    return Truncator(first).chars(TITLE_CHARS) or "…"
