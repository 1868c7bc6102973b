"""How points in time and devices are said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from people.devices import device_name
from people.templatetags.moments import day, moment, spoken

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # a Tuesday, 12:00 in Berlin


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=40), "40 min ago"),
        (timedelta(hours=2), "2 hr ago"),
        (timedelta(hours=20), "yesterday, 16:00"),
        (timedelta(days=4), "Friday, 12:00"),
        (timedelta(days=8), "16 November"),
        (timedelta(days=700), "24 December 2024"),
    ],
)
def test_time_is_relative_up_to_a_week_and_then_a_date(age, words):
    with translation.override("en"), timezone.override("Europe/Berlin"):
        assert spoken(NOON - age, NOON) == words


def test_time_is_in_the_readers_zone_and_exact_in_its_title():
    with translation.override("en"), timezone.override("America/Detroit"):
        html = moment(NOON - timedelta(days=8), NOON)
    assert 'title="16 November 2026, 6:00"' in html
    assert "2026-11-16T11:00:00" in html
    assert moment(None) == day(None) == ""


def test_dates_are_german_for_german_readers():
    with translation.override("de"), timezone.override("Europe/Berlin"):
        assert "16. November 2026" in day(NOON - timedelta(days=8))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/18 Safari/605", "Safari, Mac"),
        ("curl/8", "curl/8"),
        ("", ""),
    ],
)
def test_devices_are_called_by_browser_and_system(agent, name):
    assert device_name(agent) == name
