"""Topics as people meet them: the page of a tag, all tags, the week's, what belongs together; never what is hidden."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from feed.actions import following, muting, tagging
from feed.models import Tag
from feed.streams import topics
from tests.factories import ArticleFactory, AudienceFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    cache.clear()


def marked(words, *, days_ago=0.0, **fields):
    post = PostFactory(body=words, published_at=timezone.now() - timedelta(days=days_ago), **fields)
    tagging.tag(post=post)
    return post


def page(client, slug, **query):
    return client.get(reverse("feed:tag", args=[slug]), query)


def test_tag_page_shows_posts_and_articles_with_it(company, client_for):
    marked("Der Ofen läuft. #Gießerei")
    ArticleFactory(title="Warum wir gießen", tags=["Gießerei"])
    marked("Etwas anderes #kantine")
    Tag.objects.filter(slug="giesserei").update(description="Alles aus der Gießerei.")
    shown = page(client_for(company.employee), "giesserei").content.decode()
    assert all(words in shown for words in ("Der Ofen läuft", "Warum wir gießen", "Alles aus der Gießerei"))
    assert "Etwas anderes" not in shown
    assert "2 posts and articles" in shown


def test_other_spellings_and_earlier_names_lead_to_the_tag(company, client_for):
    marked("#Prüfstand")
    client = client_for(company.employee)
    for spelling in ("Prüfstand", "PRUEFSTAND", "prüfstand"):
        assert page(client, spelling).url == reverse("feed:tag", args=["pruefstand"])
    tagging.rename(tag=Tag.objects.get(slug="pruefstand"), name="Testlab", by=company.communications)
    assert page(client, "pruefstand").url == reverse("feed:tag", args=["testlab"])
    assert page(client, "testlab").status_code == 200


def test_tag_that_marks_only_hidden_things_is_as_absent_as_any(company, client_for):
    inside = AudienceFactory(members=[company.executive])
    marked("Geheim. #projektx #kantine", audience=inside)
    marked("Frei. #kantine")
    client = client_for(company.employee)
    hidden, absent = page(client, "projektx"), page(client, "nothing")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.templates[0].name == absent.templates[0].name
    for address in (reverse("feed:tags"), reverse("feed:tag", args=["kantine"])):
        shown = client.get(address).content.decode()
        assert "projektx" not in shown and "Geheim" not in shown
    assert "1 post or article" in page(client, "kantine").content.decode()
    assert "projektx" not in {one["name"] for one in topics.of_week(company.employee)}
    assert page(client_for(company.executive), "projektx").status_code == 200


def test_earlier_name_of_a_hidden_tag_leads_nowhere(company, client_for):
    marked("#projektx", audience=AudienceFactory(members=[company.executive]))
    tagging.rename(tag=Tag.objects.get(slug="projektx"), name="projekty", by=company.communications)
    assert page(client_for(company.employee), "projektx").status_code == 404


def test_topics_of_the_week_are_counted_against_the_week_before(company):
    for days in (1, 2, 3, 8):
        marked("#rising", days_ago=days)
    for days in (1, 8, 9, 10):
        marked("#falling", days_ago=days)
    marked("#old", days_ago=9)
    found = [(one["name"], one["number"], one["change"]) for one in topics.of_week(company.employee)]
    found = [one for one in found if one[0] in ("rising", "falling", "old")]
    assert found == [("rising", 3, 2), ("falling", 1, -2)]


def test_readers_of_other_audiences_have_other_topics(company):
    marked("#open")
    marked("#inside", audience=AudienceFactory(members=[company.executive]))
    assert {one["name"] for one in topics.of_week(company.employee)} & {"open", "inside"} == {"open"}
    executive = type(company.executive).objects.get(pk=company.executive.pk)
    assert {one["name"] for one in topics.of_week(executive)} >= {"open", "inside"}


def test_what_stands_beside_a_tag_most_often_is_related(company):
    for words in ("#a #b", "#a #b #c", "#d"):
        marked(words)
    found = topics.related(company.employee, Tag.objects.get(slug="a"))
    assert [one["name"] for one in found] == ["b", "c"]


def test_tag_is_followed_and_muted_from_its_page(company, client_for):
    marked("#kantine")
    tag = Tag.objects.get(slug="kantine")
    client = client_for(company.employee)
    following.follow(follower=company.employee, tag=tag)
    assert "Following" in page(client, "kantine").content.decode()
    assert "#kantine" in client.get(reverse("feed:tags")).content.decode()
    muting.mute(follower=company.employee, tag=tag)
    assert "Show again" in page(client, "kantine").content.decode()


def test_only_communications_is_offered_the_upkeep(company, client_for):
    marked("#kantine")
    assert "/admin/merge-tag/" in page(client_for(company.communications), "kantine").content.decode()
    assert "/admin/merge-tag/" not in page(client_for(company.employee), "kantine").content.decode()


def test_tags_are_paged_by_name(company, client_for):
    for number in range(topics.SIZE + 2):
        marked(f"#word{number:03}")
    client = client_for(company.employee)
    first = client.get(reverse("feed:tags"))
    rest = client.get(reverse("feed:tags"), {"after": first.context["page"].after})
    names = [[tag.name for tag in answer.context["page"]] for answer in (first, rest)]
    assert len(names[0]) == topics.SIZE and f"word{topics.SIZE + 1:03}" in names[1]
    assert not set(names[0]) & set(names[1])
