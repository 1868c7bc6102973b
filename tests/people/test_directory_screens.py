"""The screens for directories: who may do what, a file from upload to people, links by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people import roles
from people.models import DirectorySource, Identity, SyncRun, User
from tests.factories import DirectoryFactory, UserFactory

pytestmark = pytest.mark.django_db
FILE = """Personalnummer;Vorname;Nachname;Mailadresse;Stelle;Gehalt;Konfession
1;Anna;Müller;anna@example.com;Formerin;4711;rk
2;Otto;Groß;otto@example.com;Leiter;4712;ev
"""


@pytest.fixture
def admin(client_for):
    return client_for(UserFactory(is_superuser=True))


@pytest.fixture
def source():
    return DirectorySource.objects.create(
        name="HR", kind="file", issuer="hr", fields=["email", "first_name", "last_name", "job_title"],
        stop_above_percent=40, options={"missing_leave": True},
    )  # fmt: skip


def upload(admin, source, text=FILE, name="people.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return admin.post(reverse("people:source_upload", args=[source.pk]), {"file": file}, follow=True)


def confirm(admin, page, **changed):
    """Saves the columns as the page offers them, but for what is changed; returns the dry run's page."""
    form = page.context["form"]
    data = {field.html_name: field.initial for field in form}
    data |= {field.html_name: changed[field.label] for field in form if field.label in changed}
    answer = admin.post(page.request["PATH_INFO"], data)
    if answer.status_code == 302:
        return admin.get(answer.url)
    return answer


def test_file_goes_from_upload_to_people_and_its_sensitive_columns_nowhere(admin, source):
    page = upload(admin, source)
    text = page.content.decode()
    assert "<li>Gehalt</li>" in text and "<li>Konfession</li>" in text
    assert [field.label for field in page.context["form"]][-1] == "Stelle"
    shown = confirm(admin, page)
    assert "Anna Müller" in shown.content.decode() and not User.objects.filter(first_name="Anna").exists()
    source.refresh_from_db()
    assert source.column_map["Stelle"] == "job_title" and "Gehalt" not in source.column_map
    answer = admin.post(reverse("people:sync_go", args=[shown.context["run"].pk]))
    done = admin.get(answer.url).context["run"]
    assert done.state == "done" and not done.file
    assert User.objects.get(email="anna@example.com").job_title == "Formerin"
    assert "4711" not in str(list(SyncRun.objects.values("counts", "changes")))
    assert ModelLogEntry.objects.filter(action="people.sync.run").exists()


def test_file_that_would_let_too_many_go_stops_and_goes_on_when_somebody_says_so(admin, source):
    shown = confirm(admin, upload(admin, source))
    admin.post(reverse("people:sync_go", args=[shown.context["run"].pk]))
    less = "\n".join(FILE.splitlines()[:2])
    shown = confirm(admin, upload(admin, source, less))
    assert "1 person would leave, 50 %" in shown.context["run"].reason
    admin.post(reverse("people:sync_go", args=[shown.context["run"].pk]))
    stopped = SyncRun.objects.first()
    assert stopped.state == "stopped" and User.objects.get(email="otto@example.com").is_active
    admin.post(reverse("people:sync_go", args=[stopped.pk]), {"many": "1"})
    assert not User.objects.get(email="otto@example.com").is_active
    assert User.objects.get(email="anna@example.com").is_active


def test_wrong_columns_are_said_and_what_was_chosen_stays(admin, source):
    page = confirm(admin, upload(admin, source), Mailadresse="", Stelle="job_title")
    assert page.status_code == 422 and "which column has the e-mail addresses" in page.content.decode()
    page = confirm(admin, page, Nachname="job_title")
    assert "is chosen twice" in page.content.decode()


@pytest.mark.parametrize("text", ["", "Name;Name\na;b\n"])
def test_broken_file_ends_the_run_with_its_reason(admin, source, text):
    page = upload(admin, source, text or " ")
    assert page.context["run"].state == "failed" and "line 1" in page.content.decode()
    assert not SyncRun.objects.exclude(file="").exists()


def test_other_files_are_refused(admin, source):
    assert "Choose a CSV or LDIF file" in upload(admin, source, "x", "people.exe").content.decode()


def test_people_administrators_look_administrators_change_and_others_see_nothing(client_for):
    source = DirectoryFactory()
    run = source.runs.get().pk
    looks = [("sources", []), ("source", [source.pk]), ("sync_run", [run]), ("source_conflicts", [])]
    changes = [("source_new", ["ldap"]), ("source_edit", [source.pk]), ("source_links", [])]
    posts = [("source_start", [source.pk]), ("source_upload", [source.pk]), ("sync_go", [run])]
    keeper = client_for(UserFactory(roles=[roles.PEOPLE_ADMINISTRATORS]))
    for browser, status in ((keeper, 200), (client_for(UserFactory()), 403)):
        for name, given in looks:
            assert browser.get(reverse(f"people:{name}", args=given)).status_code == status, name
        for name, given in changes:
            assert browser.get(reverse(f"people:{name}", args=given)).status_code == 403, name
        for name, given in posts:
            assert browser.post(reverse(f"people:{name}", args=given)).status_code == 403, name


def test_ldap_source_is_set_up_checked_and_logged(admin):
    url = reverse("people:source_new", args=["ldap"])
    data = {
        "name": "Head office", "issuer": "ldap:head", "rank": 5, "stop_above_percent": 10, "is_active": "on",
        "url": "ldaps://dc1.example.com", "base": "dc=example", "people_filter": "(mail=*)", "group_filter": "(cn=*)",
        "every_hours": 4, "fields_owned": ["email", "phone"], "attributes": "extensionAttribute3 = employment",
    }  # fmt: skip
    for wrong, said in (
        ({"url": "http://dc1"}, "Begin with ldap://"),
        ({"attributes": "salary = room"}, "nothing an intranet may know"),
        ({"attributes": "x = nowhere"}, "write attribute = field"),
        ({"sign_in_column": "birthDate"}, "nothing an intranet may know"),
        ({"stop_above_percent": 101}, "At most 100 percent"),
    ):
        page = admin.post(url, data | wrong)
        assert page.status_code == 422 and said in page.content.decode(), said
    assert admin.post(url, data).status_code == 302
    made = DirectorySource.objects.get()
    assert (made.kind, made.fields, made.options["every_hours"]) == ("ldap", ["email", "phone"], 4)
    assert made.column_map == {"extensionAttribute3": "employment"}
    admin.post(reverse("people:source_edit", args=[made.pk]), data | {"issuer": "other", "name": "HQ"})
    made.refresh_from_db()
    assert (made.name, made.issuer) == ("HQ", "ldap:head")
    assert ModelLogEntry.objects.filter(action="people.source.edit").count() == 2


def test_disagreements_show_both_values_and_whom_to_ask(admin):
    user = UserFactory(job_title="Moulder")
    winner = DirectoryFactory(name="HR", contact="Jana in HR")
    User.objects.filter(pk=user.pk).update(mastered={"job_title": winner.pk})
    DirectoryFactory(name="AD", contact="the help desk", disagreeing=user)
    text = admin.get(reverse("people:source_conflicts")).content.decode()
    for words in ("Moulder", "ask Jana in HR", "Caster", "ask the help desk"):
        assert words in text


def test_link_by_hand_is_logged_taken_away_and_never_moved_to_somebody_else(admin):
    user, other = UserFactory(), UserFactory()
    url, link = reverse("people:source_links"), {"issuer": "https://idp.example", "subject": "abc"}
    assert admin.post(url, link | {"person": user.handle}).status_code == 302
    page = admin.post(url, link | {"person": other.handle})
    assert page.status_code == 422 and user.name in page.content.decode()
    identity = Identity.objects.get()
    assert identity.user == user
    admin.post(url, {"unlink": identity.pk})
    assert not Identity.objects.exists()
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"people.sign_in.linked", "people.sign_in.unlinked"} <= actions
