"""An executive publishes in two languages; Communications approves a colleague's article and features it."""

import pytest

from blog.models import ArticlePage
from feed.models import Pin, Post

pytestmark = pytest.mark.django_db(transaction=True)


def test_executive_publishes_in_two_languages_and_both_share_one_conversation(company, open_page):
    page = open_page(company.executive)
    page.goto("/blogs/write/")
    page.locator("main a[href*='/admin/pages/add/']", has_text="de").first.click()
    _write(page, title="Warum wir montags zuhören", summary="Was im Januar anders wird.")
    _publish(page)
    german = ArticlePage.objects.get(title="Warum wir montags zuhören")

    page.goto(f"/admin/translation/submit/page/{german.pk}/")
    page.locator("input[name=locales]").first.check()
    page.locator("main form button[type=submit], form [type=submit]").last.click()
    page.locator("#id_title").wait_for()
    _write(page, title="Why we listen on Mondays", summary="What changes in January.")
    _publish(page)
    english = ArticlePage.objects.get(title="Why we listen on Mondays")
    assert english.translation_key == german.translation_key
    assert english.post_page.post == german.post_page.post

    reader = open_page(company.employee)
    reader.goto(german.url_path)
    reader.locator(f"a[href='{english.url_path}'], a[hreflang=en]").first.click()
    assert reader.locator("main h1").inner_text() == "Why we listen on Mondays"


def test_communications_approves_an_article_and_features_it_on_home(company, open_page):
    author = open_page(company.author)
    author.goto("/blogs/write/")
    author.locator("main a[href*='/admin/pages/add/']", has_text="de").first.click()
    _write(author, title="72 Stunden ohne Drift", summary="Was der Prüfstand gezeigt hat.")
    _choose(author, "button[name=action-submit]")
    article = ArticlePage.objects.get(title="72 Stunden ohne Drift")
    assert not Post.objects.filter(pages__page=article).exists()

    reviewer = open_page(company.communications)
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name="72 Stunden ohne Drift").first.click()
    _choose(reviewer, "button[data-workflow-action-name=approve]")
    article.refresh_from_db()
    assert article.live

    reviewer.goto(f"/admin/feature/{article.pk}/")
    reviewer.get_by_role("button", name="Feature").click()
    reviewer.locator("#id_title").wait_for()
    assert Pin.objects.get().post == article.post_page.post

    reader = open_page(company.employee)
    assert "72 Stunden ohne Drift" in reader.locator("main").inner_text()


def _write(page, *, title, summary):
    page.fill("#id_title", title)
    page.fill("#id_summary", summary)


def _choose(page, selector):
    """Presses a button of the editor's action menu, opening the menu where the button is inside it."""
    button = page.locator(selector).first
    if not button.is_visible():
        page.locator(
            "nav.footer__container [aria-expanded], .footer [data-w-dropdown-target=toggle]"
        ).first.click()
    with page.expect_navigation():
        button.click()


def _publish(page):
    _choose(page, "button[name=action-publish]")
