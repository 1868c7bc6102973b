"""T13 and T14 with the numbers of requirements.md; the suite runs the same functions with smaller ones.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_races.py
"""

import pytest

from tests.feed import test_post_races
from tests.feed.test_concurrency import patient, press_at_once, send_identical  # noqa: F401 - the fixture
from tests.feed.test_voting import vote_at_once

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("htmx", [True, False])
def test_200_identical_posts_from_32_threads_make_one_comment(htmx):
    send_identical(200, 32, htmx)


@pytest.mark.parametrize("htmx", [True, False])
def test_200_identical_posts_from_32_threads_make_one_post(htmx):
    test_post_races.send_identical(200, 32, htmx)


def test_500_parallel_reactions_of_50_people_count_as_many_as_there_are_rows(patient):  # noqa: F811
    press_at_once(500, 50)


@pytest.mark.parametrize("is_secret", [False, True])
def test_500_parallel_votes_of_50_people_count_as_many_as_there_are_voters(is_secret):
    vote_at_once(500, 50, is_secret=is_secret)
