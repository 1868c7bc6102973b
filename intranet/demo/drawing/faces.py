# ruff: noqa: E501
"""Composes and writes one face per demo colleague: the same key always gets the same face."""

import math
import random
import sys
from datetime import date
from pathlib import Path

from intranet.demo.colleagues import everyone, read
from intranet.demo.drawing import parts

# skin, shade, lips
LIGHT = [("#f6dcc8", "#e3b598", "#8e4a3c"), ("#f3cfb3", "#dca983", "#8e4a3c"), ("#f1d3bf", "#dba98c", "#99504a")]
MEDIUM = [("#e9b995", "#cd9169", "#7c3d30"), ("#dfa981", "#bf8157", "#6f3529")]
BROWN = [("#c98d62", "#a86c43", "#3c1f18"), ("#b97c53", "#965c38", "#3c1f18")]
DARK = [("#8a5a3c", "#6c432b", "#3c1f18"), ("#5f3d2b", "#482c1e", "#2c1611"), ("#734a33", "#573522", "#331a14")]
SKIN = {
    "german": LIGHT * 6 + MEDIUM + BROWN[:1] + DARK[:1],
    "czech": LIGHT * 4 + MEDIUM[:1],
    "polish": LIGHT,
    "eastern": LIGHT,
    "turkish": LIGHT[1:2] + MEDIUM * 2 + BROWN[:1],
    "levant": MEDIUM + BROWN,
    "vietnamese": [LIGHT[0], ("#efcda6", "#d5a678", "#8a473a"), MEDIUM[0]],
    "american": LIGHT * 2 + MEDIUM + BROWN + DARK * 2,
}
BLACK, DARKBROWN, BROWNHAIR, CHESTNUT = "#241f1f", "#3a2a24", "#4d3426", "#6b4226"
FAIR = ["#a9794a", "#d9b36c", "#c8995a", "#9a4a2a", "#b5652f", "#7d5a3a", "#e0c48c"]
GREY = ["#8d9192", "#a9abab", "#c9cbca", "#6f7375"]
CLOTH = "#23463d #31456b #6d2f3c #2f5d73 #5a5344 #b2512d #444b52 #9c3f2b #0f6b52 #4b4766 #8a3b52 #33566f #41604c #1f2d3a #7a6a3a #a5762b #3f6b74 #6b4a7a #2b5a4e #94612f #56707d #7b3f33".split()
BACK = [
    ("#f0dcb4", "#e6cb93"), ("#c3d3d8", "#a9bfc6"), ("#e6dccb", "#d8c9af"), ("#cfdcd3", "#b9cbbf"), ("#d6dbe8", "#c1c9dd"),
    ("#d9d3c6", "#c8bfac"), ("#f2d5bd", "#e7bf9d"), ("#dfe6ef", "#cad5e4"), ("#e0d6e4", "#d0c2d7"), ("#d8dcc9", "#c6ccb0"),
    ("#cfd9e3", "#b8c7d6"), ("#d7e3d0", "#c3d4b9"), ("#e9d3cb", "#dbbeb3"), ("#ead9d5", "#dfc5be"), ("#cfe0de", "#b7d0cc"),
]
SCARVES = ["#37566b", "#7a3f4d", "#4f6b52", "#8a6a4a", "#5b4a6e", "#2f5f5c", "#b08a5a"]
HALL = ("Halle", "Instandhaltung", "Logistik", "Formerei", "Kernmacherei", "Gussputzerei", "Field Service")


def face(person):
    """Return the SVG text of `person`'s face, chosen by key, looks, origin, department and years of service."""
    rng = random.Random("face " + person.key)
    origin = person.origin or origin_of(person)
    skin, shade, lips = rng.choice(SKIN[origin])
    grey = rng.random() < {True: 0.75, False: 0.14}[person.since.year < 2006]
    hair = hair_colour(rng, origin, skin, grey)
    ink = {"s": skin, "c": hair, "k": rng.choice(CLOTH), "g": rng.choice(["#23302d", "#23302d", "#5a3a2a", "#6b2f3a", "#38506b"])}
    ink["w"] = rng.choice(["#e9b32f", "#e9b32f", "#e8e4da", "#c9562b"])
    style, scarf = hair_style(rng, person, origin, skin)
    front, behind = hair_parts(style, ink)
    worn = something_worn(rng, person, style, scarf)
    paper, wave = rng.choice(BACK)
    layers = [
        f'<rect width="96" height="96" fill="{paper}"/><path d="{rng.choice(WAVES)}" fill="{wave}"/>',
        f'<g fill="{rng.choice(SCARVES) if scarf else hair}">{parts.SCARF[0] if scarf else behind}</g>',
        clothes(rng, person, ink, shade),
        head(rng, person, ink, shade, lips, grey, hair),
    ]
    if scarf:
        layers.append(layers[1].split(">")[0] + ">" + parts.SCARF[1] + "</g>")
    else:
        layers.append(f'<g fill="{hair}">{front if worn not in HATS else SIDES}</g>')
    layers.append(glasses(rng, person, worn, ink))
    layers.append(fill(parts.WORN.get(worn, ""), ink))
    if person.looks == "f" and not scarf and style not in ("long", "wavy", "bob", "bangs", "curlybob") and rng.random() < 0.4:
        layers.append('<g fill="#e3b84f"><circle cx="32" cy="50.4" r="1.3"/><circle cx="64" cy="50.4" r="1.3"/></g>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="512" height="512">{"".join(layers)}</svg>'


WAVES = [
    "M0 96V62C18 44 40 80 96 30V96Z",
    "M96 96V62C78 44 56 80 0 30V96Z",
    "M0 96V40C30 62 56 20 96 52V96Z",
    "M0 96V54C24 34 60 58 96 44V96Z",
]
HATS = ("helmet", "beanie", "cap")
SIDES = '<path d="M31.600 46C30.500 41 30.500 37 31 32.500H34C33.800 37 33.800 40 33.400 42ZM64.400 46C65.500 41 65.500 37 65 32.500H62C62.200 37 62.200 40 62.600 42Z"/>'


def origin_of(person):
    """Return a look for people whose row names none: by their languages, else that of the site."""
    by_language = {"tr": "turkish", "vi": "vietnamese", "pl": "polish", "ru": "eastern", "ar": "levant", "cs": "czech"}
    found = [by_language[code] for code in person.languages[:2] if code in by_language]
    return found[0] if found else {"brno": "czech", "grand-rapids": "american"}.get(person.location, "german")


def hair_colour(rng, origin, skin, grey):
    """Return a hair colour that goes with skin and age."""
    if grey:
        return rng.choice(GREY)
    if origin == "vietnamese" or skin in [tone[0] for tone in DARK]:
        return BLACK
    if skin in [tone[0] for tone in MEDIUM + BROWN]:
        return rng.choice([BLACK, DARKBROWN, BROWNHAIR])
    return rng.choice([DARKBROWN, BROWNHAIR, CHESTNUT, "#5d4a3a", *FAIR])


def hair_style(rng, person, origin, skin):
    """Return the name of a hair style and whether a headscarf is worn."""
    if person.looks == "f" and origin in ("turkish", "levant") and rng.random() < 0.5:
        return "bun", True
    if skin in [tone[0] for tone in DARK]:
        return rng.choice(["afro", "locs", "bun", "curlybob"] if person.looks == "f" else ["buzz", "crop", "locs", "curls"]), False
    weights = parts.FEMININE if person.looks == "f" else parts.MASCULINE
    return rng.choices(list(weights), list(weights.values()))[0], False


def hair_parts(style, ink):
    """Return (front, behind) of a hair style; curls are rows of circles."""
    if style == "bald":
        return "", ""
    behind, front = parts.HAIR[style]
    arcs = {
        "AFRO": ring(48, 36, 19, 19, 190, 350, 15, 7.0) + '<path d="M30 40C30 20 66 20 66 40Z"/>',
        "CURLS_HIGH": ring(48, 34, 15.5, 14, 185, 355, 12, 5.4) + '<path d="M32 38C32 22 64 22 64 38Z"/>',
        "CURLS_LONG": ring(48, 42, 20, 25, 140, 400, 22, 6.6) + '<path d="M29 60C26 20 70 20 67 60Z"/>',
        "CURLS_FRINGE": ring(48, 40, 17, 17.5, 215, 325, 8, 4.6),
    }
    return fill(arcs.get(front, front), ink), fill(arcs.get(behind, behind), ink)


def ring(cx, cy, rx, ry, start, stop, count, radius):
    """Return `count` circles along an arc from `start` to `stop` degrees, their size varying a little."""
    circles = []
    for i in range(count):
        angle = math.radians(start + (stop - start) * i / (count - 1))
        size = radius * (1 + 0.08 * math.sin(i * 2.4))
        circles.append(f'<circle cx="{cx + rx * math.cos(angle):.1f}" cy="{cy + ry * math.sin(angle):.1f}" r="{size:.1f}"/>')
    return "".join(circles)


def something_worn(rng, person, style, scarf):
    """Return the name of a helmet, cap or safety glasses for people who work in the halls, or an empty string."""
    if scarf or style in ("afro", "bun", "locs", "topknot", "curlybob") or rng.random() > 0.3:
        return ""
    if any(word in person.department for word in HALL):
        return rng.choice(["helmet", "safety", "safety", "beanie", "cap"])
    return "headphones" if person.location == "brno" else ""


def clothes(rng, person, ink, shade):
    """Return shoulders, neck and neckline."""
    in_hall = any(word in person.department for word in HALL)
    necks = ["round", "overall", "vest", "zip", "plain", "shirt", "round"] if in_hall else ["round", "collar", "vee", "roll", "shirt", "plain", "collar"]
    neck = rng.choice(necks)
    body = parts.NARROW if person.looks == "f" and rng.random() < 0.6 else parts.SHOULDERS
    throat = f'<path d="M41 54H55V67.5C55 74 41 74 41 67.5Z" fill="{ink["s"]}"/>'
    under = f'<path d="M41 58.5C45 63.5 51 63.5 55 58.5V64.5C50 68 45.5 67 41 64Z" fill="{shade}" opacity=".75"/>'
    return f'<path d="{body}" fill="{ink["k"]}"/>{throat}{under if neck != "roll" else ""}{fill(parts.NECKS[neck], ink)}{under if neck == "vee" else ""}'


def head(rng, person, ink, shade, lips, grey, hair):
    """Return ears, head, nose, eyes, brows, beard and mouth."""
    shape = rng.choice(list(parts.HEADS)) if person.looks == "m" else rng.choice(["oval", "oval", "round", "long"])
    out = [f'<g fill="{ink["s"]}"><circle cx="32.2" cy="45" r="3.5"/><circle cx="63.8" cy="45" r="3.5"/><path d="{parts.HEADS[shape]}"/></g>']
    if rng.random() < 0.25:
        out.append(f'<g fill="{shade}" opacity=".4"><circle cx="38" cy="50" r="3"/><circle cx="58" cy="50" r="3"/></g>')
    nose = rng.choice(["M48 44.5V50.5Q48 51.6 46 51.5", "M48 44V50Q48.2 51.4 50 51.2", "M47.6 44.500Q46.200 49.500 45.800 50.800 46.800 52 49 51.400", "M46.200 50.800Q48 52.200 49.800 50.800"])
    out.append(f'<path d="{nose}" stroke="{shade}" stroke-width="1.5" fill="none" stroke-linecap="round"/>')
    beard = rng.choice(["", "", "", "", "stubble", "short", "full", "goatee", "moustache"]) if person.looks == "m" and "Ausbildung" not in person.department else ""
    out.append(fill(parts.BEARDS.get(beard, ""), ink))
    out.append('<g fill="#1f1a18"><circle cx="41.5" cy="44.3" r="1.75"/><circle cx="54.5" cy="44.3" r="1.75"/></g>')
    if person.since.year < 2002:
        out.append(f'<path d="M36.500 47.800Q38 49 39.800 48.800M59.500 47.800Q58 49 56.200 48.800" stroke="{shade}" stroke-width="1" fill="none" stroke-linecap="round"/>')
    lift = rng.uniform(-0.7, 0.7)
    brow = {True: "#7d7f7f", False: hair}[grey] if hair not in ("#e0c48c", "#d9b36c") else "#a88446"
    out.append(f'<path d="M38.3 {39.6 - lift:.1f}Q41.3 {37.6 - lift:.1f} 44 {39.2 + lift / 2:.1f}M52 {39.2 + lift / 2:.1f}Q54.7 {37.6 - lift:.1f} 57.7 {39.6 - lift:.1f}" stroke="{brow}" stroke-width="{rng.uniform(1.4, 1.9):.1f}" fill="none" stroke-linecap="round"/>')
    depth, tilt = rng.uniform(57, 59.6), rng.uniform(-0.5, 0.5)
    colour = shade if beard in ("full",) else lips
    if beard == "full":
        out.append(f'<path d="M43.5 55.2Q48 57.6 52.5 55.2" stroke="{colour}" stroke-width="1.7" fill="none" stroke-linecap="round"/>')
    elif beard != "moustache" and rng.random() < 0.16:
        out.append(f'<path d="M42.800 54.200H53.200C52.600 58.600 50.400 59.600 48 59.600S43.400 58.600 42.800 54.200Z" fill="{lips}"/><path d="M43.600 54.200H52.400L51.900 55.900H44.100Z" fill="#fff"/>')
    else:
        out.append(f'<path d="M42.5 {54.5 + tilt:.1f}Q48 {depth:.1f} 53.5 {54.5 - tilt:.1f}" stroke="{colour}" stroke-width="1.7" fill="none" stroke-linecap="round"/>')
    return "".join(out)


def glasses(rng, person, worn, ink):
    """Return a pair of glasses for about a third of the people, safety glasses where they are worn."""
    if worn == "safety":
        return parts.GLASSES["safety"]
    return fill(parts.GLASSES[rng.choice(["round", "square", "square"])], ink) if rng.random() < 0.32 else ""


def fill(template, ink):
    """Return `template` with its `{letter}` colours replaced."""
    for letter, colour in ink.items():
        template = template.replace("{" + letter + "}", colour)
    return template


def write(folder, today):
    """Write `<key>.svg` into `folder` for everybody without a drawn face of their own; return their number."""
    drawn = {row["key"] for row in read("people.toml")["person"] if row["face"]}
    people = [person for person in everyone(today) if person.key not in drawn]
    for person in people:
        Path(folder, f"{person.key}.svg").write_text(face(person), encoding="utf-8")
    return len(people)


if __name__ == "__main__":
    print(write(sys.argv[1], date.today()))
