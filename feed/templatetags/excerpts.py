"""The first words of what somebody wrote, for lists."""

from django import template

from feed import text

register = template.Library()


@register.filter
def excerpt(html, max_chars):
    """Words of rendered HTML on one line, at most `max_chars` characters; escaped where it is shown."""
    return text.excerpt(html, max_chars)
