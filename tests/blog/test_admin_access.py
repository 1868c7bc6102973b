"""Wagtail's admin obeys the visibility rule: outside the audience nobody meets a draft's title or its files' bytes.

Neither the author of another blog, the executive's delegate elsewhere, Communications nor an administrator (A1, A7).
"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse
from PIL import Image
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page, Workflow

from blog.actions import staffing
from blog.models import ArticlePage
from feed.models import Tag
from people.models import DocumentFile, Picture, Video
from tests import addresses
from tests.factories import ArticleFactory, AudienceFactory, BlogFactory

SEARCHED, SECRET = "zqfurnace", "zqhidden"  # what one types comes back; what stands beside it must not
OUTSIDE = ("author", "delegate", "communications_outside", "administrator")


@pytest.fixture
def vault(company):
    """A closed blog with a draft in review, a second revision, a picture, a document, a video and a tag of its own."""
    company.communications_outside = company.communications
    board = AudienceFactory(name="Board", members=[company.executive])
    blog = BlogFactory(executive=True, needs_approval=True, owner=company.executive, audience=board)
    article = ArticleFactory(
        blog=blog,
        author=company.executive,
        state="draft",
        title=f"{SEARCHED} {SECRET} title",
        tags=[f"{SEARCHED}{SECRET}"],
    )
    article.summary = f"{SECRET} summary"
    article.save_revision(user=company.executive)
    Workflow.objects.get().start(article, company.executive)
    blog.refresh_from_db()
    company.vault = blog
    company.secret = article
    company.picture = Picture.objects.create(
        title=f"{SEARCHED} {SECRET} picture",
        file=png(),
        collection=blog.collection,
        uploaded_by_user=company.executive,
    )
    company.document = DocumentFile.objects.create(
        title=f"{SEARCHED} {SECRET} document",
        file=SimpleUploadedFile(f"{SECRET}.txt", b"zqhidden bytes"),
        collection=blog.collection,
    )
    company.video = Video.objects.create(
        title=f"{SEARCHED} {SECRET} video", collection=blog.collection, uploaded_by=company.executive,
        file=SimpleUploadedFile("a.mp4", b"x"), captions=SimpleUploadedFile("a.vtt", b"WEBVTT"),
    )  # fmt: skip
    return company


def png():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    return SimpleUploadedFile("a.png", file.getvalue(), content_type="image/png")


def told(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body.decode(errors="replace") + answer.get("Location", "")).casefold()


def look(client, urls):
    """Addresses whose answer says the secret word, or that fail."""
    bad = []
    for url in urls:
        answer = client.get(url)
        if answer.status_code >= 500 or SECRET in told(answer):
            bad.append((url, answer.status_code))
    return bad


def of_page(pk):
    """Every address of the admin that names one page."""
    found = []
    for route, name in addresses.patterns():
        if not route.startswith("admin/"):
            continue
        for keys in ({"page_id": pk}, {"parent_page_id": pk}, {"page_to_move_id": pk}, {"pk": pk}):
            if name.startswith(
                (
                    "wagtailadmin_pages:",
                    "wagtailadmin_explore",
                    "wagtailadmin_choose_page_child",
                    "simple_",
                    "blog_",
                )
            ):
                try:
                    found.append(reverse(name, kwargs=keys))
                except NoReverseMatch:
                    continue
    return sorted(set(found))


LISTS = [
    "/admin/", "/admin/pages/", f"/admin/pages/?q={SEARCHED}", f"/admin/pages/search/?q={SEARCHED}",
    f"/admin/pages/search/results/?q={SEARCHED}", "/admin/pages/usage/blog/articlepage/", "/admin/choose-page/",
    f"/admin/choose-page/search/?q={SEARCHED}", "/admin/images/", f"/admin/images/?q={SEARCHED}", "/admin/documents/",
    f"/admin/documents/?q={SEARCHED}", "/admin/images/chooser/", f"/admin/images/chooser/results/?q={SEARCHED}",
    "/admin/documents/chooser/", f"/admin/documents/chooser/results/?q={SEARCHED}", "/admin/snippets/people/video/",
    "/admin/snippets/choose/people/video/", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/",
    "/admin/reports/workflow/?export=csv", "/admin/reports/locked/", "/admin/reports/site-history/",
    "/admin/reports/site-history/results/", "/admin/reports/site-history/?export=csv", "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/", "/admin/api/main/pages/", f"/admin/api/main/pages/?search={SEARCHED}",
    "/admin/api/main/images/", "/admin/api/main/documents/", f"/admin/tag-autocomplete/feed/tag/?term={SEARCHED}",
    f"/admin/tag-autocomplete/?term={SEARCHED}", "/admin/blogs/", "/admin/collections/", "/admin/redirects/",
    "/admin/workflows/list/",
]  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDE)
def test_outsider_finds_nothing_in_lists_searches_choosers_and_reports(vault, client_for, role):
    assert look(client_for(getattr(vault, role)), LISTS) == []


@pytest.mark.parametrize("role", OUTSIDE)
def test_outsider_opens_no_address_of_the_draft(vault, client_for, role):
    client, pk = client_for(getattr(vault, role)), vault.secret.pk
    revisions = list(vault.secret.revisions.order_by("pk"))
    first, last = revisions[0].pk, revisions[-1].pk
    urls = [
        *of_page(pk),
        reverse("wagtailadmin_pages:revisions_compare", args=[pk, first, last]),
        reverse("wagtailadmin_pages:revisions_view", args=[pk, last]),
        reverse("wagtailadmin_pages:revisions_revert", args=[pk, last]),
        f"/admin/api/main/pages/{pk}/",
        f"/admin/bulk/wagtailcore/page/publish/?id={pk}",
        f"/admin/bulk/wagtailcore/page/move/?id={pk}",
        f"/admin/choose-page/chosen-multiple/?id={pk}",
        f"/admin/choose-page/?target_pages[]={pk}",
    ]
    assert len(urls) > 20
    assert look(client, urls) == []
    assert {client.get(url).status_code for url in urls if f"/{pk}/edit/" in url} == {404}


@pytest.mark.parametrize("role", OUTSIDE)
def test_outsider_gets_no_file_of_the_blog(vault, client_for, role):
    client = client_for(getattr(vault, role))
    pictures, documents, videos = vault.picture.pk, vault.document.pk, vault.video.pk
    urls = [
        f"/admin/images/{pictures}/", f"/admin/images/{pictures}/delete/", f"/admin/images/usage/{pictures}/",
        f"/admin/images/{pictures}/preview/original/", f"/admin/images/{pictures}/generate_url/original/",
        f"/admin/images/chooser/{pictures}/", f"/admin/images/chooser/{pictures}/select_format/",
        f"/admin/images/chooser/chosen-multiple/?id={pictures}", f"/admin/bulk/people/picture/delete/?id={pictures}",
        f"/admin/documents/edit/{documents}/", f"/admin/documents/usage/{documents}/",
        f"/admin/documents/chooser/{documents}/",
        f"/admin/bulk/people/documentfile/delete/?id={documents}", f"/admin/snippets/people/video/edit/{videos}/",
        f"/admin/snippets/people/video/usage/{videos}/", f"/admin/snippets/people/video/history/{videos}/",
        f"/admin/snippets/choose/people/video/chosen/{videos}/", vault.document.url, vault.video.url,
    ]  # fmt: skip
    assert look(client, urls) == []
    answers = {url: client.get(url).status_code for url in urls}
    assert [url for url, status in answers.items() if status == 200] == []


def test_bulk_action_on_all_of_a_listing_leaves_out_what_is_closed(vault, client_for):
    index = vault.vault.pages.get(locale__language_code="de").get_parent()
    url = f"/admin/bulk/wagtailcore/page/publish/?id=all&childOf={index.pk}"
    assert look(client_for(vault.administrator), [url]) == []


@pytest.mark.parametrize("role", OUTSIDE)
def test_outsider_cannot_move_or_copy_into_or_out_of_the_blog(vault, client_for, role):
    client = client_for(getattr(vault, role))
    closed = vault.vault.pages.get(locale__language_code="de")
    for url, data in (
        (reverse("wagtailadmin_pages:copy", args=[vault.article.pk]), {"new_parent_page": closed.pk}),
        (reverse("wagtailadmin_pages:move_confirm", args=[vault.article.pk, closed.pk]), {}),
        (reverse("wagtailadmin_pages:copy", args=[vault.secret.pk]), {"new_title": "x", "new_slug": "x"}),
    ):
        assert client.post(url, data).status_code == 404
    assert ArticlePage.objects.child_of(closed).count() == 1


def test_alias_is_refused(company, client_for):
    url = reverse("wagtailadmin_pages:copy", args=[company.article.pk])
    parent = company.article.get_parent()
    data = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": parent.pk, "alias": "on"}
    client_for(company.administrator).post(url, data)
    assert not Page.objects.filter(slug="twin").exists()


def test_copy_becomes_a_draft_without_the_conversation(company):
    copy = CopyPageAction(
        company.article, update_attrs={"slug": "twin"}, keep_live=False, user=company.executive
    ).execute()
    assert not copy.live
    assert not hasattr(copy, "post_page") or copy.post_page.post != company.post


def test_author_writes_only_in_their_blog(company, client_for):
    client = client_for(company.author)
    own, foreign = (blog.pages.get(locale__language_code="de") for blog in (company.staff_blog, company.blog))
    add = [
        reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk]) for page in (own, foreign)
    ]
    assert client.get(add[0]).status_code == 200
    assert client.get(add[1]).status_code == 404
    assert client.post(add[1], {"title": "x", "slug": "x"}).status_code == 404
    assert client.post(reverse("wagtailadmin_pages:delete", args=[company.article.pk])).status_code == 404


def test_delegate_gains_no_reading_right(company, client_for):
    """Writing for somebody in one blog opens no other blog of theirs (A7)."""
    page = company.foundry_blog.pages.get(locale__language_code="de")
    client = client_for(company.delegate)
    assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 404
    assert client.get(company.foundry_article.url_path).status_code == 404


def test_removed_author_is_outside_at_once(company, client_for):
    client = client_for(company.author)
    page = company.staff_blog.pages.get(locale__language_code="de")
    assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
    staffing.set_people(blog=company.staff_blog, owner=company.executive)
    assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code in (403, 404)


def test_article_with_its_own_audience_is_closed_to_communications_outside(company, client_for):
    board = AudienceFactory(name="Board", members=[company.executive])
    article = ArticleFactory(
        blog=company.blog,
        author=company.executive,
        state="draft",
        title=f"{SEARCHED} {SECRET} title",
        has_own_audience=True,
        audience=board,
    )
    for person in (company.communications, company.administrator, company.delegate):
        assert look(client_for(person), of_page(article.pk)) == []
        parent = reverse("wagtailadmin_explore", args=[article.get_parent().pk])
        assert look(client_for(person), [parent]) == []
    inside = client_for(company.executive).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert inside.status_code == 200


def test_those_inside_see_all_of_it(vault, client_for):
    """Guards against answers that leak nothing because they show nothing."""
    client = client_for(vault.executive)
    urls = [
        f"/admin/pages/?q={SEARCHED}", f"/admin/images/?q={SEARCHED}",
        reverse("wagtailadmin_pages:edit", args=[vault.secret.pk]),
        reverse("wagtailadmin_pages:history", args=[vault.secret.pk]), "/admin/images/", "/admin/images/chooser/",
        "/admin/documents/chooser/", "/admin/snippets/choose/people/video/",
    ]  # fmt: skip
    assert len(look(client, urls)) == len(urls)
    assert Tag.objects.filter(name=f"{SEARCHED}{SECRET}").exists()
