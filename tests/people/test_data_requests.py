"""A copy of one's data, and erasure with four eyes; nothing of the person is left (GDPR Art. 15, 17, 20; A34)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from feed.actions import commenting
from feed.models import Attachment, Comment, Draft
from people import audit, outbox, roles
from people.actions import data_requests, retention
from people.models import DataRequest, OutboxMessage, Picture, PrivacyRules, User
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(company):
    return UserFactory(
        first_name="Petra", last_name="Ohm", handle="petra", roles=[roles.PEOPLE_ADMINISTRATORS]
    )


def ask(client, **sent):
    fields = {"content": "keep", "reason": "", "understood": "on", **sent}
    return client.post(reverse("people:my_erasure"), fields)


# The copy


def test_a_person_downloads_a_copy_that_others_and_later_days_do_not_get(
    company, client_for, django_capture_on_commit_callbacks
):
    client = client_for(company.employee)
    PictureFactory(uploaded_by_user=company.employee)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("people:export")).status_code == 302
    copy = DataRequest.objects.get(user=company.employee)
    assert copy.state == "done" and copy.expires_at - copy.finished_at == timedelta(days=7)
    address = reverse("people:my_data_file", args=[copy.pk])
    assert address in client.get(reverse("people:my_data")).content.decode()
    answer = client.get(address)
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert json.loads(archive.read("written.json"))["comments"][0]["body"] == company.comment.body
    page = archive.read("index.html").decode()
    assert company.employee.email in page and "Who" in page and "<script" not in page
    assert any(name.startswith("pictures/") for name in archive.namelist())
    assert client_for(company.administrator).get(address).status_code == 404
    assert client_for(company.administrator).get(f"/stored/{copy.file.name}").status_code == 404
    for action in ("people.export", "people.export.done", "people.export.download"):
        assert ModelLogEntry.objects.filter(action=action, object_id=str(company.employee.pk)).exists()
    DataRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert data_requests.remove_expired() == 1 and not default_storage.exists(copy.file.name)


def test_what_people_typed_is_no_html_in_the_copy(company):
    Comment.objects.filter(pk=company.comment.pk).update(body="<script>alert(1)</script>")
    archive = zipfile.ZipFile(io.BytesIO(data_requests.copying.export_zip(user=company.employee)))
    assert "<script>" not in archive.read("index.html").decode()


def test_asking_twice_makes_one_copy_and_a_leaver_gets_none(company, monkeypatch):
    monkeypatch.setattr(type(data_requests.make_copy_task), "enqueue", lambda self, **kwargs: None)
    first = data_requests.ask_copy(user=company.employee)
    assert data_requests.ask_copy(user=company.employee) == first
    User.objects.filter(pk=company.employee.pk).update(is_active=False)
    data_requests.make_copy(pk=first.pk)
    first.refresh_from_db()
    assert first.state == "waiting" and not first.file


# Four eyes


def test_erasure_needs_a_second_person_who_is_neither_asker_nor_concerned(company, client_for, hr):
    assert ask(client_for(company.employee), understood="").status_code == 422
    assert ask(client_for(company.employee)).status_code == 302
    request = DataRequest.objects.get(kind="erasure")
    address = reverse("people:data_request", args=[request.pk])
    for role in ("employee", "communications", "moderator", "executive"):
        assert client_for(getattr(company, role)).post(address, {"approve": "1"}).status_code == 403
    assert ask(client_for(company.employee)).status_code == 302
    assert DataRequest.objects.filter(kind="erasure").count() == 1
    # a people administrator who asks for somebody does not decide it
    DataRequest.objects.filter(pk=request.pk).update(asked_by=hr)
    assert client_for(hr).post(address, {"approve": "1"}).status_code == 403
    # nor one whom it concerns, even though somebody else asked
    own = data_requests.ask_erasure(user=hr, keep_content=True, by=company.administrator)
    assert (
        client_for(hr).post(reverse("people:data_request", args=[own.pk]), {"approve": "1"}).status_code
        == 403
    )
    assert User.objects.get(pk=company.employee.pk).is_active


def test_nobody_below_decides_about_an_administrator(company, client_for, hr):
    second = UserFactory(is_superuser=True)
    request = data_requests.ask_erasure(user=second, keep_content=True, by=second)
    address = reverse("people:data_request", args=[request.pk])
    assert client_for(hr).post(address, {"approve": "1"}).status_code == 403
    User.objects.filter(pk=second.pk).delete()
    with pytest.raises(data_requests.ValidationError):
        data_requests.ask_erasure(user=company.administrator, keep_content=True, by=company.administrator)


def test_a_refusal_has_a_reason_that_the_person_reads(company, client_for, hr):
    ask(client_for(company.employee))
    request = DataRequest.objects.get(kind="erasure")
    address = reverse("people:data_request", args=[request.pk])
    assert client_for(hr).post(address, {"refuse": "1", "reason": " "}).status_code == 422
    client_for(hr).post(address, {"refuse": "1", "reason": "A lawsuit is under way."})
    assert (
        "A lawsuit is under way."
        in client_for(company.employee).get(reverse("people:my_data")).content.decode()
    )
    assert client_for(hr).post(address, {"approve": "1"}).status_code == 403, "it is decided"
    assert User.objects.get(pk=company.employee.pk).is_active


def test_the_asker_takes_it_back_and_a_stranger_cannot(company, client_for):
    ask(client_for(company.employee))
    address = reverse("people:erasure_withdraw", args=[DataRequest.objects.get().pk])
    assert client_for(company.outsider).post(address).status_code == 404
    assert client_for(company.employee).post(address).status_code == 302
    assert not DataRequest.objects.exists()


# Nothing is left


def everything_stored():
    """{"table.column": text} of every row of every table, to look for somebody in."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for row in model._base_manager.values():
            for name, value in row.items():
                if value not in (None, ""):
                    place = f"{model._meta.db_table}.{name}"
                    found[place] = found.get(place, "") + f"\n{value}"
    return found


@pytest.mark.parametrize("content", ["keep", "remove"])
def test_erasure_leaves_no_trace_in_rows_log_revisions_media_and_queues(
    company, client_for, hr, content, django_capture_on_commit_callbacks
):
    leaver = UserFactory(
        first_name="Zacharias", last_name="Quittenbaum", handle="zacharias", email="zq@example.com", phone="0815-4711",
        mobile="0172-4711", pronunciation="Zacha-REE-as", about="I collect quinces.", job_title="Quincer",
        manager=company.executive,
    )  # fmt: skip
    leaver.photo.save("z.webp", ContentFile(b"face"))
    company.delegate.manager = leaver
    company.delegate.save()
    post = PostFactory(author=leaver, body="Marmalade for everybody")
    CommentFactory(post=company.post, author=leaver, body="Quinces ripen late")
    commenting.add(post=post, author=company.outsider, body="Thank you @zacharias")
    article = ArticleFactory(blog=company.staff_blog, author=leaver, title="About quinces")
    article.save_revision(user=leaver)
    file = Attachment.objects.create(owner=leaver, post=post, size=1, name="quinces.jpg")
    file.file.save("q.jpg", ContentFile(b"jpg"))
    picture = PictureFactory(uploaded_by_user=leaver)
    Draft.objects.create(user=leaver, place="post", body="Unsent quinces")
    outbox.put(event="x", about="z:1", recipient=leaver, data={"name": "Quittenbaum"})
    audit.record(action="people.edit", by=leaver, target=leaver, detail={"email": ["a@b", "zq@example.com"]})
    data_requests.make_copy(pk=DataRequest.objects.create(user=leaver, kind="export").pk)
    paths = [leaver.photo.name, DataRequest.objects.get(user=leaver).file.name]
    paths += [file.file.name, picture.file.name] if content == "remove" else []
    request = data_requests.ask_erasure(user=leaver, keep_content=content == "keep", by=leaver)
    with django_capture_on_commit_callbacks(execute=True):
        client_for(hr).post(reverse("people:data_request", args=[request.pk]), {"approve": "1"})
    request.refresh_from_db()
    assert request.state == "done" and request.decided_by == hr
    words = [
        "Quittenbaum",
        "zq@example.com",
        "4711",
        "REE-as",
        "I collect",
        "Quincer",
        "@zacharias",
        "Unsent",
    ]
    words += ["Marmalade", "Quinces ripen", "About quinces", "quinces.jpg"] if content == "remove" else []
    stored = everything_stored()
    assert {
        (word, place)
        for word in words
        for place, text in stored.items()
        if word.casefold() in text.casefold()
    } == set()
    assert [path for path in paths if default_storage.exists(path)] == []
    assert not OutboxMessage.objects.filter(recipient=leaver).exists()
    if content == "remove":
        assert not Revision.objects.filter(
            object_id=str(article.pk), base_content_type__model="page"
        ).exists()
        assert not Picture.objects.filter(pk=picture.pk).exists()
    reader = client_for(company.outsider)
    assert reader.get(company.article.url_path).status_code == 200
    assert ModelLogEntry.objects.filter(action="people.erasure.done", user=hr).exists()
    assert connection.introspection is not None


# How long


def test_the_page_tells_what_the_settings_say_and_the_clock_obeys(company, client_for):
    rules = PrivacyRules.load()
    rules.draft_days, rules.audit_days = 12, 41
    rules.save()
    for language, words in (("en", ("12 days", "41 days")), ("de", ("12", "41"))):
        User.objects.filter(pk=company.employee.pk).update(locale=language)
        page = client_for(company.employee).get(reverse("people:about_data")).content.decode()
        assert all(word in page for word in words)
    now = timezone.now()
    Draft.objects.create(user=company.employee, place="post", body="old", updated_at=now - timedelta(days=13))
    Draft.objects.create(
        user=company.employee, place="share:1", body="new", updated_at=now - timedelta(days=11)
    )
    for days in (40, 42):
        entry = audit.record(action="people.sign_in", by=company.employee, target=company.employee)
        ModelLogEntry.objects.filter(pk=entry.pk).update(timestamp=now - timedelta(days=days))
    counted = retention.prune()
    assert counted["drafts"] == 1 and counted["audit"] == 1
    assert Draft.objects.get().body == "new"
