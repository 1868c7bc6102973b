"""Moving in in the admin: upload, look, confirm, report; for communications and administrators only."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blog.importing import runs, tasks
from blog.models import ArticlePage, BlogPage, ImportRun
from blog.models.import_run import STALE
from people import roles
from tests.blog.importing import files
from tests.factories import AudienceFactory, BlogFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def communications(client_for):
    user = UserFactory(roles=[roles.COMMUNICATIONS])
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return client_for(user)


def upload(client, data=None, **fields):
    data = files.WERKSTATT.read_bytes() if data is None else data
    fields.setdefault("file", SimpleUploadedFile("werkstatt.xml", data, "text/xml"))
    return client.post(reverse("moving_in:new"), fields, follow=True)


def test_communications_reads_confirms_and_sees_the_report(communications):
    answer = upload(communications)
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.CHECKED
    assert ArticlePage.objects.count() == 0
    assert "What would be imported" in answer.text
    answer = communications.post(reverse("moving_in:go", args=[run.pk]), follow=True)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert "What was imported" in answer.text
    assert "in the trash" in answer.text
    assert ArticlePage.objects.count() == 7
    assert run.blog_page.url_path in answer.text
    assert "werkstatt.xml" in communications.get(reverse("moving_in:index")).text


def test_uploaded_file_is_deleted_when_everything_is_here(communications):
    upload(communications)
    run = ImportRun.objects.get()
    path = run.file.path
    communications.post(reverse("moving_in:go", args=[run.pk]))
    run.refresh_from_db()
    assert not Path(path).exists()
    assert not run.file


def test_broken_upload_is_refused_with_its_line(communications):
    answer = upload(communications, files.WERKSTATT.read_bytes()[:-300])
    assert answer.status_code == 200
    assert "be imported. Line 1" in answer.text
    assert BlogPage.objects.count() == 0
    communications.post(reverse("moving_in:discard", args=[ImportRun.objects.get().pk]))
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [{"file": ""}, {"hosts": "http://10.0.0.1/x"}, {"server_file": "../../etc/passwd"}, {"media": "/etc"}],
)
def test_form_says_what_is_wrong_and_starts_nothing(communications, fields):
    answer = upload(communications, **fields)
    assert answer.status_code == 422
    assert ImportRun.objects.count() == 0


def test_files_and_folders_on_the_server_are_chosen_by_name(communications, settings, tmp_path):
    settings.IMPORT_FOLDER = tmp_path
    (tmp_path / "uploads").symlink_to(files.UPLOADS)
    (tmp_path / "old.xml").write_bytes(files.WERKSTATT.read_bytes())
    (tmp_path / "media").mkdir()
    page = communications.get(reverse("moving_in:new")).text
    assert "old.xml" in page
    assert '<option value="media">' in page
    assert '<option value="uploads">' not in page
    upload(communications, file="", server_file="old.xml", media="media")
    run = ImportRun.objects.get()
    assert (run.state, run.media) == (ImportRun.State.CHECKED, str(tmp_path / "media"))


def test_existing_blog_is_chosen_with_its_language(communications):
    blog = BlogFactory()
    page = blog.pages.get(locale__language_code="en")
    upload(communications, blog=page.pk)
    run = ImportRun.objects.get()
    communications.post(reverse("moving_in:go", args=[run.pk]))
    assert BlogPage.objects.get(pk=page.pk).get_children().count() == 7


def test_stopped_import_shows_where_it_is_and_goes_on(communications):
    upload(communications)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=ImportRun.State.RUNNING, position=3, active_at=run.created_at)
    assert 'http-equiv="refresh"' in communications.get(reverse("moving_in:run", args=[run.pk])).text
    communications.post(reverse("moving_in:stop", args=[run.pk]))
    assert "stopped after 3 of 11" in communications.get(reverse("moving_in:run", args=[run.pk])).text
    communications.post(reverse("moving_in:go", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_import_whose_worker_was_killed_goes_on_by_itself(communications, settings):
    upload(communications)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=ImportRun.State.RUNNING, position=3, active_at=timezone.now())
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "imports"]}
    }
    tasks.execute.call(run.pk)  # brought back while the killed one still seems alive
    waiting = DBTaskResult.objects.get(queue_name="imports")
    assert waiting.run_after > timezone.now()
    ImportRun.objects.update(active_at=timezone.now() - STALE - STALE)
    tasks.execute.call(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_clicking_twice_imports_once(communications):
    upload(communications)
    run = ImportRun.objects.get()
    for _click in range(2):
        assert communications.post(reverse("moving_in:go", args=[run.pk])).status_code == 302
    assert ArticlePage.objects.count() == 7


def test_import_into_a_blog_one_may_not_read_is_as_absent_as_any(communications):
    blog = BlogFactory(audience=AudienceFactory(members=[UserFactory()]))
    page = blog.pages.get(locale__language_code="de")
    run = runs.start(path=str(files.WERKSTATT))
    ImportRun.objects.filter(pk=run.pk).update(blog_page=page)
    assert "werkstatt.xml" not in communications.get(reverse("moving_in:index")).text
    assert communications.get(reverse("moving_in:run", args=[run.pk])).status_code == 404
    assert communications.post(reverse("moving_in:go", args=[run.pk])).status_code == 404
    assert f'value="{page.pk}"' not in communications.get(reverse("moving_in:new")).text


@pytest.mark.parametrize("name", ["index", "new", "run", "go", "stop", "discard"])
def test_employees_and_moderators_may_not_import(name, client_for):
    run = runs.start(path=str(files.WERKSTATT))
    address = reverse(f"moving_in:{name}", args=[run.pk] if name not in ("index", "new") else [])
    moderator = UserFactory(roles=[roles.MODERATORS])
    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for user in (UserFactory(), moderator):
        answer = (
            client_for(user).post(address)
            if name in ("go", "stop", "discard")
            else client_for(user).get(address)
        )
        assert answer.status_code in (302, 403)
    assert ImportRun.objects.get().state == ImportRun.State.CHECKING
