"""Filters of RFC 7644 §3.4.2.2 as conditions of the ORM. An attribute that we do not keep is a 400 invalidFilter."""

from datetime import UTC
from functools import reduce
from operator import and_, or_

from django.db.models import Q
from django.http import Http404
from django.utils.dateparse import parse_datetime
from scim2_models import InvalidFilterException, ScimFilter
from scim2_models.path import CompareOperator, FilterVisitor, LogicalOperator

from people.models import ScimAccount
from people.scim import columns as known
from people.scim.rendering import MADE, number

MAX_LENGTH = 4000
MAX_TERMS = 100

ALL, NONE = Q(pk__isnull=False), Q(pk__in=[])
_TEXT = {"eq": "iexact", "co": "icontains", "sw": "istartswith", "ew": "iendswith"}
_EXACT = {"eq": "exact", "co": "contains", "sw": "startswith", "ew": "endswith"}
_ORDER = {"gt", "ge", "lt", "le"}


def condition(expression, *, columns, source):
    """The Q of a filter over `columns` (columns.PEOPLE or GROUPS). Raises InvalidFilterException."""
    if not isinstance(expression, str) or len(expression) > MAX_LENGTH:
        raise InvalidFilterException(detail=f"A filter has at most {MAX_LENGTH} characters.")
    visitor = _Conditions(columns, source)
    try:
        return visitor.visit(ScimFilter(expression).ast)
    except RecursionError:
        raise InvalidFilterException(detail="The filter is nested too deeply.") from None


class _Conditions(FilterVisitor[Q]):
    """Walks the tree; `entry` holds the columns of one value while a filter in brackets is walked."""

    def __init__(self, columns, source, entry=None):
        self.columns, self.source, self.entry, self.terms = columns, source, entry, 0

    def visit_not(self, node):
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node):
        joined = and_ if node.op == LogicalOperator.and_ else or_
        return reduce(joined, [self.visit(term) for term in node.terms])

    def visit_present(self, node):
        column, sub = self._find(node.attr_path)
        if isinstance(column, list):
            return reduce(or_, [self._present(_sub(entry, sub, node)) for entry in column])
        return self._present(column)

    def visit_comparison(self, node):
        if node.op == CompareOperator.ne:
            return ~self._any(node, "eq")
        return self._any(node, node.op.value)

    def visit_value_path(self, node):
        column, _none = self._find(node.attr_path)
        if not isinstance(column, list) or self.entry is not None:
            raise InvalidFilterException(detail=f"{node.attr_path} has no values to choose from.")
        found = []
        for entry in column:
            inside = _Conditions(self.columns, self.source, entry)
            found.append(self._present(next(iter(entry.values()))) & inside.visit(node.val_filter))
        return reduce(or_, found)

    def _find(self, attr_path):
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise InvalidFilterException(detail=f"A filter has at most {MAX_TERMS} terms.")
        if self.entry is not None:
            found, sub = self.entry.get(attr_path.attr.casefold()), ""
        else:
            found, sub = known.find(self.columns, attr_path)
        if found is None:
            raise InvalidFilterException(detail=f"There is no attribute {attr_path} to filter by.")
        return found, sub

    def _any(self, node, op):
        column, sub = self._find(node.attr_path)
        if not isinstance(column, list):
            return self._compare(column, op, node)
        found = []
        for entry in column:
            there = self._present(next(iter(entry.values())))
            found.append(there & self._compare(_sub(entry, sub, node), op, node))
        return reduce(or_, found)

    def _present(self, column):
        if column.kind in ("id", "constant", "flag", "time"):
            return ALL
        if column.kind == "people":
            return Q(pk__in=self._with_people(column, {}))
        return Q(**{f"{column.path}__isnull": False}) & ~Q(**{column.path: ""}) & ~_made(column)

    def _compare(self, column, op, node):
        if node.value is None:
            if op != "eq":
                raise InvalidFilterException(detail="null can only be compared by eq and ne.")
            return ~self._present(column)
        return getattr(self, f"_{column.kind}")(column, op, node.value)

    def _text(self, column, op, value):
        return self._by_text(column, op, value, _TEXT)

    def _exact(self, column, op, value):
        return self._by_text(column, op, value, _EXACT) & ~_made(column)

    def _by_text(self, column, op, value, lookups):
        if not isinstance(value, str):
            raise InvalidFilterException(detail="This attribute is compared with a string.")
        if op in _ORDER:
            return Q(**{f"{column.path}__{_order(op)}": value})
        return Q(**{f"{column.path}__{lookups[op]}": value})

    def _flag(self, column, op, value):
        flags = {"true": True, "false": False}
        wanted = flags.get(str(value).casefold())
        if op != "eq" or wanted is None:
            raise InvalidFilterException(detail="A boolean is compared with true or false, by eq or ne.")
        return Q(**{column.path: wanted})

    def _time(self, column, op, value):
        try:
            moment = parse_datetime(value) if isinstance(value, str) else None
            moment = moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or op not in _ORDER | {"eq"}:
            raise InvalidFilterException(detail="A time is compared with a dateTime.")
        return Q(**{f"{column.path}__{_order(op)}": moment})

    def _constant(self, column, op, value):
        mine, wanted = column.constant.casefold(), str(value).casefold()
        answers = {
            "eq": mine == wanted, "co": wanted in mine, "sw": mine.startswith(wanted), "ew": mine.endswith(wanted),
            "gt": mine > wanted, "ge": mine >= wanted, "lt": mine < wanted, "le": mine <= wanted,
        }  # fmt: skip
        return ALL if answers[op] else NONE

    def _id(self, column, op, value):
        if op != "eq":
            raise InvalidFilterException(detail="An id is compared by eq and ne.")
        try:
            return Q(pk=number(value, column.path))
        except Http404:
            return NONE

    def _people(self, column, op, value):
        if op != "eq":
            raise InvalidFilterException(detail="An id is compared by eq and ne.")
        try:
            return Q(pk__in=self._with_people(column, {"pk": number(value, "p")}))
        except Http404:
            return NONE

    def _with_people(self, column, wanted):
        """Rows that point at people of this source, or at the one wanted, through `column`."""
        accounts = ScimAccount.objects.filter(source=self.source, removed_at=None, **wanted)
        rows = self.source.groups if "audience" in column.path else self.source.scim_accounts
        return rows.filter(**{f"{column.path}__in": accounts.values("identity__user")}).values("pk")


def _sub(entry, sub, node):
    """The column of a value's part; without a name its main one. Raises InvalidFilterException."""
    found = entry.get(sub) if sub else entry.get("value")
    if found is None:
        raise InvalidFilterException(detail=f"There is no attribute {node.attr_path} to filter by.")
    return found


def _made(column):
    """A name that we made up is none for the client."""
    return Q(**{f"{column.path}__startswith": MADE}) if column.kind == "exact" else NONE


def _order(op):
    return {"ge": "gte", "le": "lte", "eq": "exact"}.get(op, op)
