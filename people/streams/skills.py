"""Skills by how many name them, as far as the reader may know."""

from django.db.models import Count, Q

from people.field_visibility import seen_by
from people.handles import tag_slug
from people.models import Skill, User

MOST = 8


def beginning_with(typed, viewer):
    """At most eight skills in which a word begins with `typed`, most named first, with `count`. At most two queries."""
    slug = tag_slug(typed.strip()) if typed.strip() else ""
    if not slug:
        return []
    people = User.objects.present().filter(seen_by(viewer, "skills"))
    found = Skill.objects.filter(Q(slug__startswith=slug) | Q(slug__contains=f"-{slug}"))
    found = found.filter(people__content_object__in=people).annotate(count=Count("people"))
    return list(found.order_by("-count", "name")[:MOST])
