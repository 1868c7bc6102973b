"""What is offered while somebody types: people, titles, communities, tags; a constant number of small queries."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from feed.models import PostPage, SearchEntry
from feed.words import Terms
from intranet.search import places
from intranet.search.asking import read

PEOPLE, TITLES, COMMUNITIES, TAGS = 4, 4, 2, 2


@dataclass
class Offer:
    """One line: where it leads, what it says, what it is. `person` for their face."""

    url: str
    label: str
    kind: str
    person: object = None


def offers(user, typed: str) -> list[Offer]:
    """What the words typed so far may lead to, people first; nothing below two characters."""
    asked = read(typed)
    if len(asked.names) < 2 or asked.has_operators:
        return []
    people = [
        Offer(reverse("people:profile", args=[one.handle]), one.name, one.role_line, one)
        for one in places.people(user, asked, PEOPLE)
    ]
    communities = [
        Offer(reverse("feed:community", args=[one.slug]), one.name, _("Community"))
        for one in places.communities(user, asked, COMMUNITIES)
    ]
    tags = [
        Offer(reverse("feed:tag", args=[tag["slug"]]), f"#{tag['name']}", _("Tag"))
        for tag in places.tags(user, asked)[:TAGS]
    ]
    return [*people, *_titles(user, asked), *communities, *tags]


def _titles(user, asked):
    """Articles whose titles hold words that begin so, newest first."""
    terms = Terms(words=asked.terms.words, widened=True, in_title=True)
    rows = SearchEntry.objects.visible_to(user).filter(kind="article").matching(terms)
    ids = rows.order_by("-published_at", "-pk").values_list("version", flat=True)[:TITLES]
    versions = PostPage.objects.visible_to(user).live().in_bulk(list(ids))
    kept = {}
    for version in versions.values():
        kept.setdefault(version.post_id, version)
    return [Offer(one.url, one.title, one.blog_title) for one in kept.values()]
