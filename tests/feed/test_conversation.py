"""A conversation as its readers see it: order, pages, answers, tombstones, and as few queries for fifty as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feed import streams
from feed.models import Comment
from tests.factories import CommentFactory, PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db


def roots(post, count):
    """Comments, a minute apart, oldest first."""
    start = timezone.now() - timedelta(days=1)
    return [
        CommentFactory(post=post, created_at=start + timedelta(minutes=n), support=n % 7)
        for n in range(count)
    ]


def test_pages_show_every_root_once_in_each_order():
    post, user = PostFactory(), UserFactory()
    made = roots(post, 45)
    for sort in streams.SORTS:
        seen, after = [], ""
        while True:
            found = streams.thread(user, post, sort=sort, after=after)
            seen += found.roots
            after = found.after
            if not after:
                break
        assert len(seen) == 45
        assert set(seen) == set(made)
    assert [one.support for one in seen] == sorted((one.support for one in made), reverse=True)


def test_link_to_any_comment_begins_with_it():
    post, user = PostFactory(), UserFactory()
    made = roots(post, 45)
    answers = [CommentFactory(reply_to=made[3]) for _ in range(12)]
    found = streams.thread(user, post, sort="newest", at=made[3])
    assert found.roots[:2] == [made[3], made[2]]
    found = streams.thread(user, post, sort="newest", at=answers[8])
    assert found.roots[0] == made[3]
    assert found.roots[0].shown_replies[0] == answers[8]
    assert found.roots[0].starts_inside


def test_long_chain_shows_its_beginning_and_goes_on_by_pages():
    top, user = CommentFactory(), UserFactory()
    last, chain = top, []
    for _ in range(40):
        last = CommentFactory(reply_to=last)
        chain.append(last)
    found = streams.thread(user, top.post)
    assert found.roots[0].shown_replies == chain[:3]
    assert found.roots[0].more_replies == 37
    found.roots[0].post = top.post
    page = streams.replies(user, found.roots[0], after=found.roots[0].replies_after)
    assert page.items == chain[3:33]
    assert streams.replies(user, found.roots[0], after=page.after).items == chain[33:]


def test_conversation_takes_the_same_queries_for_one_and_for_fifty(client_for):
    client, counts = client_for(UserFactory()), []
    for count in (1, 50):
        post = PostFactory()
        for root in roots(post, count):
            CommentFactory(reply_to=CommentFactory(reply_to=root))
            ReactionFactory(comment=root)
        client.get(f"/posts/{post.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("feed:comments", args=[post.pk]), headers={"HX-Request": "true"})
        counts.append(len(asked))
    # session (from the cache with Redis), user, access, post, versions; roots, answers, pictures, questions, mine
    assert counts[0] == counts[1] <= 10


def test_deleted_comment_leaves_a_tombstone_only_where_somebody_answered(client_for):
    post = PostFactory()
    lonely = CommentFactory(post=post, body="secret one", deleted=True)
    answered = CommentFactory(post=post, body="secret two", deleted=True)
    CommentFactory(reply_to=answered, body="an answer")
    page = client_for(UserFactory()).get(f"/posts/{post.pk}/").content.decode()
    assert f'id="comment-{lonely.pk}"' not in page
    assert f'id="comment-{answered.pk}"' in page
    assert "The writer has deleted this comment." in page
    assert "secret" not in page
    assert answered.author.name not in page


def test_hidden_comment_names_the_moderator_and_the_reason_but_neither_words_nor_writer(company, client_for):
    writer = UserFactory(first_name="Wilma", last_name="Secretname")
    CommentFactory(
        post=company.post, author=writer, body="secret words", hidden=True, hidden_by=company.moderator,
        hidden_reason="House rule 3.",
    )  # fmt: skip
    url = company.article.post_page.url
    page = client_for(company.employee).get(url).content.decode()
    assert "removed this comment: House rule 3." in page
    assert company.moderator.name in page
    assert "secret words" not in page
    assert "Secretname" not in page
    for role in (company.moderator, writer):
        assert "secret words" in client_for(role).get(url).content.decode()


def test_held_comment_shows_to_its_writer_and_those_who_approve(client_for):
    post = PostFactory(comment_rule="approval")
    held = CommentFactory(post=post, held=True, body="wait for me")
    everyone = {
        "writer": held.author,
        "author": post.author,
        "stranger": UserFactory(),
        "admin": UserFactory(is_superuser=True),
    }
    seen = {
        who: "wait for me" in client_for(user).get(f"/posts/{post.pk}/").content.decode()
        for who, user in everyone.items()
    }
    assert seen == {"writer": True, "author": True, "stranger": False, "admin": True}


def test_answer_names_whom_it_answers_and_not_who_was_hidden(client_for):
    top = CommentFactory(author__last_name="Visiblename")
    hidden = CommentFactory(reply_to=top, author__last_name="Secretname", hidden=True)
    CommentFactory(reply_to=hidden, body="to the hidden one")
    page = client_for(UserFactory()).get(f"/posts/{top.post_id}/").content.decode()
    assert "to the hidden one" in page
    assert "a removed comment" in page
    assert "Secretname" not in page


def test_own_stance_is_pressed_and_foreign_language_is_marked(client_for):
    comment = CommentFactory(language="de", reaction_counts={"agree": 1})
    reaction = ReactionFactory(comment=comment, kind="agree")
    page = client_for(reaction.user).get(f"/posts/{comment.post_id}/").content.decode()
    assert f'id="react-{comment.pk}-agree" name="kind" value="agree" aria-pressed="true"' in page
    assert '<div class="c-body prose-sm" lang="de">' in page


@pytest.mark.parametrize(
    "query", ["after=nonsense", "after=WzFd", "at=x", "at=99999999999999999999", "reply=-1", "sort=x"]
)
def test_odd_addresses_are_never_errors(query, client_for):
    post = PostFactory()
    CommentFactory(post=post)
    assert client_for(UserFactory()).get(f"/posts/{post.pk}/?{query}").status_code in (200, 400)


def test_permalink_leads_to_the_page_that_begins_with_the_comment(company, client_for):
    client = client_for(company.employee)
    answer = client.get(reverse("feed:comment", args=[company.comment.pk]))
    assert answer["Location"].endswith(f"?at={company.comment.pk}#comment-{company.comment.pk}")
    assert f'id="comment-{company.comment.pk}"' in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("state", ["hidden", "deleted", "held"])
def test_permalink_to_what_a_reader_may_not_see_is_absent(state, client_for):
    comment = CommentFactory(**{state: True})
    assert client_for(UserFactory()).get(reverse("feed:comment", args=[comment.pk])).status_code == 404


def test_withdrawn_article_has_no_conversation(company, client_for):
    for page in company.article.post_page.post.pages.all():
        page.page.specific.unpublish()
    answer = client_for(company.outsider).get(company.article.post_page.url)
    assert "Görlitz?" not in answer.content.decode()
    assert not Comment.objects.visible_to(company.outsider).exists()
