"""Values of a directory in the form in which people keep them."""

import re
import zoneinfo
from datetime import date, datetime

from django.utils.translation import gettext as _

CONVERTED = ("joined_on", "left_on", "languages", "locale", "time_zone")


def names(raw: dict[str, str]) -> tuple[str, str]:
    """First and last name, from their own columns or from "Anna Müller" and "Müller, Anna"."""
    first, last, full = raw.get("first_name", ""), raw.get("last_name", ""), raw.get("name", "")
    if last and not first and full.endswith(f" {last}"):
        return full.removesuffix(last).strip(), last
    if first or last or not full:
        return first, last
    if "," in full:
        last, _comma, first = full.partition(",")
    else:
        first, _space, last = full.rpartition(" ")
    return first.strip(), last.strip()


def converted(raw: dict[str, str]) -> dict:
    """CONVERTED as they are stored, also the empty ones. Raises ValueError for what is no date and no time zone."""
    found = {name: _date(raw[name]) if raw.get(name) else None for name in ("joined_on", "left_on")}
    spoken = (_language(part) for part in re.split(r"[,;/\s]+", raw.get("languages", "")))
    found["languages"] = list(dict.fromkeys(code for code in spoken if code))
    locale = raw.get("locale", "")[:2].lower()
    found["locale"] = locale if locale in ("de", "en") else ""
    found["time_zone"] = raw.get("time_zone", "")
    if found["time_zone"] and found["time_zone"] not in zoneinfo.available_timezones():
        raise ValueError(_("“%(name)s” is no time zone") % {"name": found["time_zone"]})
    return found


def _language(text: str) -> str:
    """The two letters of "de", "de-AT" or "Deutsch"; "" for what is neither."""
    word = text.strip().casefold()
    named = {"deutsch": "de", "german": "de", "englisch": "en", "english": "en"}
    return named.get(word) or (word[:2] if re.fullmatch(r"[a-z]{2}([-_][a-z]+)?", word) else "")


def _date(text: str) -> date:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y%m%d"):
        try:
            return datetime.strptime(text.split("T")[0].split(" ")[0], pattern).date()  # noqa: DTZ007 - a day, no time
        except ValueError:
            continue
    raise ValueError(_("“%(text)s” is no date; possible are 2026-11-24 and 24.11.2026") % {"text": text})
