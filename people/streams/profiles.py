"""One colleague as a reader may see them: everything that a profile shows, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people import spoken
from people.actions.mastering import locked_fields
from people.field_visibility import shown_fields
from people.models import FORMER_HANDLE, Department, Skill, User

MOST_REPORTS = 12
PLAIN = ("pronunciation", "pronouns", "about", "languages", "phone", "mobile", "room", "joined_on")


@dataclass
class Profile:
    """What `viewer` sees of `person`; fields that are not for them are empty here."""

    person: User
    viewer: User
    seen: frozenset = field(default_factory=frozenset)

    @property
    def is_me(self):
        """Whether somebody looks at themselves."""
        return self.person.pk == self.viewer.pk

    @cached_property
    def shown(self):
        """Plain columns that the reader may see, by name."""
        return {name: getattr(self.person, name) for name in PLAIN if name in self.seen}

    @cached_property
    def manager(self):
        """Present manager or None; came with the person."""
        manager = self.person.manager
        return manager if manager and manager.is_active else None

    @cached_property
    def departments(self):
        """Path of departments from the top. One query below the top."""
        own = self.person.department
        if own is None:
            return []
        above = [int(pk) for pk in own.path.split("/") if pk and int(pk) != own.pk]
        found = Department.objects.in_bulk(above) if above else {}
        return [found[pk] for pk in above if pk in found] + [own]

    @cached_property
    def reports(self):
        """Some of those who report to them, by name; one more than is shown, to know that there are more. One query."""
        found = User.objects.present().filter(manager=self.person).for_cards()
        return list(found.order_by("last_name", "first_name", "pk")[: MOST_REPORTS + 1])

    @property
    def shown_reports(self):
        """As many as fit."""
        return self.reports[:MOST_REPORTS]

    @property
    def has_more_reports(self):
        """Whether the rest stands in the organisation chart."""
        return len(self.reports) > MOST_REPORTS

    @cached_property
    def skills(self):
        """Skills in the order of naming. One query, none when they are not for the reader."""
        if "skills" not in self.seen:
            return []
        return list(Skill.objects.filter(people__content_object=self.person).order_by("people__pk"))

    @property
    def languages(self):
        """Their names in the reader's language, best first."""
        return [spoken.name_of(code) for code in self.shown.get("languages", ())]

    @cached_property
    def local_now(self) -> datetime | None:
        """The clock where they work; None without a location."""
        place = self.person.location
        try:
            return timezone.localtime(timezone.now(), ZoneInfo(place.time_zone)) if place else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    @property
    def today(self) -> date:
        """The day where they work."""
        return (self.local_now or timezone.localtime()).date()

    @cached_property
    def is_away(self):
        """Whether they are absent today, as far as the reader may know."""
        return "absence" in self.seen and self.person.is_away_on(self.today)

    @cached_property
    def is_away_later(self):
        """Whether a coming absence is known."""
        first = self.person.absent_from
        return (
            "absence" in self.seen
            and first is not None
            and self.today < first
            and self.person.is_away_on(first)
        )

    @property
    def deputy(self):
        """Who stands in, None without one or when they left; came with the person."""
        deputy = self.person.deputy if "absence" in self.seen else None
        return deputy if deputy and deputy.is_active else None

    @cached_property
    def locked(self):
        """Fields that a directory owns, by its row: [(source, labels)]. For oneself; one query."""
        by_source = {}
        for name, source in locked_fields(user=self.person).items():
            by_source.setdefault(source, []).append(User._meta.get_field(name).verbose_name)
        return sorted(by_source.items(), key=lambda one: (one[0].rank, one[0].name))

    @cached_property
    def missing(self):
        """What the profile still lacks: [(key of its form, column, what, why)]; empty once the hint was dismissed."""
        if not self.is_me or self.person.hint_dismissed_at:
            return []
        has = {"photo": bool(self.person.photo), "skills": bool(self.skills)}
        return [one for one in HINTS if not has.get(one[0], bool(getattr(self.person, one[1], "")))]


# key of the form, column, what is missing, why it helps
HINTS = (
    ("photo", "photo", _("A photo"), _("Colleagues recognise you in the corridor.")),
    ("name", "pronunciation", _("How your name is said"), _("People dare to call you.")),
    ("about", "about", _("A few words about you"), _("New colleagues see who you are.")),
    ("skills", "skills", _("What you can be asked about"), _("Questions find you instead of your manager.")),
    (
        "languages",
        "languages",
        _("Languages you speak"),
        _("Colleagues at other sites know how to write to you."),
    ),
    ("contact", "phone", _("A phone number"), _("In a hurry somebody reaches you.")),
)


def find(handle, viewer) -> Profile | None:
    """The profile at `handle`, None when there is none. Erased people have none. At most two queries."""
    if handle.startswith(FORMER_HANDLE):
        return None
    found = User.objects.select_related("department", "location", "manager", "deputy").filter(handle=handle)
    person = found.first()
    return None if person is None else of(person, viewer)


def of(person, viewer) -> Profile:
    """What `viewer` sees of `person` (with department, location, manager and deputy)."""
    return Profile(person, viewer, shown_fields(person, viewer) if person.is_active else frozenset())
