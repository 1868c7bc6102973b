"""Autocomplete names only who could read the text, and only tags that mark something the reader may see."""

import pytest
from django.urls import reverse

from feed.models import Community, Tag, TaggedPost
from tests.factories import AudienceFactory, DepartmentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def people(client, q, **params):
    return client.get(reverse("feed:suggest_people"), {"q": q, **params}).content.decode()


def tags(client, q):
    return client.get(reverse("feed:suggest_tags"), {"q": q}).content.decode()


def tag(post, name):
    found, _made = Tag.objects.get_or_create(name=name, defaults={"slug": name.lower()})
    TaggedPost.objects.create(tag=found, content_object=post, published_at=post.published_at)


def community(kind="open", members=(), name="Night shift"):
    audience = AudienceFactory(name=f"members of {name}", members=members)
    return Community.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), kind=kind, audience=audience, created_by=UserFactory()
    )


@pytest.fixture
def jana():
    return UserFactory(
        first_name="Jana",
        last_name="Müller",
        handle="jana.mueller",
        department=DepartmentFactory(name="Assembly"),
    )


@pytest.mark.parametrize("typed", ["jan", "Mül", "mueller", "jana m", "@jana.m", "assem"])
def test_colleague_is_found_by_name_handle_and_department(client_for, jana, typed):
    assert "@jana.mueller" in people(client_for(UserFactory(first_name="Zoe")), typed)


def test_who_left_is_not_suggested(client_for, jana):
    jana.is_active = False
    jana.save()
    assert "jana.mueller" not in people(client_for(UserFactory()), "jana")


def test_only_those_who_could_read_are_suggested(company, client_for):
    client = client_for(company.employee)
    inside = {"audience": f"audience:{company.foundry.pk}"}
    assert "@mats" in people(client, "mats", **inside)
    assert "@otto" not in people(client, "otto", **inside)
    assert "@otto" in people(client, "otto")
    here = {"audience": f"location:{company.employee.location_id}"}
    assert "@mats" in people(client, "mats", **here)
    assert "@otto" not in people(client, "otto", **here)
    upwards = {"audience": f"department:{company.executive.department_id}"}
    assert "@otto" in people(client, "otto", **upwards)
    post = company.foundry_article.post_page.post
    assert "@otto" not in people(client, "otto", post=post.pk)
    assert "@mats" in people(client, "mats", post=post.pk)


@pytest.mark.parametrize("audience", ["audience:{foundry}", "location:{location}", "department:{department}"])
def test_outsider_learns_nothing_about_an_audience(company, client_for, audience):
    employee = company.employee
    value = audience.format(
        foundry=company.foundry.pk, location=employee.location_id, department=employee.department_id
    )
    assert "<li" not in people(client_for(company.outsider), "", audience=value)
    post = company.foundry_article.post_page.post
    client = client_for(company.outsider)
    assert client.get(reverse("feed:suggest_people"), {"q": "m", "post": post.pk}).status_code == 404


@pytest.mark.parametrize(
    "audience", ["audience:x", "audience:", "nothing:3", "community:99999999999999999999", "²:1"]
)
def test_broken_audience_suggests_nobody(client_for, jana, audience):
    assert "<li" not in people(client_for(UserFactory()), "jana", audience=audience)


def test_closed_community_is_named_only_inside_itself(client_for):
    member, stranger = UserFactory(), UserFactory()
    closed = community("closed", members=[member])
    assert "night-shift" not in people(client_for(stranger), "night")
    assert "night-shift" not in people(client_for(member), "night")
    inside = {"audience": f"community:{closed.pk}"}
    assert "night-shift" in people(client_for(member), "night", **inside)
    assert "<li" not in people(client_for(stranger), "", **inside)


def test_open_community_is_suggested_with_its_members(client_for):
    place = community(members=[UserFactory(first_name="Inge", handle="inge")])
    client = client_for(UserFactory())
    assert "@night-shift" in people(client, "night")
    assert "@inge" in people(client, "inge", audience=f"community:{place.pk}")
    assert "night-shift" not in people(client, "night", only="people")


def test_question_may_go_to_a_department(client_for, jana):
    assert 'data-value="Assembly"' in people(client_for(UserFactory()), "assem", only="addressees")


def test_tags_are_counted_over_what_the_reader_may_see(company, client_for):
    for post in (PostFactory(), PostFactory(), PostFactory(audience=company.foundry)):
        tag(post, "Klebstoff")
    tag(PostFactory(audience=company.foundry), "Klemmbrett")
    seen = tags(client_for(company.outsider), "kle")
    assert "2 times" in seen
    assert "Klemmbrett" not in seen
    assert "Klemmbrett" in tags(client_for(company.employee), "#Kle")


def test_suggestions_take_the_same_queries_for_many(client_for, django_assert_max_num_queries):
    for number in range(12):
        UserFactory(first_name=f"Jan{number}", department=DepartmentFactory(name=f"Hall {number}"))
    client = client_for(UserFactory())
    people(client, "jan")
    with django_assert_max_num_queries(5):
        assert people(client, "jan").count("<li") == 8
