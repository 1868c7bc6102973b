"""The organisation chart: a tree by mouse, finger and keyboard, and the same as a table."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from people.models import User
from people.streams import org

LONGEST_NUMBER = 18


def person(request, handle):
    """From the top down to somebody and to who reports to them."""
    around = _present(handle)
    return _page(request, org.around(around), around)


def tops(request):
    """From those with nobody above them downwards; for people administrators with what is wrong in the lines."""
    chart = org.tops(after=_after(request))
    wrong = org.faults(chart.lines) if request.user.is_people_administrator else []
    return _page(request, chart, None, {"faults": wrong, "alone": chart.lines.alone()})


def below(request, handle):
    """Who reports to somebody: list items for the tree, or a page of its own where no script asks."""
    above, after = _present(handle), _after(request)
    chart = org.below(above, after=after)
    if request.htmx:
        return render(
            request, "people/org/_below.html", {"chart": chart, "above": above, "whole": after is None}
        )
    return _page(request, chart, above, {"only_below": True})


def _page(request, chart, around, more=None):
    table = request.GET.get("as") == "table"
    context = {
        "chart": chart,
        "around": around,
        "title": _("Around %(name)s") % {"name": around.name} if around else _("Organisation chart"),
        "table": table,
        "rows": chart.rows() if table else [],
        "section": "people",
        "tab": "org",
    }
    return render(request, "people/org/page.html", context | (more or {}))


def _present(handle):
    return get_object_or_404(User.objects.present().select_related("department", "location"), handle=handle)


def _after(request):
    """The number of a person after whom the list goes on; 404 for anything else."""
    given = request.GET.get("after", "")
    if given and not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise Http404
    return int(given) if given else None
