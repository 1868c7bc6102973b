"""A community's blog: asked for by owners, made by communications, read by whoever reads the community."""

import pytest

from blog.actions import answering, community_blogs
from blog.models import Blog, BlogRequest
from feed.actions import communities
from feed.actions.communities import NeedsConfirmation
from feed.actions.refusals import Refused
from people import roles
from people.models import User
from tests.factories import ArticleFactory, CommentFactory, CommunityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(roles=[roles.COMMUNICATIONS])


def again(user):
    return User.objects.get(pk=user.pk)


def given(kind, staff, owner):
    found = CommunityFactory(kind=kind, owner=owner)
    blog = community_blogs.give(community=found, by=staff, owner=owner, titles={"de": "Läufer"})
    return found, blog


def test_an_owner_asks_and_communications_makes_the_blog(client_for, staff):
    owner, outsider = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, kind="closed")
    url = f"/communities/{found.slug}/blog/"
    assert client_for(outsider).get(url).status_code == 404
    sent = {"title": "Our runs", "purpose": "What we ran.", "language": "en"}
    assert client_for(owner).post(url, sent).status_code == 302
    blog = answering.approve_request(request=BlogRequest.objects.get(), by=staff)
    assert blog.community == found and blog.audience_id == found.audience_id
    assert "Our runs" in client_for(owner).get(f"/communities/{found.slug}/").content.decode()
    assert not Blog.objects.visible_to(again(outsider)).exists()


def test_only_owners_ask_and_only_communications_gives_one_blog(staff):
    owner, member = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[member])
    words = {"title": "T", "purpose": "P", "language": "en"}
    with pytest.raises(Refused):
        community_blogs.ask(community=found, by=member, **words)
    with pytest.raises(Refused):
        community_blogs.give(community=found, by=owner, owner=owner, titles={"en": "T"})
    community_blogs.give(community=found, by=staff, owner=owner, titles={"en": "T"})
    with pytest.raises(Refused):
        community_blogs.ask(community=found, by=owner, **words)


def test_closing_the_community_closes_its_blog_at_once(staff):
    owner, outsider = UserFactory(), UserFactory()
    found, blog = given("open", staff, owner)
    post = ArticleFactory(blog=blog, author=owner).post_page.post
    assert post.visible_to(again(outsider))
    communities.change(community=found, by=owner, kind="closed")
    post.refresh_from_db(), blog.refresh_from_db()
    assert not post.visible_to(again(outsider)) and not blog.visible_to(again(outsider))
    assert post.visible_to(again(owner))


def test_opening_counts_the_comments_below_articles_too(staff):
    owner = UserFactory()
    found, blog = given("closed", staff, owner)
    CommentFactory(post=ArticleFactory(blog=blog, author=owner).post_page.post)
    with pytest.raises(NeedsConfirmation) as asked:
        communities.change(community=found, by=owner, kind="open")
    assert asked.value.comments == 1
    communities.change(community=found, by=owner, kind="open", confirmed=True)
    blog.refresh_from_db()
    assert blog.audience is None
