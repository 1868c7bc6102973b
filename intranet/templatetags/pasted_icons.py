"""`{% include "icons/NAME.svg" %}` is pasted in when the template is compiled: icons have no variables.

A page shows hundreds of them; rendered one by one they took a fifth of its time.
"""

import re

from django import template
from django.template import engines
from django.template.base import TextNode
from django.template.loader_tags import do_include

register = template.Library()
ICON = re.compile(r"""include (["'])(icons/[a-z0-9-]+\.svg)\1( only)?""")


@register.tag("include")
def include(parser, token):
    """Django's own tag, but for icons."""
    found = ICON.fullmatch(token.contents)
    if found is None:
        return do_include(parser, token)
    # the engine that compiles this template; `parser` does not know it
    return TextNode(engines["django"].engine.get_template(found[2]).source.strip())
