"""From "Write" into the editor, and asking for a blog of one's own."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from blog.models import Blog, BlogPage


def write(request):
    """The editor for a new article; with several blogs or languages, the choice between them."""
    mine = Blog.objects.writable_by(request.user).values("pk")
    pages = (
        BlogPage.objects.filter(blog__in=mine, live=True)
        .select_related("blog", "locale")
        .order_by("title", "pk")
    )
    pages = list(pages)
    if not pages:
        return redirect("blog:request")
    if len(pages) == 1:
        return redirect(_editor(pages[0]))
    choices = [{"page": page, "url": _editor(page)} for page in pages]
    return render(
        request, "blog/write.html", {"choices": choices, "ui_language": get_language(), "section": "blogs"}
    )


def _editor(page) -> str:
    return reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
