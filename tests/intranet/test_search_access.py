"""Nobody finds what they may not read: not in hits, counts, suggestions or proposals (A3, A4, A5)."""

import re

import pytest
from django.utils import timezone

from feed.actions import indexing, memberships, post_editing, posting
from feed.models import Comment, Post, SearchEntry
from intranet.search import finding, places, suggesting
from intranet.search.asking import read
from people.models import AudienceMember
from tests import leak_world, snapshots
from tests.factories import CommentFactory, CommunityFactory
from tests.intranet.searching import search, suggestions

WORD = re.compile(r"zq[a-z]+")


@pytest.fixture
def world(db):
    made = snapshots.build_once(leak_world.build)
    for _seen in indexing.rebuild():
        pass
    return made


ANYTHING = {"kind": "", "order": "", "period": "", "language": ""}
LISTING = (
    "from:{executive}",
    "from:{commenter}",
    "from:{insider}",
    "from:me",
    "zqbo zqto",
    "zqn",
    "zqt",
    "-zzz",
)


@pytest.mark.parametrize("role", [role for role in leak_world.ROLES if role != "deactivated"])
def test_role_finds_only_what_is_for_it(world, client_for, role):
    """What lists everything by its authors shows nothing else; no secret word finds, counts or offers anything."""
    person = world.people[role]
    client, seen = client_for(person), set()
    handles = {name: one.handle for name, one in world.people.items()}
    pages = [search(client, typed.format(**handles)) for typed in LISTING]
    pages += [search(client, "zqn", kind="communities"), search(client, "zqt", kind="tags")]
    for shown in [
        *(page.results for page in pages),
        *(suggestions(client, typed) for typed in ("zq", "zqt", "zqn")),
    ]:
        found = set(WORD.findall(shown)) & set(world.may)
        assert not {word for word in found if role not in world.may[word]}
        seen |= found
    assert {leak_world.word("b", "open"), leak_world.word("c", "cshown")} <= seen
    for word in [word for word, readers in world.may.items() if role not in readers]:
        asked = read(word)
        assert finding.find(person, asked, ANYTHING, language="de").base == [], word
        assert not any(
            list_of(person, asked) for list_of in (places.people, places.communities, places.tags)
        ), word
        assert suggesting.offers(person, word) == [], word


def test_hidden_word_and_absent_word_get_the_same_page(world, client_for):
    client = client_for(world.people["outsider"])
    hidden, absent = (search(client, word) for word in (leak_world.word("b", "audience"), "zqbaudienz"))
    assert "Nothing found." in hidden.text
    assert hidden.text.replace("zqbaudience", "") == absent.text.replace("zqbaudienz", "")
    assert hidden.tabs == absent.tabs == {"Everything": "0"}


def test_index_rule_is_the_rule_of_posts_and_comments(world):
    """The condition on entries says what `visible_to` of posts and comments says, for every role."""
    for person in world.people.values():
        entries = SearchEntry.objects.visible_to(person)
        comments = set(entries.exclude(comment=None).values_list("comment", flat=True))
        assert comments == set(Comment.objects.visible_to(person).shown().filter(
            post__in=Post.objects.visible_to(person).listed()).values_list("pk", flat=True))  # fmt: skip
        posts = set(entries.filter(comment=None).values_list("post", flat=True))
        assert posts <= set(Post.objects.visible_to(person).listed().values_list("pk", flat=True))


def test_operators_do_not_tell_a_closed_community_from_an_absent_one(world, client_for):
    client = client_for(world.people["outsider"])
    place, _post = world.places["closed"]
    hidden, absent = search(client, f"in:{place.slug}"), search(client, "in:zqnabsent")
    assert hidden.text == absent.text
    assert search(client, "x", kind="communities").tabs.keys() == {"Everything", "Communities"}


def test_change_of_rights_acts_on_the_next_search_without_indexing(company, client_for):
    place = CommunityFactory(
        name="Leitstand", kind="closed", owner=company.executive, members=[company.employee]
    )
    post = posting.add(author=company.executive, body="Geheimrezept für Grauguss", community=place)
    comment = CommentFactory(post=post, author=company.executive, body="Das Geheimrezept bleibt hier.")
    indexing.put_comment(comment=comment)
    member, outsider = client_for(company.employee), client_for(company.outsider)
    assert len(search(member, "Geheimrezept").titles) == 2
    assert search(outsider, "Geheimrezept").titles == []
    memberships.expel(community=place, user=company.employee)
    assert search(client_for(company.employee), "Geheimrezept").titles == []


def test_hidden_narrowed_and_deleted_posts_are_gone_at_once(company, client_for):
    reader = client_for(company.outsider)
    post = posting.add(author=company.executive, body="Vorläufige Zahlen zum Quartal")
    assert search(reader, "Quartal").titles
    Post.objects.filter(pk=post.pk).update(audience=company.foundry)
    assert not search(reader, "Quartal").titles
    assert search(client_for(company.employee), "Quartal").titles
    Post.objects.filter(pk=post.pk).update(audience=None, hidden_at=timezone.now())
    assert not search(reader, "Quartal").titles
    assert not search(client_for(company.moderator), "Quartal").titles, (
        "the queue lists hidden posts, not the search"
    )
    Post.objects.filter(pk=post.pk).update(hidden_at=None)
    post_editing.delete(post=Post.objects.get(pk=post.pk), by=company.executive)
    assert not search(reader, "Quartal").titles


def test_comment_that_went_to_another_post_is_found_under_the_rule_of_that_post(company, client_for):
    """Its row of the index is older; the narrower readers count all the same."""
    comment = CommentFactory(post=company.post, author=company.executive, body="Kupolofen")
    indexing.put_comment(comment=comment)
    narrow = company.foundry_article.post_page.post
    Comment.objects.filter(pk=comment.pk).update(post=narrow)
    assert not search(client_for(company.outsider), "Kupolofen").titles


def test_spelling_is_never_proposed_from_what_is_hidden(company, client_for):
    posting.add(author=company.executive, body="Das Zirkoniumgitter ist neu", audience=company.foundry)
    inside, outside = (
        search(client_for(who), "Zirkoniumgiter") for who in (company.employee, company.outsider)
    )
    assert "Zirkoniumgitter" in inside.text
    assert "Zirkoniumgitter" not in outside.text


def test_signed_out_people_search_nothing(client, company):
    assert client.get("/search/?q=foundry").status_code == 302
    assert client.get("/search/suggest/?q=fou", headers={"HX-Request": "true"}).status_code == 401


def test_removed_member_loses_an_audience_at_once(company, client_for):
    assert search(client_for(company.employee), "Only foundry").titles
    AudienceMember.objects.filter(user=company.employee).delete()
    assert not search(client_for(company.employee), "Only foundry").titles
