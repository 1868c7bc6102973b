"""A PATCH of a group as steps, so that one member of 20,000 is added or taken away without reading the others."""

from dataclasses import dataclass
from typing import Any

from scim2_models import InvalidPathException, InvalidValueException, MutabilityException, NoTargetException
from scim2_models.path import AttrPath, Path, ValuePath

from people.scim import columns
from people.scim.payloads import operations_of

# The members of a group as a filter in brackets sees them: rows of ScimAccount.
MEMBERS = {
    columns.GROUP: {
        "value": columns.Column("id", "p"),
        "type": columns.Column("constant", constant="User"),
    }
}


@dataclass(frozen=True)
class Step:
    """`what`: name, external_id, add, remove, replace (each with a value), remove_where (a filter) or clear."""

    what: str
    value: Any = None


def steps(data) -> list[Step]:
    """The steps of a PATCH in their order. Raises SCIMException for what cannot be done to any group."""
    return [step for one in operations_of(data) for step in _steps(one)]


def ids(value) -> list[str]:
    """Ids of people in a list of members: objects, bare ids or one of them alone. Raises InvalidValueException."""
    value = value if isinstance(value, list) else [value]
    return [_id(one) for one in value]


def _id(one):
    if isinstance(one, dict):
        keys = {name.casefold(): item for name, item in one.items()}
        if str(keys.get("type") or "User").casefold() != "user":
            raise InvalidValueException(
                detail="A member is a person: send the people of a group within a group."
            )
        one = keys.get("value") or str(keys.get("$ref") or "").rpartition("/")[2]
    if not isinstance(one, str) or not one:
        raise InvalidValueException(detail="A member has the id of a person as value.")
    return one


def _steps(one):
    op, value = one["op"], one.get("value")
    if not one.get("path"):
        if op == "remove":
            raise NoTargetException(detail="A remove has a path.")
        if not isinstance(value, dict):
            raise InvalidValueException(detail="Without a path the value is an object.")
        return [step for name, item in value.items() for step in _at(op, name, item, kindly=True)]
    return _at(op, one["path"], value, has_value="value" in one)


def _at(op, path, value, *, kindly=False, has_value=True):
    node = Path(path).ast
    if isinstance(node, ValuePath):
        return _in_brackets(op, node, value)
    name = node.attr.casefold() if isinstance(node, AttrPath) and not node.sub_attr else ""
    if isinstance(node, AttrPath) and node.uri and node.uri.casefold() != columns.GROUP:
        name = ""
    if name == "members":
        return _of_members(op, value)
    if name == "displayname":
        if op == "remove" or not value:
            raise MutabilityException(detail="displayName cannot be taken away.")
        return [Step("name", value)]
    if name == "externalid":
        return [Step("external_id", None if op == "remove" else value)]
    if kindly or name:
        if not kindly and name in ("id", "meta", "schemas"):
            raise MutabilityException(detail=f"{name} is the server's.")
        return []  # what we do not keep
    raise InvalidPathException(detail=f"There is no attribute {path} in a group.")


def _of_members(op, value):
    if op == "remove":
        return [Step("clear")] if value is None else [Step("remove", ids(value))]
    if value is None and op == "replace":
        return [Step("clear")]
    return [Step("add" if op == "add" else "replace", ids(value))]


def _in_brackets(op, node, value):
    if node.attr_path.attr.casefold() != "members":
        raise InvalidPathException(detail=f"There is no attribute {node.attr_path} in a group.")
    if op == "remove":
        return [Step("remove_where", str(node.val_filter))]
    raise MutabilityException(detail="A member cannot be changed, only added and removed.")
