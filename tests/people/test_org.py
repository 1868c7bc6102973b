"""The organisation chart: from anyone up and down, in pages, and safe whatever the source says."""

import pytest
from django.urls import reverse

from people.actions import leaving
from people.models import RoleGrant, User
from people.roles import PEOPLE_ADMINISTRATORS
from people.streams import lines, org
from tests.factories import AudienceFactory, UserFactory

pytestmark = pytest.mark.django_db


def chain(length, top=None, prefix="L"):
    """People who report to one another, the top first."""
    made = []
    for number in range(length):
        above = made[-1] if made else top
        made.append(UserFactory(first_name=f"{prefix}{number:02}", last_name="Kette", manager=above))
    return made


def shown(chart):
    return [node.person.name for node in chart.rows()]


def test_twelve_levels_up_and_everybody_below_is_counted(company, client_for):
    people = chain(12)
    for number in range(40):
        UserFactory(first_name=f"R{number:02}", last_name="Team", manager=people[5])
    chart = org.around(people[5])
    assert shown(chart)[:6] == [person.name for person in people[:6]]
    assert chart.nodes[0].below == 51
    team = chart.rows()[5]
    assert (team.below, team.direct, len(team.children), team.rest) == (46, 41, 6, 35)
    assert team.children[0].person == people[6]  # who has people of their own comes first
    text = client_for(company.employee).get(reverse("people:org", args=[people[11].handle])).content.decode()
    assert all(person.name in text for person in people)


def test_the_rest_comes_in_pages_without_a_gap(company, client_for):
    boss = UserFactory()
    team = [UserFactory(first_name=f"R{n:02}", last_name="Team", manager=boss) for n in range(30)]
    client, url = client_for(company.employee), reverse("people:org_below", args=[boss.handle])
    first, seen = org.around(boss).nodes[0], []
    seen, after = [node.person for node in first.children], first.after
    while after:
        part = org.below(boss, after=after)
        text = client.get(f"{url}?after={after}", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in text
        assert text.count('class="org-node"') == len(part.nodes)
        seen, after = seen + [node.person for node in part.nodes], part.after
    assert seen == team
    assert "<html" in client.get(url).content.decode()  # without a script it is a page
    assert client.get(f"{url}?after=x").status_code == 404


def test_circles_and_self_managers_are_drawn_and_named_to_people_administrators(company, client_for):
    alone, one, two, three = (
        UserFactory(first_name=name, last_name="Kreis") for name in ("S", "A", "B", "C")
    )
    for person, above in ((alone, alone), (one, two), (two, three), (three, one)):
        User.objects.filter(pk=person.pk).update(manager=above)
    under = UserFactory(first_name="U", last_name="Kreis", manager=alone)
    found = lines.read()
    assert found.selves == [alone.pk]
    assert found.circles == [[one.pk, two.pk, three.pk]]
    assert found.way(two.pk) == [one.pk, three.pk, two.pk]
    assert shown(org.around(under)) == ["S Kreis", "U Kreis"]
    granted = AudienceFactory(name="HR", members=[company.outsider])
    RoleGrant.objects.create(role=PEOPLE_ADMINISTRATORS, audience=granted)
    url = reverse("people:org_tops")
    assert "is named as their own manager" in client_for(company.outsider).get(url).content.decode()
    assert "a circle; each is said" in client_for(company.outsider).get(url).content.decode()
    assert "Lines that cannot be" not in client_for(company.employee).get(url).content.decode()
    for person in (alone, one, two, three, under):
        assert (
            client_for(company.employee).get(reverse("people:org", args=[person.handle])).status_code == 200
        )


def test_the_team_of_somebody_who_left_hangs_below_the_next_one_up(company, client_for):
    top, middle, below = chain(3)
    leaving.deactivate(user=middle)
    assert shown(org.around(below)) == [top.name, below.name]
    assert lines.read().below[top.pk] == 1
    client = client_for(company.employee)
    absent = client.get(reverse("people:org", args=["absent"]))
    gone = client.get(reverse("people:org", args=[middle.handle]))
    assert (gone.status_code, absent.status_code) == (404, 404)


def test_tops_show_the_largest_first_and_count_who_stands_alone(company, client_for):
    small, large = chain(2, prefix="S"), chain(3, prefix="G")
    UserFactory(first_name="Solo", last_name="Solo")
    answer = client_for(company.employee).get(reverse("people:org_tops"))
    assert shown(answer.context["chart"]) == [company.executive.name, large[0].name, small[0].name]
    assert answer.context["alone"] == 1


def test_the_table_says_the_same_as_the_tree(company, client_for):
    people = chain(4)
    url = reverse("people:org", args=[people[2].handle])
    text = client_for(company.employee).get(f"{url}?as=table").content.decode()
    assert text.count("<tr") == 1 + 4
    assert "<caption" in text
    assert "org-node" not in text
