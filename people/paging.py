"""Keyset paging: a page of a list begins after the last row of the page before, so no page is slower than the first."""

import base64
import binascii
import json
from dataclasses import dataclass

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Slice:
    """Rows of one page; `after` is the cursor of the next one, "" at the end."""

    items: list
    after: str

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def take(queryset: QuerySet, order: tuple[str, ...], *, after: str = "", size: int = 20) -> Slice:
    """The `size` rows after the cursor, in `order` (names of fields or annotations, "-" = descending; the last one
    unique). One query.

    Raises BadRequest (400) for a cursor that this list did not give out.
    """
    queryset = beyond(queryset, order, after)
    return cut(list(queryset.order_by(*order)[: size + 1]), order, size)


def cut(rows: list, order: tuple[str, ...], size: int) -> Slice:
    """A page of `size` from one row more than that, which says whether the list goes on."""
    more = len(rows) > size
    return Slice(rows[:size], cursor_of(rows[size - 1], order) if more else "")


def beyond(queryset: QuerySet, order: tuple[str, ...], after: str) -> QuerySet:
    """The rows behind the cursor `after` in `order`, unordered; all of them without one.

    Raises BadRequest (400) for a cursor that this list did not give out.
    """
    return behind(queryset, order, position(queryset, order, after))


def position(queryset: QuerySet, order: tuple[str, ...], after: str) -> tuple:
    """The values that the cursor `after` stands for, one for each field of `order`; empty without a cursor.

    Raises BadRequest (400) for a cursor that this list did not give out.
    """
    if not after:
        return ()
    typed = zip(order, _decode(after, len(order)), strict=True)
    try:
        return tuple(_field(queryset, name.removeprefix("-")).to_python(value) for name, value in typed)
    except (ValidationError, ValueError, TypeError):
        raise BadRequest(_("This address is incomplete.")) from None


def behind(queryset: QuerySet, order: tuple[str, ...], values: tuple) -> QuerySet:
    """The rows behind `values` (of `position`) in `order`, unordered; all of them when it is empty.

    The bound of the first field stands alone as well: an index is entered there, where an OR would be read through.
    """
    if not values:
        return queryset
    condition, equal, bound = Q(), Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        side = "lt" if name.startswith("-") else "gt"
        bound = bound or Q(**{f"{field}__{side}e": value})
        condition |= equal & Q(**{f"{field}__{side}": value})
        equal &= Q(**{field: value})
    return queryset.filter(bound & condition)


def _field(queryset, name):
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    return queryset.model._meta.pk if name == "pk" else queryset.model._meta.get_field(name)


def cursor_of(row, order: tuple[str, ...]) -> str:
    """The cursor after which the list goes on behind `row`."""
    values = [getattr(row, name.removeprefix("-")) for name in order]
    text = json.dumps([value.isoformat() if hasattr(value, "isoformat") else value for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(after, count) -> list:
    try:
        values = json.loads(base64.urlsafe_b64decode(after.encode() + b"=" * (-len(after) % 4)))
    except (binascii.Error, ValueError):
        values = None
    if (
        not isinstance(values, list)
        or len(values) != count
        or any(isinstance(one, list | dict) or one is None for one in values)
    ):
        raise BadRequest(_("This address is incomplete."))
    return values
