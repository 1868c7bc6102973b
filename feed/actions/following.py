"""Following a person, a tag or a blog. Executive blogs are followed without a row; `muted` rows say "not this one"."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from wagtail.models import Page

from feed.models import Follow, Tag
from people.models import User

# The package that has blogs says which pages may be followed by whom: (user, page id) -> bool. One entry in ready().
page_rules: list[Callable[[User, int], bool]] = []


def may_follow_page(*, user: User, page_id: int) -> bool:
    """Whether this page is a blog that `user` may read."""
    return any(rule(user, page_id) for rule in page_rules)


def follow(
    *, follower: User, user: User | None = None, tag: Tag | None = None, page: Page | None = None
) -> None:
    """Follow exactly one of them; ends muting."""
    _set(follower, False, user, tag, page)


def unfollow(
    *, follower: User, user: User | None = None, tag: Tag | None = None, page: Page | None = None
) -> None:
    """No longer. A blog is muted, because executive ones would be followed again without a row."""
    if page is not None:
        _set(follower, True, user, tag, page)
    else:
        Follow.objects.filter(follower=follower, user=user, tag=tag, page=None).delete()


def _set(follower, muted, user, tag, page):
    if user is not None and user.pk == follower.pk:
        return
    try:
        with transaction.atomic():
            Follow.objects.update_or_create(
                follower=follower, user=user, tag=tag, page=page, defaults={"muted": muted}
            )
    except IntegrityError:  # pressed twice at once
        Follow.objects.filter(follower=follower, user=user, tag=tag, page=page).update(muted=muted)
