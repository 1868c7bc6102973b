"""Searching as a reader: words in any form, operators, filters, help; and whatever else lands in the box."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feed.actions import comment_editing, commenting, indexing, post_editing, posting, questions, scheduling
from feed.models import Post, SearchEntry
from people.actions import privacy
from tests.factories import ArticleFactory, CommentFactory, CommunityFactory, PostFactory
from tests.intranet.searching import search, suggestions


def say(author, body, **more):
    return posting.add(author=author, body=body, created_at=timezone.now(), **more)


@pytest.fixture
def reader(company, client_for):
    return client_for(company.outsider)


def test_word_is_found_in_its_other_forms_and_marked(company, reader):
    say(company.executive, "Die Samstagsschichten in beiden Häusern bleiben. <b>Wirklich</b>.")
    for typed in ("Samstagsschicht", "haus", "Haeuser", "HÄUSERN"):
        assert search(reader, typed).titles == [
            "Die Samstagsschichten in beiden Häusern bleiben. <b>Wirklich</b>."
        ], typed
    page = search(reader, "Haus")
    assert "Häusern" in page.marked
    assert "<b>Wirklich" not in page.results


def test_beginning_of_a_compound_is_found_where_the_word_alone_is_rare(company, reader):
    say(company.executive, "Der Schichtplan hängt aus.")
    assert search(reader, "Schicht").titles == ["Der Schichtplan hängt aus."]


def test_exact_phrase_unwanted_word_and_small_words(company, reader):
    say(company.executive, "The night shift starts on Monday.")
    say(company.executive, "A shift in the night is long.")
    assert search(reader, '"night shift"').titles == ["The night shift starts on Monday."]
    assert search(reader, "night shift -monday").titles == ["A shift in the night is long."]
    assert len(search(reader, "the shift at night").titles) == 2


def test_operators_narrow_by_author_tag_and_place(company, reader):
    place = CommunityFactory(name="Radfahrer", owner=company.employee, members=[company.outsider])
    say(company.employee, "Neue Reifen #technik", community=place)
    say(company.executive, "Neue Reifen für den Stapler #technik")
    say(company.executive, "Neue Reifen")
    assert len(search(reader, "Reifen").titles) == 3
    assert search(reader, "reifen from:eva").titles == ["Neue Reifen #technik"]
    assert search(reader, 'Reifen von:"Henrike Rautenfeld" tag:technik').titles == [
        "Neue Reifen für den Stapler #technik"
    ]
    assert search(reader, "Reifen in:radfahrer").titles == ["Neue Reifen #technik"]
    assert search(reader, "from:me").titles == []
    assert search(reader, "reifen", author="eva").titles == ["Neue Reifen #technik"]
    assert search(reader, "reifen", department="Founder").titles == []
    assert search(reader, "reifen", department="Foundry").titles == ["Neue Reifen #technik"]


def test_blog_article_is_found_by_title_text_blog_and_language(company, reader):
    ArticleFactory(
        blog=company.blog, author=company.executive, title="Der Parkplatz im Westen", languages=("de", "en"),
        text="<p>Ab März gibt es dort Leuchten.</p>",
    )  # fmt: skip
    say(company.employee, "Wann kommen die Leuchten am Parkplatz?")
    page = search(reader, "Parkplätze Leuchte")
    assert page.titles[0] == "Der Parkplatz im Westen"
    assert page.tabs["Everything"] == "2", "both versions of one article are one hit"
    assert page.tabs["Blogs"] == "1" and page.tabs["Feed"] == "1"
    assert search(reader, "Leuchten", kind="articles").titles == ["Der Parkplatz im Westen"]
    blog = company.blog.pages.get(locale__language_code="de")
    assert search(reader, f"Leuchten in:{blog.slug}").titles == ["Der Parkplatz im Westen"]


def test_comment_and_answer_say_where_they_stand(company, reader):
    post = say(company.employee, "Wer kennt den Schlüssel zum Lager?", kind="question", ask=questions.Ask())
    comment = commenting.add(post=post, author=company.executive, body="Der Schlüssel hängt bei Otto.")
    page = search(reader, "Schlüssel")
    assert "on: Wer kennt den Schlüssel zum Lager?" in page.titles
    assert "Open for" in page.text
    questions.accept(question=post.questions.get(), comment=comment, by=company.employee)
    page = search(reader, "Schlüssel")
    assert page.tabs["Answers"] == "1"
    assert "Answer to a question" in page.text


def test_period_language_and_order(company, reader):
    old = say(company.executive, "Das Sommerfest war schön.")
    Post.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=500))
    indexing.put_post(post=Post.objects.get(pk=old.pk))
    say(
        company.executive,
        "Sommerfest, Sommerfest, Sommerfest: wir haben es schon wieder geschafft und danken.",
    )
    assert len(search(reader, "Sommerfest", period="year").titles) == 1
    assert len(search(reader, "Sommerfest", period="week", language="en").titles) == 0
    newest = search(reader, "Sommerfest", order="newest").titles
    assert newest[-1] == "Das Sommerfest war schön."


def test_people_communities_and_tags_are_found_beside_texts(company, reader):
    CommunityFactory(name="Imkerei", owner=company.employee)
    say(company.employee, "Honig ist da. #imkerei")
    page = search(reader, "Imkerei")
    assert page.tabs["Communities"] == "1" and page.tabs["Tags"] == "1"
    assert search(reader, "Henrike Rautenfeld").titles[0] == "Henrike Rautenfeld"
    assert search(reader, "henrike", kind="people").titles == ["Henrike Rautenfeld"]
    assert search(reader, "imkerei", kind="communities").titles == ["Imkerei"]


def test_more_hits_than_a_page_are_reached_page_by_page(company, reader):
    for number in range(23):
        say(company.executive, f"Kaffeemaschine Nummer {number}")
    first, second = search(reader, "Kaffeemaschine"), search(reader, "Kaffeemaschine", page=2)
    assert len(first.titles) == 20 and len(second.titles) == 3
    assert not set(first.titles) & set(second.titles)
    assert 'rel="next"' in first.results and 'rel="next"' not in second.results


def test_nothing_found_helps_on(company, reader):
    say(company.executive, "Die Betriebsversammlung ist am Dienstag.")
    page = search(reader, "Betriebsversamlung")
    assert "Nothing found." in page.text and "Betriebsversammlung" in page.text
    page = search(reader, "Betriebsversammlung", language="en")
    assert "Search without filters" in page.text
    page = search(reader, "Betriebsversammlung Zeppelin")
    assert "One word finds more: Betriebsversammlung" in page.text
    assert "Ask your colleagues in the feed" in page.text
    assert f"{reverse('feed:write')}?kind=question&amp;body=Betriebsversammlung%20Zeppelin" in page.results


def test_suggestions_offer_people_titles_communities_and_tags(company, reader):
    CommunityFactory(name="Henkeltassen", owner=company.employee)
    offered = suggestions(reader, "hen")
    assert "Henrike Rautenfeld" in offered and "Henkeltassen" in offered
    assert "Why we keep the foundry" in suggestions(reader, "foun")
    assert suggestions(reader, "") == ""


def test_text_follows_what_is_written_changed_and_erased(company, reader):
    post = posting.add(author=company.employee, body="Zwiebelkuchen in der Kantine")
    comment = commenting.add(post=post, author=company.employee, body="Mit Kümmel?")
    assert search(reader, "Zwiebelkuchen").titles and search(reader, "Kümmel").titles
    post_editing.edit(post=post, editor=company.employee, body="Flammkuchen in der Kantine", version=1)
    comment_editing.edit(comment=comment, editor=company.employee, body="Mit Speck?", version=1)
    assert not search(reader, "Zwiebelkuchen").titles and not search(reader, "Kümmel").titles
    assert search(reader, "Flammkuchen").titles and search(reader, "Speck").titles
    privacy.erase(user=company.employee, keep_content=False)
    assert not SearchEntry.objects.filter(author=company.employee).exists()
    assert not search(reader, "Flammkuchen").titles


def test_scheduled_post_is_found_when_it_appears(company, client_for, reader):
    post = posting.add(
        author=company.employee, body="Osterhasen im Lager", publish_at=timezone.now() + timedelta(hours=1)
    )
    assert not search(reader, "Osterhasen").titles
    assert not search(client_for(company.employee), "Osterhasen").titles
    Post.objects.filter(pk=post.pk).update(publish_at=timezone.now())
    scheduling.publish_due()
    assert search(reader, "Osterhasen").titles == ["Osterhasen im Lager"]


def test_rebuilding_brings_back_what_is_missing_and_leaves_the_rest(company, reader):
    PostFactory(body="Past the actions: Quittengelee.")
    CommentFactory(post=company.post, body="Past the actions too: Holunder.")
    assert indexing.missing() > 0
    assert sum(written for _seen, written in indexing.rebuild()) >= 2
    assert indexing.missing() == 0
    assert sum(written for _seen, written in indexing.rebuild()) == 0
    assert search(reader, "Quittengelee").titles and search(reader, "Holunder").titles


HOSTILE = (
    '"', '-"', "from:", "tag: in: from:", "-", "- -a", "*", "a*", "NEAR(a b, 2)", "title_de : x", "a AND OR NOT",
    "(((", "a' OR 1=1 --", "%", "_", "\\", "foo\\", "x" * 10_000, "a " * 150, '"a b" ' * 40, "[a-z]+$", "ÄÖÜ ß ẞ",
    "漢字", "👩‍👩‍👧", "\u202eabc", "'x':*", "a & b | !c <-> d", "from:a from:b from:c from:d", "1e5x 3e0y", "tag:#",
    "\t\n", "e\u0301" * 40, "-a -b -c", 'in:"', "a\x00b",
)  # fmt: skip


@pytest.mark.parametrize("address", ["search", "search_suggest"])
def test_whatever_is_typed_gets_an_answer_and_stays_in_the_box(company, reader, address):
    for typed in HOSTILE:
        answer = reader.get(reverse(address), {"q": typed})
        assert answer.status_code in (200, 400), typed
    page = reader.get(reverse("search"), {"q": 'x" onfocus="alert(1)' + "y" * 300})
    assert page.status_code == 400
    assert "x&quot; onfocus=&quot;alert(1)y" in page.content.decode()
    for odd in (
        {"q": "a", "page": "999999999"},
        {"q": "a", "page": "-1"},
        {"q": "a", "kind": "x"},
        {"q": "a", "period": "x"},
    ):
        assert reader.get(reverse("search"), odd).status_code in (200, 400)


def test_nul_in_the_address_is_refused(company, reader):
    assert reader.get("/search/?q=a%00b").status_code == 400


def test_search_costs_the_same_number_of_queries_however_much_is_found(company, client_for):
    client = client_for(company.employee)

    def queries():
        client.get(reverse("search"), {"q": "Werkzeug"})
        with CaptureQueriesContext(connection) as found:
            page = search(client, "Werkzeug")
        assert len(page.titles) == 20
        return len(found)

    def grow(number):
        for one in range(number):
            post = say(company.executive, f"Werkzeug Nummer {one}")
            commenting.add(
                post=post, author=company.employee, body="Welches Werkzeug?", created_at=timezone.now()
            )

    grow(12)
    few = queries()
    grow(48)
    many = queries()
    print(f"{few} queries")
    assert few == many <= 22
