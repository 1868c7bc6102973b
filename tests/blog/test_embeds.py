"""Embedded videos: hosts on the list only, players without cookies, no connection from the server."""

import pytest
from django.conf import settings
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (
            "https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=3",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
    ],
)
def test_known_address_becomes_a_player_that_the_policy_allows(address, player):
    html = get_embed(address).html
    assert f'src="{player}"' in html
    assert any(player.startswith(host) for host in settings.EMBED_FRAME_HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/embed/dQw4w9WgXcQ",
        'https://youtu.be/"><script>',
        "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com/@somebody",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(EmbedException):
        get_embed(address)
