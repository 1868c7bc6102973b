"""What somebody reads whose text was not taken yet."""

from django.utils.translation import ngettext


def wait_words(seconds: int) -> str:
    """For somebody who sends too often."""
    said = ngettext(
        "Wait %(n)s second, then send it again.", "Wait %(n)s seconds, then send it again.", seconds
    )
    return said % {"n": seconds}


def group_words(count: int) -> str:
    """For somebody who names a whole group: how many hear of it (A21)."""
    said = ngettext(
        "%(n)s person will hear of this. Tick the box if that is meant.",
        "%(n)s people will hear of this. Tick the box if that is meant.",
        count,
    )
    return said % {"n": count}
