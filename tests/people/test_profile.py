"""The people list, profiles and a person's own settings."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from people.models import FeedKey
from tests.factories import PASSWORD, ArticleFactory, CommentFactory, DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_people_list_finds_by_name_role_and_department_below(company, client_for):
    client = client_for(company.outsider)

    def found(**query):
        return {person.handle for person in client.get("/people/", query).context["persons"]}

    assert found(q="lindner eva") == {"eva"}
    assert found(q="test engineer") == {"arno"}
    below = DepartmentFactory(name="Moulding", parent=company.employee.department)
    UserFactory(handle="mo", department=below)
    assert found(department=company.employee.department_id) == {"eva", "mats", "mo"}
    assert found(q="nobody at all") == set()


def test_people_list_leaves_out_those_who_left(company, client_for):
    UserFactory(first_name="Gone", is_active=False)
    assert "Gone" not in client_for(company.outsider).get("/people/").content.decode()


def test_people_list_is_paged_by_name_in_constant_queries(company, client_for, django_assert_max_num_queries):
    for _ in range(60):
        UserFactory(department=company.employee.department, location=company.employee.location)
    client, names, after = client_for(company.outsider), [], ""
    client.get("/people/")
    while True:
        with django_assert_max_num_queries(10):
            shown = client.get("/people/", {"after": after}).context
        names += [(person.last_name, person.first_name, person.pk) for person in shown["persons"]]
        if not shown["next_url"]:
            break
        after = parse_qs(urlsplit(shown["next_url"]).query)["after"][0]
    assert len(set(names)) == len(names) == 68


@pytest.mark.parametrize(
    "query", [{"department": "x"}, {"department": "999999"}, {"q": "x" * 300}, {"q": "%_\\"}]
)
def test_strange_filters_never_break_the_list(company, client_for, query):
    assert client_for(company.outsider).get("/people/", query).status_code == 200


def test_profile_shows_facts_and_what_the_reader_may_see(company, client_for):
    text = client_for(company.outsider).get("/people/henrike/").content.decode()
    assert "Managing director" in text
    assert "Why we keep the foundry" in text
    assert "Only for the foundry" not in text
    assert "Only for the foundry" in client_for(company.employee).get("/people/henrike/").content.decode()


def test_profile_lists_comments_under_readable_articles_only(company, client_for):
    CommentFactory(post=company.foundry_article.post_page.post, author=company.employee, body="Secret remark")
    CommentFactory(post=company.post, author=company.employee, body="Hidden remark", hidden=True)
    text = client_for(company.outsider).get("/people/eva/", {"show": "comments"}).content.decode()
    assert "told Görlitz?" in text
    assert "Secret remark" not in text
    assert "Hidden remark" not in text


def test_profile_of_a_former_colleague_keeps_only_name_and_writings(company, client_for):
    person = company.executive
    person.is_active, person.about, person.phone = False, "Private words", "4711"
    person.save()
    text = client_for(company.outsider).get("/people/henrike/").content.decode()
    assert "No longer works here." in text
    assert "Private words" not in text
    assert "4711" not in text
    assert "Why we keep the foundry" in text


def test_unknown_handle_and_tab_are_absent(company, client_for):
    client = client_for(company.outsider)
    assert client.get("/people/nobody/").status_code == 404
    assert client.get("/people/eva/", {"show": "salary"}).status_code == 404


@pytest.mark.parametrize("tab", ["articles", "comments", "shares"])
def test_profile_needs_no_more_than_thirteen_queries(company, client_for, django_assert_max_num_queries, tab):
    client = client_for(company.outsider)
    client.get("/people/henrike/", {"show": tab})
    for _ in range(9):
        article = ArticleFactory(blog=company.blog, author=company.executive)
        CommentFactory(post=article.post_page.post, author=company.executive)
    with django_assert_max_num_queries(13):
        client.get("/people/henrike/", {"show": tab})


def test_person_changes_how_pages_look(company, client_for):
    client = client_for(company.outsider)
    form = {"theme": "dark", "locale": "en"}
    assert client.post("/settings/", {**form, "time_zone": "America/Detroit"}).status_code == 302
    company.outsider.refresh_from_db()
    assert (company.outsider.theme, company.outsider.time_zone) == ("dark", "America/Detroit")
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()


def test_settings_refuse_what_does_not_exist(company, client_for):
    answer = client_for(company.outsider).post(
        "/settings/", {"theme": "pink", "locale": "xx", "time_zone": "Mars/Crater"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"theme", "locale", "time_zone"}


def test_nobody_changes_name_role_or_rights_by_the_settings_form(company, client_for):
    form = {"theme": "dark", "locale": "en", "first_name": "Eve", "is_superuser": "1", "job_title": "Boss"}
    form |= {"about": "x", "shown_to": "{}", "mastered": "{}"}
    client_for(company.outsider).post("/settings/", form)
    company.outsider.refresh_from_db()
    assert (company.outsider.first_name, company.outsider.is_superuser) == ("Otto", False)
    assert company.outsider.about == ""


def test_person_signs_out_another_device_but_nobody_elses(company, client):
    for device, person in (
        (client, company.outsider),
        (Client(), company.outsider),
        (Client(), company.employee),
    ):
        device.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    _here, there = UserSession.objects.filter(user=company.outsider).order_by("pk")
    foreign = UserSession.objects.get(user=company.employee)
    client.post("/settings/sessions/", {"session": foreign.pk})
    assert UserSession.objects.filter(pk=foreign.pk).exists()
    client.post("/settings/sessions/", {"session": there.pk})
    assert not UserSession.objects.filter(pk=there.pk).exists()
    assert client.get("/settings/").status_code == 200


def test_idle_session_ends(company, client_for):
    client = client_for(company.outsider)
    client.get("/")
    session = client.session
    session["seen"] -= settings.SESSION_IDLE_SECONDS + 60
    session.save()
    assert client.get("/").status_code == 302


def test_feed_key_is_made_renewed_and_revoked(company, client_for):
    client = client_for(company.outsider)
    client.post("/settings/feed-key/")
    first = FeedKey.objects.get(user=company.outsider).key
    assert first in client.get("/settings/").content.decode()
    client.post("/settings/feed-key/")
    assert FeedKey.objects.get(user=company.outsider).key != first
    client.post("/settings/feed-key/", {"revoke": "1"})
    assert not FeedKey.objects.exists()


def test_language_is_switched_before_and_after_signing_in(company, client_for, client):
    assert (
        client.post("/settings/language/", {"language": "en", "next": "/accounts/login/"}).status_code == 302
    )
    assert '<html lang="en"' in client.get("/accounts/login/").content.decode()
    reader = client_for(company.outsider)
    reader.post("/settings/language/", {"language": "de"})
    assert '<html lang="de"' in reader.get("/").content.decode()
    assert reader.post("/settings/language/", {"language": "xx"}).status_code == 400


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_switches_return_only_to_this_site(company, client_for, target):
    client = client_for(company.outsider)
    assert client.post("/settings/theme/", {"theme": "dark", "next": target})["Location"] == "/"
    assert client.post("/settings/theme/", {"theme": "dark"}, headers={"Referer": target})["Location"] == "/"


def test_switches_return_to_the_page_they_stood_on(company, client_for):
    page = "http://testserver/people/?q=eva"
    answer = client_for(company.outsider).post(
        "/settings/theme/", {"theme": "dark"}, headers={"Referer": page}
    )
    assert answer["Location"] == page
