"""The list of colleagues, by name and department."""

from django.db.models import Q
from django.shortcuts import render
from django.utils.http import urlencode

from people.forms import DirectoryFilter
from people.models import User
from people.paging import take

BY_NAME = ("last_name", "first_name", "pk")
SIZE = 40


def people(request):
    """Present colleagues in the order of their names, keyset-paged. A department includes everything below it."""
    form = DirectoryFilter(request.GET)
    found = User.objects.present().for_cards()
    chosen = form.cleaned_data if form.is_valid() else {}
    for word in chosen.get("q", "").split()[:5]:
        found = found.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(job_title__icontains=word)
        )
    department = chosen.get("department")
    if department:
        found = found.filter(department__path__startswith=department.path)
    after = request.GET.get("after", "")
    persons = take(found, BY_NAME, after=after, size=SIZE)
    kept = {"q": chosen.get("q", ""), "department": department.pk if department else ""}
    context = {
        "form": form,
        "filtered": bool(kept["q"] or department),
        "persons": persons,
        "after": after,
        "first_url": f"?{urlencode(kept)}",
        "next_url": f"?{urlencode({**kept, 'after': persons.after})}" if persons.after else "",
        "section": "people",
        "section_root": True,
    }
    return render(request, "people/list.html", context)
