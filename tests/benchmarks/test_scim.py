"""1,000 people by SCIM: created, found, changed and ended one by one, as directories do it.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_scim.py
"""

import time

import pytest

from people import ratelimit
from tests.people.scim.conftest import ENTERPRISE, GROUP, make_client, make_source

pytestmark = pytest.mark.benchmark
PEOPLE = 1000


def each(name, act, numbers):
    """Does `act` for every number and prints what one costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = [act(number) for number in numbers]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    one = cpu / len(found) * 1000
    print(f"\nSCIM, {name}: {len(found)} in {wall:.1f} s, {one:.1f} ms CPU each")
    return found, one


def test_a_thousand_people_and_their_groups(db, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "scim", (10**6, 60))
    scim = make_client(make_source())
    place = {"department": "Foundry"}
    made, cost = each(
        "creating", lambda n: scim.hire(f"person.n{n}", **{ENTERPRISE: place})["id"], range(PEOPLE)
    )
    assert cost < 100
    title = {"op": "Replace", "path": "title", "value": "Lead"}
    each("changing", lambda n: scim.patch(f"/Users/{made[n]}", title), range(200))
    each("finding", lambda n: scim.get(f'/Users?filter=userName eq "person.n{n}@corp.example"'), range(200))
    each("listing 200", lambda n: scim.get(f"/Users?startIndex={n * 200 + 1}&count=200"), range(5))
    group = scim.post(
        "/Groups", {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": one} for one in made]}
    )
    path = f"/Groups/{group[1]['id']}"
    away = lambda n: scim.patch(path, {"op": "Remove", "path": f'members[value eq "{made[n]}"]'})  # noqa: E731
    each("taking one of 1,000 from a group", away, range(100))
    each("ending", lambda n: scim.delete(f"/Users/{made[n]}"), range(100))
    assert scim.get("/Users?count=0")[1]["totalResults"] == PEOPLE - 100
