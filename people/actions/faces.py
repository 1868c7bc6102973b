"""A person's photo: kept in two sizes, re-encoded, the old files removed when the new ones are stored."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from people.uploads.images import process_face


def replace(*, user: User, file) -> None:
    """Store a new photo. Raises ValidationError when `file` is missing or no picture within the limits (A20)."""
    if file is None:
        raise ValidationError(_("Choose a picture first."), code="required")
    large, small = process_face(file)
    _store(user, large.content, small.content)


def remove(*, user: User) -> None:
    """Show initials again."""
    _store(user, None, None)


def _store(user, large, small):
    old = [field.name for field in (user.photo, user.photo_small) if field]
    storage = user._meta.get_field("photo").storage
    with transaction.atomic():
        for name, content in (("photo", large), ("photo_small", small)):
            if content is None:
                setattr(user, name, "")
            else:
                getattr(user, name).save(content.name, content, save=False)
        user.save(update_fields=["photo", "photo_small"])
        transaction.on_commit(lambda: [storage.delete(name) for name in old])
