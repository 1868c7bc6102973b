"""Who in a directory is whom here: whom to create, to change, to let go. Decides; writes nothing."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_noop

from people import source_options
from people.importing.records import Person, Source
from people.importing.report import Report
from people.models import DirectorySource, Identity, User

CHUNK = 1000
TAKEN = gettext_noop("the address belongs to another account")
ADMINISTRATOR = gettext_noop("the address is an administrator’s; link the account by hand")
DISABLED = gettext_noop("switched off in the directory")
LEFT_HERE = gettext_noop("left here by hand; the directory does not bring them back")


@dataclass
class Plan:
    """What a run is to do. `users` has everybody the directory knows here, by key; new ones are added when made."""

    source: DirectorySource
    found: Source
    report: Report = field(default_factory=Report)
    users: dict[str, User] = field(default_factory=dict)
    linked: set[tuple[str, str]] = field(default_factory=set)  # (issuer, subject) that somebody has
    new: list[Person] = field(default_factory=list)
    known: list[tuple[Person, User]] = field(default_factory=list)
    adopted: list[tuple[Person, User]] = field(default_factory=list)
    leaving: list[User] = field(default_factory=list)
    returning: list[User] = field(default_factory=list)
    active: int = 0  # people of this directory before the run

    @property
    def share_leaving(self) -> float:
        """Percent of the active people of this directory who would leave."""
        return 100 * len(self.leaving) / self.active if self.active else 0.0


def make(*, source: DirectorySource, found: Source, adopt=False, missing_leave=False) -> Plan:
    """Match everybody by (issuer, key) only (A11): a constant number of queries.

    An address that belongs to an account of another origin leaves the person out, unless `adopt` links that account,
    never an administrator's. Who is switched off or whose last day is over leaves, with `missing_leave` also who is
    not there any more; who left through this directory comes back through it.
    """
    plan = Plan(source, found, users=_users(source), linked=_linked(source))
    plan.active = len({user.pk for user in plan.users.values() if user.is_active})
    plan.report.counts["other entries"]["skipped"] = found.others
    holders = dict(User.objects.values_list("email", "pk"))
    for person in found.people:
        user = plan.users.get(person.key)
        if person.reason:
            _skip(plan, person, person.reason, person.detail)
        elif user is None:
            _unknown(plan, person, holders.get(person.email), adopt)
        else:
            _known(plan, person, user, holders.get(person.email))
    if missing_leave:
        _missing(plan)
    _fetch_adopted(plan)
    return plan


def _linked(source):
    """Identities that are kept already, of the source itself and of the single sign-on it knows the subjects of."""
    issuers = {source.issuer, source_options.of(source).sign_in_issuer}
    return set(Identity.objects.filter(issuer__in=issuers).values_list("issuer", "subject"))


def _users(source):
    """Everybody known to the source by key, with what comparing reads."""
    rows = User.objects.filter(identities__issuer=source.issuer).distinct()
    users = {user.pk: user for user in rows}
    prefetch_related_objects([*users.values()], "department", "location")
    _attach_managers(users)
    keys = Identity.objects.filter(issuer=source.issuer).values_list("subject", "user_id")
    return {subject: users[pk] for subject, pk in keys if pk in users}


def _attach_managers(users):
    """The managers from among `users` themselves; those from elsewhere are read as needed, a thousand at a time."""
    wanted = {user.manager_id for user in users.values()} - users.keys() - {None}
    elsewhere = {}
    for start in range(0, len(wanted), CHUNK):
        elsewhere |= User.objects.in_bulk(sorted(wanted)[start : start + CHUNK])
    for user in users.values():
        if user.manager_id:
            user.manager = users.get(user.manager_id) or elsewhere[user.manager_id]


def _skip(plan, person, reason, detail=""):
    plan.report.add("people", "skipped", person.line, reason, detail or person.label)


def _unknown(plan, person, holder, adopt):
    if not person.is_active:
        _skip(plan, person, DISABLED)
    elif holder is None:
        plan.new.append(person)
    elif adopt:
        plan.adopted.append((person, holder))
    else:
        _skip(plan, person, TAKEN)


def _fetch_adopted(plan):
    """Accounts to take over, in one query; those of administrators are left alone."""
    users = User.objects.select_related("department", "location", "manager").in_bulk(
        [pk for _person, pk in plan.adopted]
    )
    wanted, plan.adopted = plan.adopted, []
    for person, pk in wanted:
        if users[pk].is_superuser:
            _skip(plan, person, ADMINISTRATOR)
        else:
            plan.adopted.append((person, users[pk]))
            plan.users[person.key] = users[pk]


def _known(plan, person, user, holder):
    if not person.is_active or is_over(day=person.values.get("left_on")):
        if user.is_active:
            plan.leaving.append(user)
        else:
            plan.report.add("people", "already there")
            return
    elif not user.is_active and user.mastered.get("is_active") == plan.source.pk:
        plan.returning.append(user)
    elif not user.is_active:
        _skip(plan, person, LEFT_HERE)
        return
    if holder not in (None, user.pk) and "email" in plan.source.fields:
        _skip(plan, person, TAKEN)
    else:
        plan.known.append((person, user))


def _missing(plan):
    there = {plan.users[person.key].pk for person in plan.found.people if person.key in plan.users}
    gone = {user.pk: user for user in plan.users.values() if user.is_active and user.pk not in there}
    plan.leaving += gone.values()


def is_over(*, day):
    """Whether somebody's last day is behind us."""
    return day is not None and day < timezone.localdate()
