"""The list of people, as it is narrowed, for a spreadsheet."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import audit
from people.forms import DirectoryFilter
from people.streams import directory, facets, table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def export_list(request):
    """XLSX or CSV for people administrators; recorded in the audit log. Absent for everybody else (A3)."""
    kind = request.POST.get("format")
    if not request.user.is_people_administrator or kind not in ("xlsx", "csv"):
        raise Http404
    words, chosen = DirectoryFilter(request.GET).understood()
    people = facets.narrow(directory.match(words, request.user).people, chosen).order_by(*directory.BEST)
    detail = {"rows": people.count(), "format": kind, "query": request.GET.urlencode()[:500]}
    audit.record(action="people.directory.export", by=request.user, target=request.user, detail=detail)
    rows = table.rows(people, request.user)
    if kind == "csv":
        answer = HttpResponse("".join(table.as_csv(rows)), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(table.as_xlsx(rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="people-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return answer
