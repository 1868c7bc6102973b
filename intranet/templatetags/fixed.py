"""`{% fixed "components/scripts.html" as made %}{{ made.html|safe }}`: a part of every page that depends on the
language only, made once in each process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from people import fragments

register = template.Library()


@register.simple_tag(takes_context=True)
def fixed(context, name) -> dict:
    """{"html"} of a template without inputs but the nonce of this answer."""
    nonce = context.get("csp_nonce")  # lazy, and false until it is read
    filling = {fragments.NONCE: "" if nonce is None else str(nonce)}
    return {"html": fragments.fill(_made(name, get_language()), filling)}


@cache
def _made(name, language) -> str:
    return render_to_string(name, {"csp_nonce": fragments.NONCE})
