"""Communities with members, covers and rules, and the company's values."""

import random
from datetime import timedelta

from django.db import transaction

from feed.actions import communities, counting
from feed.models import Community, CompanyValue, Membership
from intranet.demo.colleagues import read
from people.actions import audiences

AGE = timedelta(days=200)
ROLE = Membership.Role


@transaction.atomic
def values():
    """Return {name in either language: CompanyValue}."""
    found = {}
    for position, row in enumerate(read("communities.toml")["value"]):
        defaults = {"name_en": row["en"], "position": position}
        value, _new = CompanyValue.objects.get_or_create(name_de=row["de"], defaults=defaults)
        found[row["de"]] = found[row["en"]] = value
    return found


@transaction.atomic
def load(shelf, writers):
    """Return {community key: Community}; what is there is left as it is. `writers`: {key: who posts there}."""
    present = {community.name: community for community in Community.objects.all()}
    return {
        row["key"]: present.get(row["name"]) or _create(row, writers.get(row["key"], ()), shelf)
        for row in read("communities.toml")["community"]
    }


def _create(row, writers, shelf):
    owner, *others = (shelf.users[key] for key in row["owners"])
    made = communities.create(
        by=owner,
        name=row["name"],
        kind=row["kind"],
        purpose=row["purpose"],
        rules=row["rules"],
        language=row["language"],
        created_at=shelf.now - AGE,
    )
    made.cover = shelf.covers[row["cover"]]
    made.save(update_fields=["cover"])
    keys = dict.fromkeys([*members(row, shelf.users), *sorted(writers)])
    _fill(made, [owner, *others], [shelf.users[key] for key in keys])
    return made


def _fill(community, owners, joined):
    """Write all members at once: the audience, then the rows, then the number."""
    users = {user.pk: user for user in [*owners, *joined]}
    audiences.change(audience=community.audience, members=users.values())
    start = community.created_at.date()
    Membership.objects.bulk_create(
        [
            Membership(
                community=community,
                user=user,
                role=ROLE.OWNER if user in owners else ROLE.MEMBER,
                joined_at=community.created_at + timedelta(days=max(0, (user.joined_on - start).days)),
            )
            for user in users.values()
        ],
        ignore_conflicts=True,
    )
    counting.count_members(community=community)


def members(row, users):
    """Return the keys of the members besides the owners: those named, and a share of sites and departments."""
    rng, found = random.Random(f"members {row['key']}"), list(row.get("members", []))
    for key, user in sorted(users.items()):
        site = user.location.name.casefold()
        fits = user.department.name in row.get("departments", [])
        fits = fits or any(site.startswith(start) for start in map(_site, row.get("everybody_at", [])))
        if fits and rng.random() < row["share"]:
            found.append(key)
    return dict.fromkeys(found)


def _site(key):
    return {"goerlitz": "görlitz", "grand-rapids": "grand"}.get(key, key)
