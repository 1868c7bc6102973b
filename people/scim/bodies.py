"""JSON bodies: read once and with bounds; nothing behind meets a NUL, half a character or a tower of lists."""

import json

from scim2_models import InvalidSyntaxException, InvalidValueException, PayloadTooLargeException

from people.scim.discovery import MAX_BODY

MAX_DEPTH = 12


def read(body: bytes) -> dict:
    """The object in a body. Raises PayloadTooLargeException, InvalidSyntaxException, InvalidValueException."""
    if len(body) > MAX_BODY:
        raise PayloadTooLargeException(detail=f"A body has at most {MAX_BODY} bytes.")
    try:
        data = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidSyntaxException(detail="The body is no JSON.") from None
    if not isinstance(data, dict):
        raise InvalidSyntaxException(detail="The body is no JSON object.")
    _look_through(data)
    return data


def _refuse(name):
    raise ValueError(name)


def _look_through(data):
    level = [data]
    for _depth in range(MAX_DEPTH):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise InvalidSyntaxException(detail=f"The body nests more than {MAX_DEPTH} levels.")


def _inside(value):
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and ("\x00" in value or not _is_text(value)):
        raise InvalidValueException(detail="Text with NUL or half of a surrogate pair.")
    return ()


def _is_text(value):
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
