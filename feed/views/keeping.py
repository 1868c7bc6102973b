"""Bookmarks, watching, following, drafts: what is only mine."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event
from wagtail.models import Page

from feed import streams
from feed.actions import bookmarking, drafting, following, watching
from feed.forms import FollowForm, TargetForm
from feed.models import Watch
from feed.views import answering, showing
from people import ratelimit
from people.models import User


@require_POST
def bookmark(request, pk):
    """Keep the post, or one of its comments, or no longer."""
    post = streams.find_post(request.user, pk)
    form = _target(request)
    comment = None
    if form.cleaned_data["comment"]:
        comment = streams.find_comment(request.user, form.cleaned_data["comment"])
        if comment.post_id != post.pk:
            raise Http404
    keep = form.cleaned_data["on"] == "yes"
    (bookmarking.keep if keep else bookmarking.drop)(user=request.user, post=post, comment=comment)
    if not request.htmx:
        return answering.back_to(
            request, comment, post, message=_("Kept in your bookmarks.") if keep else _("No longer kept.")
        )
    context = {"post": post, "comment": comment, "kept": keep, "ui_language": get_language()}
    context["card"] = "card" in request.POST
    return render(request, "feed/_bookmark.html", context)


@require_POST
def watch(request, pk):
    """Hear of new comments here ("yes"), only of answers ("no"), of nothing ("muted"), or as before ("unmute").

    An author watches without a row; "no" is then the same as "muted".
    """
    post = streams.find_post(request.user, pk)
    choice = _target(request).cleaned_data["on"]
    is_author = request.user.pk in (post.author_id, post.posted_by_id)
    quiet = Watch.Level.MUTED if is_author else ""
    levels = {"yes": Watch.Level.WATCHING, "muted": Watch.Level.MUTED, "no": quiet, "unmute": ""}
    watching.set_level(user=request.user, post=post, level=levels[choice])
    said = {
        "yes": _("You will hear of new comments here."),
        "no": _("You will no longer hear of new comments here."),
        "muted": _("You will hear of nothing here, not even of answers to you."),
        "unmute": _("You will hear of answers to you again."),
    }
    if not request.htmx:
        return answering.back_to(request, None, post, message=said[choice])
    if "card" in request.POST:
        return trigger_client_event(HttpResponse(status=204), "toast", {"message": said[choice]})
    bar = showing.post_bar(post, streams.mine(request.user, post), request.user)
    return render(request, "feed/_watch.html", {"post": post, "bar": bar, "ui_language": get_language()})


@require_POST
def follow(request):
    """Follow a blog, a person or a tag, or no longer. What the reader may not see is absent (404)."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            "; ".join(one for found in form.errors.values() for one in found),
            status=422,
            content_type="text/plain; charset=utf-8",
        )
    kind, pk = form.cleaned_data["kind"], form.cleaned_data["pk"]
    target, name, url = _followed(request.user, kind, pk)
    on = form.cleaned_data["follow"] == "yes"
    (following.follow if on else following.unfollow)(follower=request.user, **{kind: target})
    if not request.htmx:
        answer = redirect(url)
        answer.status_code = 303
        return answer
    small = "small" in request.POST
    context = {"kind": kind, "pk": pk, "follows": on, "name": name, "small": small}
    return render(request, "components/follow.html", context)


def _followed(user, kind, pk):
    """(row, name, its page) of what is followed; 404 when `user` may not see it."""
    if kind == "user":
        person = get_object_or_404(User.objects.present(), pk=pk)
        return person, person.name, reverse("people:profile", args=[person.handle])
    if kind == "tag":
        tag = streams.find_tag(user, pk)
        return tag, tag.name, reverse("feed:tag", args=[tag.slug])
    if not following.may_follow_page(user=user, page_id=pk):
        raise Http404
    page = get_object_or_404(Page, pk=pk)
    return page, page.title, page.url_path


@require_POST
def draft(request):
    """Keep what is being typed (A32), the composer's other fields as JSON in `data`. 204; 422 for a text too long or an
    unknown place."""
    place = request.POST.get("place", "")
    ratelimit.check(request.user, "draft")
    if not drafting.is_place(name=place):
        return HttpResponse(
            _("Drafts are not kept here."), status=422, content_type="text/plain; charset=utf-8"
        )
    try:
        data = drafting.read_fields(sent=request.POST.get("data", ""))
        drafting.save(user=request.user, place=place, body=request.POST.get("body", ""), data=data)
    except ValidationError as error:
        return HttpResponse("; ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_GET
def bookmarks(request):
    """What I keep, latest first."""
    after = request.GET.get("after", "")
    page = streams.bookmarks(request.user, after=after)
    language = get_language()
    for row in page:
        if row.comment:
            row.title, row.url = row.post.title_in(language), reverse("feed:comment", args=[row.comment_id])
    posts = [row.post for row in page if not row.comment]
    context = {"page": page, "posts": posts, "after": after, "section": "bookmarks", "ui_language": language}
    return render(request, "feed/bookmarks.html", context)


def _target(request):
    form = TargetForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form
