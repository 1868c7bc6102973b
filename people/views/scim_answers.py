"""What SCIM requests ask for and how answers are put: bodies, attributes, versions, lists and single resources."""

from scim2_models import (
    Context,
    InvalidPathException,
    InvalidSyntaxException,
    InvalidValueException,
    ListResponse,
    PayloadTooLargeException,
    PreconditionFailedException,
    ResponseParameters,
)
from scim2_models.path import Path

from people.scim import bodies, discovery, lists
from people.views.scim_door import answered

_MESSAGE = str(ListResponse.__schema__)


def empty():
    """204 without a body."""
    response = answered({}, 204)
    response.content = b""
    return response


def listed(data, find):
    """The page that `data` asks for; `find(query)` gives (how many there are, resources)."""
    parts, query = parts_of(data), lists.wanted(data)
    total, page = find(query)
    rows = [_dumped(one, Context.RESOURCE_QUERY_RESPONSE, parts) for one in page]
    return answered(message(total, query.start, rows))


def message(total, start, rows):
    """A ListResponse."""
    return {
        "schemas": [_MESSAGE],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(rows),
        "Resources": rows,
    }


def one(request, found, context, status=200):
    """One resource with its version and address; 304 where the client has this version."""
    version, place = found.meta.version, found.meta.location
    if context is Context.RESOURCE_QUERY_RESPONSE and _matches(request.headers.get("If-None-Match"), version):
        response = empty()
        response.status_code = 304
    else:
        response = answered(_dumped(found, context, parts_of(request.GET)), status)
        response["Content-Location"] = place
    response["ETag"] = version
    if status == 201:
        response["Location"] = place
    return response


def _dumped(found, context, parts):
    return found.model_dump(scim_ctx=context, response_parameters=ResponseParameters(**parts))


def expects(request):
    """A function that refuses a version other than the one in If-Match (412)."""
    header = request.headers.get("If-Match")

    def check(version):
        if header and not _matches(header, version):
            raise PreconditionFailedException(detail="The resource has changed meanwhile.")

    return check


def _matches(header, version):
    tags = [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]
    return "*" in tags or version.removeprefix("W/") in tags


def parts_of(data):
    """{"attributes"} or {"excluded_attributes"} as the wire takes them. Raises SCIMException."""
    data = {str(name).casefold(): value for name, value in data.items()}
    found = {
        key: _names(data[name])
        for name, key in (("attributes", "attributes"), ("excludedattributes", "excluded_attributes"))
        if data.get(name)
    }
    if len(found) > 1:
        raise InvalidValueException(detail="attributes and excludedAttributes exclude each other.")
    return found


def _names(value):
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or len(names) > 100 or not all(isinstance(name, str) for name in names):
        raise InvalidValueException(detail="attributes is a list of names.")
    for name in names:
        if Path(name.strip()).value_filter is not None:
            raise InvalidPathException(detail=f"{name} is no name of an attribute.")
    return [name.strip() for name in names if name.strip()]


def members_wanted(parts):
    """Whether a group's members are to be read at all."""
    names = [
        name.casefold().rpartition(":")[2].partition(".")[0] for names in parts.values() for name in names
    ]
    return "members" not in names if "excluded_attributes" in parts else not names or "members" in names


def body(request):
    """The JSON object sent. Raises SCIMException."""
    if request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise InvalidSyntaxException(detail="The body is JSON, as application/scim+json.")
    length = request.headers.get("Content-Length") or "0"
    if length.isdecimal() and int(length[:20]) > discovery.MAX_BODY:
        raise PayloadTooLargeException(detail=f"A body has at most {discovery.MAX_BODY} bytes.")
    return bodies.read(request.body)
