"""The rules of all audiences at once: to which of them does somebody with these attributes belong?"""

from people.models import Audience, Department


class Rules:
    """Holds every audience's rule after four queries, however many there are; answers from memory."""

    def __init__(self):
        rows = Audience.objects.values_list("pk", "employment", "language")
        self._rules = {pk: (employment, language.casefold()) for pk, employment, language in rows}
        self._paths = dict(Department.objects.values_list("pk", "path"))
        self._departments = _grouped(Audience.departments.through, "department_id")
        self._locations = _grouped(Audience.locations.through, "location_id")
        self._filled = {
            pk
            for pk, rule in self._rules.items()
            if any(rule) or pk in self._departments or pk in self._locations
        }
        self._answers = {}

    def matching(self, *, department_id, location_id, employment, languages) -> frozenset[int]:
        """Ids of the audiences whose every filled criterion fits; the same as `audiences.matching` says of one."""
        key = department_id, location_id, employment, tuple(languages or ())
        if key not in self._answers:
            self._answers[key] = frozenset(pk for pk in self._filled if self._fits(pk, *key))
        return self._answers[key]

    def _fits(self, pk, department_id, location_id, employment, languages):
        wanted_employment, wanted_language = self._rules[pk]
        if wanted_employment and wanted_employment != employment:
            return False
        if wanted_language and wanted_language not in {code.casefold() for code in languages}:
            return False
        if pk in self._locations and location_id not in self._locations[pk]:
            return False
        if pk in self._departments:
            above = self._paths.get(department_id, "").split("/")
            return any(str(wanted) in above for wanted in self._departments[pk])
        return True


def _grouped(through, column):
    found = {}
    for audience, other in through.objects.values_list("audience_id", column):
        found.setdefault(audience, set()).add(other)
    return found
