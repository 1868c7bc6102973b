"""A person's photo: kept in two sizes, re-encoded, the old files removed when the new ones are stored."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from people.models import User
from people.uploads.cropping import Crop
from people.uploads.images import process_face

UNDO = timedelta(minutes=10)


def replace(*, user: User, file, crop: Crop | None = None) -> None:
    """Store a new photo, cut to `crop`. Raises ValidationError when `file` is missing, or no picture within limits."""
    if file is None:
        raise ValidationError(_("Choose a picture first."), code="required")
    large, small = process_face(file, crop=crop)
    _store(user, large.content, small.content)


def remove(*, user: User) -> None:
    """Show initials again; nothing is left."""
    _store(user, None, None)


@transaction.atomic
def put_aside(*, user: User) -> list[str]:
    """Show initials again and return the names of the files, which `restore` takes for ten minutes; then they go."""
    names = [field.name for field in (user.photo, user.photo_small) if field]
    user.photo = user.photo_small = ""
    user.save(update_fields=["photo", "photo_small"])
    if names:
        transaction.on_commit(lambda: forget.using(run_after=timezone.now() + UNDO).enqueue(names=names))
    return names


@transaction.atomic
def restore(*, user: User, names: list[str]) -> bool:
    """Bring back what `put_aside` gave; False when it is gone. A photo that came meanwhile stays."""
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    storage = user._meta.get_field("photo").storage
    if person.photo or len(names) != 2 or not all(storage.exists(name) for name in names):
        return False
    user.photo, user.photo_small = names
    user.save(update_fields=["photo", "photo_small"])
    return True


@task()
def forget(*, names: list[str]) -> None:
    """Delete files that were put aside, unless somebody has them again."""
    storage = User._meta.get_field("photo").storage
    used = User.objects.filter(Q(photo__in=names) | Q(photo_small__in=names)).exists()
    for name in [] if used else names:
        storage.delete(name)


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
