"""Who is in an audience: the only place that writes AudienceMember. What an author may choose: audience_choices.py."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from people.actions.audience_rules import Rules
from people.models import Audience, AudienceMember, Department, User

CHUNK = 5000  # people in one statement


def matching(*, audience):
    """Users that belong to `audience` now: by its rule, by name, or both. A QuerySet; leavers never belong."""
    rule = _rule(audience)
    named = Q(pk__in=audience.extra_members.values("pk"))
    return User.objects.present().filter(named | rule if rule is not None else named)


@transaction.atomic
def recompute(*, audience):
    """Bring the members of one audience in line; returns (added, removed). Takes effect with the next request (A4)."""
    _follow_name(_locked(audience))
    wanted = set(matching(audience=audience).values_list("pk", flat=True))
    present = set(audience.members.values_list("user_id", flat=True))
    audience.members.filter(user_id__in=present - wanted).delete()
    AudienceMember.objects.bulk_create(
        [AudienceMember(audience=audience, user_id=pk) for pk in sorted(wanted - present)],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(wanted - present), len(present - wanted)


@transaction.atomic
def recompute_all():
    """After the directory changed: every audience. Returns the number of changed memberships."""
    return sum(sum(recompute(audience=audience)) for audience in Audience.objects.order_by("pk"))


@transaction.atomic
def recompute_for(*, users):
    """After attributes of these users changed: all audiences, only these users. Returns the number of changes.

    Constant queries (for each 5,000 users); rows of the users are read anew. Holds every audience until the
    transaction ends, so that no rule changes meanwhile: call it last.
    """
    pks = sorted({user.pk for user in users})
    if not pks:
        return 0
    list(Audience.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    rules = Rules()
    changed = sum(_recompute_some(rules, pks[start : start + CHUNK]) for start in range(0, len(pks), CHUNK))
    for user in users:
        _forget_access(user)
    return changed


def _recompute_some(rules, pks):
    columns = ("pk", "department_id", "location_id", "employment", "languages")
    wanted = {
        (audience, row["pk"])
        for row in User.objects.present().filter(pk__in=pks).values(*columns)
        for audience in rules.matching(**{name: row[name] for name in columns[1:]})
    }
    named = Audience.extra_members.through.objects.filter(user__in=pks, user__is_active=True)
    wanted |= set(named.values_list("audience_id", "user_id"))
    rows = AudienceMember.objects.filter(user__in=pks).values_list("audience_id", "user_id", "pk")
    present = {(audience, user): pk for audience, user, pk in rows}
    gone = [pk for pair, pk in present.items() if pair not in wanted]
    for start in range(0, len(gone), CHUNK):
        AudienceMember.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    new = sorted(wanted - present.keys())
    AudienceMember.objects.bulk_create(
        [AudienceMember(audience_id=audience, user_id=user) for audience, user in new],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(gone) + len(new)


@transaction.atomic
def change(*, audience, departments=None, locations=None, members=None, **rule):
    """Create or change an audience's rule and named members, then its membership at once."""
    for name, value in rule.items():
        setattr(audience, name, value)
    audience.save()
    for field, values in (("departments", departments), ("locations", locations), ("extra_members", members)):
        if values is not None:
            getattr(audience, field).set(values)
    recompute(audience=audience)
    return audience


@transaction.atomic
def add_member(*, audience, user):
    """Name `user` in the audience, with effect at once, also on this instance's `access`. Idempotent.

    Somebody who left is named but does not belong.
    """
    audience = _locked(audience)
    audience.extra_members.add(user)
    if user.is_active:
        AudienceMember.objects.get_or_create(audience=audience, user=user)
    _forget_access(user)


@transaction.atomic
def remove_member(*, audience, user):
    """Name `user` no longer; they stay only when the audience's rule lets them in. At once (A4). Idempotent."""
    audience = _locked(audience)
    audience.extra_members.remove(user)
    if not matching(audience=audience).filter(pk=user.pk).exists():
        audience.members.filter(user=user).delete()
    _forget_access(user)


def of_department(*, department):
    """The audience "this department and everything below"; made when first needed, kept by `recompute_all`."""
    return _of("of_department", "departments", department)


def of_location(*, location):
    """The audience "everybody at this location"; made when first needed, kept by `recompute_all`."""
    return _of("of_location", "locations", location)


@transaction.atomic
def _of(field, rule, place):
    audience = Audience.objects.filter(**{field: place}).first()
    if audience is None:
        defaults = {"name": _free_name(place), "is_kept": True}
        audience, _made = Audience.objects.get_or_create(**{field: place}, defaults=defaults)
        getattr(audience, rule).set([place])
        recompute(audience=audience)
    return audience


def _follow_name(audience):
    """A renamed department or location takes its audience along."""
    place = audience.of_department or audience.of_location
    if place is not None and not audience.name.startswith(place.name[:100]):
        Audience.objects.filter(pk=audience.pk).update(name=_free_name(place))


def _free_name(place):
    """What posts show as their readers: the place's name, with its number where another audience is called so."""
    name = place.name[:100]
    return f"{name} ({place.pk})" if Audience.objects.filter(name=name).exists() else name


def _locked(audience):
    """The row, locked until the transaction ends; rows that merely point at it may be written meanwhile."""
    return Audience.objects.select_for_update(no_key=True).get(pk=audience.pk)


def _forget_access(user):
    """What the instance (perhaps a request's lazy one) knew of its audiences is no longer true."""
    with suppress(AttributeError):
        del user.access


def _rule(audience):
    """The rule as one condition, every filled criterion together; None when nothing is filled."""
    conditions = []
    paths = list(audience.departments.values_list("path", flat=True))
    if paths:
        below = Q()
        for path in paths:
            below |= Q(department__in=Department.objects.filter(path__startswith=path).values("pk"))
        conditions.append(below)
    locations = list(audience.locations.values_list("pk", flat=True))
    if locations:
        conditions.append(Q(location__in=locations))
    if audience.employment:
        conditions.append(Q(employment=audience.employment))
    if audience.language:
        # JSON lists of codes: the quoted code is found in the stored text on both databases.
        conditions.append(Q(languages__icontains=f'"{audience.language}"'))
    if not conditions:
        return None
    rule = Q()
    for condition in conditions:
        rule &= condition
    return rule
