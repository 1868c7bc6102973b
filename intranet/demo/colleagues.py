"""Composes the demo company's people: the cast, the named colleagues and those who fill the teams.

The same seed gives the same people on every machine. Reads people.toml, colleagues.toml, stock/people.toml.
"""

import random
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SEED = 1988
ORIGINS = {
    "celle": ["german"] * 14 + ["turkish", "turkish", "polish", "vietnamese", "eastern", "levant"],
    "goerlitz": ["german"] * 7 + ["polish"] * 3 + ["turkish"],
    "brno": ["czech"] * 4,
    "grand-rapids": ["american"] * 4,
}
SPOKEN = {"polish": "pl", "turkish": "tr", "vietnamese": "vi", "eastern": "ru", "levant": "ar", "czech": "cs"}
WITHOUT_LATIN_BASE = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
PRONOUNS = {"fde": "sie/ihr", "mde": "er/ihm", "fen": "she/her", "men": "he/him"}
# index among the composed colleagues: days since the first day
NEWCOMERS = {3: 4, 17: 9, 31: 16, 52: 22, 70: 27}


@dataclass(frozen=True)
class Person:
    """One person of the company; `manager` is another person's key or empty, `since` the first working day."""

    key: str
    name: str
    looks: str
    origin: str
    title: str
    department: str
    location: str
    manager: str
    languages: tuple[str, ...]
    pronouns: str
    since: date
    about: str

    @property
    def email(self):
        """Return the work address, unique because names are."""
        return f"{ascii_name(self.name, '.')}@rautenfeld.example"


def ascii_name(name, joint):
    """Return `name` in lower-case ASCII, its words joined by `joint`; German umlauts become two letters."""
    plain = unicodedata.normalize("NFKD", name.translate(UMLAUTS).translate(WITHOUT_LATIN_BASE))
    plain = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c != "’")
    return joint.join(plain.lower().split())


def read(name):
    """Return the parsed TOML file `name` of this package."""
    with open(HERE / name, "rb") as file:
        return tomllib.load(file)


def everyone(today):
    """Return all people in an order in which managers precede their staff; dates are relative to `today`."""
    rows = read("people.toml")["person"] + read("colleagues.toml")["person"]
    named = [from_toml(row, today) for row in rows]
    return managers_first(named + composed(today, {p.name for p in named}))


def from_toml(row, today):
    """Return the Person that a `[[person]]` row describes."""
    site = row["location"]
    rng = random.Random(f"{SEED} {row['key']}")
    first_day = date(row["since"], rng.choice([1, 2, 4, 8, 9, 10]), rng.choice([1, 15]))
    return Person(
        key=row["key"],
        name=row["name"],
        looks=row.get("looks", "f" if row["pronouns"].startswith(("sie", "she")) else "m"),
        origin=row.get("origin", ""),
        title=row.get("title") or row["title_de" if site in ("celle", "goerlitz") else "title_en"],
        department=row["department"],
        location=site,
        manager=row["manager"],
        languages=tuple(row["languages"]),
        pronouns=row["pronouns"],
        since=min(first_day, today - timedelta(days=60)),
        about=row["about"],
    )


def composed(today, taken):
    """Return the colleagues who fill the teams of stock/people.toml, none of them called as in `taken`."""
    stock, rng, people = read("stock/people.toml"), random.Random(SEED), []
    about = {group: rng.sample(lines, len(lines)) for group, lines in stock["about"].items()}
    used = {name.split()[-1] for name in taken}
    decks = {site: rng.sample(origins * 4, len(origins) * 4) for site, origins in ORIGINS.items()}
    for team in stock["team"]:
        for number in range(team["count"]):
            looks = rng.choice("fm")
            origin = decks[team["location"]].pop()
            given, family = name_from(stock, origin, looks, used, rng)
            titles = team["titles"][number % len(team["titles"])]
            language = "de" if team["location"] in ("celle", "goerlitz") else "en"
            people.append(
                Person(
                    key=ascii_name(f"{given} {family}", "-"),
                    name=f"{family} {given}" if origin == "vietnamese" else f"{given} {family}",
                    looks=looks,
                    origin=origin,
                    title=titles[looks == "f"],
                    department=team["department"],
                    location=team["location"],
                    manager=team["manager"],
                    languages=spoken(origin, language, rng),
                    pronouns=PRONOUNS[looks + language],
                    since=first_day(len(people), "Ausbildung" in team["department"], today, rng),
                    about=about[team["about"]].pop() if about[team["about"]] and rng.random() < 0.9 else "",
                )
            )
    return people


def name_from(stock, origin, looks, used, rng):
    """Return a given and a family name, removing both from play so that nobody shares a name."""
    givens = stock["given"][origin][looks]
    families = stock["family"][origin]
    pool = families.get(looks) or families["any"]
    family = rng.choice([name for name in pool if name not in used])
    used.add(family)
    given = rng.choice([name for name in givens if name not in used] or givens)
    used.add(given)
    return given, family


def spoken(origin, language, rng):
    """Return the languages somebody of this origin speaks at a site where `language` is written."""
    mother = SPOKEN.get(origin)
    languages = [mother, language] if mother else [language]
    if "en" not in languages and rng.random() < 0.5:
        languages.append("en")
    return tuple(languages)


def first_day(index, apprentice, today, rng):
    """Return the day somebody joined: newcomers within the last month, apprentices in recent years."""
    if index in NEWCOMERS:
        return today - timedelta(days=NEWCOMERS[index])
    years = rng.randint(1, 2) if apprentice else int(rng.triangular(1, 33, 6))
    return date(today.year - years, rng.choice([1, 2, 3, 4, 8, 9, 10]), rng.choice([1, 1, 15]))


def managers_first(people):
    """Return `people` sorted so that each one's manager comes before; raises ValueError for a circle."""
    placed, waiting = [], list(people)
    while waiting:
        known = {p.key for p in placed}
        ready = [p for p in waiting if not p.manager or p.manager in known]
        if not ready:
            raise ValueError(f"Circle of managers: {[p.key for p in waiting]}")
        placed += ready
        waiting = [p for p in waiting if p not in ready]
    return placed
