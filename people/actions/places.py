"""Departments and locations by the names that a directory has for them; made when they are new."""

from people.actions import departments
from people.models import Department, Location


class Places:
    """Knows all departments and locations after one query each. For one run; use inside a transaction."""

    def __init__(self):
        self._departments = self._locations = None

    def department(self, name):
        """The department of a name (the one nearest the top), or of a path of names from the top; None for ""."""
        if not name or isinstance(name, Department):
            return name or None
        self._load_departments()
        if not isinstance(name, str):
            return self._by_path(tuple(name))
        found = self._departments["names"].get(name.casefold())
        return found or self._by_path((name,))

    def location(self, name):
        """The location of a name; None for ""."""
        if not name or isinstance(name, Location):
            return name or None
        if self._locations is None:
            self._locations = {place.name.casefold(): place for place in Location.objects.all()}
        if name.casefold() not in self._locations:
            self._locations[name.casefold()] = Location.objects.create(name=name)
        return self._locations[name.casefold()]

    def resolved(self, values):
        """`values` with rows where names stood."""
        found = dict(values)
        if "department" in found:
            found["department"] = self.department(found["department"])
        if "location" in found:
            found["location"] = self.location(found["location"])
        return found

    def _load_departments(self):
        if self._departments is None:
            units = sorted(Department.objects.all(), key=lambda unit: unit.path.count("/"), reverse=True)
            self._departments = {
                "names": {unit.name.casefold(): unit for unit in units},
                "places": {(unit.parent_id, unit.name.casefold()): unit for unit in units},
            }

    def _by_path(self, path):
        unit = None
        for name in path:
            key = (unit.pk if unit else None, name.casefold())
            if key not in self._departments["places"]:
                made = departments.place(department=Department(name=name), parent=unit)
                self._departments["places"][key] = made
                self._departments["names"].setdefault(name.casefold(), made)
            unit = self._departments["places"][key]
        return unit
