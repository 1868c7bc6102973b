"""The words of an article, for its reading time and the search."""

import pytest

from blog.models import ArticlePage

pytestmark = pytest.mark.django_db


def test_what_was_chosen_from_a_list_is_no_word_of_the_article():
    stream = ArticlePage._meta.get_field("body").stream_block.to_python(
        [
            {"type": "heading", "value": {"text": "Zinn und Blei", "level": "h3"}},
            {"type": "code", "value": {"language": "python", "code": "weigh()"}},
        ]
    )
    words = ArticlePage(title="Waage", body=stream).text.split()
    assert words[:3] == ["Zinn", "und", "Blei"]
    assert not {"Subheading", "Zwischenüberschrift", "Unterüberschrift", "h3", "python", "Python"} & set(
        words
    )
