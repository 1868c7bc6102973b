"""Posts of all kinds: who may post where, what it brings along, and who hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from feed.actions import posting, questions, sharing, thanking, voting
from feed.actions.refusals import Refused
from feed.models import Community, Draft, Membership, Notification, Post, TaggedPost
from people.actions import audiences, leaving
from tests.factories import AudienceFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def circle(author):
    """A closed community with the author in it."""
    audience = AudienceFactory(members=[author])
    found = Community.objects.create(
        name="Bells", slug="bells", kind="closed", audience=audience, created_by=author, member_count=1
    )
    Membership.objects.create(community=found, user=author)
    return found


def terms(**more):
    return voting.PollTerms(options=("Yes", "No"), ends_at=timezone.now() + timedelta(days=7), **more)


def test_colleague_posts_to_everybody_at_once(author):
    post = posting.add(author=author, body="The new scale **hums**. #prüfstand")
    assert (post.state, post.audience_id, post.kind) == ("published", None, "post")
    assert "<strong>hums</strong>" in post.body_html
    assert post.published_at == post.last_activity_at
    assert TaggedPost.objects.get(content_object=post).published_at == post.published_at
    assert Post.objects.visible_to(UserFactory()).filter(pk=post.pk).exists()


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Wir haben heute die neue Waage geprüft.", "de"),
        ("We have been to the new plant.", "en"),
        ("Ok", "en"),
    ],
)
def test_language_is_guessed_and_else_the_authors(author, body, language):
    assert posting.add(author=author, body=body).language == language


def test_marked_language_wins(author):
    assert posting.add(author=author, body="We have been to the plant.", language="de").language == "de"


def test_text_of_1001_characters_is_refused_and_a_remark_may_be_longer(author):
    with pytest.raises(ValidationError):
        posting.add(author=author, body="x" * 1001)
    original = PostFactory()
    assert sharing.share(post=original, author=author, body="x" * 1500).shared == original


@pytest.mark.parametrize("body", ["", "  \n "])
def test_nothing_is_not_posted(author, body):
    with pytest.raises(Refused):
        posting.add(author=author, body=body)


def test_author_posts_to_the_own_department_and_only_its_people_read_it(company):
    audience = audiences.of_department(department=company.employee.department)
    post = posting.add(author=company.employee, body="Furnace two is back.", audience=audience)
    assert Post.objects.visible_to(company.moderator).filter(pk=post.pk).exists()
    assert not Post.objects.visible_to(company.outsider).filter(pk=post.pk).exists()


def test_author_outside_an_audience_cannot_post_to_it(company):
    with pytest.raises(Refused):
        posting.add(author=company.outsider, body="Hello foundry.", audience=company.foundry)
    assert not Post.objects.filter(body="Hello foundry.").exists()


def test_removed_member_cannot_post_to_the_audience_with_an_old_page(company):
    assert company.foundry.pk in company.employee.access.audience_ids
    audiences.remove_member(audience=company.foundry, user=company.employee)
    with pytest.raises(Refused):
        posting.add(author=company.employee, body="Still here?", audience=company.foundry)


def test_post_in_a_closed_community_is_read_by_its_members(author, circle):
    post = posting.add(author=author, body="Next ringing on Monday.", community=circle)
    assert (post.community_id, post.audience_id) == (circle.pk, circle.audience_id)
    assert not Post.objects.visible_to(UserFactory()).filter(pk=post.pk).exists()


def test_post_in_an_open_community_is_read_by_everybody(author, circle):
    Community.objects.filter(pk=circle.pk).update(kind="open")
    assert posting.add(author=author, body="Come along.", community=circle).audience_id is None


def test_only_members_post_in_a_community_and_nobody_in_an_archived_one(author, circle):
    with pytest.raises(Refused):
        posting.add(author=UserFactory(), body="Let me in.", community=circle)
    Community.objects.filter(pk=circle.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused):
        posting.add(author=author, body="Anybody here?", community=circle)


def test_only_communications_posts_for_the_company(company):
    with pytest.raises(Refused):
        posting.add(author=company.employee, body="We are moving.", for_company=True)
    post = posting.add(author=company.communications, body="We are moving.", for_company=True)
    assert (post.for_company, post.author) == (True, company.communications)


def test_somebody_who_left_cannot_post(author):
    stale = type(author).objects.get(pk=author.pk)
    leaving.deactivate(user=author)
    with pytest.raises(Refused):
        posting.add(author=stale, body="Goodbye.")


def test_question_is_open_and_the_one_asked_is_told_once(author):
    asked = UserFactory()
    post = posting.add(
        author=author, body="Who has the key?", kind="question", ask=questions.Ask(addressee=asked)
    )
    question = post.questions.get()
    assert (question.state, question.asker, question.addressee) == ("open", author, asked)
    assert Notification.objects.filter(user=asked, cause="question", post=post).count() == 1


def test_question_to_somebody_who_cannot_read_it_is_refused_and_leaves_nothing(company):
    ask = questions.Ask(addressee=company.outsider)
    with pytest.raises(Refused):
        posting.add(author=company.employee, body="Well?", kind="question", ask=ask, audience=company.foundry)
    assert not Post.objects.filter(body="Well?").exists()


def test_poll_comes_with_its_answers(author):
    post = posting.add(author=author, body="Tea?", kind="poll", poll=terms(is_secret=True))
    assert [option.text for option in post.poll.options.all()] == ["Yes", "No"]
    assert post.poll.hides_results


@pytest.mark.parametrize("kind", ["poll", "kudos"])
def test_kind_without_what_belongs_to_it_is_refused(author, kind):
    with pytest.raises(Refused):
        posting.add(author=author, body="Hm.", kind=kind)


def test_thanked_colleague_is_told(author):
    thanked = UserFactory()
    post = posting.add(
        author=author, body="For ringing.", kind="kudos", kudos=thanking.Thanks(users=(thanked,))
    )
    assert post.kudos.thanked.get() == thanked
    assert Notification.objects.filter(user=thanked, cause="kudos", post=post).count() == 1


def test_same_key_gives_the_same_post_and_another_key_another_one(author):
    first = posting.add(author=author, body="Once.", key="a")
    assert posting.add(author=author, body="Once.", key="a") == first
    assert posting.add(author=author, body="Once.", key="b") != first
    assert posting.find_sent(author=UserFactory(), key="a") is None


def test_same_text_within_a_minute_is_one_post_and_later_a_new_one(author):
    first = posting.add(author=author, body="Once.")
    assert posting.add(author=author, body="Once.") == first
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(seconds=61))
    assert posting.add(author=author, body="Once.") != first


def test_sent_post_removes_the_draft_of_its_place_only(author, circle):
    for name in ("post", f"community:{circle.pk}"):
        Draft.objects.create(user=author, place=name, body="…")
    posting.add(author=author, body="Done.", community=circle)
    assert list(Draft.objects.values_list("place", flat=True)) == ["post"]


def test_old_post_is_brought_with_its_time_and_tells_nobody(author):
    when = timezone.now() - timedelta(days=40)
    old = posting.add(
        author=author, body="Then. #bells", created_at=when, kind="kudos",
        kudos=thanking.Thanks(users=(UserFactory(),)),
    )  # fmt: skip
    assert (old.state, old.published_at, old.created_at) == ("published", when, when)
    assert TaggedPost.objects.get(content_object=old).published_at == when
    assert not Notification.objects.exists()


def test_author_of_the_original_hears_of_a_share(author):
    original = PostFactory()
    made = sharing.share(post=original, author=author, body="Read this.")
    told = Notification.objects.get(user=original.author)
    assert (told.cause, told.post, told.actor) == ("share", made, author)


def test_share_of_a_share_points_at_the_original_and_has_its_readers(company):
    original = PostFactory(audience=company.foundry, author=company.moderator)
    first = sharing.share(post=original, author=company.employee, body="One.")
    second = sharing.share(post=first, author=company.executive, body="Two.")
    assert (second.shared, second.audience) == (original, company.foundry)


def test_hidden_original_cannot_be_shared(author):
    original = PostFactory(hidden_at=timezone.now())
    with pytest.raises(Refused):
        sharing.share(post=original, author=author, body="Read this.")
