"""People as rows and cards: what one reader may see of each, without a query per person."""

from django.utils import timezone

from people.field_visibility import shown_fields
from people.models import PersonSkill
from people.streams.facets import new_day

SKILLS = 3


def dress(persons, viewer) -> list:
    """Give each of `persons` (present, with department and location) what their row shows to `viewer`.

    `seen` (names of fields), `row_skills` (up to three words), `is_new`, `is_away`. At most three queries.
    """
    persons, today, today_new = list(persons), timezone.localdate(), new_day()
    for person in persons:
        person.seen = shown_fields(person, viewer)
        person.is_new = (
            "joined_on" in person.seen and person.joined_on is not None and person.joined_on >= today_new
        )
        person.is_away = "absence" in person.seen and person.is_away_on(today)
        person.row_skills = []
    named = {person.pk: person for person in persons if "skills" in person.seen}
    rows = PersonSkill.objects.filter(content_object__in=named).order_by("pk") if named else []
    for pk, skill in rows.values_list("content_object_id", "tag__name") if named else ():
        if len(named[pk].row_skills) < SKILLS:
            named[pk].row_skills.append(skill)
    return persons
