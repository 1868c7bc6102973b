"""What the screens of people administrators share."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from people import roles
from people.models import User


def for_people_administrators(view):
    """People administrators and administrators; 403 for everybody else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_people_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_administrators(view):
    """Administrators only; 403 for everybody else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def managed(request, pk) -> User:
    """The person with `pk`: 404 when absent or erased, 403 when they stand above the reader (A8)."""
    person = User.objects.select_related("department", "location", "manager").filter(pk=pk).first()
    if person is None or person.is_erased:
        raise Http404
    if not roles.may_manage(request.user, person):
        raise PermissionDenied
    return person
