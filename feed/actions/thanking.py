"""Thanks to colleagues (kudos): who is thanked, and for which of the company's values. No points, no ranking."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from feed.actions import notifying
from feed.actions.refusals import Refused
from feed.models import CompanyValue, Kudos, Notification, Post, Thanked
from feed.models.kudos import MAX_THANKED
from people.models import AudienceMember, User


@dataclass(frozen=True)
class Thanks:
    """Whom a post thanks, perhaps under one of the company's values."""

    users: tuple[User, ...]
    value: CompanyValue | None = None


@transaction.atomic
def give(*, post: Post, thanks: Thanks) -> Kudos:
    """Write down whom `post` thanks; they hear of it when it is published (`tell`). Raises Refused."""
    users = {user.pk: user for user in thanks.users}
    if not users:
        raise Refused(_("Say whom you thank."))
    if len(users) > MAX_THANKED:
        raise Refused(_("You can thank at most %(n)s people at once.") % {"n": MAX_THANKED})
    if post.author_id in users:
        raise Refused(_("You cannot thank yourself."))
    _refuse_if_absent(post, users)
    if thanks.value is not None and not thanks.value.is_active:
        raise Refused(_("This value is no longer offered."))
    kudos = Kudos.objects.create(post=post, value=thanks.value)
    Thanked.objects.bulk_create(Thanked(kudos=kudos, user_id=pk) for pk in users)
    return kudos


def tell(*, post: Post) -> None:
    """Those whom a post thanks hear of it, once. Nothing before publishing."""
    thanked = set(Thanked.objects.filter(kudos__post=post).values_list("user_id", flat=True))
    known = Notification.objects.filter(post=post, cause=Notification.Cause.KUDOS, user__in=thanked)
    new = thanked - set(known.values_list("user_id", flat=True))
    notifying.tell(users=new, cause=Notification.Cause.KUDOS, post=post, actor=post.author)


def _refuse_if_absent(post, users):
    """Only colleagues who are here and may read the post can be thanked: nobody is praised behind their back."""
    found = User.objects.present().filter(pk__in=users)
    if post.audience_id is not None:
        found = found.filter(pk__in=AudienceMember.objects.filter(audience=post.audience_id).values("user"))
    missing = [user.name for pk, user in users.items() if pk not in set(found.values_list("pk", flat=True))]
    if missing:
        raise Refused(_("%(names)s cannot read this.") % {"names": ", ".join(missing)})
