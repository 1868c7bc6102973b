"""Which people and groups a source sees, in which order and by which page. Constant queries however many there are."""

from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Concat, Lower, Trim
from scim2_models import InvalidPathException, InvalidValueException
from scim2_models.path import AttrPath, Path

from people.models import Audience, ScimAccount
from people.scim import columns, filters, rendering
from people.scim.discovery import MAX_RESULTS

MAX_GROUPS = 50  # a page of groups with their members
_FAR = 10**9


@dataclass(frozen=True)
class Wanted:
    """A query as GET and .search put it; see `wanted`."""

    filter: str = ""
    sort_by: str = ""
    descending: bool = False
    start: int = 1
    count: int | None = None


def wanted(data):
    """A Wanted of query parameters or a SearchRequest. Raises InvalidValueException for numbers that are none."""
    data = {str(name).casefold(): value for name, value in data.items()}
    order = str(data.get("sortorder") or "ascending").casefold()
    if order not in ("ascending", "descending"):
        raise InvalidValueException(detail="sortOrder is ascending or descending.")
    count = _number(data, "count")
    return Wanted(
        filter=data.get("filter") or "",
        sort_by=str(data.get("sortby") or ""),
        descending=order == "descending",
        start=min(max(_number(data, "startindex") or 1, 1), _FAR),
        count=None if count is None else max(count, 0),
    )


def people(source):
    """ScimAccounts that the source sees, with what rendering reads."""
    return ScimAccount.objects.filter(source=source, removed_at=None).select_related(
        "identity__user__department", "identity__user__location"
    )


def groups(source):
    """DirectoryGroups of the source."""
    return source.groups.all()


def find_people(source, query, size=MAX_RESULTS):
    """(how many there are, wire.Users of the page)."""
    name = Trim(Concat(f"{columns.PERSON}first_name", Value(" "), f"{columns.PERSON}last_name"))
    rows = people(source).alias(full_name=name)
    total, page = _page(rows, query, columns.PEOPLE, source, size)
    managers = managers_of(source, page)
    return total, [rendering.person(one, manager=managers.get(one.user.manager_id)) for one in page]


def find_groups(source, query, *, with_members, size=MAX_RESULTS):
    """(how many there are, wire.Groups of the page); without members where nobody asked for them."""
    size = min(size, MAX_GROUPS) if with_members else size
    total, page = _page(groups(source), query, columns.GROUPS, source, size)
    members = members_of(source, page) if with_members else {}
    return total, [rendering.group(one, members=members.get(one.pk)) for one in page]


def managers_of(source, accounts):
    """{user id: ScimAccount} of the managers, as far as the source knows them. One query."""
    pks = {one.user.manager_id for one in accounts if one.user.manager_id}
    found = people(source).filter(identity__user__in=pks) if pks else ()
    return {account.identity.user_id: account for account in found}


def members_of(source, rows):
    """{group id: [id of ScimAccount]} in their order. Two queries."""
    audiences = {row.audience_id: row.pk for row in rows if row.audience_id}
    named = Audience.extra_members.through.objects.filter(
        audience__in=list(audiences),
        user__identities__scim_account__source=source,
        user__identities__scim_account__removed_at=None,
    ).values_list("audience_id", F("user__identities__scim_account"))
    found = {}
    for audience, account in sorted(named):
        found.setdefault(audiences[audience], []).append(account)
    return found


def _page(rows, query, known, source, size):
    if query.filter:
        rows = rows.filter(filters.condition(query.filter, columns=known, source=source))
    total = rows.count()
    count = size if query.count is None else min(query.count, size)
    if not count or query.start > total:
        return total, []
    start = query.start - 1
    return total, list(rows.order_by(*_order(query, known))[start : start + count])


def _order(query, known):
    """By the attribute asked for and then by id, so that pages neither repeat nor lose anybody."""
    if not query.sort_by:
        return ["pk"]
    node = Path(query.sort_by).ast
    column, sub = columns.find(known, node) if isinstance(node, AttrPath) else (None, "")
    if isinstance(column, list):
        column = column[0].get(sub or "value")
    if column is None or column.kind not in ("text", "exact", "flag", "time"):
        raise InvalidPathException(detail=f"Nothing can be sorted by {query.sort_by}.")
    key = Lower(column.path) if column.kind in ("text", "exact") else F(column.path)
    return [key.desc() if query.descending else key.asc(), "pk"]


def _number(data, name):
    value = data.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool | float) or len(str(value)) > 20:
            raise ValueError
        return int(value)
    except (TypeError, ValueError):
        raise InvalidValueException(detail=f"{name} is a whole number.") from None
