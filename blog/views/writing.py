"""From "Write" into the editor, and asking for a blog of one's own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog.actions import requesting
from blog.forms import RequestForm
from blog.models import Blog, BlogPage, BlogRequest


def write(request):
    """The editor for a new article; with several blogs or languages, the choice between them."""
    mine = Blog.objects.writable_by(request.user).values("pk")
    pages = list(
        BlogPage.objects.filter(blog__in=mine, live=True)
        .select_related("blog", "locale")
        .order_by("title", "pk")
    )
    if not pages:
        return redirect("blog:request")
    if len(pages) == 1:
        return redirect(_editor(pages[0]))
    choices = [{"page": page, "url": _editor(page)} for page in pages]
    return render(
        request, "blog/write.html", {"choices": choices, "ui_language": get_language(), "section": "blogs"}
    )


def ask(request):
    """Ask for a blog; whoever asked already reads that the answer is on its way."""
    waiting = BlogRequest.objects.filter(user=request.user, state=BlogRequest.State.OPEN).first()
    form = RequestForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and waiting is None and form.is_valid():
        requesting.ask(user=request.user, **form.cleaned_data)
        messages.success(request, _("Communications knows. You will hear from them here."))
        return redirect("blog:request")
    context = {"form": form, "waiting": waiting, "section": "blogs"}
    return render(request, "blog/request.html", context, status=422 if form.errors else 200)


def _editor(page) -> str:
    return reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
