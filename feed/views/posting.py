"""Writing posts of every kind."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from feed.actions import attaching, drafting, mentioning, post_rules, posting, questions, thanking, voting
from feed.actions.refusals import Refused
from feed.forms import PostForm
from feed.models import Post
from feed.streams import timeline
from feed.views import post_composer, refusals
from people import ratelimit

STREAMS = ("feed:feed", "feed:everything", "feed:community")


@require_http_methods(["GET", "POST"])
def write(request):
    """The composer on a page of its own (`?kind=&community=&to=` fill it), and where every composer sends to."""
    ask = request.GET
    place = post_composer.place_of(request.user, ask.get("community", ""))
    if request.method == "GET":
        composer = post_composer.context(
            request, community=place.community, kind=ask.get("kind", ""), to=ask.get("to", "")
        )
        return render(request, "feed/post_write.html", {"c": composer, "section": "feed"})
    key = request.POST.get("key", "")
    made = posting.find_sent(author=request.user, key=key)
    if made is not None:
        return _sent(request, made)
    form = PostForm(request.POST, request.FILES, user=request.user, auto_id=post_composer.auto_id(place.name))
    try:
        # pictures cost work each time they are read, so forms with some are always counted
        ratelimit.check(request.user, "post", once="" if request.FILES else key)
        if form.is_valid():
            made = _write(request.user, form)
            if place.name != posting.place(community=made.community):  # typed here, sent elsewhere
                drafting.forget(user=request.user, place=place.name)
            return _sent(request, made)
    except Refused as reason:
        form.add_error(None, str(reason))
    except mentioning.NeedsConfirmation as group:
        form.add_error("confirm_group", refusals.group_words(group.count))
    except ratelimit.TooMany as error:
        form.add_error(None, refusals.wait_words(error.retry_after))
        return _refused(request, form, place, status=429, retry_after=error.retry_after)
    return _refused(request, form, place)


def _write(user, form) -> Post:
    """The post that a valid form asks for."""
    data = form.cleaned_data
    audience, community = post_rules.find_readers(user=user, value=data["audience"])
    readers = community.readers_id if community else audience and audience.pk
    mentioning.check(source=data["body"], by=user, audience_id=readers, confirmed=data["confirm_group"])
    for _picture in form.pictures:
        ratelimit.check(user, "upload")
    kept = [attaching.keep(owner=user, **picture) for picture in form.pictures]
    return posting.add(
        author=user, body=data["body"], kind=data["kind"], audience=audience, community=community,
        attachments=[*form.uploads, *kept], language=data["language"], key=data["key"] or None,
        publish_at=data["when"], for_company=data["for_company"], **_parts(form),
    )  # fmt: skip


def _parts(form) -> dict:
    """What belongs to the kind, as its action wants it."""
    parts = {}
    if form.ask is not None:
        parts["ask"] = questions.Ask(**form.ask)
    if form.poll is not None:
        begins = form.cleaned_data["when"] or timezone.now()
        days, options = form.poll.pop("days"), tuple(form.poll.pop("options"))
        parts["poll"] = voting.PollTerms(options=options, ends_at=begins + timedelta(days=days), **form.poll)
    if form.thanked is not None:
        parts["kudos"] = thanking.Thanks(users=tuple(form.thanked["users"]), value=form.thanked["value"])
    return parts


def _sent(request, made):
    """201 with the post for the timeline that asked; otherwise on to it, or to the list of those that wait."""
    waits = made.state != Post.State.PUBLISHED
    if made.state == Post.State.PUBLISHED and _asks_from_stream(request):
        post = timeline.find(request.user, made.pk)
        context = {"post": post, "is_new": True, "ui_language": get_language()}
        answer = render(request, "feed/_post.html", context, status=201)
        return reswap(retarget(answer, "#timeline"), "afterbegin")
    if waits:
        messages.success(request, _("It appears by itself when its time has come."))
    answer = redirect("feed:scheduled") if waits else redirect("feed:post", pk=made.pk)
    if request.htmx:
        return HttpResponseClientRedirect(answer.url)
    answer.status_code = 303
    return answer


def _asks_from_stream(request) -> bool:
    """Whether the page that sent this shows a stream, so that the post can be put on top of it."""
    if not request.htmx:
        return False
    if request.htmx.target == "timeline":
        return True
    try:
        path = (request.htmx.current_url_abs_path or "").split("?")[0].split("#")[0]
        return resolve(path).view_name in STREAMS
    except Resolver404:
        return False


def _refused(request, form, place, *, status=422, retry_after=None):
    """The composer again with everything that was typed."""
    composer = post_composer.context(request, community=place.community, form=form)
    if request.htmx:
        answer = render(request, "feed/composer/composer.html", {"c": composer}, status=status)
        answer = reswap(retarget(answer, "closest text-composer"), "outerHTML")
    else:
        answer = render(request, "feed/post_write.html", {"c": composer, "section": "feed"}, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer
