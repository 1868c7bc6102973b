"""The personal key in the addresses of the Atom feeds (A23)."""

from django.db import transaction

from people.models import FeedKey, User


@transaction.atomic
def renew(*, user: User) -> FeedKey:
    """Give the person a new key; addresses with the old one stop working at once."""
    revoke(user=user)
    return FeedKey.objects.create(user=user)


def revoke(*, user: User) -> None:
    """End the person's feed addresses."""
    FeedKey.objects.filter(user=user).delete()
