"""Who sees what in which stream, why, and what muting changes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import following, muting, watching
from feed.models import (
    Community,
    Follow,
    Kudos,
    Mention,
    Pin,
    Post,
    Question,
    Tag,
    TaggedPost,
    Thanked,
    Watch,
)
from feed.streams import timeline
from people.models import AudienceMember
from tests.factories import (
    ArticleFactory,
    AudienceFactory,
    BlogFactory,
    CommentFactory,
    DepartmentFactory,
    PostFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reader():
    department = DepartmentFactory(parent=DepartmentFactory())
    return UserFactory(department=department)


def community(name="Cyclists", *, kind="open", members=()):
    audience = AudienceFactory(name=f"Members of {name}", members=list(members))
    return Community.objects.create(
        name=name, slug=name.casefold(), kind=kind, audience=audience, created_by=UserFactory()
    )


def said_in(place, **fields):
    return PostFactory(community=place, audience_id=place.readers_id, **fields)


def tagged(name, **fields):
    tag, _made = Tag.objects.get_or_create(name=name, defaults={"slug": name})
    post = PostFactory(**fields)
    TaggedPost.objects.create(tag=tag, content_object=post, published_at=post.published_at)
    return post, tag


def why(user, stream="for_you"):
    """{post id: reason} of a stream."""
    return {post.pk: post.why for post in getattr(timeline, stream)(fresh(user))}


def fresh(user):
    """As in a new request: what one may read is asked again."""
    return type(user).objects.get(pk=user.pk)


def test_nothing_is_for_you_that_concerns_nobody_in_particular_but_everything_has_it(reader):
    post = PostFactory()
    assert why(reader) == {}
    assert why(reader, "everything") == {post.pk: "For everyone"}


def test_own_posts_are_for_you(reader):
    post = PostFactory(author=reader)
    assert why(reader) == {post.pk: "You wrote this"}


def test_mention_question_and_thanks_to_me_are_for_you(reader):
    named, asked, thanked, department, above = (PostFactory() for _ in range(5))
    Mention.objects.create(post=named, user=reader)
    Question.objects.create(post=asked, asker=asked.author, addressee=reader)
    Question.objects.create(post=department, asker=asked.author, department=reader.department)
    Question.objects.create(post=above, asker=asked.author, department=reader.department.parent)
    Question.objects.create(post=PostFactory(), asker=asked.author, department=DepartmentFactory())
    kudos = Kudos.objects.create(post=thanked)
    Thanked.objects.create(kudos=kudos, user=reader)
    assert why(reader) == {
        named.pk: "Mentions you",
        asked.pk: "A question to you",
        thanked.pk: "Thanks you",
        department.pk: "A question to your department",
        above.pk: "A question to your department",
    }


def test_posts_for_an_audience_are_for_its_members_and_for_nobody_else(reader):
    audience = AudienceFactory(name="Görlitz", members=[reader])
    post = PostFactory(audience=audience)
    assert why(reader) == {post.pk: "For everybody in Görlitz"}
    outsider = UserFactory()
    following.follow(follower=outsider, user=post.author)
    Mention.objects.create(post=post, user=outsider)
    for stream in ("for_you", "everything", "mentions"):
        assert why(outsider, stream) == {}


def test_leaving_an_audience_acts_at_once_in_every_stream(reader):
    audience = AudienceFactory(members=[reader])
    post, tag = tagged("secret", audience=audience)
    Mention.objects.create(post=post, user=reader)
    following.follow(follower=reader, tag=tag)
    assert why(reader) and why(reader, "mentions")
    AudienceMember.objects.filter(user=reader).delete()
    for stream in ("for_you", "everything", "mentions"):
        assert why(reader, stream) == {}
    assert timeline.of_tag(fresh(reader), tag).items == []
    assert timeline.of_person(fresh(reader), post.author).items == []


def test_narrowing_a_post_takes_it_from_those_who_follow_its_author(reader):
    post = PostFactory()
    following.follow(follower=reader, user=post.author)
    assert why(reader) == {post.pk: f"You follow {post.author.name}"}
    Post.objects.filter(pk=post.pk).update(audience=AudienceFactory())
    assert why(reader) == {}


@pytest.mark.parametrize("kind", ["open", "closed"])
def test_community_stream_is_for_its_members_and_for_all_when_it_is_open(reader, kind):
    place = community(kind=kind, members=[reader])
    post = said_in(place)
    PostFactory()
    assert why(reader) == {post.pk: "In your community Cyclists"}
    assert [one.pk for one in timeline.of_community(fresh(reader), place)] == [post.pk]
    outsider = UserFactory()
    seen = [post.pk] if kind == "open" else []
    assert [one.pk for one in timeline.of_community(outsider, place)] == seen
    assert (post.pk in why(outsider, "everything")) is (kind == "open")


def test_followed_tag_and_blog_are_for_you_in_the_readers_language(reader):
    post, tag = tagged("snow")
    following.follow(follower=reader, tag=tag)
    blog = BlogFactory()
    article = ArticleFactory(blog=blog, languages=("de", "en"))
    following.follow(follower=reader, page=blog.pages.order_by("pk").first())
    shown = {one.pk: one for one in timeline.for_you(fresh(reader))}
    assert shown[post.pk].why == "You follow #snow"
    assert shown[article.post_page.post_id].page.language == "en"
    assert shown[article.post_page.post_id].why.startswith("From the blog")


def test_articles_of_executive_blogs_are_for_everybody_unless_muted(company):
    assert company.post.pk in why(company.outsider)
    page = company.blog.pages.order_by("pk").first()
    Follow.objects.create(follower=company.outsider, page=page, muted=True)
    assert company.post.pk not in why(company.outsider)


def test_muted_person_tag_and_conversation_disappear_from_for_you_and_everything(reader):
    audience = AudienceFactory(members=[reader])
    by_person, by_watch, stays = (PostFactory(audience=audience) for _ in range(3))
    _by_tag, tag = tagged("noise", audience=audience)
    muting.mute(follower=reader, user=by_person.author)
    muting.mute(follower=reader, tag=tag)
    watching.set_level(user=reader, post=by_watch, level=Watch.Level.MUTED)
    for stream in ("for_you", "everything"):
        assert list(why(reader, stream)) == [stays.pk]
    assert [one.pk for one in timeline.of_person(reader, by_person.author)] == [by_person.pk]
    muting.unmute(follower=reader, user=by_person.author)
    assert by_person.pk in why(reader)


def test_muting_a_person_ends_following_and_never_hides_oneself(reader):
    person = UserFactory()
    following.follow(follower=reader, user=person)
    muting.mute(follower=reader, user=person)
    muting.mute(follower=reader, user=reader)
    assert Follow.objects.get(follower=reader).muted


def test_mentions_show_posts_and_comments_that_name_me_until_they_are_hidden(reader):
    comment = CommentFactory()
    Mention.objects.create(post=comment.post, comment=comment, user=reader)
    post = PostFactory()
    Mention.objects.create(post=post, user=reader)
    page = timeline.mentions(fresh(reader))
    assert [one.pk for one in page] == [post.pk, comment.post_id]
    assert page.items[1].named_in == comment
    type(comment).objects.filter(pk=comment.pk).update(hidden_at=timezone.now())
    assert [one.pk for one in timeline.mentions(fresh(reader))] == [post.pk]


@pytest.mark.parametrize("state", ["draft", "scheduled", "held", "withdrawn", "deleted", "hidden"])
def test_streams_show_nothing_that_is_not_published(state):
    post, tag = tagged("quiet")
    author = post.author
    change = {"hidden_at": timezone.now()} if state == "hidden" else {"state": state}
    Post.objects.filter(pk=post.pk).update(**change)
    found = [timeline.for_you(author), timeline.everything(author), timeline.of_person(author, author)]
    assert [page.items for page in [*found, timeline.of_tag(author, tag)]] == [[], [], [], []]


def all_pages(read, size=3, between=lambda: None):
    seen, after = [], ""
    while True:
        page = read(after=after, size=size)
        seen += [post.pk for post in page]
        between()
        if not page.after:
            return seen
        after = page.after


@pytest.mark.parametrize("stream", ["for_you", "everything", "of_tag", "of_community", "of_person"])
def test_paging_neither_jumps_nor_repeats_while_new_posts_arrive(reader, stream):
    place, author = community(members=[reader]), UserFactory()
    following.follow(follower=reader, user=author)
    now, posts = timezone.now(), []
    for number in range(10):  # two at the same moment each
        at = now - timedelta(minutes=number // 2)
        post, tag = tagged("busy", author=author, community=place, published_at=at)
        posts.append(post)
    following.follow(follower=reader, tag=tag)
    what = {"of_tag": tag, "of_community": place, "of_person": author}.get(stream)
    args = [fresh(reader)] + ([what] if what else [])

    def read(**at):
        return getattr(timeline, stream)(*args, **at)

    def arrive():
        tagged("busy", author=author, community=place, published_at=now + timedelta(minutes=1))

    expected = [post.pk for post in sorted(posts, key=lambda one: (one.published_at, one.pk), reverse=True)]
    assert all_pages(read, between=arrive) == expected


def test_share_shows_the_original_only_to_those_who_may_read_it(reader, client_for):
    original = PostFactory(body="The original words.", audience=AudienceFactory(members=[reader]))
    share = PostFactory(shared=original, body="Look.")
    shown, hidden = (
        client_for(user).get(reverse("feed:everything")).content.decode() for user in (reader, UserFactory())
    )
    assert "Look." in shown and "Look." in hidden
    assert "The original words." in shown
    assert "The original words." not in hidden
    assert client_for(original.author).get(reverse("feed:travels", args=[original.pk])).status_code == 404
    AudienceMember.objects.create(audience=original.audience, user=original.author)
    travels = client_for(original.author).get(reverse("feed:travels", args=[original.pk]))
    assert [post.pk for post in travels.context["page"]] == [share.pk]
    assert client_for(reader).get(reverse("feed:travels", args=[original.pk])).status_code == 404


def test_feed_pages_have_real_addresses_and_say_when_nothing_is_there(reader, client_for):
    client = client_for(reader)
    assert "Quiet here so far." in client.get(reverse("feed:feed")).content.decode()
    for _ in range(21):
        PostFactory(author=reader)
    page = client.get(reverse("feed:feed"))
    older = page.context["older_url"]
    assert f'href="{older}"' in page.content.decode()
    assert len(client.get(older).context["page"]) == 1
    assert client.get(reverse("feed:feed") + "?after=nonsense").status_code == 400


def test_muting_from_a_card_works_with_and_without_htmx_and_is_listed(reader, client_for):
    client, person, url = client_for(reader), UserFactory(first_name="Noisy"), reverse("feed:mute")
    answer = client.post(url, {"user": person.pk, "mute": "yes"}, headers=HTMX)
    assert answer.status_code == 204 and "Noisy" in answer["HX-Trigger"]
    assert "Noisy" in client.get(reverse("feed:following")).content.decode()
    assert client.post(url, {"user": person.pk, "mute": "no"}).status_code == 302
    assert not Follow.objects.exists()
    assert client.post(url, {"user": 999999, "mute": "yes"}).status_code == 404


def test_closed_community_cannot_be_muted_by_those_who_must_not_know_it(reader, client_for):
    place = community(kind="closed")
    answer = client_for(reader).post(reverse("feed:mute"), {"community": place.pk, "mute": "yes"})
    assert answer.status_code == 404


def test_conversation_opens_inside_the_feed_with_the_newest_three(reader, client_for):
    post = PostFactory()
    for number in range(4):
        CommentFactory(post=post, body=f"Comment {number}")
    url = reverse("feed:talk", args=[post.pk])
    said = client_for(reader).get(url, headers=HTMX).content.decode()
    assert "Comment 0" not in said
    assert said.index("Comment 1") < said.index("Comment 3")
    assert f'data-hx-target="#thread-p{post.pk}"' in said
    assert client_for(reader).get(url).url == f"/posts/{post.pk}/#conversation"


def test_hidden_post_says_so_to_its_author_and_is_absent_for_others(reader, client_for):
    post = PostFactory(hidden_at=timezone.now(), hidden_reason="House rule 3.")
    url = reverse("feed:post", args=[post.pk])
    assert "House rule 3." in client_for(post.author).get(url).content.decode()
    assert client_for(reader).get(url).status_code == 404


@pytest.mark.parametrize("state", ["scheduled", "held"])
def test_unpublished_post_has_a_page_for_its_author_only(reader, client_for, state):
    post = PostFactory(state=state)
    url = reverse("feed:post", args=[post.pk])
    assert client_for(post.author).get(url).status_code == 200
    assert client_for(reader).get(url).status_code == 404


def test_communications_pins_a_post_to_home_until_a_day_and_takes_it_back(company, client_for):
    post = PostFactory(body="Pinned words.", audience=company.foundry)
    url, client = reverse("feed:pin", args=[post.pk]), client_for(company.communications)
    assert client.get(url).status_code == 200
    late = timezone.localtime() + timedelta(days=91)
    assert client.post(url, {"until": late.strftime("%Y-%m-%dT%H:%M")}).status_code == 422
    soon = timezone.localtime() + timedelta(days=2)
    assert client.post(url, {"until": soon.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    assert "Pinned words." in client_for(company.employee).get("/").content.decode()
    assert "Pinned words." not in client_for(company.outsider).get("/").content.decode()
    client.post(url, {"end": "1"})
    assert not Pin.objects.exists()


def test_nobody_but_communications_pins_to_home(company, client_for):
    post = PostFactory()
    for user in (company.employee, company.moderator, post.author):
        assert client_for(user).post(reverse("feed:pin", args=[post.pk]), {"end": "1"}).status_code == 404


def test_reacting_on_a_card_answers_with_the_cards_bar(reader, client_for):
    post = PostFactory()
    answer = client_for(reader).post(
        reverse("feed:react", args=[post.pk]), {"kind": "thanks", "card": "1"}, headers=HTMX
    )
    said = answer.content.decode()
    assert f'id="react-p{post.pk}-thanks"' in said
    assert 'aria-pressed="true"' in said


def test_page_of_an_article_leads_its_author_to_where_it_was_shared(company, client_for):
    url = reverse("feed:travels", args=[company.post.pk])
    shown = [
        url in client_for(user).get(company.article.url_path).content.decode()
        for user in (company.executive, company.employee)
    ]
    assert shown == [True, False]
