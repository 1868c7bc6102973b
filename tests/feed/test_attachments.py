"""Pictures in comments: read anew, described, seen by the comment's readers only, removed when nobody sends them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from feed.actions import cleaning, comment_editing, commenting
from feed.models import Attachment, Comment, CommentVersion, IdempotencyKey
from people.uploads import quota
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def send(client, post, **files):
    return client.post(reverse("feed:comments", args=[post.pk]), {"body": "See.", **files}, headers=HTMX)


def address(attachment):
    return reverse("feed:attachment", args=[attachment.pk])


def test_pictures_are_kept_small_described_and_without_metadata(client_for, picture):
    client, post = client_for(UserFactory()), PostFactory()
    answer = send(
        client, post, image_1=picture(size=(3000, 1500)), alt_1="A scale", image_2=picture(), alt_2="Another"
    )
    assert answer.status_code == 201
    first, second = Comment.objects.get().attachments.all()
    assert (first.width, first.height, first.alt, second.alt) == (2000, 1000, "A scale", "Another")
    assert 'alt="A scale"' in answer.content.decode()
    got = client.get(address(first))
    assert (got["Content-Type"], got["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "private" in got["Cache-Control"]
    small = client.get(address(first) + "?size=s")
    assert len(b"".join(small.streaming_content)) < first.size


def test_picture_alone_is_a_comment(client_for, picture):
    answer = send(client_for(UserFactory()), PostFactory(), body="", image_1=picture(), alt_1="A scale")
    assert answer.status_code == 201


def test_picture_without_description_comes_back(client_for, picture):
    answer = send(client_for(UserFactory()), PostFactory(), image_1=picture())
    assert answer.status_code == 422
    assert "Describe the picture" in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a\x01", b"\xff\xd8\xff\xe0 broken"]
)
def test_what_is_no_picture_comes_back_in_words(client_for, content):
    file = SimpleUploadedFile("x.jpg", content, content_type="image/jpeg")
    answer = send(client_for(UserFactory()), PostFactory(), image_1=file, alt_1="A trap")
    assert answer.status_code == 422
    assert "See.</textarea>" in answer.content.decode()
    assert not Comment.objects.exists()


def test_used_up_storage_is_told(client_for, picture, settings):
    settings.UPLOAD_QUOTA_BYTES = 10
    answer = send(client_for(UserFactory()), PostFactory(), image_1=picture(), alt_1="A scale")
    assert "is used up" in answer.content.decode()
    assert quota.quota_sources


def test_picture_has_the_readers_of_its_comment(company, client_for, picture):
    post = company.foundry_article.post_page.post
    send(client_for(company.employee), post, image_1=picture(), alt_1="A ladle")
    row = Attachment.objects.get()
    statuses = {
        who: client_for(getattr(company, who)).get(address(row)).status_code
        for who in ("moderator", "outsider")
    }
    assert statuses == {"moderator": 200, "outsider": 404}
    comment_editing.delete(comment=row.comment, by=company.employee)
    assert client_for(company.moderator).get(address(row)).status_code == 404


def test_unsent_picture_is_its_owners_and_goes_after_a_day(client_for, picture):
    owner = UserFactory()
    send(client_for(owner), PostFactory(), image_1=picture(), alt_1="A scale")
    Attachment.objects.update(post=None, comment=None)
    row = Attachment.objects.get()
    assert client_for(UserFactory(is_superuser=True)).get(address(row)).status_code == 404
    assert client_for(owner).get(address(row)).status_code == 200
    assert cleaning.clean()["attachments"] == 0
    Attachment.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert cleaning.clean()["attachments"] == 1
    assert not row.file.storage.exists(row.file.name)


def test_nobody_sends_the_picture_of_another(picture, client_for):
    send(client_for(UserFactory()), PostFactory(), image_1=picture(), alt_1="A scale")
    Attachment.objects.update(post=None, comment=None)
    made = commenting.add(
        post=PostFactory(), author=UserFactory(), body="Mine.", attachments=[Attachment.objects.get()]
    )
    assert not made.attachments.exists()


def test_text_taken_back_a_day_ago_is_emptied_and_old_keys_go():
    comment = CommentFactory(body="Secret.", deleted_at=timezone.now() - timedelta(hours=25))
    CommentVersion.objects.create(
        comment=comment, version=1, body="Older.", body_html="", written_at=timezone.now()
    )
    young = CommentFactory(deleted=True)
    IdempotencyKey.objects.create(
        user=comment.author, key="old", created_at=timezone.now() - timedelta(hours=25)
    )
    IdempotencyKey.objects.create(user=comment.author, key="new")
    assert cleaning.clean() == {"attachments": 0, "keys": 1, "announcements": 0, "texts": 1}
    comment.refresh_from_db()
    young.refresh_from_db()
    assert (comment.body, comment.body_html, comment.versions.count()) == ("", "", 0)
    assert young.body
    assert cleaning.clean() == {"attachments": 0, "keys": 0, "announcements": 0, "texts": 0}
