"""Composes the feed's further posts from stock/posts.toml: the same ones on every machine, over three months.

Yields rows of the same shape as feed/*.toml, so that the loader knows one kind of post only.
"""

import random
from datetime import timedelta
from math import lcm

from intranet.demo.colleagues import read
from intranet.demo.older import Deck, comment

SEED = 2047
COUNT = 450  # with the written ones about 600
OLDEST = 92.0  # days ago
SHARE_OF_ENDINGS = 0.5
PHOTOS = {
    "werk-goerlitz": ["giesserei", "klang", "kelle"],
    "field-service": ["schnee", "kaelte"],
    "brno-office": ["bruenn"],
    "pruefstand": ["waegezellen", "drift"],
    "kantine-celle": ["kantine"],
}


def compose(people, today, taken=()):
    """Return about 450 post rows; `people` are those who may write, `taken` bodies that exist already."""
    stock, rng = read("stock/posts.toml"), random.Random(SEED)
    cast = Cast(people, today, rng)
    rows = [_poll(row, cast, rng) for row in stock["poll"]]
    rows += [_kudos(row, cast, rng) for row in stock["kudos"]]
    rows += [_question(row, cast, rng) for row in stock["question"]]
    rows += _told(stock["theme"], COUNT - len(rows), cast, rng)
    remarks = {language: Deck(lines, rng) for language, lines in stock["remark"].items()}
    for number, row in enumerate(rows, start=1):
        row["id"] = f"c{number:03}"
        _react(row, rng)
        if row["kind"] != "question":
            _reply(row, remarks[row["language"]], cast, rng)
    return [row for row in rows if row["body"] not in taken]


class Cast:
    """Who writes what: by department, nobody before the first working day, everybody about equally often."""

    def __init__(self, people, today, rng):
        self.people, self.today, self.rng = people, today, rng
        self.written = dict.fromkeys((person.key for person in people), 0)

    def one_of(self, departments, days_ago, besides=()):
        """Return the key of somebody from `departments` who was here then, of those who wrote least."""
        here = [p for p in self.present(days_ago) if p.department in departments and p.key not in besides]
        least = min(self.written[p.key] for p in here)
        person = self.rng.choice([p for p in here if self.written[p.key] <= least + 1])
        self.written[person.key] += 1
        return person.key

    def present(self, days_ago):
        """Return those who worked here `days_ago`."""
        return [p for p in self.people if p.since <= self.today - timedelta(days=days_ago + 1)]


def _told(themes, count, cast, rng):
    """Return posts of the themes in turn, so that nothing is said twice near itself."""
    sayings, rows, order = [_sayings(theme, rng) for theme in themes], [], []
    for place in range(count):
        order = order or rng.sample(range(len(themes)), len(themes))
        number = order.pop()
        theme, days = themes[number], _when(place, count, rng)
        tags = [rng.choice(theme["tags"])] if theme["tags"] and rng.random() < 0.7 else []
        words = [*next(sayings[number]), *(f"#{tag}" for tag in tags)]
        row = _row("post", theme, days, " ".join(filter(None, words)), tags)
        row["author"] = cast.one_of(theme["departments"], days)
        if theme["community"] in PHOTOS and rng.random() < 0.06:
            _add_photo(row, rng)
        rows.append(row)
    return rows


def _sayings(theme, rng):
    """Yield each pair of opening and detail once, some with an ending; every sentence comes back as late as can be."""
    openings, details, endings = (
        rng.sample(theme[name], len(theme[name])) for name in ("openings", "details", "endings")
    )
    round_of_both = lcm(len(openings), len(details))
    for number in range(len(openings) * len(details)):
        detail = details[(number + number // round_of_both) % len(details)]
        ending = endings[number % len(endings)] if rng.random() < SHARE_OF_ENDINGS else ""
        yield openings[number % len(openings)], detail, ending


def _when(place, count, rng):
    """Return days ago: newer weeks a little busier, at hours when people are awake (0.0 is when the demo is made)."""
    days = 0.3 + OLDEST * ((place + rng.random()) / count) ** 1.15
    return int(days) + rng.uniform(0.05, 0.5)


def _add_photo(row, rng):
    name = rng.choice(PHOTOS[row["community"]])
    alts = {cover["key"]: cover[f"alt_{row['language']}"] for cover in read("covers.toml")["cover"]}
    row |= {"photo": name, "photo_alt": alts[name]}


def _row(kind, stock, days, body, tags=()):
    return {
        "kind": kind,
        "language": stock["language"],
        "community": stock.get("community", ""),
        "days_ago": days,
        "body": body,
        "tags": list(tags),
        "comment": [],
    }


def _poll(stock, cast, rng):
    row = _row("poll", stock, stock["days_ago"], stock["body"])
    row |= {key: stock[key] for key in ("closes_days", "secret", "pledge", "multiple") if key in stock}
    row["options"] = [{"text": text, "votes": rng.randint(14, 90)} for text in stock["options"]]
    row["author"] = cast.one_of({p.department for p in cast.people}, row["days_ago"])
    return row


def _kudos(stock, cast, rng):
    row = _row("kudos", stock, rng.uniform(3, OLDEST - 10), stock["body"])
    row |= {"thanks": stock["thanks"], "value": stock["value"]}
    row["author"] = cast.one_of(stock["departments"], row["days_ago"], stock["thanks"])
    return row


def _question(stock, cast, rng):
    """A question to somebody, answered by them after a while, or open until today."""
    days = rng.uniform(8, 60) if stock["answer"] else rng.uniform(4, 19)
    body = " ".join([stock["body"], *(f"#{tag}" for tag in stock["tags"])])
    row = _row("question", stock, days, body, stock["tags"])
    row["to"] = stock["to"]
    speaks = [p for p in cast.present(days) if stock["language"] in p.languages and p.key != stock["to"]]
    row["author"] = cast.one_of({p.department for p in speaks}, days, {stock["to"]})
    if stock["answer"]:
        hours = rng.uniform(2, 90)
        row["comment"] = [
            comment("c1", stock["to"], row["language"], hours, "", stock["answer"], rng.randint(4, 30))
            | {"answers": "own"}
        ]
    return row


def _react(row, rng):
    liked = rng.choice([0, 2, 4, 7, 11, 18, 30])
    row["reactions"] = {
        "thanks": liked,
        "agree": rng.randint(0, liked // 2 + 1),
        "differ": rng.choice([0, 0, 0, 1]),
    }
    for one in row["comment"]:
        if one.get("answers"):
            one["answers"] = row["id"]


def _reply(row, remarks, cast, rng):
    """Some short answers from colleagues who speak the language."""
    here = [
        p.key
        for p in cast.present(row["days_ago"])
        if row["language"] in p.languages and p.key != row["author"]
    ]
    hours = 0.0
    for number, key in enumerate(rng.sample(here, rng.choice([0, 0, 0, 1, 1, 2])), start=1):
        hours += rng.uniform(0.2, 6)
        row["comment"].append(
            comment(f"c{number}", key, row["language"], hours, "", remarks.draw(), rng.randint(0, 6))
        )
