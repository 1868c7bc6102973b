"""Blogs come into being, get their people and rules, and end. The only place that writes a blog's Wagtail group."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Workflow, WorkflowPage

from blog.actions import publishing, retargeting
from blog.models import ArticlePage, Blog, BlogIndexPage, BlogMember, BlogPage, ReviewTask
from feed.models import Post
from people.handles import slugify_de
from people.models import CollectionAudience

Role = BlogMember.Role
WRITING = ("add", "change")
RULES = (
    "kind", "needs_approval", "comment_rule", "comments_closed_reason", "comments_close_after_days",
)  # fmt: skip


@transaction.atomic
def create_blog(
    *, kind, titles, owner, slug="", authors=(), delegates=(), audience=None, intros=None, by=None, **rules
):
    """A blog with a page in each language of `titles` ({"de": …, "en": …}), its people, group, files and rules.

    `delegates` write for the owner. Raises ValidationError when the owner may not read the blog.
    """
    blog = Blog(kind=kind, audience=audience, **_only_rules(rules))
    blog.full_clean(exclude=["group", "collection"])
    blog.save()
    for language, title in titles.items():
        _add_page(blog, language, title, (intros or {}).get(language, ""), slug, owner)
    set_people(blog=blog, owner=owner, authors=authors, delegates=delegates, by=by)
    for page in blog.pages.all():
        log(instance=page, action="wagtail.create", user=by)
    return blog


@transaction.atomic
def set_people(*, blog, owner, authors=(), delegates=(), by=None):
    """Exactly these people write in the blog: rows, and with them the Wagtail group. Idempotent.

    Raises ValidationError for somebody who may not read it: writing gives no reading rights (A7).
    """
    _refuse_outsiders(blog, [owner, *authors, *delegates])
    wanted = {(owner.pk, Role.OWNER, None)}
    wanted |= {(user.pk, Role.AUTHOR, None) for user in authors if user.pk != owner.pk}
    wanted |= {(user.pk, Role.DELEGATE, owner.pk) for user in delegates if user.pk != owner.pk}
    now = {(row.user_id, row.role, row.delegate_for_id): row.pk for row in blog.members.all()}
    BlogMember.objects.filter(pk__in=[pk for key, pk in now.items() if key not in wanted]).delete()
    BlogMember.objects.bulk_create(
        BlogMember(blog=blog, user_id=user, role=role, delegate_for_id=speaker)
        for user, role, speaker in sorted(wanted - now.keys(), key=str)
    )
    equip(blog=blog)
    for page in blog.pages.all():
        log(instance=page, action="blog.people", user=by, data={"people": sorted(key[0] for key in wanted)})


@transaction.atomic
def rename(*, blog, titles, intros=None, by=None):
    """Title and introduction for each language; a language that is new gets its page. Articles' copies follow."""
    pages = {page.locale.language_code: page for page in blog.pages.select_related("locale")}
    owner = next((one.user for one in blog.members.filter(role=Role.OWNER).select_related("user")), None)
    for language, title in titles.items():
        page, intro = pages.get(language), (intros or {}).get(language, "")
        if page is None:
            _add_page(blog, language, title, intro, "", owner)
        elif (page.title, page.intro) != (title, intro):
            page.title = page.draft_title = title
            page.intro = intro
            page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    equip(blog=blog)


@transaction.atomic
def change_rules(*, blog, by=None, **rules):
    """Change kind, approval or comment rules; articles that exist follow the comment rule."""
    for name, value in _only_rules(rules).items():
        setattr(blog, name, value)
    blog.full_clean(exclude=["group", "collection"])
    blog.save()
    equip(blog=blog)
    publishing.sync_rules(blog=blog)
    for page in blog.pages.all():
        log(
            instance=page,
            action="blog.rules",
            user=by,
            data={name: str(value) for name, value in rules.items()},
        )


@transaction.atomic
def change_audience(*, blog, audience, confirmed=False, by=None):
    """Let others read the blog and its articles, those with an audience of their own excepted; at once, files included.

    Raises NeedsConfirmation, changing nothing, when comments would stay with their earlier readers.
    """
    new_id = audience.pk if audience else None
    if new_id == blog.audience_id:
        return
    pages = ArticlePage.objects.filter(post_page__blog_page__in=blog.pages.all(), has_own_audience=False)
    posts = list(Post.objects.filter(pages__page__in=pages.values("pk")).distinct())
    retargeting.retarget(posts=posts, audience_id=new_id, confirmed=confirmed)
    blog.audience = audience
    blog.save(update_fields=["audience"])
    equip(blog=blog)
    for page in blog.pages.all():
        log(instance=page, action="blog.audience", user=by, data={"audience": str(audience or "")})


@transaction.atomic
def equip(*, blog):
    """Bring group, rights, review and file collection in line with the blog's rows. Idempotent."""
    pages = list(blog.pages.select_related("locale").order_by("pk"))
    if blog.group is None:
        blog.group, _made = Group.objects.get_or_create(name=f"Blog {blog.pk}")
    if blog.collection is None:
        name = (pages[0].title if pages else f"Blog {blog.pk}")[:255]
        blog.collection = Collection.get_first_root_node().add_child(name=name)
    blog.save(update_fields=["group", "collection"])
    CollectionAudience.objects.update_or_create(
        collection=blog.collection, defaults={"audience": blog.audience}
    )
    writers = [] if blog.archived_at else blog.members.current().values_list("user_id", flat=True)
    blog.group.user_set.set(writers)
    _grant_pages(blog, pages)
    _grant_files(blog)
    _attach_review(blog, pages)


@transaction.atomic
def archive(*, blog, by=None):
    """Nobody writes any more; what was written stays readable. Idempotent."""
    blog.archived_at = blog.archived_at or timezone.now()
    blog.save(update_fields=["archived_at"])
    equip(blog=blog)
    for page in blog.pages.all():
        log(instance=page, action="blog.archive", user=by)


@transaction.atomic
def reopen(*, blog, by=None):
    """Take a blog out of the archive; its people write again."""
    blog.archived_at = None
    blog.save(update_fields=["archived_at"])
    equip(blog=blog)
    for page in blog.pages.all():
        log(instance=page, action="blog.reopen", user=by)


def _add_page(blog, language, title, intro, slug, owner):
    """All languages of a blog share one translation key and, where it is free, the slug of the first."""
    index = BlogIndexPage.objects.get(locale__language_code=language)
    first = blog.pages.order_by("pk").first()
    page = BlogPage(title=title, draft_title=title, intro=intro, blog=blog, owner=owner, locale=index.locale)
    page.slug = find_available_slug(index, slug or (first.slug if first else slugify_de(title)) or "blog")
    page.translation_key = first.translation_key if first else page.translation_key
    index.add_child(instance=page)


def _only_rules(rules):
    unknown = sorted(set(rules) - set(RULES))
    if unknown:
        raise TypeError(f"unknown rules: {', '.join(unknown)}")
    return rules


def _refuse_outsiders(blog, users):
    outside = [user.name for user in users if not blog.visible_to(user)]
    if outside:
        names = ", ".join(sorted(set(outside)))
        raise ValidationError(_("Not in the blog’s audience: %(names)s") % {"names": names}, code="outside")


def _grant_pages(blog, pages):
    """Writers add and change below the blog's pages; they publish themselves unless articles need approval."""
    verbs = WRITING if blog.needs_approval else (*WRITING, "publish")
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{verb}_page" for verb in verbs]
    )
    wanted = {(page.pk, right.pk) for page in pages for right in rights}
    have = {
        (row.page_id, row.permission_id): row.pk
        for row in GroupPagePermission.objects.filter(group=blog.group)
    }
    GroupPagePermission.objects.filter(pk__in=[pk for key, pk in have.items() if key not in wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=blog.group, page_id=page, permission_id=right)
        for page, right in sorted(wanted - have.keys())
    )


def _grant_files(blog):
    """Writers put files into the blog's collection and choose from what they may read anywhere; they may translate."""
    blog.group.permissions.set(Permission.objects.filter(codename__in=("access_admin", "submit_translation")))
    root = Collection.get_first_root_node()
    for model in ("picture", "documentfile", "video"):
        for verb, collection in (("add", blog.collection), ("choose", root)):
            right = Permission.objects.get(content_type__app_label="people", codename=f"{verb}_{model}")
            GroupCollectionPermission.objects.get_or_create(
                group=blog.group, collection=collection, permission=right
            )


def _attach_review(blog, pages):
    if not blog.needs_approval:
        WorkflowPage.objects.filter(page__in=pages).delete()
        return
    review = Workflow.objects.get(workflow_tasks__task__in=ReviewTask.objects.values("pk"))
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": review})
