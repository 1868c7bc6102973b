"""What clients send, brought into one form: the RFC's dialect and Entra ID's (dependencies on case, strings, lists)."""

from scim2_models import Context, InvalidSyntaxException, InvalidValueException, PatchOp

from people.scim import wire

MAX_OPERATIONS = 1000
_PATCH = PatchOp[wire.User]  # made once: it takes ten milliseconds
_ENTERPRISE = str(wire.EnterpriseUser.__schema__).casefold()
_MINE = {"id", "meta", "schemas", "groups"}  # the server's own: ignored where a client repeats them


def person(data, *, replacing=False):
    """A wire.User of a POST or PUT. Raises pydantic's ValidationError."""
    context = Context.RESOURCE_REPLACEMENT_REQUEST if replacing else Context.RESOURCE_CREATION_REQUEST
    return wire.User.model_validate(_plain(_without_mine(data)), scim_ctx=context, scim_policy=wire.POLICY)


def group(data, *, replacing=False):
    """A wire.Group of a POST or PUT. Raises pydantic's ValidationError."""
    context = Context.RESOURCE_REPLACEMENT_REQUEST if replacing else Context.RESOURCE_CREATION_REQUEST
    return wire.Group.model_validate(_without_mine(data), scim_ctx=context, scim_policy=wire.POLICY)


def patched(current, data):
    """`current` (a wire.User) after the operations of a PATCH, all of them or none. Raises SCIMException."""
    operations = [_operation(part) for one in operations_of(data) for part in _parts(one)]
    with wire.POLICY:
        patch = _PATCH.model_validate(
            {"schemas": [str(PatchOp.__schema__)], "Operations": operations},
            scim_ctx=Context.RESOURCE_PATCH_REQUEST,
        )
        patch.patch(current)
    return current


def operations_of(data):
    """The operations of a PATCH, as objects with op, path and value in small letters. Raises SCIMException."""
    found = next((value for name, value in data.items() if name.casefold() == "operations"), None)
    if not isinstance(found, list) or not found or len(found) > MAX_OPERATIONS:
        raise InvalidSyntaxException(detail=f"Operations is a list of one to {MAX_OPERATIONS} operations.")
    if not all(isinstance(one, dict) for one in found):
        raise InvalidSyntaxException(detail="An operation is an object.")
    plain = [{name.casefold(): value for name, value in one.items()} for one in found]
    for one in plain:
        if not isinstance(one.get("op"), str) or not isinstance(one.get("path"), str | None):
            raise InvalidSyntaxException(detail="An operation has an op and perhaps a path, both strings.")
        one["op"] = one["op"].casefold()
        if one["op"] not in ("add", "remove", "replace"):
            raise InvalidSyntaxException(detail="An op is add, remove or replace.")
    return plain


def _parts(one):
    """Entra ID's keys that select a value, as in {"emails[type eq ...].value": ...}, are operations of their own."""
    if one.get("path") or one["op"] == "remove" or not isinstance(one.get("value"), dict):
        return [one]
    selecting = [name for name in one["value"] if "[" in name]
    left = {name: value for name, value in one["value"].items() if name not in selecting}
    first = [{**one, "value": left}] if left or not selecting else []
    return [*first, *({"op": one["op"], "path": name, "value": one["value"][name]} for name in selecting)]


def _operation(one):
    """One operation on a person, in the RFC's dialect."""
    path, value = (one.get("path") or "").strip(), one.get("value")
    if not path:
        if one["op"] != "remove" and isinstance(value, dict):
            one = {**one, "value": _plain(_without_mine(value))}
        return {name: item for name, item in one.items() if name in ("op", "value")}
    key = path.casefold()
    if key in ("manager", f"{_ENTERPRISE}:manager"):
        one = _of_manager(one, value)
        key = path = f"{wire.EnterpriseUser.__schema__}:manager"
    elif key == _ENTERPRISE and isinstance(value, dict):
        one["value"] = _enterprise(value)
    elif key in ("emails", "phonenumbers", "addresses") and isinstance(value, dict) and one["op"] != "remove":
        one["value"] = [value]
    return {"op": one["op"], "path": path} | ({"value": one["value"]} if "value" in one else {})


def _of_manager(one, value):
    """Entra ID sends a bare id, or a list of one object; an empty one takes the manager away."""
    manager = _manager(value)
    if one["op"] == "remove" or manager is None:
        return {"op": "remove"}
    return {"op": "replace", "value": manager}


def _manager(value):
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, dict):
        keys = {name.casefold(): item for name, item in value.items()}
        value = keys.get("value") or str(keys.get("$ref") or "").rpartition("/")[2]
    if value in (None, ""):
        return None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise InvalidValueException(detail="A manager is the id of a person.")
    return {"value": str(value)}


def _without_mine(data):
    return {name: value for name, value in data.items() if name.casefold() not in _MINE - {"schemas"}}


def _plain(data):
    """A person's object with the manager as object, whichever way it was named."""
    found = {}
    for name, value in data.items():
        key = name.casefold()
        if key == _ENTERPRISE and isinstance(value, dict):
            found[str(wire.EnterpriseUser.__schema__)] = _enterprise(value)
        elif key == f"{_ENTERPRISE}:manager":
            found[name] = _manager(value)
        else:
            found[name] = value
    return found


def _enterprise(value):
    return {name: _manager(item) if name.casefold() == "manager" else item for name, item in value.items()}
