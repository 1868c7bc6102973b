"""Whoever owns a blog names delegates who write there for them until a day. It never gives reading rights (A7)."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.actions import staffing
from blog.models import Blog, BlogMember
from people import audit
from people.models import User

Role = BlogMember.Role
LONGEST = timedelta(days=366)


def blogs_to_delegate(*, user: User):
    """Blogs that `user` owns and may read, archived ones left out."""
    mine = BlogMember.objects.filter(user=user, role=Role.OWNER).values("blog")
    return Blog.objects.visible_to(user).filter(pk__in=mine, archived_at__isnull=True)


@transaction.atomic
def start(*, blog: Blog, user: User, last_day: date, by: User) -> BlogMember:
    """`user` writes in the blog for `by` until `last_day`; naming somebody again sets the day anew.

    Raises PermissionDenied unless `by` owns the blog, ValidationError for a day that is over or too far, for oneself,
    and for somebody who left or may not read the blog.
    """
    if not blogs_to_delegate(user=by).filter(pk=blog.pk).exists():
        raise PermissionDenied
    today = timezone.localdate()
    if not today <= last_day <= today + LONGEST:
        raise ValidationError(_("The last day must be between today and a year from now."))
    if user.pk == by.pk or not user.is_active:
        raise ValidationError(_("Choose a colleague."))
    if not blog.visible_to(user):
        raise ValidationError(
            _("%(name)s may not read this blog, and so cannot write there.") % {"name": user.name}
        )
    row, _made = BlogMember.objects.update_or_create(
        blog=blog, user=user, role=Role.DELEGATE, delegate_for=by, defaults={"ends_on": last_day}
    )
    staffing.equip(blog=blog)
    detail = {"blog": blog.pk, "for": by.pk, "until": str(last_day)}
    audit.record(action="people.delegation.start", by=by, target=user, detail=detail)
    return row


@transaction.atomic
def end(*, delegation: BlogMember, by: User | None) -> None:
    """The delegate writes for them no more, at once. `by` is one of the two (else PermissionDenied) or the clock."""
    if by is not None and by.pk not in (delegation.delegate_for_id, delegation.user_id):
        raise PermissionDenied
    detail = {"blog": delegation.blog_id, "for": delegation.delegate_for_id}
    audit.record(action="people.delegation.end", by=by, target=delegation.user, detail=detail)
    delegation.delete()
    staffing.equip(blog=delegation.blog)


def end_due() -> int:
    """For the clock: take away what is over; nobody could use it since its last day anyway. Returns how many."""
    due = BlogMember.objects.filter(role=Role.DELEGATE, ends_on__lt=timezone.localdate())
    rows = list(due.select_related("blog", "user"))
    for row in rows:
        end(delegation=row, by=None)
    return len(rows)
