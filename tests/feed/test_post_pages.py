"""The composer's server side: what is sent, refused with the text kept, counted and repeated."""

import html

import pytest
from django.core.cache import cache
from django.urls import reverse

from feed.models import Attachment, Community, Draft, Post
from people import ratelimit
from tests.factories import AudienceFactory, DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
WRITE = "/write/"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/feed/"}


@pytest.fixture
def author():
    return UserFactory(first_name="Eva", handle="eva")


@pytest.fixture
def browser(client_for, author):
    return client_for(author)


def send(browser, status=303, **typed):
    headers = typed.pop("headers", {})
    answer = browser.post(typed.pop("url", WRITE), typed, headers=headers)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_colleague_posts_without_javascript_and_lands_on_the_post(browser, author):
    answer = send(browser, body="The scale hums.", key="k1")
    post = Post.objects.get(author=author)
    assert answer["Location"] == reverse("feed:post", args=[post.pk])
    assert "The scale hums." in browser.get(answer["Location"]).content.decode()


def test_post_comes_back_for_the_timeline_it_was_written_on(browser):
    answer = send(browser, 201, body="The scale hums.", headers=HTMX)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#timeline", "afterbegin")
    assert answer.content.decode().strip().startswith("<article")


def test_post_written_elsewhere_leads_to_its_page(browser):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/write/"}
    answer = send(browser, 200, body="The scale hums.", headers=headers)
    assert answer["HX-Redirect"] == reverse("feed:post", args=[Post.objects.get().pk])


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_too_long_text_is_still_there(browser, headers):
    text = "word " * 250
    answer = send(browser, 422, body=text, headers=headers)
    assert text.strip() in answer.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "question", "body": "Who?", "to": "nobody.here"},
        {"kind": "question", "body": "Who?", "to": "eva"},
        {"kind": "question", "body": "", "to": ""},
        {"kind": "poll", "body": "Tea?", "option": ["Yes"]},
        {"kind": "poll", "body": "Tea?", "option": ["Yes", "yes"]},
        {"kind": "poll", "body": "Tea?", "option": ["Yes", "No"], "ends": "400"},
        {"kind": "poll", "body": "Tea?", "option": [str(n) for n in range(11)]},
        {"kind": "kudos", "body": "Thanks!"},
        {"kind": "kudos", "body": "Thanks!", "thanks": "eva"},
        {"kind": "kudos", "body": "Thanks!", "thanks": "nobody.here"},
        {"kind": "article", "body": "Hello."},
        {"body": "Hello.", "audience": "audience:999"},
        {"body": "Hello.", "audience": "community:x"},
        {"body": "Hello.", "audience": "location:1"},
        {"body": "Hello.", "for_company": "on"},
        {"body": "Hello.", "attachment": ["no-id"]},
        {"body": "Hello.", "attachment": ["00000000-0000-4000-8000-000000000000"]},
        {"body": "Hello @all.", "confirm_group": "on"},
    ],
)
def test_what_does_not_fit_is_refused_with_the_form(browser, typed):
    answer = send(browser, 422, **typed)
    assert typed["body"] in answer.content.decode()
    assert not Post.objects.exists()


def test_every_kind_is_sent_by_a_plain_form(browser, author):
    UserFactory(handle="mats")
    send(browser, kind="question", body="Who has the key?", to="@mats")
    send(browser, kind="poll", body="Tea?", option=["Yes", "No", ""], ends="3", secret="on")
    send(browser, kind="kudos", body="For the key.", thanks="@mats, ")
    asked, poll, kudos = Post.objects.order_by("pk")
    assert asked.questions.get().addressee.handle == "mats"
    assert (poll.poll.is_secret, poll.poll.options.count()) == (True, 2)
    assert kudos.kudos.thanked.get().handle == "mats"


def test_picture_without_javascript_needs_a_description(browser, picture):
    send(browser, 422, image_1=picture())
    send(browser, image_1=picture(), alt_1="A scale.")
    assert Post.objects.get().attachments.get().alt == "A scale."


def test_uploaded_picture_is_sent_with_its_words(browser, author):
    row = Attachment.objects.create(owner=author, size=10)
    send(browser, 422, body="Look.", attachment=[str(row.pk)])
    data = {"attachment": [str(row.pk)], f"focal_x_{row.pk}": ["20"], f"focal_y_{row.pk}": ["</b>"]}
    Draft.objects.create(user=author, place="post", data=data)
    assert 'style="--focal:20% 50%"' in browser.get(WRITE).content.decode()
    focal = {f"focal_x_{row.pk}": "20", f"focal_y_{row.pk}": "900"}
    send(browser, body="Look.", **{"attachment": [str(row.pk)], f"alt_{row.pk}": "A scale.", **focal})
    row.refresh_from_db()
    assert (row.post, row.alt, row.focal) == (Post.objects.get(), "A scale.", "20% 100%")
    page = browser.get(reverse("feed:post", args=[row.post_id])).content.decode()
    assert 'style="--focal:20% 100%"' in page


def test_somebody_elses_upload_is_not_sent(browser):
    row = Attachment.objects.create(owner=UserFactory(), size=10, alt="Secret.")
    send(browser, 422, body="Look.", attachment=[str(row.pk)])
    row.refresh_from_db()
    assert row.post is None


def test_eleventh_post_in_a_minute_waits_and_a_replay_is_not_counted(browser, client_for):
    for number in range(10):
        send(browser, body=f"Number {number}", key=f"key-{number}")
    answer = send(browser, 429, body="Number 10", key="key-10")
    assert int(answer["Retry-After"]) > 0
    assert "Number 10" in answer.content.decode()
    send(browser, body="Number 3", key="key-3")
    send(client_for(UserFactory()), body="I may.")
    assert Post.objects.count() == 11


def test_refused_form_does_not_cost_twice_with_the_same_key(browser, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "post", (1, 60))
    cache.clear()
    send(browser, 422, body="", key="same")
    send(browser, body="Now with words.", key="same")


def test_post_to_a_community_removes_the_draft_of_the_place_it_was_typed_at(browser, author):
    audience = AudienceFactory(members=[author])
    circle = Community.objects.create(
        name="Bells", slug="bells", kind="closed", audience=audience, created_by=author
    )
    Draft.objects.create(user=author, place="post", body="…")
    send(browser, body="Hello.", audience=f"community:{circle.pk}")
    assert Post.objects.get().community == circle
    assert not Draft.objects.exists()


def test_draft_from_another_device_names_whom_it_asks_and_thanks(browser, author):
    foundry = DepartmentFactory(name="Foundry & Co")
    UserFactory(first_name="Jana", last_name="Petersen", handle="jana.petersen", department=foundry)
    data = {"kind": ["question"], "to": [f"department:{foundry.pk}"], "thanks": ["jana.petersen", "nobody"]}
    Draft.objects.create(user=author, place="post", body="Who pays?", data=data)
    page = html.unescape(browser.get(WRITE).content.decode())
    assert 'value="Foundry & Co"' in page and f"department:{foundry.pk}" not in page
    assert '"jana.petersen": "Jana Petersen"' in page and '"nobody"' not in page
    send(browser, body="Who pays?", kind="question", to="Foundry & Co", key="k")
    assert Post.objects.get().questions.get().department == foundry


def test_composer_opens_with_the_draft_the_kind_and_the_person(browser, author):
    Draft.objects.create(
        user=author,
        place="post",
        body="Half a thought",
        data={"kind": ["poll"], "option": ["Yes", "No", "Or"]},
    )
    page = browser.get(WRITE).content.decode()
    assert "Half a thought" in page
    assert 'value="Or"' in page
    page = browser.get(WRITE + "?kind=question&to=mats").content.decode()
    assert 'value="mats"' in page


def test_group_is_asked_about_with_the_number_before_many_are_told(client_for, company):
    browser = client_for(company.communications)
    answer = send(browser, 422, body="Hello @all.")
    assert "7 people" in answer.content.decode()
    send(browser, body="Hello @all.", confirm_group="on")
