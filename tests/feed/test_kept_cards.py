"""Cards and comments are kept as HTML for all to whom they look the same, and for nobody else (A31)."""

import re

import pytest
from django.urls import reverse

from feed.actions import reacting
from people import fragments
from tests.factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db
PRESSED = 'value="thanks" aria-pressed="true"'


def test_reaction_of_one_reader_is_not_pressed_for_the_next(company, client_for):
    post = PostFactory(author=company.executive)
    comment = CommentFactory(post=post, author=company.executive)
    reacting.react(user=company.employee, post=post, kind="thanks")
    reacting.react(user=company.employee, post=post, comment=comment, kind="thanks")
    mine, other = client_for(company.employee), client_for(company.outsider)
    for url, pressed in ((reverse("feed:everything"), 1), (reverse("feed:post", args=[post.pk]), 2)):
        for _twice in range(2):
            assert mine.get(url).content.decode().count(PRESSED) == pressed
            assert PRESSED not in other.get(url).content.decode()


def test_kept_html_has_the_token_of_whoever_reads_and_no_hole(company, client_for):
    post = PostFactory(author=company.executive)
    CommentFactory(post=post, author=company.executive)
    typed = PostFactory(author=company.executive, body="hole-token", body_html="<p>hole-token</p>")
    for url in (reverse("home"), reverse("feed:everything"), reverse("feed:post", args=[post.pk])):
        for reader in (company.employee, company.outsider):
            client = client_for(reader)
            html = client.get(url).content.decode()
            assert not [
                hole
                for hole in (fragments.TOKEN, fragments.KEY, fragments.FACE, fragments.NONCE)
                if hole in html
            ]
            tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', html))
            assert tokens and all(len(token) == 64 for token in tokens)
    assert (
        "hole-token"
        in client_for(company.employee).get(reverse("feed:post", args=[typed.pk])).content.decode()
    )


def test_changed_name_shows_at_once_on_a_kept_card(company, client_for):
    PostFactory(author=company.executive)
    client, url = client_for(company.employee), reverse("feed:everything")
    assert company.executive.name in client.get(url).content.decode()
    company.executive.last_name = "Umbenannt"
    company.executive.save()
    assert "Umbenannt" in client.get(url).content.decode()
