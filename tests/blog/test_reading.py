"""What readers see of blogs, articles, tags and standard pages."""

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from blog.models import BlogRequest, HomePage, StandardPage
from feed.models import Follow, Notification
from tests.factories import ArticleFactory, BlogFactory, CommentFactory

pytestmark = pytest.mark.django_db


def page_of(client, article, **query):
    return client.get(article.url_path, query)


def test_employee_reads_an_article_with_its_people_and_tags(company, client_for):
    answer = page_of(client_for(company.outsider), company.article)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "First paragraph." in text
    assert "Henrike Rautenfeld" in text
    assert "#foundry" in text


def test_article_names_who_drafted_and_approved_it(company, client_for):
    article = ArticleFactory(
        blog=company.blog,
        author=company.executive,
        drafted_by=company.delegate,
        approved_by=company.communications,
    )
    text = page_of(client_for(company.outsider), article).content.decode()
    assert "Drafted by <bdi>Dana Weiß</bdi>" in text
    assert "Approved by <bdi>Klara Thoma</bdi>" in text


def test_article_says_when_and_what_was_changed(company, client_for):
    article = ArticleFactory(
        blog=company.blog,
        author=company.executive,
        change_note="Number corrected.",
        changed_at=timezone.now(),
    )
    assert "Number corrected." in page_of(client_for(company.outsider), article).content.decode()


def test_reader_switches_to_the_other_language_of_an_article(company, client_for):
    english = company.post.pages.get(language="en")
    answer = page_of(client_for(company.outsider), company.article)
    assert english.url in [version.url for version in answer.context["versions"]]
    assert client_for(company.outsider).get(english.url).status_code == 200


def test_article_for_others_is_as_absent_as_one_that_never_was(company, client_for):
    client = client_for(company.outsider)
    hidden = page_of(client, company.foundry_article)
    absent = client.get("/de/blogs/nothing/at-all/")
    assert hidden.status_code == absent.status_code == 404
    assert abs(len(hidden.content) - len(absent.content)) <= 16


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_unpublished_article_is_absent_even_for_its_author(company, client_for, state):
    article = ArticleFactory(blog=company.blog, author=company.executive, state=state)
    assert page_of(client_for(company.executive), article).status_code == 404


def test_withdrawn_article_shows_title_and_no_thread(company, client_for):
    article = ArticleFactory(blog=company.blog, author=company.executive, title="Taken back")
    CommentFactory(post=article.post_page.post, body="What I said")
    article.unpublish()
    text = page_of(client_for(company.outsider), article).content.decode()
    assert "Taken back" in text
    assert "First paragraph." not in text
    assert "What I said" not in text


def test_blog_for_others_is_absent(company, client_for):
    page = company.foundry_blog.pages.first()
    assert client_for(company.outsider).get(page.url_path).status_code == 404
    assert client_for(company.employee).get(page.url_path).status_code == 200


def test_index_lists_only_blogs_and_articles_for_the_reader(company, client_for):
    outside = client_for(company.outsider).get("/blogs/")
    inside = client_for(company.employee).get("/blogs/")
    assert "Only for the foundry" not in outside.content.decode()
    assert "Only for the foundry" in inside.content.decode()
    assert len(inside.context["executive"]) == len(outside.context["executive"]) + 1


def test_index_shows_the_readers_language_once_per_article(company, client_for):
    items = client_for(company.outsider).get("/blogs/").context["articles"].items
    assert [item.language for item in items if item.post_id == company.post.pk] == ["en"]


def test_lists_are_paged_without_gaps_or_repeats(company, client_for):
    made = {
        ArticleFactory(blog=company.staff_blog, author=company.author).post_page.post_id for _ in range(15)
    }
    client, after, seen = client_for(company.outsider), "", []
    while True:
        articles = client.get("/blogs/", {"after": after}).context["articles"]
        seen += [item.post_id for item in articles.items]
        after = articles.after
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert made <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMl0", "WyJ4IiwgInkiXQ", "%00", "é"])
def test_broken_cursor_is_refused_politely(company, client_for, cursor):
    assert client_for(company.outsider).get("/blogs/", {"after": cursor}).status_code == 400


def test_tag_lists_articles_and_is_absent_where_nothing_may_be_seen(company, client_for):
    assert company.article.title in client_for(company.outsider).get("/tags/foundry/").content.decode()
    assert client_for(company.outsider).get("/tags/furnace/").status_code == 404
    assert client_for(company.employee).get("/tags/furnace/").status_code == 200
    assert client_for(company.outsider).get("/tags/never/").status_code == 404


def test_follow_marks_show_executive_default_and_mute(company, client_for):
    page = company.blog.pages.order_by("pk").first()
    client = client_for(company.outsider)
    assert client.get(page.url_path).context["follows"]
    Follow.objects.create(follower=company.outsider, page=page, muted=True)
    assert not client.get(page.url_path).context["follows"]


def test_old_address_leads_to_the_article_for_its_readers_only(company, client_for):
    Redirect.objects.create(old_path="/2019/05/old", redirect_page=company.foundry_article)
    answer = client_for(company.employee).get("/2019/05/old/")
    assert answer.status_code == 301
    assert answer["Location"] == company.foundry_article.url_path
    assert client_for(company.outsider).get("/2019/05/old/").status_code == 404


def test_standard_page_is_read_and_containers_lead_on(company, client_for):
    home = HomePage.objects.get(locale__language_code="de")
    page = StandardPage(title="Regeln", slug="regeln", locale=Locale.objects.get(language_code="de"))
    page.body = [("text", "<p>Be kind.</p>")]
    home.add_child(instance=page)
    client = client_for(company.outsider)
    assert "Be kind." in client.get("/de/regeln/").content.decode()
    assert client.get("/de/").headers["Location"] == "/"
    assert client.get("/de/blogs/").headers["Location"] == "/blogs/"


def test_author_with_one_page_goes_straight_to_the_editor(company, client_for):
    blog = BlogFactory(languages=["de"], owner=company.outsider)
    answer = client_for(company.outsider).get("/blogs/write/")
    assert answer["Location"].endswith(f"/blog/articlepage/{blog.pages.get().pk}/")


def test_employee_without_blog_asks_for_one_once(company, client_for):
    client = client_for(company.outsider)
    assert client.get("/blogs/write/")["Location"] == "/blogs/request/"
    form = {"title": "Sales on tour", "purpose": "What customers tell me.", "language": "de"}
    assert client.post("/blogs/request/", form).status_code == 302
    client.post("/blogs/request/", {**form, "title": "Again"})
    assert BlogRequest.objects.get().title == "Sales on tour"
    assert Notification.objects.filter(user=company.communications, actor=company.outsider).exists()


def test_request_without_title_keeps_what_was_typed(company, client_for):
    answer = client_for(company.outsider).post(
        "/blogs/request/", {"purpose": "Much to tell", "language": "de"}
    )
    assert answer.status_code == 422
    assert "Much to tell" in answer.content.decode()


@pytest.mark.parametrize(("path", "most"), [("/blogs/", 10), ("blog", 10), ("article", 12)])
def test_reading_takes_the_same_few_queries_for_much_and_little(
    company, client_for, django_assert_max_num_queries, path, most
):
    path = {"blog": company.blog.pages.first().url_path, "article": company.article.url_path}.get(path, path)
    client = client_for(company.outsider)
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)
    for _ in range(10):
        ArticleFactory(blog=company.blog, author=company.executive)
    for _ in range(50):
        CommentFactory(post=company.post)
    with django_assert_max_num_queries(most):
        client.get(path)
