"""What the composer of posts needs to know (`feed/composer/composer.html`, there named `c`)."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feed.actions import attaching, long_texts, post_rules
from feed.forms import PostForm
from feed.forms.posts import percent
from feed.models import Community, Draft, Post
from feed.models.post import MAX_CHARS
from feed.streams import communities, suggesting
from people.prepared import Prepared

REPEATED = ("option", "thanks", "attachment")
Kind = Post.Kind


@dataclass(frozen=True)
class Place:
    """Where a post is being written: the feed, or a community."""

    name: str = "post"
    community: Community | None = None

    @property
    def action(self) -> str:
        """Where the form goes."""
        url = reverse("feed:write")
        return f"{url}?community={self.community.pk}" if self.community else url


def place_of(user, community_pk: str = "") -> Place:
    """The community that the address names, if `user` is a member; else the feed."""
    if community_pk.isascii() and community_pk.isdigit() and len(community_pk) < 19:
        found = Community.objects.of_member(user).filter(pk=int(community_pk)).first()
        if found is not None:
            return Place(f"community:{found.pk}", found)
    return Place()


def context(request, *, community: Community | None = None, form: PostForm | None = None, kind: str = "",
            to: str = "") -> dict:  # fmt: skip
    """`c`: an empty form, one with the draft kept for this place, or `form` with its errors. About five queries."""
    place = Place(f"community:{community.pk}", community) if community else Place()
    draft = next(iter(_drafts(None, user=request.user.pk, place=place.name)), None) if form is None else None
    form = form or empty_form(request.user, place, draft, kind, to)
    names = _names(form)
    return {
        "form": form,
        "place": place.name,
        "community": community,
        "action": place.action,
        "kinds": kinds(),
        "audiences": post_rules.readers_offered(
            user=request.user, communities=communities.inside(request.user)
        ),
        "draft": draft.data if draft else {},
        "has_draft": draft is not None,
        "draft_url": reverse("feed:draft"),
        "preview_url": reverse("feed:preview_new"),
        "scheduled_url": reverse("feed:scheduled"),
        "max_chars": MAX_CHARS,
        "zone": timezone.get_current_timezone_name().replace("_", " "),
        "may_speak_for_company": request.user.is_communications,
        "article_url": long_texts.address_for(user=request.user) if form.is_too_long else "",
        "label": _("What is going on?"),
        "heading": pgettext("heading", "Write"),
        "names": json.dumps(names),
    }


@Prepared
def _drafts(user, place):
    return Draft.objects.filter(user=user, place=place)


def _names(form) -> dict[str, str]:
    """What those are called whom the form names; a department's number in an unsent one becomes its name."""
    if form.is_bound:
        return suggesting.names_of([form["to"].value() or "", *(form["thanks"].value() or [])])
    to = form.initial.get("to", "")
    names = suggesting.names_of([to, *form.initial.get("thanks", [])])
    if ":" in to and to in names:
        form.initial["to"] = name = names.pop(to)
        names[name] = name
    return names


def empty_form(user, place: Place, draft: Draft | None = None, kind: str = "", to: str = "") -> PostForm:
    """Unsent, with what the draft or the address says."""
    initial = {"audience": place.name if place.community else ""}
    for name, values in (draft.data if draft else {}).items():
        initial[name] = values if name in REPEATED else values[0]
    if kind in Kind.values:
        initial["kind"] = kind
    if to:
        initial["to"], initial["thanks"] = to[:80], [to[:80]]
    form = PostForm(
        user=user, draft=draft.body if draft else "", initial=initial, auto_id=auto_id(place.name)
    )
    form.uploads = uploads_of(user, initial)
    return form


def uploads_of(user, initial: dict) -> list:
    """The files of a draft that are still there, with the words typed for them. One query, none without files."""
    rows = attaching.find_unsent(owner=user, ids=list(known_ids(initial.get("attachment", ()))))
    for row in rows:
        row.alt = initial.get(f"alt_{row.pk}", row.alt)
        row.credit = initial.get(f"credit_{row.pk}", row.credit)
        row.focal_x = percent(initial.get(f"focal_x_{row.pk}"), otherwise=row.focal_x)
        row.focal_y = percent(initial.get(f"focal_y_{row.pk}"), otherwise=row.focal_y)
    return rows


def known_ids(typed):
    """Those that are ids at all."""
    for one in typed:
        try:
            yield UUID(one)
        except ValueError:
            continue


def auto_id(place: str) -> str:
    """Ids that are unique on a page with several composers."""
    return f"{place.replace(':', '-')}-%s"


def kinds() -> list[dict]:
    """The kinds with what their button says."""
    return [
        {"value": Kind.POST.value, "label": pgettext("kind", "Post"), "submit": pgettext("button", "Post"),
         "icon": "icons/pen.svg"},
        {"value": Kind.QUESTION.value, "label": _("Question"), "submit": _("Ask the question"),
         "icon": "icons/ask.svg"},
        {"value": Kind.KUDOS.value, "label": pgettext("kind", "Thanks"), "submit": _("Say thanks"),
         "icon": "icons/kudos.svg"},
        {"value": Kind.POLL.value, "label": _("Poll"), "submit": _("Start the poll"), "icon": "icons/poll.svg"},
    ]  # fmt: skip
