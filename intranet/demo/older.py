"""Composes the older, shorter articles from stock/articles.toml: the same hundred on every machine.

Yields rows of the same shape as articles/*.toml, so that the loader knows one kind of article only.
"""

import random
from datetime import timedelta

from intranet.demo.colleagues import read

SEED = 2031
NEWEST, OLDEST = 45.0, 262.0  # days ago
WORKING_DAY = 0.44
# What later articles mention, and what its author could not have written earlier.
REMEMBERED = {
    "Die Inventur machen wir künftig im Oktober": {"days_ago": 44.0, "differ": 58},
    "Was aus 40 Bildschirmen wurde": {"days_ago": 14.9},
    "Der Container, in den niemand schaut": {"days_ago": 22.9},
    "Regenwasser für Halle 4": {"days_ago": 30.9},
    "Was ein Azubi im Versuchslabor lernt": {"days_ago": 52.4},
}


def articles(people, today):
    """Return about a hundred article rows, newest first; `people` are those who may comment."""
    stock, rng = read("stock/articles.toml"), random.Random(SEED)
    topics = rng.sample(stock["topic"], len(stock["topic"]))
    closings = {name: Deck(mood["closings"], rng) for name, mood in stock["mood"].items()}
    remarks = {language: Remarks(language, lines, rng) for language, lines in stock["remark"].items()}
    step = (OLDEST - NEWEST) / len(topics)
    rows = []
    for number, topic in enumerate(topics):
        mood = stock["voice"][topic["blog"]]
        known = REMEMBERED.get(topic["title"], {})
        # published by day: the texts' days are counted from half past seven in the morning
        days = known.get(
            "days_ago", int(NEWEST + step * (number + rng.random())) - WORKING_DAY * rng.random()
        )
        row = article(topic, stock["mood"][mood]["turns"], closings[mood].draw(), days, rng)
        present = [p for p in people if p.since < today - timedelta(days=days)]
        row["comment"] = remarks[topic["language"]].under(topic, present)
        row["reactions"]["differ"] = known.get("differ", row["reactions"]["differ"])
        rows.append(row)
    return sorted(rows, key=lambda row: row["days_ago"])


def article(topic, turns, closing, days, rng):
    """Return one article row: the opening is the summary; detail, a second thought, mostly a last sentence follow."""
    paragraphs = [topic["detail"]]
    if topic["turn"] >= 0:
        paragraphs.append(turns[topic["turn"]])
    if topic["turn"] < 0 or rng.random() < 0.7:
        paragraphs.append(closing)
    liked = rng.randint(6, 48)
    version = {
        "language": topic["language"],
        "title": topic["title"],
        "summary": topic["opening"],
        "body": "\n\n".join(paragraphs),
    }
    return {
        "blog": topic["blog"],
        "author": topic["author"],
        "days_ago": days,
        "tags": topic["tags"],
        "cover": topic["cover"],
        "state": "published",
        "reactions": {
            "thanks": liked,
            "agree": rng.randint(2, liked),
            "differ": rng.choice([0, 0, 1, 2, 3, 5]),
        },
        "version": [version],
    }


class Deck:
    """Draws lines in shuffled order and repeats none before all were drawn."""

    def __init__(self, lines, rng):
        self.lines, self.rng, self.left = lines, rng, []

    def draw(self):
        """Return the next line."""
        if not self.left:
            self.left = self.rng.sample(self.lines, len(self.lines))
        return self.left.pop()


class Remarks:
    """Comments of one language: the one written for the article, its answer, and a few short ones."""

    def __init__(self, language, lines, rng):
        self.language, self.rng = language, rng
        self.openers, self.bodies = Deck(lines["openers"], rng), Deck(lines["bodies"], rng)

    def under(self, topic, people):
        """Return comment rows under an article on `topic`, in order of time."""
        hours = self.rng.uniform(0.7, 10)
        spoken = topic.get("remark_language", self.language)
        rows = [
            comment("c1", topic["remark_by"], spoken, hours, "", topic["remark"], self.rng.randint(3, 24))
        ]
        if "reply" in topic:
            hours += self.rng.uniform(0.4, 4)
            rows.append(
                comment("c2", topic["author"], spoken, hours, "c1", topic["reply"], self.rng.randint(2, 16))
            )
        taken = {topic["author"], topic["remark_by"]}
        speakers = [p.key for p in people if self.language in p.languages[:2] and p.key not in taken]
        for person in self.rng.sample(speakers, self.rng.choice([0, 0, 1, 1, 2, 2, 3])):
            body = self.bodies.draw()
            if self.rng.random() < 0.5:
                body = f"{self.openers.draw()} {body}"
            hours = 24 * self.rng.randint(0, 3) + self.rng.uniform(0.2, 11)
            rows.append(
                comment(f"c{len(rows) + 1}", person, self.language, hours, "", body, self.rng.randint(0, 7))
            )
        return sorted(rows, key=lambda row: row["hours"])


def comment(key, author, language, hours, reply_to, body, thanks):
    """Return one comment row."""
    return {
        "id": key,
        "author": author,
        "hours": hours,
        "language": language,
        "reply_to": reply_to,
        "cites": "",
        "body": body,
        "reactions": {"thanks": thanks, "agree": thanks // 2, "differ": 0},
    }
