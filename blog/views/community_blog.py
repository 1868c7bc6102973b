"""A community's blog: the link to it, and how its owners ask for one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.actions import community_blogs
from blog.forms import RequestForm
from blog.models import Blog, BlogPage, BlogRequest
from feed.actions.refusals import Refused
from feed.streams import communities as places


def links(request, community) -> list[dict]:
    """The blog of the community, or for its owners the way to one. Two queries at most."""
    pages = BlogPage.objects.live().filter(
        blog__community=community, blog__in=Blog.objects.visible_to(request.user)
    )
    pages = list(pages.select_related("locale"))
    if pages:
        best = min(pages, key=lambda page: page.locale.language_code != get_language())
        return [{"url": best.url_path, "label": _("Blog: %(title)s") % {"title": best.title}}]
    if community.owned(request.user) and not community.archived_at:
        url = reverse("blog:community_request", args=[community.slug])
        return [{"url": url, "label": _("Ask for a blog")}]
    return []


@require_http_methods(["GET", "POST"])
def ask(request, slug):
    """An owner asks for a blog of the community; communications reads its name."""
    community = places.find(request.user, slug)
    if not community.owned(request.user):
        raise Http404
    waiting = BlogRequest.objects.filter(user=request.user, state=BlogRequest.State.OPEN).first()
    initial = {"title": community.name, "language": community.language}
    form = RequestForm(request.POST or None, initial=initial)
    if request.method == "POST" and waiting is None and form.is_valid():
        try:
            community_blogs.ask(community=community, by=request.user, **form.cleaned_data)
            messages.success(request, _("Communications knows. You will hear from them here."))
            return redirect("feed:community", slug)
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "waiting": waiting, "community": community, "section": "communities"}
    return render(request, "blog/request.html", context, status=422 if form.errors else 200)
