"""Asking the search page as a person would, for tests."""

import re
from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags


class Page:
    """The answer to one search: `titles` in order, `tabs` {name: count}, `text` without markup, `marked` words."""

    def __init__(self, answer):
        self.answer, self.html = answer, answer.content.decode()
        results = self.html[self.html.index('id="results"') :]
        self.results = results[: results.index("</main>")]
        self.text = unescape(" ".join(strip_tags(self.results).split()))
        self.titles = [
            unescape(" ".join(strip_tags(one).split()))
            for one in re.findall(r"<h3>(.*?)</h3>", results, re.DOTALL)
        ]
        tabs = re.findall(r'<a href="[^"]*"[^>]*>([^<]*) <span class="num">([^<]*)</span></a>', self.results)
        self.tabs = dict(tabs)
        self.marked = re.findall(r"<mark>(.*?)</mark>", self.results)


def search(client, q="", **filters):
    """The page for a question."""
    return Page(client.get(reverse("search"), {"q": q, **filters}))


def suggestions(client, q):
    """What is offered while typing, as one text."""
    return " ".join(strip_tags(client.get(reverse("search_suggest"), {"q": q}).content.decode()).split())
