"""What is found beside texts: people, communities and tags, as far as the reader may know of them."""

from django.db.models import Q

from feed.models import Community, Tag
from feed.streams import suggesting
from intranet.search.asking import Asked
from people.handles import slugify_de
from people.models import User
from people.streams import directory

MOST = 100
SHOWN = 3  # on the page of everything


def people(user, asked: Asked, most: int = MOST) -> list[User]:
    """Present colleagues whom the words find, best first, with `rank`; nobody while an operator narrows to texts."""
    if asked.has_operators or not asked.names:
        return []
    return list(directory.found(asked.names, user).for_cards()[:most])


def communities(user, asked: Asked, most: int = MOST) -> list[Community]:
    """Active communities with all the words in their name, address or purpose, largest first."""
    if asked.has_operators or not asked.names:
        return []
    found = Community.objects.visible_to(user).active()
    for word in asked.names.split()[:4]:
        slug = Q(slug__contains=slugify_de(word)) if slugify_de(word) else Q()
        found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word) | slug)
    return list(found.order_by("-member_count", "name", "pk")[:most])


def tags(user, asked: Asked) -> list[dict]:
    """[{name, slug, count}] of tags that begin with one of the words and mark something `user` may read."""
    if asked.has_operators:
        return []
    found = {}
    for word in [word for word in asked.terms.words if len(word) > 2][:3]:
        for tag in suggesting.tags(user, word):
            found.setdefault(tag["name"], tag)
    slugs = dict(Tag.objects.filter(name__in=found).values_list("name", "slug")) if found else {}
    return [{**tag, "slug": slugs[name]} for name, tag in found.items() if name in slugs]
