"""Dates as WordPress writes them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FORMAT = "%Y-%m-%d %H:%M:%S"


def utc(gmt: str, local: str, published: str = "") -> datetime | None:
    """The moment in UTC, or None where the file names none (drafts carry zeros).

    `gmt` is preferred. The file does not name the site's time zone, so `local` is read as UTC when it stands alone.
    """
    return _parse(gmt) or _parse_mail(published) or _parse(local)


def _parse(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _parse_mail(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC) if moment.year > 1 else None
