"""Muting and pinning that arrive several times at once leave one row (T14)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feed.actions import featuring, following, muting
from feed.models import Follow, Pin
from people import roles
from tests.factories import PostFactory, UserFactory
from tests.feed.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_muting_and_following_at_once_leave_one_choice():
    reader, person = UserFactory(), UserFactory()
    acts = [muting.mute, following.follow] * 4
    at_once(lambda act: act(follower=reader, user=person), acts, threads=8)
    assert Follow.objects.filter(follower=reader, user=person).count() == 1


def test_pinning_at_once_leaves_one_pin():
    post, by = PostFactory(), UserFactory(roles=[roles.COMMUNICATIONS])
    until = timezone.now() + timedelta(days=1)
    at_once(lambda _job: featuring.feature(post=post, until=until, by=by), range(8), threads=8)
    assert Pin.objects.filter(post=post).count() == 1
