"""What the reader may see of a person, for templates that show one column."""

from django import template

from people import field_visibility

register = template.Library()


@register.simple_tag
def shown_fields(person, viewer):
    """Names from people.field_visibility.FIELDS. One query per viewer, none per person."""
    return field_visibility.shown_fields(person, viewer)
