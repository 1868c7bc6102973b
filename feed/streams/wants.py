"""What one reader follows and does not want to see: one query, kept for the request's lists."""

from dataclasses import dataclass, field

from feed.models import Follow
from people.prepared import Prepared


@dataclass
class Wants:
    """Ids by kind. `tags` carries name and slug of the followed ones, for the list beside the feed."""

    users: set = field(default_factory=set)
    tags: dict = field(default_factory=dict)
    pages: set = field(default_factory=set)
    muted_users: set = field(default_factory=set)
    muted_tags: set = field(default_factory=set)
    muted_communities: set = field(default_factory=set)


def of(user) -> Wants:
    """What `user` follows and mutes. One query."""
    found = Wants()
    for muted, person, tag, page, community, name, slug in _follows(None, follower=user.pk):
        if person:
            (found.muted_users if muted else found.users).add(person)
        elif tag and muted:
            found.muted_tags.add(tag)
        elif tag:
            found.tags[tag] = {"name": name, "slug": slug}
        elif page and not muted:
            found.pages.add(page)
        elif community and muted:
            found.muted_communities.add(community)
    return found


@Prepared
def _follows(follower):
    columns = ("muted", "user", "tag", "page", "community", "tag__name", "tag__slug")
    return Follow.objects.filter(follower=follower).order_by("pk").values_list(*columns)
