"""Handles and slugs: how a name becomes ``anna.mueller`` and which handles may be confused. No database."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.text import comparison_key

MAX_HANDLE = 60
HANDLE_PATTERN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
RESERVED_HANDLES = frozenset(
    (
        "admin", "administrator", "all", "alle", "api", "departments", "everyone", "export", "flurfunk",
        "former-colleague", "help", "here", "hilfe", "intranet", "me", "moderator", "new", "none", "null", "org",
        "root", "settings", "staff", "support", "system", "team",
    )
)  # fmt: skip

# Names besides handles that @ stands for, by package: upper ones add a function in AppConfig.ready that gives them.
other_names: dict[str, Callable[[], Iterable[str]]] = {}

_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ẞ": "SS",
        "&": " und ",
        "@": " ",
    }
)
# Letters of other scripts that look like Latin ones (Unicode UTS #39 confusables, Cyrillic and Greek part).
_LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһԛԝвнкмтгαεορυχικντω", "aeopcyxijsdhqwbhkmtraeopuxikvtw")


def slugify_de(text: str, *, separator: str = "-", max_chars: int = MAX_HANDLE) -> str:
    """ASCII slug as German readers write it: "Straße für Çelik" → "strasse-fuer-celik". May be empty."""
    text = unicodedata.normalize("NFC", text).translate(_GERMAN)
    words = re.findall("[a-z0-9]+", re.sub("['’`]", "", anyascii(text)).lower())
    slug = separator.join(words)
    if len(slug) > max_chars:
        cut = slug[: max_chars + 1].rpartition(separator)[0]
        slug = cut or slug[:max_chars]
    return slug


def tag_slug(name: str, *, max_chars: int = 100) -> str:
    """How a tag is compared and addressed (A17): NFKC, case-folded, in ASCII. Never empty for a name that is not.

    Accents fold and umlauts are written out as German readers expect: #Straße = #STRASSE = #strasse,
    #Prüfstand = #pruefstand, #café = #cafe.
    """
    slug = slugify_de(comparison_key(name), max_chars=max_chars)
    return slug or "-".join(f"{ord(sign):x}" for sign in comparison_key(name).strip())[:max_chars]


def skeleton(handle: str) -> str:
    """What a reader may take the handle for: two handles with one skeleton look alike.

    NFKC and case-folding, look-alike letters of other scripts, then 0/o, 1/l/i, rn/m, vv/w; dots and hyphens dropped.
    """
    text = comparison_key(handle).translate(_LOOK_ALIKES)
    text = re.sub(r"[^a-z0-9]", "", anyascii(text).lower())
    return text.translate(str.maketrans("01i", "oll")).replace("rn", "m").replace("vv", "w")


def unique_handle(name: str, is_taken: Callable[[str], bool]) -> str:
    """A free handle for a person's name; ``is_taken`` is asked for each candidate and answers for look-alikes too.

    "Anna Müller" → "anna.mueller", then "anna.mueller2" … A name without any Latin form gives "person", "person2" …
    """
    base = slugify_de(name, separator=".", max_chars=MAX_HANDLE - 6) or "person"
    if base in RESERVED_HANDLES:
        base = f"{base}.1"
    number = 1
    while is_taken(candidate := base if number == 1 else f"{base}{number}"):
        number += 1
    return candidate


def check_handle(handle: str) -> str:
    """The handle in its stored form. Raises ValidationError when it has other letters than a–z or is reserved."""
    handle = comparison_key(handle.strip().removeprefix("@"))
    if len(handle) > MAX_HANDLE or not HANDLE_PATTERN.fullmatch(handle):
        raise ValidationError(
            _(
                "A handle consists of the letters a to z and digits, with single dots or hyphens between them."
            ),
            code="invalid",
        )
    if handle in RESERVED_HANDLES:
        raise ValidationError(_("This handle is reserved."), code="reserved")
    return handle
