"""The directory of communities, a community with its stream, making and changing one."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feed.actions import communities, community_covers, keys
from feed.actions.refusals import Refused
from feed.forms import AskForm, CommunityForm
from feed.models import Community, CommunityRules
from feed.streams import communities as places
from feed.streams import timeline
from feed.views import post_composer
from feed.views.timeline import stream
from people import ratelimit
from people.text import clean_line

# What upper packages show beside a community, such as its blog: (request, community) -> [{"url": …, "label": …}].
more_links: list[Callable] = []


@require_GET
def directory(request):
    """Mine first, then the others by name, keyset-paged; `?q=` looks in names and purposes."""
    q, after = _words(request), request.GET.get("after", "")
    others = places.others(request.user, q, after=after)
    context = {
        "q": q,
        "mine": [] if after else places.mine(request.user, q),
        "others": others,
        "older_url": f"?{urlencode({'q': q, 'after': others.after})}" if others.after else "",
        "newer_url": f"?{urlencode({'q': q})}" if after else "",
        "may_create": CommunityRules.load().allow(request.user),
        "section": "communities",
        "section_root": True,
        "ui_language": get_language(),
    }
    return render(request, "feed/communities/directory.html", context)


@require_GET
def community(request, slug):
    """A community: what it is for, who is in, its stream. Who was asked into a closed one sees only the invitation."""
    found = places.find(request.user, slug)
    context = {**head(request, found), "request_row": places.request_of(request.user, found)}
    if not found.visible_to(request.user):
        return render(request, "feed/communities/invitation.html", context)
    after = request.GET.get("after", "")
    page = timeline.of_community(request.user, found, after=after)
    context |= stream(request, page, "community")
    context |= {
        "pinned": [] if after else places.pinned(request.user, found),
        "faces": places.faces(found),
        "owners": places.owners(found),
        "ask_form": AskForm(),
        "keeps_order": context["is_owner"] and found.keeps_order_itself(),
        "links": [link for links in more_links for link in links(request, found)],
    }
    if context["is_member"] and not found.archived_at:
        context["composer"] = post_composer.context(request, community=found)
    return render(request, "feed/communities/community.html", context)


def head(request, found) -> dict:
    """What every page of a community needs."""
    return {
        "community": found,
        "is_member": found.has_member(request.user),
        "is_owner": found.owned(request.user),
        "may_moderate": found.moderatable_by(request.user),
        "section": "communities",
        "ui_language": get_language(),
    }


@require_http_methods(["GET", "POST"])
def create(request):
    """A new community; the same form sent twice makes one (A27)."""
    if not CommunityRules.load().allow(request.user):
        raise Http404
    initial = {"kind": Community.Kind.OPEN, "language": get_language()}
    form = CommunityForm(request.POST or None, request.FILES or None, user=request.user, initial=initial)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _create(request.user, form)
            return see(reverse("feed:community", args=[made.slug]))
        except ratelimit.TooMany as error:
            form.add_error(None, _("You made or asked much in the last hour. Try again later."))
            return _form_page(request, form, None, 429, retry_after=error.retry_after)
        except (Refused, ValidationError) as reason:
            form.add_error(None, reason if isinstance(reason, ValidationError) else str(reason))
    return _form_page(request, form, None, status)


def _create(user, form):
    key = form.cleaned_data["key"]
    known = keys.find(user=user, key=key)
    if known.startswith("community:"):
        return Community.objects.visible_to(user).get(pk=known.partition(":")[2])
    ratelimit.check(user, "community", once=key)
    try:
        with transaction.atomic():
            made = communities.create(by=user, **form.words)
            keys.keep(user=user, key=key, result=f"community:{made.pk}")
            _cover(made, user, form)
    except IntegrityError:  # the same form twice at once
        known = keys.find(user=user, key=key)
        return Community.objects.visible_to(user).get(pk=known.partition(":")[2])
    return made


@require_http_methods(["GET", "POST"])
def change(request, slug):
    """Words, kind, cover. Opening a community asks what becomes of what was written."""
    found = owned(request.user, slug)
    initial = {name: getattr(found, name) for name in ("name", "purpose", "rules", "language", "kind")}
    initial["cover_credit"] = found.cover.credit if found.cover else ""
    form = CommunityForm(request.POST or None, request.FILES or None, user=request.user, initial=initial)
    question = ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                communities.change(
                    community=found, by=request.user, confirmed=form.cleaned_data["confirmed"], **form.words
                )
                _cover(found, request.user, form)
            messages.success(request, _("Saved."))
            return see(reverse("feed:community", args=[found.slug]))
        except communities.NeedsConfirmation as asked:
            question = _question(asked.comments)
        except (Refused, ValidationError) as reason:
            form.add_error(None, reason if isinstance(reason, ValidationError) else str(reason))
    status = 422 if request.method == "POST" else 200
    return _form_page(request, form, found, status, question=question)


def owned(user, slug):
    """The community, for its owners; absent for everybody else."""
    found = places.find(user, slug)
    if not found.owned(user):
        raise Http404
    return found


def see(url):
    """Redirect (303) after a form."""
    answer = redirect(url)
    answer.status_code = 303
    return answer


def _cover(found, user, form):
    if form.picture or form.cleaned_data["no_cover"]:
        credit = form.cleaned_data["cover_credit"]
        community_covers.set_cover(community=found, by=user, picture=form.picture, credit=credit)


def _question(comments):
    return ngettext(
        "%(n)s comment was written for the members. It stays with them, and so do all posts until now. "
        "Only what is new can be read by everybody.",
        "%(n)s comments were written for the members. They stay with them, and so do all posts until now. "
        "Only what is new can be read by everybody.",
        comments,
    ) % {"n": comments}


def _form_page(request, form, found, status, *, question="", retry_after=None):
    context = {"form": form, "community": found, "question": question, "section": "communities"}
    answer = render(request, "feed/communities/form.html", context, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer


def _words(request):
    try:
        return clean_line(request.GET.get("q", ""), max_chars=100)
    except ValidationError:
        return ""
