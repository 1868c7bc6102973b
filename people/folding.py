"""How words are compared when people look for each other; no database. Who is found by them: people.actions.folding."""

import re
import unicodedata

from people.handles import slugify_de

# Between a person's names and the rest of their words; never part of a word.
NAMES_END = "|"
PHONES = ("phone", "mobile")


def fold(text: str) -> str:
    """Words of `text` as they are compared, parted by one space: no case, accents, umlauts, hyphens.

    ä = ae = a, ö = oe = o, ü = ue = u, ß = ss: "Müller", "MUELLER" and "Muller" are one word, so are "Straße" and
    "Strasse". The fold of a word's beginning is the beginning of its fold, so that it serves search as you type.
    """
    if text.isascii():
        text = re.sub("[^a-z0-9]+", " ", re.sub("['`]", "", text.lower())).strip()
    else:
        text = unicodedata.normalize("NFKC", text).casefold()
        text = slugify_de(text, separator=" ", max_chars=len(text) * 8)
    return re.sub("([aou])e", r"\1", text)


def digits(number: str) -> str:
    """The digits of a phone number, without "(0)" and the zeros that it is dialled with at the beginning."""
    return "".join(sign for sign in number.replace("(0)", "") if sign.isascii() and sign.isdigit()).lstrip(
        "0"
    )


def words(user, shown, skills) -> str:
    """What stands in `folded` of somebody of whom everyone sees the fields `shown` and these names of skills."""
    names = dict.fromkeys(fold(f"{user.first_name} {user.last_name} {user.handle}").split())
    rest = [user.job_title]
    rest += [place.name for place in (user.department, user.location) if place is not None]
    if "skills" in shown:
        rest += skills
    numbers = [digits(getattr(user, field)) for field in PHONES if field in shown]
    others = dict.fromkeys([*fold(" ".join(rest)).split(), *filter(None, numbers)])
    return " ".join(["", *names, NAMES_END, *others, ""])
