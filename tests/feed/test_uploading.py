"""Files before and in posts: taken by content, owned until sent, described, served to the post's readers only."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from feed.actions import attaching, cleaning
from feed.actions.refusals import Refused
from feed.models import Attachment, Draft
from feed.streams import files
from tests.factories import PostFactory, UserFactory
from tests.people.hostile_uploads import SECRET, jpeg_with_position, refused_pictures, zipped

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def upload(client, name, content, **fields):
    return client.post(reverse("feed:upload"), {"file": SimpleUploadedFile(name, content), **fields})


def address(row, name="attachment"):
    return reverse(f"feed:{name}", args=[row.pk])


def kept(owner, kind="image", **fields):
    fields = {"name": f"{kind}.bin", "size": 10, "alt": "A scale" if kind == "image" else "", **fields}
    return Attachment.objects.create(
        owner=owner, kind=kind, file=f"attachments/{uuid.uuid4()}.webp", **fields
    )


def body(answer):
    return b"".join(answer.streaming_content)


def test_photo_is_taken_without_the_place_where_it_was_made_and_asks_for_a_description(client_for):
    client = client_for(UserFactory())
    answer = upload(client, "C:\\photos\\scale.jpg", jpeg_with_position())
    row = Attachment.objects.get()
    assert (answer.status_code, row.kind, row.name, row.width, row.height) == (
        201,
        "image",
        "scale.jpg",
        480,
        640,
    )
    page = answer.content.decode()
    assert f'name="alt_{row.pk}"' in page
    assert f'value="{row.pk}"' in page
    assert "What does the picture show?" in page
    for size in ("", "?size=s"):
        assert SECRET.encode() not in body(client.get(address(row) + size))


def test_video_is_served_by_range_with_captions(client_for):
    client = client_for(UserFactory())
    assert upload(client, "press.mp4", MP4).status_code == 201
    row = Attachment.objects.get()
    assert (row.kind, row.content_type) == ("video", "video/mp4")
    part = client.get(address(row), headers={"Range": "bytes=4-11"})
    assert (part.status_code, body(part)) == (206, b"ftypmp42")
    assert upload(client, "press.vtt", VTT, video=row.pk).status_code == 201
    captions = client.get(address(row, "attachment_captions"))
    assert (captions["Content-Type"], captions["X-Content-Type-Options"]) == ("text/vtt", "nosniff")
    assert upload(client, "press.vtt", b"no captions", video=row.pk).status_code == 422
    assert client_for(UserFactory()).get(address(row, "attachment_captions")).status_code == 404


def test_document_is_a_download_under_its_name(client_for):
    client = client_for(UserFactory())
    upload(client, "Übersicht.pdf", PDF)
    row = Attachment.objects.get()
    answer = client.get(address(row))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "%C3%9Cbersicht.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (row.kind, row.type_name) == ("document", "PDF")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.jpg", b"<!doctype html><script>1</script>"),
        ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("macros.docm", zipped([("[Content_Types].xml", b""), ("word/vbaProject.bin", b"")])),
        ("strange.mp4", b"\x00\x00\x00\x18ftypqqqq" + bytes(64)),
        ("empty.pdf", b""),
        ("program.exe", b"MZ\x90\x00" + bytes(64)),
        *[
            one
            for one in refused_pictures()
            if one[0] in ("bomb.gif", "half-photo.jpg", "bomb-400-megapixels.png")
        ],
    ],
)
def test_hostile_file_is_refused_in_words(client_for, name, content):
    answer = upload(client_for(UserFactory()), name, content)
    assert answer.status_code == 422
    assert answer.content
    assert not Attachment.objects.exists()


def test_used_up_storage_and_the_scanner_refuse(client_for, settings):
    client = client_for(UserFactory())
    settings.UPLOAD_SCANNER = ["/bin/false"]
    assert upload(client, "press.mp4", MP4).status_code == 422
    settings.UPLOAD_SCANNER = []
    settings.UPLOAD_QUOTA_BYTES = 10
    assert "used up" in upload(client, "a.pdf", PDF).content.decode()


def test_ten_photos_fit_and_the_twenty_first_file_of_an_hour_waits(client_for):
    client, other = client_for(UserFactory()), client_for(UserFactory())
    assert {upload(client, "a.pdf", PDF).status_code for _ in range(20)} == {201}
    late = upload(client, "a.pdf", PDF)
    assert late.status_code == 429
    assert 0 < int(late["Retry-After"]) <= 3600
    assert "minute" in late.content.decode()
    assert upload(other, "a.pdf", PDF).status_code == 201


def test_unsent_file_is_its_owners_alone(client_for):
    owner = UserFactory()
    client = client_for(owner)
    upload(client, "a.pdf", PDF)
    row = Attachment.objects.get()
    stranger = client_for(UserFactory(is_superuser=True))
    assert stranger.get(address(row)).status_code == 404
    assert stranger.post(address(row, "upload_remove")).status_code == 404
    assert upload(stranger, "a.vtt", VTT, video=row.pk).status_code == 404
    assert client.post(address(row, "upload_remove")).status_code == 204
    assert not row.file.storage.exists(row.file.name)
    assert client.post(address(row, "upload_remove")).status_code == 404


def test_nobody_sends_the_files_of_another():
    mine, theirs = UserFactory(), UserFactory()
    stolen = kept(theirs)
    assert attaching.find_unsent(owner=mine, ids=[stolen.pk]) == []
    post = PostFactory(author=mine)
    attaching.send(post=post, attachments=[stolen])
    assert not post.attachments.exists()


def test_files_are_sent_in_their_order_and_once():
    author = UserFactory()
    rows = [kept(author, alt=f"Picture {n}") for n in range(3)]
    order = [rows[2].pk, rows[0].pk, rows[1].pk]
    found = attaching.find_unsent(owner=author, ids=[*order, order[0]])
    post = PostFactory(author=author)
    attaching.send(post=post, attachments=found)
    assert [row.alt for row in post.attachments.all()] == ["Picture 2", "Picture 0", "Picture 1"]
    assert attaching.find_unsent(owner=author, ids=order) == []


@pytest.mark.parametrize(
    "wanted", [[("image", "")], [("video", "")] * 2, [("image", "A scale")] * 11, [("document", "")] * 11]
)
def test_what_does_not_go_together_is_refused(wanted):
    author = UserFactory()
    rows = [kept(author, kind, alt=alt) for kind, alt in wanted]
    with pytest.raises(Refused):
        attaching.send(post=PostFactory(author=author), attachments=rows)
    assert not Attachment.objects.filter(post__isnull=False).exists()


def test_file_has_the_readers_of_its_post(company, client_for):
    post = PostFactory(author=company.employee, audience=company.foundry)
    upload(client_for(company.employee), "a.pdf", PDF)
    row = Attachment.objects.get()
    attaching.send(post=post, attachments=[row])
    statuses = [
        client_for(getattr(company, who)).get(address(row)).status_code for who in ("moderator", "outsider")
    ]
    assert statuses == [200, 404]


def test_files_of_deleted_posts_and_unsent_ones_go_after_a_day(client_for):
    author = UserFactory()
    client, post = client_for(author), PostFactory(author=author)
    upload(client, "press.mp4", MP4)
    row = Attachment.objects.get()
    upload(client, "press.vtt", VTT, video=row.pk)
    row.refresh_from_db()
    attaching.send(post=post, attachments=[row])
    assert cleaning.clean()["attachments"] == 0
    post.deleted_at = timezone.now() - timedelta(hours=25)
    post.save()
    assert cleaning.clean()["attachments"] == 1
    assert not row.captions.storage.exists(row.captions.name)


def test_files_of_a_page_of_posts_take_one_query(django_assert_num_queries):
    author = UserFactory()
    posts = [PostFactory(author=author) for _ in range(5)]
    for post in posts[:3]:
        attaching.send(post=post, attachments=[kept(author, credit="Jana") for _ in range(6)])
    attaching.send(post=posts[4], attachments=[kept(author, "video"), kept(author, "document")])
    with django_assert_num_queries(1):
        files.attach(posts)
    assert [bool(post.files) for post in posts] == [True, True, True, False, True]
    assert (len(posts[0].files.shown), len(posts[0].files.further), posts[0].files.credits) == (4, 2, "Jana")
    assert posts[4].files.video
    assert posts[4].files.documents
    with django_assert_num_queries(0):
        files.attach([])


def test_draft_keeps_the_whole_form(client_for):
    user = UserFactory()
    client, row = client_for(user), kept(user)
    typed = {
        "kind": ["poll"], "option": ["Kale", "", "Lentils"], f"alt_{row.pk}": ["A pan\x00"],
        "attachment": [str(row.pk)], "csrfmiddlewaretoken": ["x"], "ends": [""],
    }  # fmt: skip
    sent = {"place": "post", "body": "Thursday?", "data": json.dumps(typed)}
    assert client.post(reverse("feed:draft"), sent).status_code == 204
    draft = Draft.objects.get(user=user, place="post")
    assert draft.data == {
        "kind": ["poll"], "option": ["Kale", "", "Lentils"], f"alt_{row.pk}": ["A pan"], "attachment": [str(row.pk)],
    }  # fmt: skip
    empty = {"place": "post", "body": "", "data": json.dumps({"kind": ["poll"], "audience": ["everyone"]})}
    client.post(reverse("feed:draft"), empty)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "data", ["[]", "{", '"x"', "[" * 100_000, json.dumps({str(n): "x" for n in range(100)})]
)
def test_draft_refuses_what_no_form_sends(client_for, data):
    answer = client_for(UserFactory()).post(
        reverse("feed:draft"), {"place": "post", "body": "Hi", "data": data}
    )
    assert answer.status_code == 422


def test_refused_post_comes_back_with_its_files_and_the_one_that_lacks_words(client_for):
    author = UserFactory()
    client, bare, told = client_for(author), kept(author, alt=""), kept(author, alt="")
    sent = {
        "kind": "post", "body": "Two pictures.", "audience": "", "key": "k1", "attachment": [bare.pk, told.pk],
        f"alt_{told.pk}": "A ladle", f"credit_{told.pk}": "Jana",
    }  # fmt: skip
    answer = client.post(reverse("feed:write"), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index(f'value="{bare.pk}"') < page.index(f'value="{told.pk}"')
    assert f'id="alt-{bare.pk}_error"' in page
    assert f'id="alt-{told.pk}_error"' not in page
    assert 'value="A ladle"' in page
    assert 'value="Jana"' in page
    assert "Two pictures.</textarea>" in page
    sent[f"alt_{bare.pk}"] = "A scale"
    assert client.post(reverse("feed:write"), sent).status_code == 303
    assert [row.alt for row in Attachment.objects.order_by("position")] == ["A scale", "A ladle"]


def test_who_posts_too_often_keeps_text_and_files(client_for):
    author = UserFactory()
    client, row = client_for(author), kept(author)
    for number in range(10):
        sent = {"kind": "post", "body": f"Post {number}", "audience": "", "key": f"key-{number}"}
        assert client.post(reverse("feed:write"), sent).status_code == 303
    late = {"kind": "post", "body": "One more", "audience": "", "key": "late", "attachment": [row.pk]}
    answer = client.post(reverse("feed:write"), late)
    assert answer.status_code == 429
    assert f'value="{row.pk}"' in answer.content.decode()
    assert "One more</textarea>" in answer.content.decode()
