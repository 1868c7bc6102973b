"""Blogs whose owner left: listed until somebody owns them again, and what of blogs is a person's."""

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.actions import staffing
from blog.models import ArticlePage, Blog, BlogMember, BlogPage
from people import audit, data_kinds, handovers, registries
from people.data_kinds import DataKind
from people.models import User

Role = BlogMember.Role


def ownerless(*, viewer) -> list[handovers.Orphan]:
    """Blogs that nobody owns and the viewer may read. The page still names who owned it last."""
    owned = BlogMember.objects.filter(role=Role.OWNER, user__is_active=True).values("blog")
    pages = BlogPage.objects.select_related("owner").order_by("pk")
    rows = Blog.objects.visible_to(viewer).filter(archived_at__isnull=True).exclude(pk__in=owned)
    found = []
    for blog in rows.order_by("pk").prefetch_related(Prefetch("pages", pages, to_attr="versions")):
        first = blog.versions[0] if blog.versions else None
        if first is not None and first.owner is not None:
            found.append(
                handovers.Orphan(blog.pk, first.title, first.url_path, first.owner, first.owner.left_on)
            )
    return found


@transaction.atomic
def appoint(*, pk: int, heir: User, by: User) -> None:
    """`heir` owns the blog; its authors stay. Raises LookupError unless nobody owns it and `by` may see it,
    ValidationError when `heir` may not read it (A7)."""
    if pk not in {one.pk for one in ownerless(viewer=by) if handovers.responsible(by, one.person)}:
        raise LookupError
    blog = Blog.objects.select_for_update().get(pk=pk)
    authors = User.objects.filter(blog_memberships__in=blog.members.filter(role=Role.AUTHOR))
    staffing.set_people(blog=blog, owner=heir, authors=authors.exclude(pk=heir.pk), by=by)
    BlogPage.objects.filter(blog=blog).update(owner=heir)
    for page in blog.pages.all()[:1]:
        audit.record(action="people.handover", by=by, target=page, detail={"to": heir.pk})


def remember_owner(*, user: User) -> None:
    """Before the memberships of a leaver end: the pages name who owned the blog last."""
    owned = BlogMember.objects.filter(user=user, role=Role.OWNER).values("blog")
    BlogPage.objects.filter(blog__in=owned).update(owner=user)


def owned(*, user: User) -> dict[str, int]:
    """What of blogs is theirs, for whoever decides about leaving or erasure."""
    articles = ArticlePage.objects.filter(author=user)
    mine = BlogMember.objects.filter(user=user)
    return {
        _("articles"): articles.filter(live=True).count(),
        _("articles that are not published"): articles.filter(live=False).count(),
        _("blogs that they own"): mine.filter(role=Role.OWNER).count(),
        _("delegations"): mine.filter(role=Role.DELEGATE).count()
        + BlogMember.objects.filter(delegate_for=user).count(),
    }


def register() -> None:
    """Called when the app is ready."""
    handovers.register(handovers.Kind("blog", gettext_lazy("Blogs"), ownerless, appoint))
    registries.owned.register("blog", owned)
    data_kinds.register(
        DataKind(
            "articles", gettext_lazy("Articles"),
            gettext_lazy("What you publish in blogs, with its drafts and revisions, and for whom you write."),
            gettext_lazy("Whoever may read the blog; drafts: the blog’s people and Communications."),
            kept=gettext_lazy("until the blog’s people remove it"),
        )
    )  # fmt: skip
