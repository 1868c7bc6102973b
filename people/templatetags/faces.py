"""The address of a face."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def face_url(user, large=False) -> str:
    """Where the photo is served, with a mark that changes with the photo; "" without one. No query."""
    file = user.photo if large else user.photo_small
    if not file or user.shown_as_former:
        return ""
    mark = file.name.rsplit("/", 1)[-1].partition(".")[0][-8:]
    return f"{reverse('people:photo', args=[user.handle, 'large' if large else 'small'])}?{mark}"
