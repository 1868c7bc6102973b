"""From "Write" into the editor, also with a text too long for a post, and asking for a blog of one's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from blog.actions import drafting, requesting
from blog.forms import RequestForm
from blog.models import Blog, BlogPage, BlogRequest
from feed.actions.refusals import Refused


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


@require_POST
def from_post(request):
    """A text that is too long for a post becomes a draft in one's blog, opened in the editor."""
    try:
        page = drafting.begin(
            user=request.user, body=request.POST.get("body", ""), key=request.POST.get("key") or None
        )
    except Refused:
        return redirect("blog:request")
    except ValidationError as error:
        return HttpResponse("; ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    answer = redirect("wagtailadmin_pages:edit", page.pk)
    if request.htmx:
        return HttpResponseClientRedirect(answer.url)
    answer.status_code = 303
    return answer


def article_offer(user) -> str:
    """Where somebody with a blog takes a text that is too long for a post; "" for everybody else. One query."""
    return reverse("blog:from_post") if drafting.may_begin(user=user) else ""


def _editor(page) -> str:
    return reverse("wagtailadmin_pages:add", args=["blog", "articlepage", page.pk])
