"""Sentences of an invented company, rendered once: millions of posts are put together from a few thousand texts."""

import gzip
import json
import random
from pathlib import Path

from feed import text

TEXTS = 2_000
FIRST = (
    "Ada",
    "Bogdan",
    "Celia",
    "Dmitri",
    "Elif",
    "Greta",
    "Henk",
    "Karla",
    "Layla",
    "Mehmet",
    "Petra",
    "Ravi",
)
# German and other names in two parts, so that 20,000 people have some thousand of them, umlauts among them.
LAST_BEGIN = (
    "Ad", "Bäu", "Brand", "Con", "Dem", "Eck", "Fär", "Groß", "Hein", "Ivan", "Jan", "Käm", "Lin", "Möl", "Nov", "Ott",
    "Pet", "Quen", "Röß", "Schmid", "Thie", "Uhl", "Voß", "Wag", "Yıl", "Zim",
)  # fmt: skip
LAST_MIDDLE = ("", "a", "ber", "che", "der", "en", "fel", "gen", "in", "kel", "li", "mer", "o", "sen")
LAST_END = (
    "bach", "berg", "dt", "ek", "er", "feld", "hauer", "ik", "ler", "mann", "ner", "ov", "s", "ski", "stein", "wald",
)  # fmt: skip
GRADES = ("Leiterin", "Leiter", "Head of", "Fachkraft", "Engineer", "Referentin", "Meister", "Apprentice")
UNITS = (
    "Gießerei",
    "Versuchslabor",
    "Montage",
    "Einkauf",
    "Service",
    "Firmware",
    "Vertrieb",
    "Instandhaltung",
)
SKILLS = (
    "Klebstoff",
    "Hydraulik",
    "Kalibrierung",
    "Python",
    "Ersthilfe",
    "Gussprüfung",
    "Schweißen",
    "Tschechisch",
)
WHO = (
    "Die Frühschicht", "Das Lager", "Die Werkstatt", "Unser Team", "Die Kantine", "Die Instandhaltung",
    "The night shift", "The lab", "Our workshop", "The canteen", "The assembly line", "The new colleague",
)  # fmt: skip
DID = (
    "hat den Prüfstand neu eingemessen", "sucht jemanden mit Erfahrung in Hydraulik", "dankt für die schnelle Hilfe",
    "braucht bis Freitag eure Zahlen", "zeigt morgen, wie das geht", "hat drei Wochen ohne Störung geschafft",
    "has moved to the second floor", "asks who can spare an hour on Monday", "found a way to save two steps",
    "is looking for feedback on the draft", "finished the audit a day early", "wants to try it in Görlitz as well",
)  # fmt: skip
MORE = (
    "Wer hat damit schon gearbeitet?", "Bilder folgen.", "Fragen gern hier darunter.", "**Danke** an alle!",
    "Mehr dazu am Donnerstag.", "Das war nicht selbstverständlich.", "Come and have a look.", "*Details* below.",
    "Please tell me what I have missed.", "It took longer than planned.", "- one\n- two\n- three", "See you there.",
)  # fmt: skip


def last_name(chance: random.Random) -> str:
    """One of some five thousand."""
    return chance.choice(LAST_BEGIN) + chance.choice(LAST_MIDDLE) + chance.choice(LAST_END)


def texts(chance: random.Random, corpus: str | None):
    """[(source, html, language)], TEXTS of them: our own, or paragraphs of the *.jsonl.gz files in a folder."""
    found = _of_corpus(corpus) if corpus else [_sentence(chance) for _ in range(TEXTS)]
    chosen = chance.sample(found, min(TEXTS, len(found)))
    return [(source, text.render(source), language) for source, language in chosen]


def _sentence(chance):
    who = chance.choice(WHO)
    parts = [f"{who} {chance.choice(DID)}.", *chance.sample(MORE, chance.randint(0, 3))]
    return "\n\n".join(parts), "de" if WHO.index(who) < len(WHO) // 2 else "en"


def _of_corpus(folder):
    found = []
    for file in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                language = article["lang"] if article["lang"] in ("de", "en") else "en"
                parts = article["markdown"].replace("\x00", "").split("\n\n")
                found += [(part.strip(), language) for part in parts if 40 <= len(part) <= 900]
    return found
