"""Writing the people of a directory file: accounts, managers, departments, photos. Twice adds nothing."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from people.actions import audiences, departments, faces, leaving
from people.handles import skeleton, unique_handle
from people.importing.records import Person, Source
from people.importing.report import Report
from people.models import Department, Identity, Location, User
from people.uploads import process_face


class _Undo(Exception):
    """Ends a dry run's transaction."""


def bring_in(*, source: Source, dry_run=False, adopt=False) -> Report:
    """Create and update accounts from `source`; returns the report. With `dry_run` nothing is kept.

    A person is matched by (issuer, key) only (A11). An address that belongs to an account of another origin leaves the
    person out, unless `adopt` links that account. Empty values change nothing; nobody is removed. New accounts have
    no password; whose last day is over is deactivated.
    """
    report = Report()
    report.counts["other entries"]["skipped"] = source.others
    try:
        with transaction.atomic():
            writer = _Writer(source.issuer, report, adopt)
            written = [(person, writer.person(person)) for person in source.people]
            writer.managers([(person, user) for person, user in written if user])
            audiences.recompute_all()
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    for person, user in written:
        if person.photo:
            _photo(person, user, report, dry_run)
    return report


def _photo(person, user, report, dry_run):
    """A photo that somebody has is theirs: it is never replaced."""
    if user is None:
        report.add("photos", "skipped", person.line, "its person is left out")
    elif user.photo:
        report.add("photos", "already there")
    else:
        try:
            if dry_run:
                process_face(ContentFile(person.photo))
            else:
                faces.replace(user=user, file=ContentFile(person.photo))
            report.add("photos", "imported")
        except ValidationError as error:
            report.add("photos", "skipped", person.line, " ".join(error.messages))


class _Writer:
    """Keeps what one import needs to know: accounts by key, handles, departments, locations."""

    def __init__(self, issuer, report, adopt):
        self.issuer, self.report, self.adopt = issuer, report, adopt
        known = Identity.objects.filter(issuer=issuer).select_related("user")
        self.known = {identity.subject: identity.user for identity in known}
        self.handles = {skeleton(handle) for handle in User.objects.values_list("handle", flat=True)}
        self.departments = {unit.name.casefold(): unit for unit in Department.objects.all()}
        self.locations = {place.name.casefold(): place for place in Location.objects.all()}

    def person(self, person: Person):
        """The account of one person, or None when they are left out."""
        if person.reason:
            reason = f"{person.reason} ({person.detail})" if person.detail else person.reason
            self.report.add("people", "skipped", person.line, reason)
            return None
        user = self.known.get(person.key)
        holder = User.objects.filter(email=person.email).first()
        if holder is not None and holder != user and not (self.adopt and user is None):
            self.report.add("people", "skipped", person.line, "the address belongs to another account")
            return None
        fields = self._fields(person)
        if user is None and holder is None:
            user, outcome = self._create(person, fields), "imported"
        else:
            user = user or holder
            outcome = "updated" if self._update(user, fields) else "already there"
        if person.key not in self.known:
            Identity.objects.create(user=user, issuer=self.issuer, subject=person.key)
            self.known[person.key] = user
        self.report.add("people", outcome)
        return user

    def _fields(self, person):
        fields = {**person.fields, "email": person.email}
        if person.department:
            fields["department"] = self._place(self.departments, person.department, _new_department)
        if person.location:
            fields["location"] = self._place(self.locations, person.location, _new_location)
        return fields

    def _place(self, known, name, make):
        if name.casefold() not in known:
            known[name.casefold()] = make(name)
        return known[name.casefold()]

    def _create(self, person, fields):
        name = f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip()
        handle = unique_handle(name or person.email.split("@")[0], lambda one: skeleton(one) in self.handles)
        self.handles.add(skeleton(handle))
        gone = _is_over(fields.get("left_on"))
        return User.objects.create_user(**fields, handle=handle, is_active=not gone)

    def _update(self, user, fields):
        changed = [name for name, value in fields.items() if getattr(user, name) != value]
        for name in changed:
            setattr(user, name, fields[name])
        if changed:
            user.save(update_fields=changed)
        if user.is_active and _is_over(user.left_on):
            leaving.deactivate(user=user)
            user.is_active = False
        return bool(changed)

    def managers(self, written):
        """Second pass: who reports to whom, once everybody is known. Cycles are named and left out."""
        by_reference = {}
        for person, user in written:
            references = {person.dn} if person.dn else {person.email, person.key.casefold()}
            by_reference |= dict.fromkeys(references, user.pk)
        named = {}
        for person, user in written:
            if person.manager:
                manager = by_reference.get(person.manager) or self._elsewhere(person.manager)
                if manager is None:
                    self.report.add(
                        "managers", "skipped", person.line, f"nobody is known as {person.manager}"
                    )
                elif manager == user.pk:
                    self.report.add("managers", "skipped", person.line, "is named as their own manager")
                else:
                    named[user.pk] = (person, user, manager)
        self._set_managers(named)

    def _set_managers(self, named):
        above = dict(User.objects.exclude(manager=None).values_list("pk", "manager_id"))
        above |= {pk: manager for pk, (_person, _user, manager) in named.items()}
        for pk, (person, user, manager) in named.items():
            if pk in _chain(above, pk):
                self.report.add("managers", "skipped", person.line, "the managers form a circle")
            elif user.manager_id == manager:
                self.report.add("managers", "already there")
            else:
                outcome = "updated" if user.manager_id else "imported"
                User.objects.filter(pk=pk).update(manager=manager)
                self.report.add("managers", outcome)

    def _elsewhere(self, reference):
        """A manager who is not in the file: by key of this directory, else by address."""
        user = self.known.get(reference)
        return user.pk if user else User.objects.filter(email=reference).values_list("pk", flat=True).first()


def _chain(above, start):
    """Everybody above `start`, which is among them only when it stands in a circle."""
    seen, current = set(), above.get(start)
    while current is not None and current not in seen:
        seen.add(current)
        current = above.get(current)
    return seen


def _is_over(day):
    return day is not None and day < timezone.localdate()


def _new_department(name):
    return departments.place(department=Department(name=name))


def _new_location(name):
    return Location.objects.create(name=name)
