"""Mails as they leave: one recipient, safe headers, text and simple HTML in the brand's look (A22)."""

import hashlib
import zoneinfo
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from people.models import Brand, OutboxMessage, User
from people.text import clean_line

MAX_SUBJECT = 200


@dataclass(frozen=True)
class Mail:
    """What a renderer gives back. `headers` adds such as List-Unsubscribe; names and values of one line."""

    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def compose(template: str, *, subject: str, headers: dict | None = None, **context) -> Mail:
    """Render ``email/<template>.txt`` and ``.html`` in the active language; both see `brand`, `base_url`, `subject`."""
    brand = Brand.load()
    context |= {
        "subject": subject,
        "brand": brand,
        "accent": readable(brand.colour),
        "base_url": settings.BASE_URL,
        "language": translation.get_language(),
    }
    text = render_to_string(f"email/{template}.txt", context)
    return Mail(
        subject, text.strip() + "\n", render_to_string(f"email/{template}.html", context), headers or {}
    )


def in_words_of(user: User):
    """Context managers for the recipient's language and time zone, to render within."""
    try:
        zone = zoneinfo.ZoneInfo(user.time_zone or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    return translation.override(user.locale or settings.LANGUAGE_CODE), timezone.override(zone)


def build(message: OutboxMessage, mail: Mail) -> EmailMultiAlternatives:
    """The mail to send. Whatever names and subjects contain, it has one recipient and no header of their making.

    The Message-ID is the same for each attempt, so that what was sent twice can be recognised.
    """
    person = message.recipient
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    built = EmailMultiAlternatives(
        subject=_one_line(mail.subject, MAX_SUBJECT),
        body=mail.text,
        from_email=formataddr((name or Brand.load().site_name, address)),
        to=[formataddr((_one_line(person.name, 100), person.email))],
        headers={
            **{_one_line(name, 60): _one_line(value, 900) for name, value in mail.headers.items()},
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": message_id(message),
        },
    )
    if mail.html:
        built.attach_alternative(mail.html, "text/html")
    return built


def message_id(message: OutboxMessage) -> str:
    """Derived from what the message is about and for whom, never from when it is sent."""
    parts = f"{message.event}\n{message.about}\n{message.recipient_id}\n{message.channel}"
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(parts.encode()).hexdigest()[:32]}@{host}>"


def readable(colour: str) -> str:
    """The hex colour, darkened until white text on it has a contrast of 4.5 to 1: mail clients cannot compute it."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    while 1.05 / (_luminance(channels) + 0.05) < 4.5:
        channels = [int(channel * 0.94) for channel in channels]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _luminance(channels):
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _one_line(text, most):
    return clean_line(str(text)[: 4 * most], max_chars=4 * most)[:most]
