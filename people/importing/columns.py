"""Which column of a foreign directory is which field here, and which must never be read."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from people.handles import slugify_de

_NAMES = {
    "email": "email mail e-mail emailaddress mailadresse emailadresse workemail dienstmail",
    "first_name": "firstname givenname vorname rufname forename",
    "last_name": "lastname surname sn nachname familienname name2",
    "name": "name fullname displayname vollstaendigername anzeigename mitarbeiter employee cn",
    "job_title": "jobtitle title position funktion stelle stellenbezeichnung rolle role taetigkeit",
    "department": "department abteilung bereich team organisationseinheit orgunit ou",
    "location": "location standort ort site office niederlassung werk l city",
    "manager": "manager manageremail vorgesetzter vorgesetzte fuehrungskraft supervisor reportsto leitung managerid",
    "phone": "phone phonenumber telephone telephonenumber telefon telefonnummer durchwahl workphone",
    "mobile": "mobile mobil handy mobiltelefon mobilnummer mobilephone cellphone diensthandy",
    "room": "room roomnumber raum raumnummer zimmer buero",
    "employment": "employment employmenttype employeetype beschaeftigung beschaeftigungsart vertragsart",
    "languages": "languages language preferredlanguage sprachen sprache",
    "locale": "locale",
    "time_zone": "timezone zeitzone",
    "joined_on": "startdate hiredate joined joinedon eintritt eintrittsdatum dabeiseit",
    "left_on": "enddate leavedate lefton austritt austrittsdatum",
    "pronouns": "pronouns pronomen",
    "subject": "externalid employeeid employeenumber personalnummer personalnr uid id mitarbeiternummer",
}
FIELDS = frozenset(_NAMES)
_ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases.replace("-", "").split()}

# Art. 9 GDPR, pay, private life, secrets: nothing an intranet may know. Whole words, then beginnings of words.
_SENSITIVE_WORDS = frozenset(
    {
        "sex",
        "dob",
        "race",
        "origin",
        "tax",
        "iban",
        "bic",
        "ssn",
        "pay",
        "age",
        "alter",
        "kinder",
        "children",
        "health",
    }
)
_SENSITIVE_STEMS = (
    "salar", "gehalt", "lohn", "entgelt", "verguet", "wage", "compensation", "paygrade", "bonus", "birth", "geburt",
    "relig", "konfession", "kirche", "ethni", "herkunft", "nationalit", "staatsang", "citizen", "gender", "geschlecht",
    "marital", "familienstand", "gesund", "krank", "sick", "medical", "disab", "behinder", "steuer", "konto", "bank",
    "sozialvers", "socialsec", "passport", "ausweis", "gewerkschaft", "tradeunion", "politi", "partei", "privat",
    "home", "passwor", "passwd", "userpassword", "kennwort", "secret",
)  # fmt: skip


@dataclass
class Columns:
    """`fields`: position of each known field; `unknown` and `sensitive`: headings that are not read."""

    fields: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    sensitive: list[str] = field(default_factory=list)


def is_sensitive(heading: str) -> bool:
    """Whether a column by this name must not be read, whatever a map says."""
    words = slugify_de(heading, max_chars=200).split("-")
    joined = "".join(words)
    return (
        not _SENSITIVE_WORDS.isdisjoint(words)
        or any(word.startswith(_SENSITIVE_STEMS) for word in words)
        or any(joined.startswith(stem) or stem in joined for stem in _SENSITIVE_STEMS if len(stem) > 5)
    )


def known_field(heading: str) -> str | None:
    """The field that German and English personnel systems mean by a heading."""
    return _ALIASES.get(slugify_de(heading, separator="", max_chars=200))


def fitting(headings: list[str], chosen: dict[str, str]) -> dict[str, str]:
    """The part of a saved map that a file with these headings can use: a heading it lacks is no fault."""
    there = {heading.casefold() for heading in headings}
    return {
        heading: name
        for heading, name in chosen.items()
        if heading.casefold() in there and (not name or name in FIELDS)
    }


def assign(headings: list[str], chosen: dict[str, str]) -> Columns:
    """Give each heading its field: ``chosen`` (heading → field, "" = leave out) goes before what is recognised.

    Raises ValueError when ``chosen`` names a heading or field that does not exist.
    """
    given = {heading.casefold(): name for heading, name in chosen.items()}
    for heading, name in given.items():
        if heading not in {existing.casefold() for existing in headings}:
            raise ValueError(_("the file has no column “%(name)s”") % {"name": heading})
        if name and name not in FIELDS:
            message = _("there is no field “%(name)s”; possible are %(names)s")
            raise ValueError(message % {"name": name, "names": ", ".join(sorted(FIELDS))})
    found = Columns()
    for position, heading in sorted(enumerate(headings), key=lambda pair: pair[1].casefold() not in given):
        if is_sensitive(heading):
            found.sensitive.append(heading)
            continue
        name = given.get(heading.casefold(), known_field(heading))
        if name and name not in found.fields:
            found.fields[name] = position
        elif heading:
            found.unknown.append(heading)
    return found
