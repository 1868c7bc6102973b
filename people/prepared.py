"""Queries that a page asks for every reader: built and compiled once for each shape, then run with the reader's values.

Django needs 1 to 10 ms to turn a stream's queryset into SQL, and PostgreSQL as long to plan it; both come out the same
for all readers. `Prepared` builds it once with stand-ins for the values (numbers and moments that occur nowhere else),
remembers where they stand in the SQL, and on PostgreSQL sends it as a prepared statement. The queryset stays the one
truth: what it says is written with the same `visible_to` as everywhere.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from people import roles, statements

FIRST = (
    2_147_000_000  # stand-ins for numbers: they fit every column (Django drops a comparison that does not)
)
BEGINNING = datetime(3021, 1, 1, tzinfo=UTC)  # and for moments
NOBODY = -1
_KNOWN_ROLES = frozenset(roles.ALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Prepared:
    """`build(reader, *shape, **stand_ins)` gives a queryset; calling with a user and values gives its rows.

    Values are whole numbers, moments, texts, or collections of numbers (which are padded). `shape` is
    whatever else decides how the queryset looks; it is handed to `build` as it is. What `build` may read of the reader:
    `pk`, `department_id`, `location_id`, the access and the roles. Without a user, `build` gets none.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self.build, self._known = build, {}

    def __call__(self, user, /, *shape, **values) -> list:
        """All rows: models as the queryset would give them, or tuples of `values_list`. One query, or none.

        Who is not signed in or has left gets nothing, whatever the queryset says.
        """
        if user is not None and not (user.is_authenticated and user.is_active):
            return []
        given = values if user is None else _of_reader(user) | values
        outline = tuple((name, _size(value)) for name, value in given.items())
        known = None if user is None else (user.is_superuser, _roles(user))
        key = (connection.vendor, statements.are_prepared(), known, shape, outline)
        if key not in self._known:
            self._known[key] = self._compile(user, shape, given)
        found = self._known[key]
        return found.run(given) if found else []

    def _compile(self, user, shape, given):
        slots = _Slots()
        stand_ins = {name: slots.take(name, value) for name, value in given.items()}
        readers = [] if user is None else [_stand_in(user, stand_ins)]
        named = {name: stand_ins[name] for name in given if "." not in name}
        queryset = self.build(*readers, *shape, **named)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        _refuse_moments(self.build, params, slots.places)
        return _Compiled(queryset, compiler, sql, params, slots.places)


def _refuse_moments(build, params, places):
    """What `build` reads from the clock would stay as it was at the first reader's request."""
    for one in params:
        is_moment = isinstance(one, date) or (isinstance(one, str) and _DAY.match(one))
        if is_moment and one not in places:
            raise TypeError(f"{build.__qualname__} reads the clock; hand the moment to it as a value.")


class _Slots:
    """Hands out stand-ins; `places`: {stand-in as a parameter of SQL: (name, position)}."""

    def __init__(self):
        self.places = {}

    def take(self, name, value):
        if value is None:
            return None
        if isinstance(value, str):
            text = f"stand-in {len(self.places)} for a text"
            self.places[text] = (name, None)
            return text
        if isinstance(value, Collection):
            return frozenset(self._number(name, position) for position in range(_size(value)))
        if isinstance(value, datetime):
            moment = BEGINNING + timedelta(days=len(self.places))
            self.places[_adapted(moment)] = (name, None)
            return moment
        return self._number(name, None)

    def _number(self, name, position):
        number = FIRST + len(self.places)
        self.places[number] = (name, position)
        return number


@dataclass
class _Compiled:
    """SQL with the places of its values, and how its rows become what the queryset gives."""

    queryset: QuerySet
    compiler: object
    sql: str
    params: tuple
    places: dict

    def __post_init__(self):
        self.slots = [
            self.places.get(one) if isinstance(one, int | str | datetime) else None for one in self.params
        ]
        if statements.are_prepared():
            self.sql, self.slots = statements.with_constants(self.sql, self.params, self.slots)
            self.params = [None] * len(self.slots)
        fields = [one[0] for one in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(fields)
        self.of_models = issubclass(self.queryset._iterable_class, ModelIterable)

    def run(self, given) -> list:
        lists = {name: _padded(value) for name, value in given.items()}
        values = [
            constant if slot is None else lists[slot[0]][slot[1] or 0]
            for constant, slot in zip(self.params, self.slots, strict=True)
        ]
        with statements.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return list(self._models(rows) if self.of_models else map(tuple, rows))

    def _models(self, rows):
        """As Django's ModelIterable does it, from the compiler that made the SQL."""
        select, info = self.compiler.select, self.compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [one[0].target.attname for one in select[first:last]]
        related = get_related_populators(info, select, self.queryset.db)
        extras = self.compiler.annotation_col_map or {}
        for row in rows:
            found = info["model"].from_db(self.queryset.db, names, row[first:last])
            for one in related:
                one.populate(row, found)
            for name, position in extras.items():
                setattr(found, name, row[position])
            yield found


def _of_reader(user):
    more = {f"more.{name}": user.access.ids(name) for name in sorted(user.access.more)}
    here = {"user.pk": user.pk, "user.department": user.department_id, "user.location": user.location_id}
    return here | {"user.audiences": user.access.audience_ids} | more


def _stand_in(user, stand_ins):
    """A reader of the same roles whose numbers are stand-ins."""
    reader = user.__class__(
        pk=stand_ins["user.pk"],
        department_id=stand_ins["user.department"],
        location_id=stand_ins["user.location"],
        is_superuser=user.is_superuser,
    )
    more = {name.removeprefix("more."): ids for name, ids in stand_ins.items() if name.startswith("more.")}
    reader.access = user.access.__class__(stand_ins["user.audiences"], _roles(user), more)
    return reader


def _roles(user):
    """The roles that a queryset may ask for; the groups of single blogs would make a shape for every author."""
    return user.access.roles & _KNOWN_ROLES


def _size(value):
    """How many places a collection takes: 0, 1, 8, 32, 128 …, so that few shapes serve all readers."""
    if isinstance(value, str) or not isinstance(value, Collection):
        return value is not None
    if len(value) < 2:
        return len(value)
    size = 8
    while size < len(value):
        size *= 4
    return size


def _padded(value):
    if isinstance(value, str) or not isinstance(value, Collection):
        return [_adapted(value)]
    found = list(value)
    return found + [NOBODY] * (_size(value) - len(found))


def _adapted(value):
    """A moment as a parameter of this database."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
