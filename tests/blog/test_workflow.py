"""Staff blogs go to Communications for review; executive blogs publish at once."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from feed.models import Notification, PostPage
from people import roles
from tests.factories import ArticleFactory, AudienceFactory, BlogFactory, UserFactory


@pytest.fixture
def draft(company):
    """A draft in the staff blog, sent to Communications."""
    return ArticleFactory(blog=company.staff_blog, author=company.author, state="draft", title="To review")


def submit(article, user):
    Workflow.objects.get().start(article, user)
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS, revision=article.latest_revision)


def act(client, article, state, action, comment=""):
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    return client.post(url, {"comment": comment})


def test_author_of_a_staff_blog_submits_and_cannot_publish(company, draft, client_for):
    rights = draft.permissions_for_user(company.author)
    assert rights.can_edit()
    assert not rights.can_publish()
    assert rights.can_submit_for_moderation()
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "action-submit" in client_for(company.author).get(url).content.decode()


def test_executive_publishes_at_once(company):
    article = ArticleFactory(blog=company.blog, author=company.executive, state="draft")
    assert article.permissions_for_user(company.executive).can_publish()
    assert article.permissions_for_user(company.delegate).can_publish()
    assert not article.has_workflow


def test_communications_hears_that_a_review_waits(company, draft):
    submit(draft, company.author)
    note = Notification.objects.get(user=company.communications)
    assert note.cause == Notification.Cause.REVIEW
    assert note.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "To review" not in note.text
    assert not Notification.objects.filter(user=company.moderator).exists()


def test_approval_publishes_and_keeps_who_approved(company, draft, client_for):
    state = submit(draft, company.author)
    assert "To review" in client_for(company.communications).get("/admin/").content.decode()
    assert act(client_for(company.communications), draft, state, "approve").status_code in (200, 302)
    draft.refresh_from_db()
    assert draft.live
    assert draft.approved_by == company.communications
    assert PostPage.objects.get(page=draft).is_live
    told = Notification.objects.get(user=company.author)
    assert told.text.startswith("approved|")
    assert not Notification.objects.filter(user=company.communications).exists()


def test_article_comes_back_with_a_comment(company, draft, client_for):
    state = submit(draft, company.author)
    act(client_for(company.communications), draft, state, "reject", "Who took the picture?")
    draft.refresh_from_db()
    assert not draft.live
    assert Notification.objects.get(user=company.author).text == "returned|Who took the picture?"
    assert "Who took the picture?" in client_for(company.author).get("/admin/").content.decode()


def test_author_and_other_staff_cannot_approve(company, draft, client_for):
    state = submit(draft, company.author)
    for person in (company.author, company.executive, company.employee, company.moderator):
        act(client_for(person), draft, state, "approve")
    draft.refresh_from_db()
    assert not draft.live


def test_nobody_approves_what_they_may_not_read(company, client_for):
    inside = AudienceFactory(name="Works council", members=[company.author])
    blog = BlogFactory(owner=company.author, audience=inside, needs_approval=True)
    article = ArticleFactory(blog=blog, author=company.author, state="draft", title="Closed matter")
    state = submit(article, company.author)
    for person in (company.communications, company.administrator):
        client = client_for(person)
        assert act(client, article, state, "approve").status_code == 404
        assert "Closed matter" not in client.get("/admin/").content.decode()
        assert not Notification.objects.filter(user=person).exists()
    reader = UserFactory(roles=[roles.COMMUNICATIONS])
    inside.members.create(user=reader)
    act(client_for(reader), article, state, "approve")
    article.refresh_from_db()
    assert article.live


def test_bell_words_the_notes_of_blogs(company, draft, client_for):
    submit(draft, company.author)
    page = client_for(company.communications).get(reverse("feed:notifications")).content.decode()
    assert "An article waits for your review" in page
