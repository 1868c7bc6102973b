"""The list of colleagues: found as one types, narrowed by facets, as rows or cards."""

from django.conf import settings
from django.shortcuts import render
from django.utils.http import urlencode

from people import spoken
from people.forms import DirectoryFilter
from people.forms.directory import LAYOUTS
from people.paging import take
from people.streams import directory, facets
from people.streams.rows import dress

SIZE = 24
COOKIE, YEAR = "people_as", 365 * 24 * 3600


def people(request):
    """Present colleagues, best first, keyset-paged; facets with numbers. A department includes everything below it."""
    form = DirectoryFilter(request.GET)
    words, chosen = form.understood()
    found = directory.match(words, request.user)
    narrowed = facets.narrow(found.people, chosen)
    after = request.GET.get("after", "")
    page = take(narrowed.for_cards(), directory.BEST, after=after, size=SIZE)
    of_everybody = not (chosen or directory.words_of(words))
    numbers = facets.counts(found.people, chosen, of_everybody=of_everybody)
    layout = _layout(request)
    answer = render(
        request,
        "people/list.html",
        {
            "words": words,
            "chosen": chosen,
            "near": found.read_as,
            "persons": dress(page, request.user),
            "number": numbers["all"],
            "new_number": numbers["new"],
            "facets": facets.options(numbers, chosen),
            "chips": _chips(words, chosen),
            "tab_number": numbers["new"] if of_everybody else None,
            "layout": layout,
            "after": after,
            "first_url": _address(words, chosen),
            "next_url": _address(words, chosen, after=page.after) if page.after else "",
            "layouts": [(name, _address(words, chosen, **{"as": name})) for name in LAYOUTS],
            "unnarrowed": _unnarrowed(words, chosen, page, found),
            "may_export": request.user.is_people_administrator,
            "section": "people",
            "section_root": True,
            "tab": "list",
        },
    )
    if request.GET.get("as") == layout:
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(COOKIE, layout, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


def _layout(request):
    """As asked for, else as last time, else rows."""
    for asked in (request.GET.get("as"), request.COOKIES.get(COOKIE)):
        if asked in LAYOUTS:
            return asked
    return LAYOUTS[0]


def _unnarrowed(words, chosen, page, found):
    """When nobody is left: how many there are without the facets, and where."""
    if page.items or not chosen:
        return None
    return {"number": found.people.count(), "url": _address(words, facets.Chosen())}


def _chips(words, chosen):
    """[(what is chosen, the address without it)]."""
    pairs = _pairs(chosen)
    chips = []
    for one in pairs:
        rest = [(key, value) for key, value, _label in pairs if (key, value) != one[:2]]
        chips.append((one[2], f"?{urlencode([('q', words), *rest] if words else rest)}"))
    return chips


def _address(words, chosen, **more):
    pairs = [("q", words)] if words else []
    pairs += [(key, value) for key, value, _label in _pairs(chosen)]
    return f"?{urlencode([*pairs, *more.items()])}"


def _pairs(chosen):
    """[(field, value, label)] of what is chosen; the label of "new here" is the template's."""
    found = [("department", one.pk, one.name) for one in chosen.departments]
    found += [("location", one.pk, one.name) for one in chosen.locations]
    found += [("language", code, spoken.name_of(code)) for code in chosen.languages]
    found += [("skill", one.slug, one.name) for one in chosen.skills]
    return found + ([("new", "1", "")] if chosen.is_new else [])
