"""Values of a directory in the form in which people keep them."""

import re
import zoneinfo
from datetime import date, datetime


def names(raw: dict[str, str]) -> tuple[str, str]:
    """First and last name, from their own columns or from "Anna Müller" and "Müller, Anna"."""
    first, last, full = raw.get("first_name", ""), raw.get("last_name", ""), raw.get("name", "")
    if last and not first and full.endswith(f" {last}"):
        return full.removesuffix(last).strip(), last
    if first or last or not full:
        return first, last
    if "," in full:
        last, _, first = full.partition(",")
    else:
        first, _, last = full.rpartition(" ")
    return first.strip(), last.strip()


def converted(raw: dict[str, str]) -> dict:
    """Dates, languages, locale and time zone as they are stored. Raises ValueError for what is none."""
    found = {}
    for name in ("joined_on", "left_on"):
        if raw.get(name):
            found[name] = _date(raw[name])
    spoken = (_language(part) for part in re.split(r"[,;/\s]+", raw.get("languages", "")))
    found["languages"] = list(dict.fromkeys(code for code in spoken if code))
    if raw.get("locale", "")[:2].lower() in ("de", "en"):
        found["locale"] = raw["locale"][:2].lower()
    if raw.get("time_zone"):
        if raw["time_zone"] not in zoneinfo.available_timezones():
            raise ValueError(f"“{raw['time_zone']}” is no time zone")
        found["time_zone"] = raw["time_zone"]
    return {name: value for name, value in found.items() if value}


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
    raise ValueError(f"“{text}” is no date; possible are 2026-11-24 and 24.11.2026")
