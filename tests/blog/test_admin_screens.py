"""Communications' screens and what the admin offers to whom."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from blog.actions import staffing
from blog.models import ArticlePage, Blog, BlogMember, BlogRequest
from feed.models import Notification, Pin, Post
from tests.factories import ArticleFactory, AudienceFactory, CommentFactory, UserFactory

FORM = {
    "kind": "staff", "title_de": "Werkstatt", "title_en": "Workshop", "intro_de": "Was wir bauen.",
    "comment_rule": "open",
    "needs_approval": "on",
}  # fmt: skip


@pytest.fixture
def comms(company, client_for):
    return client_for(company.communications)


def test_communications_makes_a_blog_with_people_files_and_rules(company, comms):
    data = {**FORM, "owner": company.author.email, "authors": f"{company.employee.handle}\n", "delegates": ""}
    assert comms.post(reverse("blog_admin:new"), data).status_code == 302
    blog = Blog.objects.latest("pk")
    assert [page.title for page in blog.pages.order_by("pk")] == ["Werkstatt", "Workshop"]
    assert len({page.translation_key for page in blog.pages.all()}) == 1
    assert set(blog.group.user_set.all()) == {company.author, company.employee}
    assert blog.collection.collection_audience.audience is None
    assert blog.pages.first().get_workflow() is not None
    assert comms.get(reverse("blog_admin:index")).status_code == 200


def test_unknown_person_gives_422_and_keeps_what_was_typed(company, comms):
    answer = comms.post(reverse("blog_admin:new"), {**FORM, "owner": "nobody@example.com"})
    assert answer.status_code == 422
    assert "nobody@example.com" in answer.content.decode()
    assert "Werkstatt" in answer.content.decode()


def test_others_do_not_reach_the_screens(company, client_for):
    for name in ("blog_admin:index", "blog_admin:new", "blog_requests:index"):
        for person in (company.author, company.executive, company.employee, company.moderator):
            answer = client_for(person).get(reverse(name))
            assert answer.status_code in (302, 403)
            assert "Workshop" not in answer.content.decode()


def test_communications_cannot_open_a_blog_they_may_not_read(company, comms):
    closed = AudienceFactory(name="Board", members=[company.executive])
    blog = staffing.create_blog(
        kind="executive", titles={"de": "Geheim"}, owner=company.executive, audience=closed
    )
    assert comms.get(reverse("blog_admin:edit", args=[blog.pk])).status_code == 404
    assert "Geheim" not in comms.get(reverse("blog_admin:index")).content.decode()


def test_outsider_cannot_be_made_author(company):
    with pytest.raises(ValidationError):
        staffing.set_people(blog=company.foundry_blog, owner=company.executive, authors=[company.outsider])
    assert not BlogMember.objects.filter(blog=company.foundry_blog, user=company.outsider).exists()


def test_archived_blog_takes_no_articles_and_can_be_opened_again(company, comms):
    comms.post(reverse("blog_admin:archive", args=[company.blog.pk]))
    company.blog.refresh_from_db()
    assert company.blog.archived_at
    assert not company.blog.group.user_set.exists()
    comms.post(reverse("blog_admin:archive", args=[company.blog.pk]))
    assert company.executive in company.blog.group.user_set.all()


def test_narrowing_a_blog_acts_at_once_and_widening_asks_first(company, comms):
    url = reverse("blog_admin:edit", args=[company.foundry_blog.pk])
    CommentFactory(post=company.foundry_article.post_page.post, author=company.employee)
    data = {
        **FORM,
        "kind": "executive",
        "title_de": "Gießerei",
        "owner": company.executive.email,
        "audience": "",
    }
    answer = comms.post(url, data)
    assert answer.status_code == 422
    assert "1 comment" in answer.content.decode()
    assert Post.objects.get(pages__page=company.foundry_article).audience == company.foundry
    assert comms.post(url, {**data, "confirm_widening": "on"}).status_code == 302
    assert Post.objects.get(pages__page=company.foundry_article).audience is None
    assert comms.post(url, {**data, "audience": company.foundry.pk}).status_code == 302
    company.foundry_blog.refresh_from_db()
    assert company.foundry_blog.collection.collection_audience.audience == company.foundry
    assert Post.objects.get(pages__page=company.foundry_article).audience == company.foundry


def test_request_for_a_blog_is_approved_in_one_step(company, comms):
    wish = BlogRequest.objects.create(
        user=company.employee, title="Aus der Schicht", purpose="Was nachts geschieht."
    )
    assert "Aus der Schicht" in comms.get(reverse("blog_requests:index")).content.decode()
    comms.post(reverse("blog_requests:decide", args=[wish.pk]), {"decision": "approve"})
    wish.refresh_from_db()
    assert wish.blog.members.get().user == company.employee
    assert wish.blog.needs_approval
    assert Notification.objects.get(user=company.employee).url == wish.blog.pages.get().url_path
    comms.post(reverse("blog_requests:decide", args=[wish.pk]), {"decision": "approve"})
    assert Blog.objects.filter(members__user=company.employee).count() == 1


def test_request_is_declined_only_with_a_reason(company, comms):
    wish = BlogRequest.objects.create(user=company.employee, title="Katzen", purpose="Katzen.")
    comms.post(reverse("blog_requests:decide", args=[wish.pk]), {"decision": "decline", "reason": " "})
    wish.refresh_from_db()
    assert wish.state == "open"
    comms.post(
        reverse("blog_requests:decide", args=[wish.pk]), {"decision": "decline", "reason": "Nicht hier."}
    )
    wish.refresh_from_db()
    assert (wish.state, wish.reason) == ("declined", "Nicht hier.")


def test_communications_features_an_article_until_a_day(company, comms):
    url = reverse("blog_feature", args=[company.article.pk])
    assert comms.get(url).status_code == 200
    until = timezone.localtime() + timezone.timedelta(days=3)
    assert comms.post(url, {"until": until.strftime("%Y-%m-%d %H:%M")}).status_code == 302
    assert Pin.objects.get().post == company.post
    assert comms.post(url, {"until": "2001-01-01 10:00"}).status_code == 422
    comms.post(url, {"end": ""})
    assert not Pin.objects.exists()


def test_home_of_the_admin_says_what_waits(company, comms, client_for):
    ArticleFactory(blog=company.staff_blog, author=company.author, title="Half done", state="draft")
    BlogRequest.objects.create(user=company.employee, title="x", purpose="y")
    assert "1 request for a blog" in comms.get("/admin/").content.decode()
    mine = client_for(company.author).get("/admin/").content.decode()
    assert "Half done" in mine
    assert "request" not in mine


def test_menu_offers_only_what_is_used(company, comms):
    menu = comms.get("/admin/").content.decode()
    for closed in (
        "/admin/redirects/",
        "/admin/groups/",
        "/admin/sites/",
        "/admin/workflows/",
        "/admin/collections/",
    ):
        assert closed not in menu
        assert comms.get(closed).status_code == 404
    assert "/admin/blogs/" in menu
    assert "gravatar" not in menu


def test_admin_speaks_the_readers_language(company, client_for):
    company.communications.locale = "de"
    company.communications.save()
    page = client_for(company.communications).get("/admin/").content.decode()
    assert '<html lang="de"' in page.replace("\n", " ")[:400]


def test_writer_chooses_only_allowed_authors(company, client_for):
    page = company.blog.pages.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
    shown = client_for(company.delegate).get(url).context["form"].fields["author"].queryset
    assert list(shown) == [company.executive]
    shown = client_for(company.executive).get(url).context["form"].fields["author"].queryset
    assert list(shown) == [company.executive]


def article_data(**fields):
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "question",
            "body-0-id": "", "body-0-value-text": "What do you think?"}  # fmt: skip
    return {
        "title": "New", "slug": "new", "summary": "Two sentences. Here.", "cover": "", "cover_alt": "", "tags": "",
        "author": "", "has_own_audience": "", "audience": "", "change_note": "", "go_live_at": "", "expire_at": "",
        **body, **fields,
    }  # fmt: skip


def test_delegate_publishes_for_the_executive_and_both_names_are_kept(company, client_for):
    page = company.blog.pages.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
    data = article_data(author=company.executive.pk, **{"action-publish": "1"})
    answer = client_for(company.delegate).post(url, data)
    assert answer.status_code == 302
    article = ArticlePage.objects.get(slug="new")
    assert article.live
    assert (article.author, article.drafted_by) == (company.executive, company.delegate)
    post = article.post_page.post
    assert (post.author, post.posted_by) == (company.executive, company.delegate)


def test_draft_may_be_half_done_but_publishing_asks(company, client_for):
    page = company.blog.pages.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
    executive = client_for(company.executive)
    data = article_data(summary="", author=company.executive.pk)
    answer = executive.post(url, {**data, "action-publish": "1"})
    assert answer.status_code == 200
    assert "summary" in answer.context["form"].errors
    assert executive.post(url, data).status_code == 302
    assert not ArticlePage.objects.get(slug="new").live


def test_author_cannot_choose_an_audience_they_are_not_in(company, client_for):
    page = company.staff_blog.pages.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
    data = article_data(has_own_audience="on", audience=company.foundry.pk, author=company.author.pk)
    answer = client_for(company.author).post(url, data)
    assert "audience" in answer.context["form"].errors


def test_impossible_local_time_is_asked_about(company, client_for):
    page = company.blog.pages.get(locale__language_code="de")
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
    data = article_data(author=company.executive.pk, go_live_at="2027-03-28 02:30")
    form = client_for(company.executive).post(url, {**data, "action-publish": "1"}).context["form"]
    assert "Europe/Berlin" in str(form.errors["go_live_at"])
    assert "Europe/Berlin" in form.fields["go_live_at"].help_text


def test_person_with_two_blogs_reaches_both_and_no_third(company, client_for):
    person = UserFactory()
    for blog in (company.blog, company.staff_blog):
        owner = blog.members.get(role="owner").user
        staffing.set_people(blog=blog, owner=owner, authors=[person])
    shown = client_for(person).get("/admin/pages/").content.decode()
    assert shown
    for blog, status in ((company.blog, 200), (company.staff_blog, 200), (company.foundry_blog, 404)):
        page = blog.pages.get(locale__language_code="de")
        assert client_for(person).get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == status


def translate(client, page, locale):
    client.post(
        reverse("simple_translation:submit_page_translation", args=[page.pk]), {"locales": [locale.pk]}
    )
    return ArticlePage.objects.get(translation_key=page.translation_key, locale=locale)


def test_second_language_shares_the_conversation(company, client_for):
    first = ArticleFactory(blog=company.blog, author=company.executive, title="Nur deutsch")
    english = Locale.objects.get(language_code="en")
    version = translate(client_for(company.executive), first, english)
    assert not version.live
    assert version.get_parent().specific.blog == company.blog
    version.save_revision(user=company.executive).publish()
    assert first.post_page.post == ArticlePage.objects.get(pk=version.pk).post_page.post


def test_blog_in_one_language_is_not_translated_by_the_way(company, client_for):
    blog = staffing.create_blog(
        kind="executive", titles={"de": "Nur hier"}, owner=company.executive, needs_approval=False
    )
    article = ArticleFactory(blog=blog, author=company.executive)
    english = Locale.objects.get(language_code="en")
    url = reverse("simple_translation:submit_page_translation", args=[article.pk])
    client_for(company.executive).post(url, {"locales": [english.pk]})
    assert blog.pages.count() == 1
    staffing.rename(blog=blog, titles={"de": "Nur hier", "en": "Only here"})
    assert translate(client_for(company.executive), article, english).url_path.startswith("/en/blogs/")


def test_older_draft_in_the_other_language_does_not_open_a_narrowed_article(company):
    english = ArticlePage.objects.get(
        translation_key=company.article.translation_key, locale__language_code="en"
    )
    draft = english.save_revision()
    german = ArticlePage.objects.get(pk=company.article.pk)
    german.has_own_audience, german.audience = True, company.foundry
    german.save_revision().publish()
    draft.refresh_from_db()
    draft.publish()
    assert Post.objects.get(pk=company.post.pk).audience == company.foundry


def test_widening_an_article_with_comments_is_asked_about(company, client_for):
    CommentFactory(post=company.foundry_article.post_page.post, author=company.employee)
    url = reverse("wagtailadmin_pages:edit", args=[company.foundry_article.pk])
    data = article_data(
        slug="x", author=company.executive.pk, has_own_audience="on", **{"action-publish": "1"}
    )
    client = client_for(company.executive)
    form = client.post(url, data).context["form"]
    assert "1 comment" in str(form.errors["confirm_widening"])
    assert client.post(url, {**data, "confirm_widening": "on"}).status_code == 302
    page = ArticlePage.objects.get(pk=company.foundry_article.pk)
    assert page.post_page.post.audience is None
    assert page.post_page.post.comment_count == 0


@pytest.mark.parametrize("mode", ["", "list", "outside"])
def test_preview_shows_the_draft_in_each_way(company, client_for, mode):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[company.foundry_article.pk])
    client = client_for(company.executive)
    assert client.post(url, article_data(title="Seen before", slug="x")).status_code == 200
    answer = client.get(url, {"mode": mode})
    assert ("Seen before" in answer.content.decode()) == (mode != "outside")
    assert answer.status_code in (200, 404)


def test_communications_manages_audiences_they_are_in_and_no_others(company, comms):
    board = AudienceFactory(name="Board of zqsecret", members=[company.executive])
    assert "zqsecret" not in comms.get(reverse("audiences:index")).content.decode()
    assert comms.get(reverse("audiences:edit", args=[board.pk])).status_code == 404
    data = {"name": "Foundry crew", "departments": [], "locations": [], "employment": "", "language": "",
            "extra_members": [company.employee.pk, company.communications.pk, company.outsider.pk]}  # fmt: skip
    assert comms.post(reverse("audiences:edit", args=[company.foundry.pk]), data).status_code == 302
    company.foundry.refresh_from_db()
    assert company.foundry.name == "Foundry crew"
    members = set(company.foundry.members.values_list("user", flat=True))
    assert members == {company.employee.pk, company.communications.pk, company.outsider.pk}


def test_department_moves_with_everything_below_it(company, comms):
    top, below = company.executive.department, company.employee.department
    url = reverse("departments:edit", args=[below.pk])
    assert comms.post(url, {"name": "Foundry", "parent": "", "lead": ""}).status_code == 302
    below.refresh_from_db()
    assert below.path == f"/{below.pk}/"
    assert comms.post(url, {"name": "Foundry", "parent": below.pk, "lead": ""}).status_code == 200
    assert top.path != below.path
