"""Points in time as people say them: relative up to a week, then the date; always in the reader's zone."""

import re
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext, ngettext

register = template.Library()

CLOCK = "G:i"
_MOMENT = re.compile(r'(<time datetime="([^"]+)" title="[^"]*" data-relative>)[^<]*(?=</time>)')


@register.simple_tag
def moment(value: datetime | None, now: datetime | None = None) -> str:
    """`<time>` with the words of `spoken`, the exact local time as title; empty for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    exact = gettext("%(date)s, %(time)s") % {
        "date": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, CLOCK),
    }
    words = spoken(value, now or timezone.now())
    return format_html(
        '<time datetime="{}" title="{}" data-relative>{}</time>',
        value.isoformat(timespec="seconds"),
        exact,
        words,
    )


def refresh(html: str, now: datetime) -> str:
    """HTML that was made earlier, in the same language and zone, with the words of each `moment` as they are now."""
    return _MOMENT.sub(lambda one: one[1] + escape(spoken(datetime.fromisoformat(one[2]), now)), html)


@register.simple_tag
def day(value) -> str:
    """`<time>` with the full date, "16. November 2026"; empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "DATE_FORMAT"))


def spoken(value: datetime, now: datetime) -> str:
    """Minutes and hours while it is the last day, then yesterday, the weekday, the date (DESIGN.md section 11)."""
    age = now - value
    local, today = timezone.localtime(value), timezone.localtime(now).date()
    if age < timedelta(minutes=1):
        return gettext("just now") if age > timedelta(minutes=-1) else date_format(local, "DATE_FORMAT")
    if age < timedelta(hours=1):
        minutes = int(age.total_seconds() // 60)
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    if local.date() == today:
        hours = int(age.total_seconds() // 3600)
        return ngettext("%(n)s hr ago", "%(n)s hr ago", hours) % {"n": hours}
    if local.date() == today - timedelta(days=1):
        return gettext("yesterday, %(time)s") % {"time": date_format(local, CLOCK)}
    if age < timedelta(days=6):
        return date_format(local, "l, " + CLOCK)
    return date_format(local, "MONTH_DAY_FORMAT" if local.year == today.year else "DATE_FORMAT")
