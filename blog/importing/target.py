"""The blog that an import goes into: one per import, unless an existing one is named."""

from django.utils.text import Truncator
from wagtail.coreutils import find_available_slug

from blog.actions import staffing
from blog.models import Blog, BlogIndexPage, BlogPage, ImportedItem, ImportRun
from feed.text import plain
from people.handles import slugify_de

MAX_INTRO = 500


def find(run: ImportRun) -> BlogPage | None:
    """The blog's page: the one of `run`, the one its slug names, or the one an earlier import of the site made."""
    if run.blog_page_id:
        return run.blog_page
    pages = BlogPage.objects.filter(locale__language_code=run.language)
    if run.blog_slug:
        return pages.filter(slug=run.blog_slug).first()
    earlier = (
        ImportRun.objects.filter(site=run.site, blog_page__in=pages)
        .exclude(pk=run.pk)
        .order_by("-pk")
        .first()
    )
    if earlier is None or not ImportedItem.objects.filter(run=earlier).exists():
        return None
    return pages.get(pk=earlier.blog_page_id)


def find_or_create(run: ImportRun, description: str) -> BlogPage:
    """As `find`; else a new staff blog, named like the old one, and kept in `run`."""
    page = find(run) or _create(run, description)
    if run.blog_page_id != page.pk:
        run.blog_page = page
        run.save(update_fields=["blog_page"])
    return page


def _create(run: ImportRun, description: str) -> BlogPage:
    """Owned by whoever started the import; without such a person it has rules and files, but nobody writes in it."""
    title, language = run.site_title or run.file_name, run.language
    slug = run.blog_slug or slugify_de(title) or "import"
    intro = Truncator(plain(description)).chars(MAX_INTRO)
    if run.started_by is not None:
        blog = staffing.create_blog(
            kind=Blog.Kind.STAFF,
            titles={language: title},
            intros={language: intro},
            owner=run.started_by,
            slug=slug,
            by=run.started_by,
        )
        return blog.pages.get()
    index = BlogIndexPage.objects.get(locale__language_code=language)
    page = BlogPage(title=title, intro=intro, locale=index.locale, slug=find_available_slug(index, slug))
    page.blog = Blog.objects.create(kind=Blog.Kind.STAFF)
    index.add_child(instance=page)
    staffing.equip(blog=page.blog)
    return page
