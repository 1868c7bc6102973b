"""An employee reads an article and joins its conversation, with and without JavaScript; a moderator steps in."""

import pytest

from feed.models import Comment, Notification, Reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_employee_comments_answers_and_reacts_without_leaving_the_page(company, open_page):
    page = open_page(company.employee)
    page.goto(company.article.url_path)
    composer = page.locator(".conversation .composer").first
    composer.locator("textarea").fill("The **second shift** heard it first.")
    composer.locator("button[type=submit]").click()
    written = page.locator("#thread .comment", has_text="second shift")
    written.wait_for()
    assert written.locator("strong").inner_text() == "second shift"

    mine = Comment.objects.get(body__contains="second shift")
    first = page.locator(f"#comment-{company.comment.pk}")
    first.get_by_role("link", name="Reply").click()
    answer = page.locator(f"#slot-{company.comment.pk} textarea")
    answer.fill("The foreman told us.")
    page.locator(f"#slot-{company.comment.pk} button[type=submit]").click()
    page.locator(".comment", has_text="The foreman told us.").wait_for()
    reply = Comment.objects.get(body="The foreman told us.")
    assert (reply.root_id, reply.reply_to_id) == (company.comment.pk, company.comment.pk)

    page.locator("#react-post-thanks").click()
    page.locator("#react-post-thanks[aria-pressed=true]").wait_for()
    page.wait_for_function("document.querySelector('#react-post-thanks .num').textContent.trim() === '1'")
    assert page.url.partition("?")[0].endswith(company.article.url_path)
    page.reload()
    assert page.locator(f"#comment-{mine.pk}").count() == 1
    assert Reaction.objects.get(post=company.post, comment=None).user == company.employee


def test_employee_without_javascript_comments_answers_edits_and_deletes(company, open_page):
    page = open_page(company.employee, javascript=False)
    page.goto(company.article.url_path)
    page.locator(".conversation .composer textarea").first.fill("Written without any script.")
    page.locator(".conversation .composer button[type=submit]").first.click()
    mine = Comment.objects.get(body="Written without any script.")
    assert page.locator(f"#comment-{mine.pk}").is_visible()

    page.locator(f"#reply-{company.comment.pk}").click()
    page.locator(f"#slot-{company.comment.pk} textarea").fill("An answer without script.")
    page.locator(f"#slot-{company.comment.pk} button[type=submit]").click()
    assert Comment.objects.get(body="An answer without script.").root_id == company.comment.pk

    page.goto(f"/comments/{mine.pk}/edit/")
    page.locator("main textarea").first.fill("Written and mended without any script.")
    page.locator("main .composer button[type=submit], main form button[type=submit]").first.click()
    mine.refresh_from_db()
    assert mine.body == "Written and mended without any script."

    page.goto(f"/comments/{mine.pk}/delete/")
    page.locator("main form button[type=submit], main form button").first.click()
    mine.refresh_from_db()
    assert mine.deleted_at is not None


def test_draft_of_a_comment_is_there_again_on_another_device(company, open_page):
    page = open_page(company.employee)
    page.goto(company.article.url_path)
    page.locator(".conversation .composer textarea").first.fill("Half a thought")
    page.locator(".draft-state", has_text="Draft saved").first.wait_for()
    elsewhere = open_page(company.employee)
    elsewhere.goto(company.article.url_path)
    field = elsewhere.locator(".conversation .composer textarea").first
    assert field.input_value().strip() == "Half a thought"


def test_moderator_hides_a_reported_comment_and_its_writer_is_told(company, open_page):
    reader = open_page(company.outsider)
    reader.goto(f"/comments/{company.comment.pk}/report/")
    reader.locator("main input[type=radio]").first.check()
    reader.locator("main form.reason-form button").first.click()

    moderator = open_page(company.moderator)
    moderator.goto("/moderation/")
    report = moderator.locator(".queue li", has_text="Görlitz")
    report.locator("input[name=reason]").fill("Names a colleague who is not here to answer.")
    report.locator("button[value=hide]").click()
    moderator.get_by_text("No open reports.").wait_for()
    moderator.goto("/moderation/?view=log")
    assert "Names a colleague" in moderator.locator("main").inner_text()

    reader.goto(company.article.url_path)
    assert "Görlitz" not in reader.locator("#conversation").inner_text()
    writer = open_page(company.employee)
    writer.goto("/notifications/")
    assert "Names a colleague" in writer.locator("main").inner_text()
    assert Notification.objects.filter(user=company.employee, cause="moderation").count() == 1
