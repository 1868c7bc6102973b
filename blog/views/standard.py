"""Standard pages: house rules, privacy, help."""

from django.shortcuts import render
from django.utils.translation import get_language

from blog.models import StandardPage


def show(request, page):
    """The page, with a link to the same text in the other languages."""
    others = StandardPage.objects.live().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return render(
        request,
        "blog/standard_page.html",
        {
            "page": page,
            "others": others.select_related("locale"),
            "ui_language": get_language(),
            "section": "",
        },
    )
