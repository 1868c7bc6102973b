"""The audit log: read, searched and exported by administrators; nobody changes or deletes a row here (A38)."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from people import audit, ratelimit
from people.forms.privacy import AuditFilter
from people.spreadsheets import plain_cell
from people.streams import audit_log
from people.views.governing import for_administrators

MOST = 50_000


@for_administrators
@require_safe
def index(request):
    """Newest first, keyset-paged, of one of the two logs."""
    log, form, criteria = _asked(request.GET)
    after = request.GET.get("after", "")
    kept = {"log": log, **{name: request.GET.get(name, "") for name in form.fields}}
    page = audit_log.page(log, after=after, **criteria)
    context = {
        "page": page,
        "form": form,
        "log": log,
        "kept": kept,
        "first_url": f"?{urlencode(kept)}" if after else "",
        "more_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "tabs": [
            {"key": key, "label": label, "url": f"?log={key}"}
            for key, label in (("people", _("People and settings")), ("pages", _("Articles and blogs")))
        ],
        "section": "manage",
        "manage": "audit",
    }
    return render(request, "people/manage/audit_log.html", context)


@for_administrators
@require_POST
def export(request):
    """What the filter shows as XLSX or CSV, at most 50,000 rows; the export itself is logged."""
    ratelimit.check(request.user, "export")
    log, _form, criteria = _asked(request.POST)
    kind = "csv" if request.POST.get("as") == "csv" else "xlsx"
    asked = {name: str(value) for name, value in criteria.items() if value}
    lines = list(audit_log.lines(log, most=MOST, **criteria))
    detail = {"log": log, "rows": len(lines), "as": kind, **asked}
    audit.record(action="people.audit.export", by=request.user, target=request.user, detail=detail)
    heads = [_("When"), _("Who"), _("Action"), _("What"), _("Kind"), _("Object"), _("Number"), _("Details")]
    rows = [heads, *([line[0].isoformat(timespec="seconds"), *map(str, line[1:])] for line in lines)]
    answer = _csv(rows) if kind == "csv" else _xlsx(rows)
    name = f"audit-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(sent):
    form = AuditFilter(sent)
    form.is_valid()
    log = sent.get("log", "people")
    return (log if log in audit_log.LOGS else "people"), form, dict(form.cleaned_data)


def _csv(rows):
    answer = HttpResponse("﻿", content_type="text/csv; charset=utf-8")
    csv.writer(answer).writerows([plain_cell(cell) for cell in row] for row in rows)
    return answer


def _xlsx(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", plain_cell(cell)) for cell in row])
    answer = HttpResponse(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    book.save(answer)
    return answer
