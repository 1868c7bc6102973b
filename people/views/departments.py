"""Departments: the tree of all, and one with its lead, what is below, its people, and what upper packages add."""

from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from people.department_sections import sections
from people.models import Department
from people.paging import take
from people.streams import departments
from people.streams.directory import BY_NAME
from people.streams.rows import dress

SIZE = 30


def index(request):
    """All departments with the numbers of their people."""
    return render(
        request,
        "people/departments/index.html",
        {"units": departments.tree(), "section": "people", "tab": "departments"},
    )


def department(request, pk):
    """One department; its people, those below it included, keyset-paged."""
    found = get_object_or_404(Department.objects.select_related("lead__department", "lead__location"), pk=pk)
    people = departments.people_of(found)
    after = request.GET.get("after", "")
    page = take(people.for_cards(), BY_NAME, after=after, size=SIZE)
    lead = found.lead if found.lead and found.lead.is_active else None
    persons = dress([*([lead] if lead else []), *page], request.user)
    context = {
        "department": found,
        "lead": persons[0] if lead else None,
        "persons": persons[1:] if lead else persons,
        "number": people.count(),
        "way": departments.way(found),
        "units": departments.below(found),
        "after": after,
        "next_url": f"?after={page.after}" if page.after else "",
        "parts": [_rendered(request, one, found) for one in sections] if not after else [],
        "section": "people",
        "tab": "departments",
    }
    return render(request, "people/departments/department.html", context)


def _rendered(request, section, found):
    context = {**section.load(request, found), "ui_language": get_language()}
    return render_to_string(section.template, context, request=request)
