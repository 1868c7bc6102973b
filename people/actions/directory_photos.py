"""The photo that somebody starts with, from a directory. One that a person chose or removed is theirs."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_noop

from people import source_options
from people.actions import faces
from people.actions.import_plan import Plan
from people.models import User
from people.uploads import process_face

NO_PICTURE = gettext_noop("no picture that can be kept")
WITHOUT = gettext_noop("its person is left out")


def bring_in(*, plan: Plan, dry_run=False) -> None:
    """Give photos to people of `plan` who have none and never had one from here. Broken ones are reported."""
    if not source_options.of(plan.source).photos:
        return
    for person in plan.found.people:
        if person.photo is not None:
            _one(plan, person, None if person.reason else plan.users.get(person.key), dry_run)


def _wants_photo(user) -> bool:
    """Whether a directory's photo would be taken: fetching many is dear."""
    return not user.photo and "photo" not in user.mastered


def _one(plan, person, user, dry_run):
    if user is None or not user.is_active:
        plan.report.add("photos", "skipped", person.line, WITHOUT, person.label)
    elif not _wants_photo(user):
        plan.report.add("photos", "already there")
    else:
        try:
            _keep(plan, person, user, dry_run)
            plan.report.add("photos", "imported")
        except ValidationError as error:
            plan.report.add("photos", "skipped", person.line, NO_PICTURE, " ".join(error.messages))


def _keep(plan, person, user, dry_run):
    if dry_run and callable(person.photo):
        return
    photo = person.photo() if callable(person.photo) else person.photo
    file = ContentFile(photo or b"")
    if dry_run:
        process_face(file)
        return
    faces.replace(user=user, file=file)
    user.mastered = {**user.mastered, "photo": plan.source.pk}
    User.objects.filter(pk=user.pk).update(mastered=user.mastered)
