"""New colleagues: who joined in the last 90 days, by week. Birthdays are not collected."""

from datetime import timedelta
from itertools import groupby

from django.shortcuts import render

from people.field_visibility import seen_by
from people.models import User
from people.paging import take
from people.streams.facets import NEW_DAYS, new_day
from people.streams.rows import dress

SIZE = 24
NEWEST = ("-joined_on", "-pk")


def newcomers(request):
    """The newest first, keyset-paged; only those whose first day the reader may know."""
    after = request.GET.get("after", "")
    found = User.objects.new_since(new_day()).filter(seen_by(request.user, "joined_on"))
    page = take(found.for_cards(), NEWEST, after=after, size=SIZE)
    persons = dress(page, request.user)
    context = {
        "weeks": [(monday, list(those)) for monday, those in groupby(persons, _monday)],
        "days": NEW_DAYS,
        "after": after,
        "next_url": f"?after={page.after}" if page.after else "",
        "section": "people",
        "tab": "new",
    }
    return render(request, "people/newcomers.html", context)


def _monday(person):
    return person.joined_on - timedelta(days=person.joined_on.weekday())
