"""A text block in pieces, each paragraph with its address and its margin note."""

from django import template
from wagtail.rich_text import expand_db_html

from blog.paragraphs import split

register = template.Library()


@register.simple_tag
def paragraphs(value, block_id, margin=None):
    """The pieces of rich text `value`; `margin`: notes by anchor where readers may comment, else nothing."""
    parts = split(expand_db_html(value.source), block_id)
    for part in parts:
        part.note = margin.get(part.anchor) if margin else None
    return parts
