"""Videos from elsewhere: which hosts, and their players without cookies. Nothing is fetched."""

import re

from django.utils.html import format_html
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder

ID = r"(?P<id>[A-Za-z0-9_-]{6,20})"
# provider, addresses that people paste, player; the players' hosts stand in settings.EMBED_FRAME_HOSTS
PLAYERS = (
    (
        "YouTube",
        re.compile(
            rf"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/){ID}(?![A-Za-z0-9_-])"
        ),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        "Vimeo",
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>[0-9]{6,12})(?![0-9])"),
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
)


class PlayerFinder(EmbedFinder):
    """Wagtail asks it when an address is put into an article; unknown hosts are refused there."""

    def accept(self, url):
        """Whether this is a video of a host on the list."""
        return any(pattern.match(url) for _name, pattern, _player in PLAYERS)

    def find_embed(self, url, max_width=None, max_height=None):
        """The player, made from the address alone; no connection is opened."""
        for provider, pattern, player in PLAYERS:
            if found := pattern.match(url):
                return _embed(provider, player.format(found["id"]))
        raise EmbedNotFoundException


def _embed(provider, address):
    html = format_html(
        '<iframe src="{}" title="{}" width="1280" height="720" loading="lazy" allowfullscreen'
        ' referrerpolicy="strict-origin" sandbox="allow-scripts allow-same-origin allow-presentation"></iframe>',
        address,
        provider,
    )
    return {
        "title": provider, "author_name": "", "provider_name": provider, "type": "video", "thumbnail_url": "",
        "width": 1280, "height": 720, "html": html,
    }  # fmt: skip


embed_finder_class = PlayerFinder
