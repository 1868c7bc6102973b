"""What readers send and get back, with htmx and without."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.models import Comment, Draft, Post
from people import ratelimit
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def post():
    return PostFactory()


@pytest.fixture
def reader(client_for):
    """A colleague's browser; `reader.person` is the colleague."""
    person = UserFactory()
    client = client_for(person)
    client.person = person
    return client


def comments_of(post):
    return reverse("feed:comments", args=[post.pk])


def page(answer):
    return answer.content.decode()


def test_plain_comment_leads_to_its_place_on_the_page(reader, post):
    answer = reader.post(comments_of(post), {"body": "Hello.", "key": "k"}, follow=True)
    comment = Comment.objects.get()
    assert answer.redirect_chain == [(f"/posts/{post.pk}/?at={comment.pk}#comment-{comment.pk}", 303)]
    assert "<p>Hello.</p>" in page(answer)


def test_htmx_comment_comes_back_as_list_item_with_the_new_count(reader, post):
    answer = reader.post(comments_of(post), {"body": "Hello.", "key": "k"}, headers=HTMX)
    assert answer.status_code == 201
    assert f'id="comment-{Comment.objects.get().pk}" data-focus' in page(answer)
    assert 'hx-swap-oob="true">1 comment</h2>' in page(answer)


def test_htmx_answer_comes_back_naming_whom_it_answers(reader):
    top = CommentFactory()
    url = f"{comments_of(top.post)}?reply_to={top.pk}"
    answer = reader.post(url, {"body": "Yes.", "key": "k"}, headers=HTMX)
    made = Comment.objects.get(root=top)
    assert f'href="/comments/{top.pk}/"' in page(answer)
    assert f"replies-{made.pk}" not in page(answer), "an answer has no list of its own"


@pytest.mark.parametrize(("headers", "status"), [({}, 422), (HTMX, 422)])
def test_empty_comment_comes_back_with_a_sentence(reader, post, headers, status):
    answer = reader.post(comments_of(post), {"body": "  \n ", "key": "k"}, headers=headers)
    assert answer.status_code == status
    assert "Write something first." in page(answer)
    assert ("<html" in page(answer)) is (headers == {})


def test_text_too_long_comes_back_whole(reader, post):
    body = "word " * 2500 + "the end"
    answer = reader.post(comments_of(post), {"body": body, "key": "k"}, headers=HTMX)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "closest text-composer"
    assert "the end</textarea>" in page(answer)


def test_refused_comment_comes_back_with_reason_and_text(reader, post):
    Post.objects.update(locked_at=timezone.now(), lock_reason="It went in circles.")
    answer = reader.post(comments_of(post), {"body": "But I say", "key": "k"})
    assert answer.status_code == 422
    assert "It went in circles." in page(answer)
    assert "But I say</textarea>" in page(answer)


def test_answer_to_a_deleted_comment_comes_back_with_the_text(reader):
    top = CommentFactory(deleted=True)
    answer = reader.post(
        f"{comments_of(top.post)}?reply_to={top.pk}", {"body": "But I say", "key": "k"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "But I say</textarea>" in page(answer)
    assert top.author.name not in page(answer)


def test_31st_comment_in_a_minute_has_to_wait_and_a_replay_is_not_counted(
    reader, client_for, post, monkeypatch
):
    most, _minute = ratelimit.LIMITS["comment"]
    assert (most, _minute) == (30, 60)
    monkeypatch.setitem(ratelimit.LIMITS, "comment", (most, 7200))  # a slow machine needs more than a minute
    for number in range(30):
        sent = {"body": f"Number {number}", "key": str(number)}
        assert reader.post(comments_of(post), sent, headers=HTMX).status_code == 201
    for _ in range(5):
        assert (
            reader.post(comments_of(post), {"body": "Number 3", "key": "3"}, headers=HTMX).status_code == 201
        )
    answer = reader.post(comments_of(post), {"body": "One too many", "key": "x"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 7200
    assert "One too many</textarea>" in page(answer)
    assert reader.post(comments_of(post), {"body": "One too many", "key": "x"}).status_code == 429, (
        "nor twice"
    )
    other = client_for(UserFactory())
    assert other.post(comments_of(post), {"body": "Me too", "key": "x"}, headers=HTMX).status_code == 201


def test_comment_on_what_the_reader_may_not_see_is_absent(company, client_for):
    post = company.foundry_article.post_page.post
    client = client_for(company.outsider)
    assert client.post(comments_of(post), {"body": "x", "key": "k"}).status_code == 404
    assert client.get(reverse("feed:comment", args=[CommentFactory(post=post).pk])).status_code == 404


def test_answer_form_opens_in_place_with_its_draft(reader):
    top = CommentFactory()
    Draft.objects.create(user=reader.person, place=f"reply:{top.pk}", body="half a thought")
    url = reverse("feed:comment_reply", args=[top.pk])
    assert "half a thought</textarea>" in page(reader.get(url, headers=HTMX))
    plain = reader.get(url, follow=True)
    assert "half a thought</textarea>" in page(plain), "without JavaScript the page shows the form"
    assert f"reply={top.pk}#slot-{top.pk}" in plain.redirect_chain[0][0]


def test_preview_shows_what_will_be_sent(reader, post):
    url = reverse("feed:preview", args=[post.pk])
    assert "<strong>loud</strong>" in page(reader.post(url, {"body": "**loud** <script>x</script>"}))
    assert reader.post(url, {"body": "x" * 20_001}).status_code == 422


def test_editor_saves_in_place_and_marks_what_is_old(reader):
    comment = CommentFactory(author=reader.person, created_at=timezone.now() - timedelta(hours=1))
    url = reverse("feed:comment_edit", args=[comment.pk])
    assert f'name="version" value="{comment.version}"' in page(reader.get(url, headers=HTMX))
    answer = reader.post(url, {"body": "Better.", "version": 1}, headers=HTMX)
    assert "<p>Better.</p>" in page(answer)
    assert reverse("feed:comment_history", args=[comment.pk]) in page(answer)
    history = page(reader.get(reverse("feed:comment_history", args=[comment.pk])))
    assert "I see it" in history
    assert "Better." in history


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_second_editor_gets_both_texts_and_nothing_is_overwritten(reader, headers):
    comment = CommentFactory(author=reader.person)
    url = reverse("feed:comment_edit", args=[comment.pk])
    reader.post(url, {"body": "From the phone.", "version": 1})
    answer = reader.post(url, {"body": "From the desk.", "version": 1}, headers=headers)
    assert answer.status_code == 409
    assert "<p>From the phone.</p>" in page(answer)
    assert "From the desk.</textarea>" in page(answer)
    assert 'name="version" value="2"' in page(answer)
    comment.refresh_from_db()
    assert comment.body == "From the phone."


def test_stranger_finds_no_edit_form(reader):
    comment = CommentFactory()
    assert reader.get(reverse("feed:comment_edit", args=[comment.pk])).status_code == 404
    assert (
        reader.post(reverse("feed:comment_edit", args=[comment.pk]), {"body": "x", "version": 1}).status_code
        == 404
    )
    assert reader.post(reverse("feed:comment_delete", args=[comment.pk])).status_code == 404
    assert reader.post(reverse("feed:comment_undelete", args=[comment.pk])).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_deletion_offers_to_undo(reader, headers):
    comment = CommentFactory(author=reader.person)
    answer = reader.post(reverse("feed:comment_delete", args=[comment.pk]), headers=headers, follow=True)
    undo = reverse("feed:comment_undelete", args=[comment.pk])
    assert undo in page(answer)
    reader.post(undo, headers=headers)
    assert Comment.objects.get().deleted_at is None


def test_late_undo_is_told(reader):
    comment = CommentFactory(author=reader.person, deleted_at=timezone.now() - timedelta(minutes=1))
    answer = reader.post(reverse("feed:comment_undelete", args=[comment.pk]), headers=HTMX)
    assert answer.status_code == 409
    assert "time to undo" in answer["HX-Trigger"]


def test_draft_is_kept_shown_again_and_removed_when_emptied(reader, post):
    place = f"comment:{post.pk}"
    assert reader.post("/drafts/", {"place": place, "body": "half a thought"}).status_code == 204
    assert "half a thought</textarea>" in page(reader.get(f"/posts/{post.pk}/"))
    assert reader.post("/drafts/", {"place": place, "body": ""}).status_code == 204
    assert not Draft.objects.exists()
    assert reader.post("/drafts/", {"place": "elsewhere", "body": "x"}).status_code == 422


def test_draft_is_nobody_elses(reader, post, client_for):
    reader.post("/drafts/", {"place": f"comment:{post.pk}", "body": "half a thought"})
    assert "half a thought" not in page(client_for(UserFactory(is_superuser=True)).get(f"/posts/{post.pk}/"))


def test_limit_of_uploads_is_told_beside_the_text(reader, post, monkeypatch, picture):
    monkeypatch.setitem(ratelimit.LIMITS, "upload", (0, 3600))
    answer = reader.post(comments_of(post), {"body": "See this", "image_1": picture(), "alt_1": "A scale"})
    assert answer.status_code == 429
    assert "See this</textarea>" in page(answer)
