"""Leaving, export and erasure: nothing forgotten, nothing broken (A12, A34)."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.urls import reverse

from feed.models import Comment, Post, Reaction
from people import registries
from people.actions import copying, leaving, privacy
from people.models import FeedKey, User

pytestmark = pytest.mark.django_db


def keys_to_user():
    """Every foreign key (and many-to-many) to User in the project, as "app.Model.field"."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is User
    } - {"django_tasks_database.DBTaskResult.user"}


def test_every_foreign_key_to_a_person_has_an_export_and_an_erasure():
    assert keys_to_user() - registries.export.covered == set()
    assert keys_to_user() - registries.erasure.covered == set()


def test_export_holds_what_the_person_wrote(company):
    archive = zipfile.ZipFile(io.BytesIO(copying.export_zip(user=company.employee)))
    written = json.loads(archive.read("written.json"))
    assert [comment["body"] for comment in written["comments"]] == [company.comment.body]
    assert json.loads(archive.read("profile.json"))["email"] == company.employee.email


def test_leaver_is_signed_out_for_good_even_after_coming_back(company, client):
    client.force_login(company.employee)
    FeedKey.objects.create(user=company.employee)
    assert client.get(reverse("people:list")).status_code == 200
    leaving.deactivate(user=company.employee)
    assert client.get(reverse("people:list")).status_code == 302
    leaving.reactivate(user=company.employee)
    assert client.get(reverse("people:list")).status_code == 302
    assert not FeedKey.objects.filter(user=company.employee).exists()
    assert not company.employee.audience_members.exists()


def test_erased_colleague_leaves_words_under_no_name(company, client):
    privacy.erase(user=company.employee, keep_content=True)
    client.force_login(company.outsider)
    page = client.get(company.article.url_path).content.decode()
    assert "Who" in page
    assert "Lindner" not in page


def test_erased_words_are_gone_and_counts_agree(company):
    Reaction.objects.create(user=company.employee, post=company.post, kind="thanks")
    privacy.erase(user=company.employee, keep_content=False)
    post = Post.objects.get(pk=company.post.pk)
    assert post.comment_count == Comment.objects.shown().filter(post=post).count() == 0
    assert post.reaction_counts == {}
    assert "Görlitz" not in Comment.objects.get(pk=company.comment.pk).body


def test_erasing_an_author_withdraws_the_articles(company):
    privacy.erase(user=company.executive, keep_content=False)
    assert Post.objects.get(pk=company.post.pk).state == Post.State.WITHDRAWN
    assert Comment.objects.get(pk=company.comment.pk).body
