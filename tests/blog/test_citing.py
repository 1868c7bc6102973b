"""Comments on a paragraph: the words are the server's, they survive edits, and the margin shows what may be read."""

import pytest
from django.urls import reverse

from blog import paragraphs
from blog.models import ArticlePage
from feed.actions import citing, comment_editing, commenting, moderating
from feed.models import Comment
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

FIRST, SECOND = "The furnace stays in Görlitz until 2031.", "That means another year of Saturdays."


@pytest.fixture
def article(company):
    items = "<ul><li>An item of a list.</li><li></li></ul>"
    text = f"<p>{FIRST}</p><p>That means <b>another</b> year of Saturdays.</p>{items}"
    made = ArticleFactory(blog=company.blog, author=company.executive, text=text)
    return ArticlePage.objects.select_related("post_page__post").get(pk=made.pk)


def anchor_of(article, words):
    return next(key for key, found in paragraphs.words_of(article.body).items() if found == words)


def cite(article, words, author, **more):
    quotation = citing.quote(page=article.post_page, anchor=anchor_of(article, words), **more)
    return commenting.add(post=article.post_page.post, author=author, body="About this.", cited=quotation)


def rewrite(article, text):
    article.body = [("text", text)]
    article.save_revision().publish()


def test_each_paragraph_has_an_address_and_a_way_to_comment_on_it(article, company, client_for):
    page = client_for(company.employee).get(article.url_path).content.decode()
    for words, tag in ((FIRST, "p"), (SECOND, "p"), ("An item of a list.", "li")):
        anchor = anchor_of(article, words)
        assert f'<{tag} id="{anchor}"' in page
        assert f'href="?cite={anchor}#comment-form"' in page
    assert page.count("Comment on this paragraph") == 3


def test_without_javascript_the_composer_quotes_and_the_comment_keeps_the_servers_words(
    article, company, client_for
):
    client, anchor = client_for(company.employee), anchor_of(article, SECOND)
    page = client.get(f"{article.url_path}?cite={anchor}").content.decode()
    assert f'<p class="cite" lang="de">{SECOND}</p>' in page
    version = article.post_page
    sent = {
        "body": "Which Saturdays?", "cited_page": version.pk, "cited_anchor": anchor,
        "cited_words": "He never said this at all.", "cited_text": "Nor this.",
    }  # fmt: skip
    client.post(reverse("feed:comments", args=[version.post_id]), sent)
    made = Comment.objects.get(body="Which Saturdays?")
    assert (made.cited_text, made.cited_anchor, made.cited_page) == (SECOND, anchor, version)
    page = client.get(article.url_path).content.decode()
    assert f'<a href="{article.url_path}#{anchor}">{SECOND}</a>' in page
    assert "1 comment on this" in page


def test_part_of_a_paragraph_is_quoted_when_it_really_stands_there(article):
    anchor = anchor_of(article, SECOND)
    quote = citing.quote(page=article.post_page, anchor=anchor, words="another  year of\nSaturdays")
    assert quote.text == "another year of Saturdays"


def test_gone_paragraph_is_refused_with_the_text_kept(article, company, client_for):
    client = client_for(company.employee)
    sent = {"body": "Typed with care.", "cited_page": article.post_page.pk, "cited_anchor": "p-absent-0"}
    answer = client.post(reverse("feed:comments", args=[article.post_page.post_id]), sent)
    assert answer.status_code == 422
    assert "Typed with care." in answer.content.decode()


def test_quotation_follows_its_paragraph_and_says_when_the_words_are_gone(article, company, client_for):
    cite(article, FIRST, company.employee)
    client = client_for(company.outsider)
    rewrite(article, f"<p>New beginning.</p><p>{FIRST}</p>")
    page = client.get(article.url_path).content.decode()
    article = ArticlePage.objects.get(pk=article.pk)
    assert f'href="{article.url_path}#{anchor_of(article, FIRST)}"' in page
    assert "changed since" not in page
    rewrite(article, "<p>The furnace goes.</p>")
    page = client.get(article.url_path).content.decode()
    assert FIRST in page
    assert "The text was changed since." in page
    assert "comment on this" not in page


def test_margin_counts_only_what_is_shown(article, company, client_for):
    made = [cite(article, FIRST, user) for user in (company.employee, company.outsider, company.author)]
    client = client_for(company.delegate)
    assert "3 comments on this" in client.get(article.url_path).content.decode()
    moderating.hide(comment=made[0], by=company.moderator, reason="Rule 3")
    comment_editing.delete(comment=made[1], by=company.outsider)
    assert "1 comment on this" in client.get(article.url_path).content.decode()
    moderating.hide(comment=made[2], by=company.moderator, reason="Rule 3")
    assert "comment on this" not in client.get(article.url_path).content.decode()


def test_choosing_with_htmx_shows_the_words_and_refuses_strangers(company, client_for):
    article = ArticlePage.objects.get(pk=company.foundry_article.pk)
    anchor = next(iter(paragraphs.words_of(article.body)))
    post = company.foundry_article.post_page.post
    url = f"{reverse('feed:cite', args=[post.pk])}?page={article.post_page.pk}&anchor={anchor}"
    htmx = {"HX-Request": "true"}
    assert "First paragraph." in client_for(company.employee, **htmx).get(url).content.decode()
    assert client_for(company.outsider, **htmx).get(url).status_code == 404
    other = f"{reverse('feed:cite', args=[company.post.pk])}?page={article.post_page.pk}&anchor={anchor}"
    assert client_for(company.outsider, **htmx).get(other).status_code == 404
    sent = {"body": "Let me see.", "cited_page": article.post_page.pk, "cited_anchor": anchor}
    client_for(company.outsider).post(reverse("feed:comments", args=[company.post.pk]), sent)
    assert Comment.objects.get(body="Let me see.").cited_text == ""


def test_long_paragraphs_are_cut_between_words():
    cut = citing.shorten(words="word " * 200)
    assert len(cut) <= citing.MAX_CHARS
    assert cut.endswith("word…")
