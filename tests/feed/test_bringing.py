"""Many old comments and reactions at once, and counters that are repaired."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from feed.actions import bringing, counting, reacting
from feed.actions.bringing import OldComment
from feed.models import Comment, Notification, Post, Watch
from tests.factories import CommentFactory, PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2015, 3, 1, 9, 30, tzinfo=UTC)


def test_tree_dates_and_counts_are_kept_and_nobody_is_told():
    post, (anna, ben) = PostFactory(comment_rule="closed"), UserFactory.create_batch(2)
    top, answer, deeper, other = bringing.add_many(
        post=post,
        comments=[
            OldComment(anna, "Erster!", LONG_AGO),
            OldComment(ben, "Nein.", LONG_AGO, answers=0),
            OldComment(anna, "Doch.", LONG_AGO, answers=1),
            OldComment(ben, "Removed.", LONG_AGO, hidden_at=LONG_AGO, hidden_reason="House rule 1."),
        ],
    )
    assert (answer.root_id, deeper.root_id, deeper.reply_to_id) == (top.pk, top.pk, answer.pk)
    assert {one.created_at for one in Comment.objects.all()} == {LONG_AGO}
    post.refresh_from_db()
    top.refresh_from_db()
    assert (post.comment_count, top.reply_count, other.is_gone) == (3, 2, True)
    assert not Notification.objects.exists()
    assert not Watch.objects.exists()


def test_answer_that_points_forward_is_refused():
    with pytest.raises(ValueError, match="does not come before"):
        bringing.add_many(post=PostFactory(), comments=[OldComment(UserFactory(), "x", LONG_AGO, answers=0)])


def test_many_take_few_queries(django_assert_max_num_queries):
    post, author = PostFactory(), UserFactory()
    flat = [OldComment(author, f"Number {n}", LONG_AGO, answers=n - 1 if n % 3 else None) for n in range(300)]
    with django_assert_max_num_queries(28):
        bringing.add_many(post=post, comments=flat)


def test_reactions_come_once_for_each_person_and_are_counted():
    comment, people = CommentFactory(), UserFactory.create_batch(3)
    rows = [reacting.NewReaction(one, comment.post, "agree", comment) for one in people * 2]
    reacting.add_many(reactions=rows)
    comment.refresh_from_db()
    assert (comment.reaction_counts, comment.support) == ({"agree": 3}, 3)


def test_recount_repairs_what_is_wrong_and_says_how_much(capsys):
    comment = CommentFactory()
    CommentFactory(reply_to=comment)
    ReactionFactory(comment=comment, kind="thanks")
    counting.recount(posts=Post.objects.all())
    call_command("recount")
    assert "0 rows" in capsys.readouterr().out
    Post.objects.update(comment_count=99, reaction_counts={"agree": 9})
    Comment.objects.update(reply_count=9, support=-1)
    call_command("recount")
    assert "3 rows" in capsys.readouterr().out
    comment.refresh_from_db()
    comment.post.refresh_from_db()
    assert (comment.post.comment_count, comment.post.reaction_counts) == (2, {})
    assert (comment.reply_count, comment.support, comment.reaction_counts) == (1, 1, {"thanks": 1})
