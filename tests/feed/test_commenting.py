"""Writing, changing and taking back comments: what stays, what is refused, what is counted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from feed.actions import comment_editing, commenting
from feed.actions.refusals import Conflict, Refused
from feed.models import Comment, Draft, IdempotencyKey, Post, Watch
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(post, author=None, body="I see it this way.", **more):
    return commenting.add(post=post, author=author or UserFactory(), body=body, **more)


def counters(post):
    post.refresh_from_db()
    return post.comment_count


def test_answer_to_an_answer_keeps_top_and_whom_it_answers():
    top = CommentFactory()
    first = write(top.post, reply_to=top)
    second = write(top.post, reply_to=first)
    assert (first.root_id, first.reply_to_id) == (top.pk, top.pk)
    assert (second.root_id, second.reply_to_id) == (top.pk, first.pk)
    top.refresh_from_db()
    assert top.reply_count == 2
    assert counters(top.post) == 3


def test_comment_is_rendered_once_and_its_language_guessed():
    comment = write(PostFactory(), body="Das ist **nicht** der Grund, warum wir das so machen.")
    assert comment.body_html == "<p>Das ist <strong>nicht</strong> der Grund, warum wir das so machen.</p>"
    assert comment.language == "de"


def test_comment_moves_last_activity_and_makes_its_writer_watch():
    post = PostFactory(published_at=timezone.now() - timedelta(days=9))
    comment = write(post)
    post.refresh_from_db()
    assert post.last_activity_at == comment.created_at
    assert Watch.objects.filter(user=comment.author, post=post, level="watching").exists()


def test_writer_who_muted_the_conversation_stays_muted():
    post, author = PostFactory(), UserFactory()
    Watch.objects.create(user=author, post=post, level=Watch.Level.MUTED)
    write(post, author)
    assert Watch.objects.get(user=author, post=post).level == Watch.Level.MUTED


def test_sent_comment_takes_its_draft_along_and_leaves_others():
    post, author = PostFactory(), UserFactory()
    for place in (f"comment:{post.pk}", "comment:99999"):
        Draft.objects.create(user=author, place=place, body="typed")
    write(post, author)
    assert list(Draft.objects.values_list("place", flat=True)) == ["comment:99999"]


def test_same_key_makes_one_comment_and_gives_it_again():
    post, author = PostFactory(), UserFactory()
    first = write(post, author, key="k1")
    assert write(post, author, key="k1") == first
    assert write(post, author, key="k2") != first
    assert counters(post) == 2


def test_key_of_somebody_else_gives_nothing_away():
    post = PostFactory()
    first = write(post, key="k1")
    assert write(post, key="k1") != first


def test_key_used_at_another_post_gives_the_first_comment():
    author = UserFactory()
    first = write(PostFactory(), author, key="k1")
    assert write(PostFactory(), author, key="k1") == first


def test_same_text_without_key_within_a_minute_is_one_comment():
    post, author = PostFactory(), UserFactory()
    first = write(post, author)
    assert write(post, author) == first
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert write(post, author) != first


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"locked_at": timezone.now(), "lock_reason": "It went in circles."}, "It went in circles."),
        ({"comment_rule": "closed", "comments_closed_reason": "Ask your works council."}, "Ask your works council."),
        ({"comments_close_at": timezone.now() - timedelta(minutes=1)}, "The time for comments here is over."),
        ({"state": Post.State.WITHDRAWN}, "no longer open"),
        ({"hidden_at": timezone.now()}, "no longer open"),
    ],
)  # fmt: skip
def test_closed_conversation_refuses_with_its_reason_and_keeps_nothing(fields, words):
    post = PostFactory(**fields)
    with pytest.raises(Refused, match=words):
        write(post, key="k1")
    assert not Comment.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_answer_to_what_was_deleted_meanwhile_is_refused():
    comment = CommentFactory()
    comment_editing.delete(comment=comment, by=comment.author)
    with pytest.raises(Refused, match="Your text is still here"):
        write(comment.post, reply_to=comment)


def test_text_beyond_the_limit_is_refused_and_never_cut():
    with pytest.raises(ValidationError):
        write(PostFactory(), body="x" * 10_001)


def test_old_comment_is_brought_under_a_closed_rule_with_its_date():
    post = PostFactory(comment_rule="closed")
    when = timezone.now() - timedelta(days=900)
    assert write(post, created_at=when).created_at == when


def test_edit_within_fifteen_minutes_leaves_no_mark():
    comment = CommentFactory(created_at=timezone.now() - timedelta(minutes=14))
    edited = comment_editing.edit(comment=comment, editor=comment.author, body="Better.", version=1)
    assert (edited.body_html, edited.version, edited.edited_at) == ("<p>Better.</p>", 2, None)
    assert not edited.versions.exists()


def test_later_edit_is_marked_and_keeps_the_old_wording():
    comment = CommentFactory(created_at=timezone.now() - timedelta(minutes=16), body="First.")
    edited = comment_editing.edit(comment=comment, editor=comment.author, body="Second.", version=1)
    edited = comment_editing.edit(comment=edited, editor=comment.author, body="Third.", version=2)
    assert edited.edited_at is not None
    assert list(edited.versions.values_list("version", "body")) == [(2, "Second."), (1, "First.")]


def test_edit_of_an_old_version_is_a_conflict_that_shows_what_is_there():
    comment = CommentFactory()
    comment_editing.edit(comment=comment, editor=comment.author, body="From the phone.", version=1)
    with pytest.raises(Conflict) as conflict:
        comment_editing.edit(comment=comment, editor=comment.author, body="From the desk.", version=1)
    assert conflict.value.current.body == "From the phone."
    comment.refresh_from_db()
    assert comment.body == "From the phone."


@pytest.mark.parametrize("state", ["hidden", "deleted"])
def test_gone_comment_cannot_be_edited(state):
    comment = CommentFactory(**{state: True})
    with pytest.raises(Refused):
        comment_editing.edit(comment=comment, editor=comment.author, body="Again.", version=1)


def test_nobody_edits_or_deletes_what_others_wrote():
    comment, other = CommentFactory(), UserFactory(is_superuser=True)
    with pytest.raises(Refused):
        comment_editing.edit(comment=comment, editor=other, body="Mine now.", version=1)
    with pytest.raises(Refused):
        comment_editing.delete(comment=comment, by=other)


def test_deleted_comment_keeps_its_row_and_leaves_the_counts():
    top = CommentFactory()
    answer = CommentFactory(reply_to=top)
    comment_editing.delete(comment=answer, by=answer.author)
    top.refresh_from_db()
    assert (top.reply_count, counters(top.post)) == (0, 1)
    assert Comment.objects.filter(pk=answer.pk, deleted_at__isnull=False).exists()


def test_deletion_can_be_undone_for_ten_seconds():
    comment = CommentFactory()
    comment_editing.delete(comment=comment, by=comment.author)
    comment_editing.undelete(comment=comment, by=comment.author)
    assert counters(comment.post) == 1
    comment_editing.delete(comment=comment, by=comment.author)
    Comment.objects.update(deleted_at=timezone.now() - timedelta(seconds=20))
    with pytest.raises(Refused):
        comment_editing.undelete(comment=comment, by=comment.author)


def test_comment_under_approval_is_held_until_the_author_of_the_post_lets_it_through():
    post = PostFactory(comment_rule="approval")
    comment = write(post)
    assert comment.held_at is not None
    assert counters(post) == 0
    with pytest.raises(Refused):
        commenting.approve(comment=comment, by=comment.author)
    commenting.approve(comment=comment, by=post.author)
    assert counters(post) == 1


def test_author_of_the_post_needs_no_approval():
    post = PostFactory(comment_rule="approval")
    assert write(post, post.author).held_at is None


def test_edit_under_approval_is_held_again():
    post = PostFactory(comment_rule="approval")
    comment = commenting.approve(comment=write(post), by=post.author)
    edited = comment_editing.edit(comment=comment, editor=comment.author, body="Something else.", version=1)
    assert edited.held_at is not None
    assert counters(post) == 0
