"""A WordPress blog moves in: what comes along, what stays behind, who may see it, and that twice adds nothing."""

import shutil

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from blog.importing import runs, writing
from blog.models import ArticlePage, BlogPage, ImportedItem, ImportRun
from feed.models import Comment, Post, Tag
from people.models import Picture, User
from tests.blog.importing import files
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def moved_in(path=files.WERKSTATT, **options):
    run = runs.check(runs.start(path=str(path), **options))
    assert run.state == ImportRun.State.CHECKED, run.error
    return runs.execute(run)


def rows(run):
    return {row["kind"]: (row["found"], row["imported"], row["present"], row["skipped"]) for row in run.table}


def article(slug):
    return ArticlePage.objects.get(slug=slug)


def test_table_adds_up_by_kind_and_reason():
    run = moved_in()
    assert rows(run) == {
        "post": (7, 6, 0, {"trash": 1}),
        "page": (1, 1, 0, {}),
        "comment": (9, 6, 0, {"spam": 1, "pingback": 1, "item": 1}),
        "author": (3, 2, 0, {"unused": 1}),
        "commenter": (3, 1, 2, {}),
        "term": (5, 2, 0, {"default category": 1, "unused": 1, "taxonomy": 1}),
        "attachment": (2, 0, 0, {"no media": 1, "unused": 1}),
        "nav_menu_item": (1, 0, 0, {"type": 1}),
    }


def test_dry_run_says_what_the_import_does_and_changes_nothing():
    dry = runs.check(runs.start(path=str(files.WERKSTATT)))
    assert (ArticlePage.objects.count(), User.objects.count(), Tag.objects.count()) == (0, 0, 0)
    assert rows(dry) == rows(moved_in())


def test_second_import_adds_nothing():
    moved_in(media=str(files.UPLOADS))
    before = [
        model.objects.count() for model in (ArticlePage, Comment, User, Tag, Picture, ImportedItem, Post)
    ]
    again = moved_in(media=str(files.UPLOADS))
    assert [
        model.objects.count() for model in (ArticlePage, Comment, User, Tag, Picture, ImportedItem, Post)
    ] == before
    assert all(imported == 0 for _found, imported, _present, _skipped in rows(again).values())
    assert rows(again)["post"] == (7, 0, 6, {"trash": 1})


def test_newer_export_adds_only_what_is_new(tmp_path):
    path = tmp_path / "old.xml"
    path.write_bytes(files.export(files.item(1, comments=files.comment(1))))
    moved_in(path)
    path.write_bytes(
        files.export(files.item(1, comments=files.comment(1) + files.comment(2, 1)), files.item(2))
    )
    run = moved_in(path)
    assert rows(run)["post"] == (2, 1, 1, {})
    assert rows(run)["comment"] == (2, 1, 1, {})
    assert Comment.objects.filter(root__isnull=False).count() == 1


def test_published_posts_keep_date_author_tags_and_language():
    moved_in()
    page = article("der-erste-guss")
    post = page.post_page.post
    assert page.title == "Der erste Guss & was wir lernten"
    assert page.summary == "Ein Guss, zwei Lehren."
    assert post.published_at.isoformat() == "2016-05-02T08:30:00+00:00"
    assert (post.state, post.author.name, page.language) == ("published", "Jana Petersen", "de")
    assert sorted(tag.name for tag in post.tags.all()) == ["Guss & Form", "Kalibrierung"]


@pytest.mark.parametrize("slug", ["gehaltsrunde", "mit-passwort", "entwurf", "uebermorgen"])
def test_private_protected_draft_and_future_posts_are_never_public(slug, client_for):
    moved_in(schedule_future=True)
    page = article(slug)
    assert not page.live
    for user in (UserFactory(), UserFactory(is_superuser=True)):
        assert client_for(user).get(page.url_path).status_code == 404
        assert not Post.objects.visible_to(user).filter(pages__page=page).exists()


def test_future_posts_are_scheduled_only_when_asked_for():
    moved_in()
    assert article("uebermorgen").approved_schedule is False
    ArticlePage.objects.get(slug="uebermorgen").delete()
    moved_in(schedule_future=True)
    assert article("uebermorgen").approved_schedule is True
    assert article("uebermorgen").go_live_at.year == 2099


def test_trash_is_not_imported():
    moved_in()
    assert not ArticlePage.objects.filter(title="Weggeworfen").exists()


def test_comments_keep_author_date_and_tree():
    moved_in()
    first, second, third = Comment.objects.filter(post__pages__title__startswith="Der erste").order_by(
        "created_at"
    )[:3]
    assert first.body_html == "<p>Stark! 2 * 3 * 4 <strong>Tonnen</strong>.</p>"
    assert (first.root, first.reply_to, first.author.name) == (None, None, "Emil Brandt")
    assert (second.root, second.reply_to) == (first, first)
    assert (third.root, third.reply_to, third.author.name) == (first, second, "Jana Petersen")
    assert third.created_at.isoformat() == "2016-05-02T11:00:00+00:00"
    first.refresh_from_db()
    assert first.reply_count == 2


def test_counters_count_what_is_shown():
    moved_in()
    post = article("der-erste-guss").post_page.post
    assert post.comment_count == 4  # three of the thread, one whose parent was spam
    assert post.last_activity_at.isoformat() == "2016-05-03T09:00:00+00:00"


def test_unapproved_comments_are_held_and_seen_by_the_author_only():
    jana = UserFactory(email="jana.petersen@rautenfeld.example")
    moved_in()
    held = Comment.objects.get(held_at__isnull=False)
    assert held.body == "Noch nicht freigegeben."
    assert held in Comment.objects.visible_to(jana)
    assert held not in Comment.objects.visible_to(UserFactory())


def test_answer_to_spam_moves_up_and_spam_and_pingbacks_stay_behind():
    run = moved_in()
    assert Comment.objects.get(body="Antwort auf Werbung.").root is None
    assert not Comment.objects.filter(body__contains="Pillen").exists()
    assert not Comment.objects.filter(body__contains="Guss").exists()
    notes = {group["kind"]: dict(group["details"]) for group in run.notes}
    assert notes["comment"]["orphan"] == 1


def test_comments_of_a_draft_wait_with_it():
    moved_in()
    hidden = Comment.objects.get(body="Auch geheim.")
    assert hidden.post.state == Post.State.DRAFT
    assert hidden not in Comment.objects.visible_to(UserFactory())
    page = article("mit-passwort")
    page.save_revision().publish()
    assert hidden in Comment.objects.visible_to(UserFactory())


def test_authors_are_matched_by_address_whatever_its_case():
    jana = UserFactory(email="jana.petersen@rautenfeld.example")
    run = moved_in()
    assert article("der-erste-guss").author == jana
    assert rows(run)["author"] == (3, 1, 1, {"unused": 1})


def test_unknown_people_are_kept_and_can_never_sign_in(client):
    moved_in()
    emil = User.objects.get(email="emil.brandt@rautenfeld.example")
    assert (emil.name, emil.is_active, emil.has_usable_password()) == ("Emil Brandt", False, False)
    visitor = (
        User.objects.get(first_name="Besucherin", last_name="")
        if User.objects.filter(first_name="Besucherin").exists()
        else User.objects.get(last_name="Besucherin")
    )
    assert not visitor.is_active
    assert visitor.email.endswith("@imported.invalid")
    assert User.objects.count() == 3


def test_people_and_tags_that_nothing_uses_are_not_made():
    moved_in()
    assert not User.objects.filter(last_name="Praktikum").exists()
    assert not Tag.objects.filter(slug="nie-benutzt").exists()


def test_body_holds_blocks_with_pictures_from_the_folder_only(settings):
    moved_in(media=str(files.UPLOADS))
    page = article("der-erste-guss")
    assert [block.block_type for block in page.body] == ["text", "image", "quote", "text"]
    picture = page.body[1].value
    assert (picture["alt"], picture["caption"], picture["credit"]) == (
        "Blick in den Ofen",
        "",
        "Foto: Werkstatt",
    )
    assert page.cover == picture["image"]
    assert page.cover_alt == "Ein offener Schmelzofen"
    stored = picture["image"].file.read()
    assert b"secret" not in stored
    assert b"Exif" not in stored
    assert Picture.objects.count() == 1


def test_missing_pictures_are_links_and_listed():
    run = moved_in()
    page = article("der-erste-guss")
    assert [block.block_type for block in page.body] == ["text", "quote", "text"]
    assert (
        '<a href="https://blog.rautenfeld.example/wp-content/uploads/2016/05/ofen.jpg">'
        in page.body[0].value.source
    )
    assert "Foto: Werkstatt" in page.body[0].value.source
    notes = {group["kind"]: group["count"] for group in run.notes}
    assert notes["file"] >= 1
    assert notes["shortcode"] == notes["dynamic"] == notes["html"] == 1


def test_damaged_and_foreign_files_are_refused_not_stored(tmp_path):
    shutil.copytree(files.UPLOADS, tmp_path / "uploads")
    (tmp_path / "uploads/2016/05/ofen.jpg").write_bytes(b"<svg onload=alert(1)>")
    run = moved_in(media=str(tmp_path / "uploads"))
    assert Picture.objects.count() == 0
    assert rows(run)["attachment"] == (2, 0, 0, {"refused": 1, "unused": 1})


def test_nothing_outside_the_folder_is_opened(tmp_path):
    inside = tmp_path / "uploads/2016/05"
    inside.mkdir(parents=True)
    shutil.copy(files.UPLOADS / "2016/05/ofen.jpg", tmp_path / "ofen.jpg")
    (inside / "ofen.jpg").symlink_to(tmp_path / "ofen.jpg")
    moved_in(media=str(tmp_path / "uploads"))
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("old", ["/2016/05/der-erste-guss/", "/2016/05/der-erste-guss", "/?p=20"])
def test_old_permalinks_lead_to_the_article(old, client_for):
    moved_in()
    answer = client_for(UserFactory()).get(old)
    assert (answer.status_code, answer["Location"]) == (301, article("der-erste-guss").url_path)


def test_old_permalink_of_a_hidden_article_is_as_absent_as_any(client_for):
    moved_in()
    client = client_for(UserFactory())
    assert client.get("/2016/07/mit-passwort/").status_code == 404
    assert client.get("/?p=23").status_code == client.get("/?p=999").status_code == 200


def test_links_between_old_articles_lose_the_old_host():
    moved_in()
    assert 'href="/2016/06/zweiter-guss/"' in article("der-erste-guss").body[2].value.source


def test_broken_file_is_refused_and_nothing_is_changed(tmp_path):
    path = tmp_path / "broken.xml"
    path.write_bytes(files.WERKSTATT.read_bytes()[:-400])
    run = runs.check(runs.start(path=str(path)))
    assert run.state == ImportRun.State.REFUSED
    assert run.error_line > 100
    assert "broken" in run.error or "XML" in run.error
    with pytest.raises(CommandError, match=r"line \d+: .*Nothing was changed"):
        call_command("import_wordpress", str(path))
    assert (ArticlePage.objects.count(), User.objects.count(), BlogPage.objects.count()) == (0, 0, 0)


def test_killed_import_goes_on_where_it_was(tmp_path, monkeypatch):
    path = tmp_path / "old.xml"
    path.write_bytes(
        files.export(*[files.item(number, comments=files.comment(number)) for number in range(1, 51)])
    )
    run = runs.check(runs.start(path=str(path)))
    written = []
    original = writing.articles.write

    def failing(*, prepared, work):
        written.append(prepared.item.id)
        if len(written) == 31:
            raise RuntimeError("power cut")
        original(prepared=prepared, work=work)

    monkeypatch.setattr(writing.articles, "write", failing)
    with pytest.raises(RuntimeError):
        runs.execute(run)
    run.refresh_from_db()
    assert (run.state, run.position) == (ImportRun.State.STOPPED, 3 * writing.BATCH_ITEMS)
    assert ArticlePage.objects.count() == Comment.objects.count() == 3 * writing.BATCH_ITEMS
    runs.execute(run)
    assert ArticlePage.objects.count() == Comment.objects.count() == 50
    assert rows(run)["post"] == (50, 50, 0, {})


def test_article_that_cannot_be_written_is_named_and_holds_up_nothing(tmp_path, monkeypatch):
    path = tmp_path / "old.xml"
    path.write_bytes(files.export(*[files.item(number, title=f"Post {number}") for number in range(1, 6)]))
    original = writing.articles.publishing.sync_post

    def failing(*, page):
        if page.title == "Post 3":
            raise IntegrityError
        return original(page=page)

    monkeypatch.setattr(writing.articles.publishing, "sync_post", failing)
    run = moved_in(path)
    assert rows(run)["post"] == (5, 4, 0, {"failed": 1})
    assert not ArticlePage.objects.filter(title="Post 3").exists()
    assert [group["details"][0][0] for group in run.notes if group["kind"] == "failed"] == ["17: Post 3"]
    monkeypatch.undo()
    assert rows(moved_in(path))["post"] == (5, 1, 4, {})


def test_deleted_article_comes_again_with_its_comments(tmp_path):
    path = tmp_path / "old.xml"
    path.write_bytes(
        files.export(files.item(1, comments=files.comment(1) + files.comment(2, 1)), files.item(2))
    )
    moved_in(path)
    article("post-1").delete()
    run = moved_in(path)
    assert rows(run)["post"] == (2, 1, 1, {})
    assert article("post-1").post_page.post.comment_count == 2


def test_same_post_and_comment_twice_in_a_file_come_once(tmp_path):
    path = tmp_path / "old.xml"
    path.write_bytes(files.export(*[files.item(1, comments=files.comment(1) * 2)] * 2))
    moved_in(path)
    assert ArticlePage.objects.count() == Comment.objects.count() == 1


def test_import_that_is_running_is_not_run_twice():
    run = runs.check(runs.start(path=str(files.WERKSTATT)))
    assert runs.queue(run)
    assert not runs.queue(run)
    runs.execute(run)
    with pytest.raises(runs.Busy):
        runs.execute(run)


def test_named_blog_is_used_and_a_new_one_made_once(capsys):
    call_command("import_wordpress", str(files.WERKSTATT), blog="archiv", language="en")
    call_command("import_wordpress", str(files.WERKSTATT), blog="archiv", language="en")
    assert [(page.slug, page.title, page.language) for page in BlogPage.objects.all()] == [
        ("archiv", "Werkstattblog", "en")
    ]
    assert "Posts" in capsys.readouterr().out


def test_new_blog_belongs_to_whoever_started_the_import():
    owner = UserFactory(is_superuser=True)
    run = moved_in(started_by=owner)
    blog = run.blog_page.blog
    assert [(member.user, member.role) for member in blog.members.all()] == [(owner, "owner")]
    assert blog.collection is not None
    assert moved_in(files.WERKSTATT).blog_page == run.blog_page


def test_comment_threads_survive_circles_and_children_before_parents(tmp_path):
    path = tmp_path / "odd.xml"
    odd = (
        files.comment(3, 2)
        + files.comment(2, 1)
        + files.comment(1)
        + files.comment(8, 9)
        + files.comment(9, 8)
    )
    path.write_bytes(files.export(files.item(1, comments=odd)))
    run = moved_in(path)
    assert rows(run)["comment"] == (5, 5, 0, {})
    third = Comment.objects.get(author__last_name="3")
    assert (third.root.author.last_name, third.reply_to.author.last_name) == ("1", "2")


def test_fifty_deep_reply_chain_keeps_whom_each_answers(tmp_path):
    path = tmp_path / "deep.xml"
    path.write_bytes(
        files.export(files.item(1, comments="".join(files.comment(n, n - 1) for n in range(1, 51))))
    )
    moved_in(path)
    root = Comment.objects.get(root=None)
    assert root.reply_count == 49
    last = Comment.objects.get(author__last_name="50")
    assert (last.root, last.reply_to.author.last_name) == (root, "49")
