"""Authors and commenters of another site as people here: matched by address, or kept as accounts without sign-in."""

from django.core.exceptions import ValidationError

from blog.importing import plan, records
from blog.models import ImportedItem, ImportRun
from people.actions import handles
from people.handles import skeleton, unique_handle
from people.models import User
from people.text import clean_line

MAX_NAME = 100
UNKNOWN_HOST = "imported.invalid"  # RFC 2606: no mail can ever go there
Kind = ImportedItem.Kind


class Persons:
    """Answers user ids. One instance serves one pass and remembers whom it has met."""

    def __init__(self, run: ImportRun, the_plan: plan.Plan):
        self.run = run
        self.plan = the_plan
        self.ids: dict[str, int] = {}
        self.skeletons: set[str] | None = None
        self.by_email = {
            each.email.casefold(): login for login, each in the_plan.authors.items() if each.email
        }

    def author(self, login: str) -> int:
        """The person who wrote an item; "" is the site itself."""
        login = login.casefold()
        known = self.plan.authors.get(login)
        if known is None:
            name = login or self.run.site_title or self.run.site_url or self.run.site
            known = records.Author("", login, "", name, "", "", "")
        first, last = known.first_name, known.last_name
        if not (first or last):
            first, last = _split(known.display_name or known.login)
        return self._find(f"author:{login}", known.email, first, last, keep_address=True)

    def commenter(self, comment: records.Comment) -> int:
        """The person who wrote a comment. Addresses of strangers are used for matching and not stored."""
        key = f"commenter:{plan.commenter_key(comment)}"
        first, last = _split(comment.author or comment.email.split("@")[0])
        login = self._login(comment)
        return self._find(key, comment.email, first, last, keep_address=False, login=login)

    def _login(self, comment: records.Comment) -> str | None:
        """Whoever commented, when it is one of the authors that come along."""
        email = comment.email.strip().casefold()
        for login in (self.plan.author_logins.get(comment.user_id or "-"), self.by_email.get(email)):
            if login is not None and login in self.plan.creators:
                return login
        return None

    def _find(
        self, key: str, email: str, first: str, last: str, *, keep_address: bool, login: str | None = None
    ) -> int:
        if key in self.ids:
            return self.ids[key]
        row = ImportedItem.objects.filter(site=self.run.site, kind=Kind.PERSON, key=key).first()
        if row is None:
            if login is not None:
                user_id, created = self.author(login), False
            else:
                user_id, created = self._match(key, email.strip().casefold(), first, last, keep_address)
            row = ImportedItem.objects.create(
                run=self.run, site=self.run.site, kind=Kind.PERSON, key=key, user_id=user_id, created=created
            )
        self.ids[key] = row.user_id
        return row.user_id

    def _match(self, key: str, email: str, first: str, last: str, keep_address: bool) -> tuple[int, bool]:
        user = User.objects.filter(email=email).first() if email else None
        if user is not None:
            return user.pk, False
        address = (
            email
            if keep_address and _is_address(email)
            else f"{plan_hash(self.run.site, key)}@{UNKNOWN_HOST}"
        )
        first, last = _line(first), _line(last)
        handle = unique_handle(f"{first} {last}".strip(), self._is_taken)
        self.skeletons.add(skeleton(handle))
        user, created = User.objects.get_or_create(
            email=address,
            defaults={
                "handle": handle,
                "first_name": first,
                "last_name": last,
                "is_active": False,
                "password": "!",
            },
        )
        return user.pk, created

    def _is_taken(self, handle: str) -> bool:
        if self.skeletons is None:
            self.skeletons = handles.taken()
        return skeleton(handle) in self.skeletons


def plan_hash(site: str, key: str) -> str:
    """A local part that says nothing about the person."""
    comment = records.Comment("", "", f"{site} {key}", "", "", None, "", "", "", "", [])
    return plan.commenter_key(comment)


def _split(name: str) -> tuple[str, str]:
    first, _, last = name.strip().rpartition(" ")
    return (first, last) if first else (last, "")


def _line(text: str) -> str:
    try:
        return clean_line(text, max_chars=MAX_NAME)
    except ValidationError:
        return text.strip()[: MAX_NAME // 2]


def _is_address(email: str) -> bool:
    name, _, host = email.partition("@")
    return bool(
        name and "." in host and email.isascii() and len(email) <= 254 and not set(email) & set(' <>",;\\')
    )
