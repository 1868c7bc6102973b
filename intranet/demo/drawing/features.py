# ruff: noqa: E501
"""Draws the features of a face from its parts; chance is drawn in a fixed order, so that a face never changes."""

import math

from intranet.demo.drawing import palette, parts

ROUND = 'fill="none" stroke-linecap="round"'
NOSES = [
    "M48 44.5V50.5Q48 51.6 46 51.5",
    "M48 44V50Q48.2 51.4 50 51.2",
    "M47.6 44.500Q46.200 49.500 45.800 50.800 46.800 52 49 51.400",
    "M46.200 50.800Q48 52.200 49.800 50.800",
]
BEARDS = ["", "", "", "", "stubble", "short", "full", "goatee", "moustache"]


def fill(template, ink):
    """Return `template` with its `{letter}` colours replaced."""
    for letter, colour in ink.items():
        template = template.replace("{" + letter + "}", colour)
    return template


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
        circles.append(
            f'<circle cx="{cx + rx * math.cos(angle):.1f}" cy="{cy + ry * math.sin(angle):.1f}" r="{size:.1f}"/>'
        )
    return "".join(circles)


def clothes(rng, person, ink, shade):
    """Return shoulders, neck and neckline."""
    in_hall = any(word in person.department for word in palette.HALL)
    necks = (
        ["round", "overall", "vest", "zip", "plain", "shirt", "round"]
        if in_hall
        else ["round", "collar", "vee", "roll", "shirt", "plain", "collar"]
    )
    neck = rng.choice(necks)
    body = parts.NARROW if person.looks == "f" and rng.random() < 0.6 else parts.SHOULDERS
    throat = f'<path d="M41 54H55V67.5C55 74 41 74 41 67.5Z" fill="{ink["s"]}"/>'
    under = (
        f'<path d="M41 58.5C45 63.5 51 63.5 55 58.5V64.5C50 68 45.5 67 41 64Z" fill="{shade}" opacity=".75"/>'
    )
    return f'<path d="{body}" fill="{ink["k"]}"/>{throat}{under if neck != "roll" else ""}{fill(parts.NECKS[neck], ink)}{under if neck == "vee" else ""}'


def head(rng, person, ink, tones, grey):
    """Return ears, head, nose, eyes, brows, beard and mouth; `tones` are skin, shade and lips."""
    _skin, shade, lips = tones
    shapes = list(parts.HEADS) if person.looks == "m" else ["oval", "oval", "round", "long"]
    shape = parts.HEADS[rng.choice(shapes)]
    ears = '<circle cx="32.2" cy="45" r="3.5"/><circle cx="63.8" cy="45" r="3.5"/>'
    out = [f'<g fill="{ink["s"]}">{ears}<path d="{shape}"/></g>']
    if rng.random() < 0.25:
        cheeks = '<circle cx="38" cy="50" r="3"/><circle cx="58" cy="50" r="3"/>'
        out.append(f'<g fill="{shade}" opacity=".4">{cheeks}</g>')
    out.append(f'<path d="{rng.choice(NOSES)}" stroke="{shade}" stroke-width="1.5" {ROUND}/>')
    shaved = person.looks != "m" or "Ausbildung" in person.department
    beard = "" if shaved else rng.choice(BEARDS)
    out += [fill(parts.BEARDS.get(beard, ""), ink), eyes(person, shade), brows(rng, ink["c"], grey)]
    return "".join([*out, mouth(rng, beard, shade, lips)])


def eyes(person, shade):
    """Return the eyes, with lines below them for those who have been here long."""
    out = '<g fill="#1f1a18"><circle cx="41.5" cy="44.3" r="1.75"/><circle cx="54.5" cy="44.3" r="1.75"/></g>'
    if person.since.year < 2002:
        lines = "M36.500 47.800Q38 49 39.800 48.800M59.500 47.800Q58 49 56.200 48.800"
        out += f'<path d="{lines}" stroke="{shade}" stroke-width="1" {ROUND}/>'
    return out


def brows(rng, hair, grey):
    """Return the brows: lifted a little more or less."""
    lift = rng.uniform(-0.7, 0.7)
    colour = "#a88446" if hair in ("#e0c48c", "#d9b36c") else "#7d7f7f" if grey else hair
    outer, top, inner = 39.6 - lift, 37.6 - lift, 39.2 + lift / 2
    left = f"M38.3 {outer:.1f}Q41.3 {top:.1f} 44 {inner:.1f}"
    right = f"M52 {inner:.1f}Q54.7 {top:.1f} 57.7 {outer:.1f}"
    return f'<path d="{left}{right}" stroke="{colour}" stroke-width="{rng.uniform(1.4, 1.9):.1f}" {ROUND}/>'


def mouth(rng, beard, shade, lips):
    """Return a mouth that smiles, in a few cases with teeth."""
    depth, tilt = rng.uniform(57, 59.6), rng.uniform(-0.5, 0.5)
    if beard == "full":
        return f'<path d="M43.5 55.2Q48 57.6 52.5 55.2" stroke="{shade}" stroke-width="1.7" {ROUND}/>'
    if beard != "moustache" and rng.random() < 0.16:
        open_mouth = (
            "M42.800 54.200H53.200C52.600 58.600 50.400 59.600 48 59.600S43.400 58.600 42.800 54.200Z"
        )
        teeth = "M43.600 54.200H52.400L51.900 55.900H44.100Z"
        return f'<path d="{open_mouth}" fill="{lips}"/><path d="{teeth}" fill="#fff"/>'
    curve = f"M42.5 {54.5 + tilt:.1f}Q48 {depth:.1f} 53.5 {54.5 - tilt:.1f}"
    return f'<path d="{curve}" stroke="{lips}" stroke-width="1.7" {ROUND}/>'


def glasses(rng, person, worn, ink):
    """Return a pair of glasses for about a third of the people, safety glasses where they are worn."""
    if worn == "safety":
        return parts.GLASSES["safety"]
    return fill(parts.GLASSES[rng.choice(["round", "square", "square"])], ink) if rng.random() < 0.32 else ""
