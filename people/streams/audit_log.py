"""The audit log as administrators search it: rows of one log, filtered, keyset-paged, with who did it."""

from django.db.models import Q
from wagtail.models import ModelLogEntry, PageLogEntry

from people import audit
from people.models import User
from people.paging import Slice, take

NEWEST = ("-timestamp", "-pk")
LOGS = {"people": ModelLogEntry, "pages": PageLogEntry}


def rows(log: str, *, q="", who="", what="", since=None, until=None):
    """A queryset of `log` ("people" or "pages"); every criterion that is filled must fit."""
    found = LOGS[log].objects.select_related("content_type").order_by(*NEWEST)
    if what:
        found = found.filter(action__startswith=what)
    if since:
        found = found.filter(timestamp__date__gte=since)
    if until:
        found = found.filter(timestamp__date__lte=until)
    if who:
        found = found.filter(user__in=_named(who).values("pk"))
    if q:
        ids = [str(pk) for pk in _named(q).values_list("pk", flat=True)[:200]]
        target = Q(label__icontains=q)
        if log == "people":
            target |= Q(content_type__app_label="people", content_type__model="user", object_id__in=ids)
        found = found.filter(target)
    return found


def page(log: str, *, after="", size=50, **criteria) -> Slice:
    """One page of `rows`, each with `actor` (None: the program), `label_of_action` and `details`. Three queries."""
    found = take(rows(log, **criteria), NEWEST, after=after, size=size)
    _add_words(found.items)
    return found


def lines(log: str, *, most: int, **criteria):
    """The newest `most` rows as they are exported: when, who, what, kind, object, id, details."""
    found = list(rows(log, **criteria)[:most])
    _add_words(found)
    for row in found:
        who = row.actor.email if row.actor else ""
        yield (row.timestamp, who, row.action, row.label_of_action, row.kind, row.label, row.key, row.details)


def _named(text):
    found = User.objects.all()
    for word in text.split()[:5]:
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(handle__icontains=word)
            | Q(email__icontains=word)
        )
    return found


def _add_words(found):
    people = User.objects.in_bulk({row.user_id for row in found if row.user_id})
    for row in found:
        row.actor = people.get(row.user_id)
        row.label_of_action = audit.label(row.action)
        row.key = getattr(row, "object_id", None) or getattr(row, "page_id", "")
        model = row.content_type.model_class() if row.content_type_id else None
        row.kind = str(model._meta.verbose_name) if model else ""
        row.details = ", ".join(f"{name}: {_plain(value)}" for name, value in (row.data or {}).items())


def _plain(value):
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value):
        return f"{value[0] or '–'} → {value[1] or '–'}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
