"""The door of the SCIM addresses: who asks, how often, and every refusal as SCIM's own JSON. No session, no cookie."""

import functools
import ipaddress
import json
import logging
from types import SimpleNamespace

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError as WireError
from scim2_models import Error, SCIMException

from people import ratelimit
from people.actions import scim_tokens

TYPE = "application/scim+json"
log = logging.getLogger(__name__)


def endpoint(**views):
    """A view that lets in whoever has a living token and passes it to the view of the request's method."""

    @csrf_exempt
    @login_not_required
    def view(request, *args, **kwargs):
        with translation.override("en"):
            return _answer(views, request, *args, **kwargs)

    return view


def answered(data, status=200, **headers):
    """`data` as SCIM's JSON."""
    response = HttpResponse(json.dumps(data), status=status, content_type=TYPE)
    response["Cache-Control"] = "private, no-store"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def refused(status, detail="", scim_type=None, **headers):
    """An error of RFC 7644 §3.12."""
    error = Error(status=status, scim_type=scim_type, detail=detail or None)
    return answered(error.model_dump(), status, **headers)


def _answer(views, request, *args, **kwargs):
    try:
        token = _token(request)
        if token is None:
            ratelimit.check(_place(request), "scim_refused")
            return refused(401, "A living bearer token is needed.", WWW_Authenticate='Bearer realm="SCIM"')
        ratelimit.check(token, "scim")
        view = views.get(request.method) or (views.get("GET") if request.method == "HEAD" else None)
        if view is None:
            return refused(405, f"{request.method} is not for this address.", Allow=", ".join(views))
        return view(request, token, *args, **kwargs)
    except ratelimit.TooMany as much:
        return refused(429, "Too many requests.", Retry_After=str(much.retry_after))
    except Exception as problem:
        return _refusal(problem)


@functools.singledispatch
def _refusal(problem):
    """Everything that a client can cause has an answer below; what is left is ours, and goes on."""
    raise problem


@_refusal.register
def _of_scim(problem: SCIMException):
    return refused(problem.status, str(problem), problem.scim_type or None)


@_refusal.register
def _of_wire(problem: WireError):
    error = Error.from_validation_errors(problem)[0]
    return refused(int(error.status or 400), error.detail, error.scim_type)


@_refusal.register
def _of_form(problem: ValidationError):
    return refused(400, " ".join(problem.messages), "invalidValue")


@_refusal.register
def _of_absence(problem: Http404):
    return refused(404, "There is no such resource.")


@_refusal.register(BadRequest)
@_refusal.register(SuspiciousOperation)
def _of_request(problem):
    return refused(400, "The request cannot be read.", "invalidSyntax")


def _token(request):
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not 20 <= len(secret.strip()) <= 200:
        return None
    return scim_tokens.find(secret=secret.strip())


def _place(request):
    """What attempts without a living token are counted by: the network address, of IPv6 its /64 (A14)."""
    address = get_adapter().get_client_ip(request)
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return SimpleNamespace(pk="unknown")
    if place.version == 6:
        place = ipaddress.ip_network(f"{place}/64", strict=False).network_address
    return SimpleNamespace(pk=str(place))
