"""The search page and what is offered while typing. Both are GETs; without JavaScript the page alone does it all."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from intranet.search import choosing, facets, finding, helping, places, showing, suggesting
from intranet.search.asking import MAX_CHARS, Asked, read
from intranet.search.choosing import SearchForm
from intranet.search.snippets import Marker

LISTS = ("people", "communities", "tags")


@require_GET
def search(request):
    """Results for `q` and the filters; 400 and the typed text when it does not fit; the bare box without a question."""
    given = request.GET.copy()
    given["q"] = given.get("q", "").replace("\x00", "")
    form = SearchForm(given)
    if not form.is_valid():
        return render(request, "intranet/search.html", _page(form, Asked()), status=400)
    data, asked = form.cleaned_data, read(form.cleaned_data["q"])
    context = _page(form, asked)
    if asked or any(data[name] for name in form.HARD):
        context |= _results(request, form, asked, data)
    return render(request, "intranet/search.html", context)


@require_GET
def suggest(request):
    """Options for the box as <li>, first the search itself."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_CHARS]
    found = suggesting.offers(request.user, typed) if typed else []
    return render(request, "intranet/search/_suggestions.html", {"typed": typed, "offers": found})


def _page(form, asked) -> dict:
    return {"form": form, "asked": asked, "typed": form.data.get("q", ""), "section": "search"}


def _results(request, form, asked, data) -> dict:
    user, language = request.user, get_language()
    found = finding.find(user, asked, data, language=language)
    lists = {name: getattr(places, name)(user, asked) for name in LISTS}
    number = _number(request.GET.get("page", ""))
    link = _linker(form)
    marker = Marker(asked.terms.wider())
    context = {
        "has_results": True, "kind": data["kind"], "number": number, "lists": lists,
        "tabs": facets.tabs(found, lists, data, link), "facets": facets.counted(found, data, form),
        "total": facets.bounded(len(found.hits), found.is_full), "orders": _orders(data, link),
        "narrowed": form.narrowed, "unnarrowed_url": link(**dict.fromkeys(form.narrowed, "")),
    }  # fmt: skip
    if data["kind"] in LISTS:
        return context | {"shown": lists[data["kind"]], "nothing": not lists[data["kind"]]}
    rows = showing.rows(user, found.page(number), found.answers, marker, language)
    more = len(found.hits) > number * finding.SIZE and number < finding.LAST_PAGE
    context |= {
        "rows": rows, "next_url": link(page=number + 1) if more else "",
        "named": [one for one in lists["people"][: places.SHOWN] if one.rank < 2], "ui_language": language,
        "nothing": not rows and not any(lists.values()), "also": not data["kind"] and number == 1,
    }  # fmt: skip
    return context if rows or not asked.terms.words else context | _help(user, asked, data, form, link)


def _help(user, asked, data, form, link) -> dict:
    """Proposals for a question that found no text."""
    free = {**data, **dict.fromkeys((*form.HARD, *form.SOFT, "kind"), "")}
    return {
        "spellings": [(one, link(q=one, kind="")) for one in helping.spellings(user, asked, data)],
        "fewer": [(one, link(q=one, kind="")) for one in helping.fewer_words(user, asked, data)],
        "without_filters": form.narrowed and finding.exists(user, asked, free),
    }


def _linker(form):
    """A function that gives the page's address with some of its parameters changed."""
    kept = {name: value for name, value in form.cleaned_data.items() if value}

    def link(**changes):
        return (
            f"{reverse('search')}?{urlencode({key: one for key, one in {**kept, **changes}.items() if one})}"
        )

    return link


def _orders(data, link):
    now = data["order"] or "best"
    return [
        (label, link(order="" if order == "best" else order), order == now)
        for order, label in choosing.ORDERS
    ]


def _number(typed) -> int:
    good = typed.isascii() and typed.isdigit() and len(typed) < 4
    return min(max(1, int(typed)), finding.LAST_PAGE) if good else 1
