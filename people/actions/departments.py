"""The tree of departments: parents, and the path by which "and below" is one prefix query."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.folding import refold
from people.models import Department


@transaction.atomic
def place(*, department, parent=None):
    """Put `department` under `parent` (None: at the top), saving it, and bring the paths below in line, and by which
    words its people are found.

    Raises ValidationError when the parent lies below the department itself.
    """
    if parent is not None and department.pk and f"/{department.pk}/" in parent.path:
        raise ValidationError(_("A department cannot be part of itself."), code="cycle")
    before = department.path
    department.parent = parent
    department.save()
    department.path = f"{parent.path if parent else '/'}{department.pk}/"
    department.save(update_fields=["path"])
    if before and before != department.path:
        _move_below(before, department.path)
    if before:
        refold(users=department.people.all())
    return department


def _move_below(before, after):
    below = list(Department.objects.filter(path__startswith=before).exclude(path=before))
    for child in below:
        child.path = after + child.path[len(before) :]
    Department.objects.bulk_update(below, ["path"], batch_size=500)
