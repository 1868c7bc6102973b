"""The "Articles" tab of a profile."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from blog import streams
from people.profile_sections import Section


def _articles(request, person, after):
    return {
        "articles": streams.by_author(request.user, person, get_language(), after=after),
        "after": after,
        "person": person,
    }


ARTICLES = Section("articles", _("Articles"), "blog/_profile_articles.html", _articles)
