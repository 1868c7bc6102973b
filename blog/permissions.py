"""Who reaches what in Wagtail's admin: only blogs that one writes in or reviews, and may read; administrators included.

`Reach` is read once per request with two queries. The policy below filters every list and answers for every page;
blog.admin.door asks `Reach` for every page that an address names.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from blog.models import ArticlePage, Blog, BlogPage

BLOG_DEPTH = 4  # root, language, list of blogs, blog
BLOG_PATH = BLOG_DEPTH * Page.steplen


@dataclass(frozen=True)
class Reach:
    """Paths of the blog pages a person reaches, and of articles there that are for another audience."""

    blogs: frozenset[str] = field(default_factory=frozenset)
    closed: frozenset[str] = field(default_factory=frozenset)

    def covers(self, page) -> bool:
        """Whether the page may be shown to this person in the admin. Containers and standard pages are no secret."""
        if page.depth < BLOG_DEPTH:
            return True
        return page.path[:BLOG_PATH] in self.blogs and page.path not in self.closed

    def pages(self) -> Q:
        """The same rule as a condition on pages."""
        rule = Q(depth__lt=BLOG_DEPTH)
        for path in sorted(self.blogs):
            rule |= Q(path__startswith=path)  # the search backend takes no function of a column
        return rule & ~Q(path__in=self.closed)


def blogs_of(user):
    """Blogs that `user` works with in the admin: for Communications all they may read, else those they write in."""
    if user.is_active and user.is_authenticated and user.is_communications:
        return Blog.objects.visible_to(user)
    return Blog.objects.writable_by(user)


def reach(user) -> Reach:
    """What `user` reaches, read once for each request."""
    found = getattr(user, "_reach", None)
    if found is None:
        found = user._reach = _read(user)
    return found


def _read(user) -> Reach:
    if not (user.is_authenticated and user.is_active):
        return Reach()
    paths = BlogPage.objects.filter(blog__in=blogs_of(user).values("pk")).values_list("path", flat=True)
    closed = ArticlePage.objects.filter(has_own_audience=True, audience__isnull=False).exclude(
        audience__in=user.access.audience_ids
    )
    return Reach(frozenset(paths), frozenset(closed.values_list("path", flat=True)))


class ReachPolicy(PagePermissionPolicy):
    """Wagtail's rights by group, and on top of each: within reach. Being administrator gives rights, not reach."""

    def get_all_permissions_for_user(self, user):
        """Also those of roles that somebody has through an audience (people.RoleGrant)."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return GroupPagePermission.objects.none()
        mine = GroupPagePermission.objects.filter(group__name__in=user.access.roles)
        return mine.select_related("page", "permission")

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """For one page."""
        return reach(user).covers(instance) and super().user_has_any_permission_for_instance(
            user, actions, instance
        )

    def instances_user_has_any_permission_for(self, user, actions):
        """Pages that reports, choosers and bulk actions start from."""
        return super().instances_user_has_any_permission_for(user, actions).filter(reach(user).pages())

    def explorable_instances(self, user):
        """Pages that the explorer and its search show."""
        return super().explorable_instances(user).filter(reach(user).pages())

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        """People to name beside a page, for example as its reviewers: those who reach it."""
        found = super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        return found.filter(pk__in=[user.pk for user in found if reach(user).covers(instance)])
