# ruff: noqa: E501
"""Composes and writes one face per demo colleague: the same key always gets the same face."""

import random
import sys
from datetime import date
from pathlib import Path

from intranet.demo.colleagues import everyone, read
from intranet.demo.drawing import features, palette, parts


def face(person):
    """Return the SVG text of `person`'s face, chosen by key, looks, origin, department and years of service."""
    rng = random.Random("face " + person.key)
    origin = person.origin or origin_of(person)
    skin, shade, lips = rng.choice(palette.SKIN[origin])
    grey = rng.random() < {True: 0.75, False: 0.14}[person.since.year < 2006]
    hair = hair_colour(rng, origin, skin, grey)
    ink = {
        "s": skin,
        "c": hair,
        "k": rng.choice(palette.CLOTH),
        "g": rng.choice(["#23302d", "#23302d", "#5a3a2a", "#6b2f3a", "#38506b"]),
    }
    ink["w"] = rng.choice(["#e9b32f", "#e9b32f", "#e8e4da", "#c9562b"])
    style, scarf = hair_style(rng, person, origin, skin)
    front, behind = features.hair_parts(style, ink)
    worn = something_worn(rng, person, style, scarf)
    paper, wave = rng.choice(palette.BACK)
    layers = [
        f'<rect width="96" height="96" fill="{paper}"/><path d="{rng.choice(palette.WAVES)}" fill="{wave}"/>',
        f'<g fill="{rng.choice(palette.SCARVES) if scarf else hair}">{parts.SCARF[0] if scarf else behind}</g>',
        features.clothes(rng, person, ink, shade),
        features.head(rng, person, ink, (skin, shade, lips), grey),
    ]
    if scarf:
        layers.append(layers[1].split(">")[0] + ">" + parts.SCARF[1] + "</g>")
    else:
        layers.append(f'<g fill="{hair}">{front if worn not in palette.HATS else palette.SIDES}</g>')
    layers.append(features.glasses(rng, person, worn, ink))
    layers.append(features.fill(parts.WORN.get(worn, ""), ink))
    if (
        person.looks == "f"
        and not scarf
        and style not in ("long", "wavy", "bob", "bangs", "curlybob")
        and rng.random() < 0.4
    ):
        layers.append(
            '<g fill="#e3b84f"><circle cx="32" cy="50.4" r="1.3"/><circle cx="64" cy="50.4" r="1.3"/></g>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="512" height="512">{"".join(layers)}</svg>'


def origin_of(person):
    """Return a look for people whose row names none: by their languages, else that of the site."""
    by_language = {
        "tr": "turkish",
        "vi": "vietnamese",
        "pl": "polish",
        "ru": "eastern",
        "ar": "levant",
        "cs": "czech",
    }
    found = [by_language[code] for code in person.languages[:2] if code in by_language]
    return found[0] if found else {"brno": "czech", "grand-rapids": "american"}.get(person.location, "german")


def hair_colour(rng, origin, skin, grey):
    """Return a hair colour that goes with skin and age."""
    if grey:
        return rng.choice(palette.GREY)
    if origin == "vietnamese" or skin in [tone[0] for tone in palette.DARK]:
        return palette.BLACK
    if skin in [tone[0] for tone in palette.MEDIUM + palette.BROWN]:
        return rng.choice([palette.BLACK, palette.DARKBROWN, palette.BROWNHAIR])
    return rng.choice([palette.DARKBROWN, palette.BROWNHAIR, palette.CHESTNUT, "#5d4a3a", *palette.FAIR])


def hair_style(rng, person, origin, skin):
    """Return the name of a hair style and whether a headscarf is worn."""
    if person.looks == "f" and origin in ("turkish", "levant") and rng.random() < 0.5:
        return "bun", True
    if skin in [tone[0] for tone in palette.DARK]:
        return rng.choice(
            ["afro", "locs", "bun", "curlybob"] if person.looks == "f" else ["buzz", "crop", "locs", "curls"]
        ), False
    weights = parts.FEMININE if person.looks == "f" else parts.MASCULINE
    return rng.choices(list(weights), list(weights.values()))[0], False


def something_worn(rng, person, style, scarf):
    """Return the name of a helmet, cap or safety glasses for people who work in the halls, or an empty string."""
    if scarf or style in ("afro", "bun", "locs", "topknot", "curlybob") or rng.random() > 0.3:
        return ""
    if any(word in person.department for word in palette.HALL):
        return rng.choice(["helmet", "safety", "safety", "beanie", "cap"])
    return "headphones" if person.location == "brno" else ""


def write(folder, today):
    """Write `<key>.svg` into `folder` for everybody without a drawn face of their own; return their number."""
    drawn = {row["key"] for row in read("people.toml")["person"] if row["face"]}
    people = [person for person in everyone(today) if person.key not in drawn]
    for person in people:
        Path(folder, f"{person.key}.svg").write_text(face(person), encoding="utf-8")
    return len(people)


if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1], date.today())} faces\n")  # noqa: DTZ011
