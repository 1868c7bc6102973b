"""What all tests share: a database of their own, an empty cache, signed-in clients and the company."""

import shutil

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests import database, snapshots
from tests.company import build_company

IN_USE = []  # this process's database and pytest-django's blocker, while there is one


@pytest.fixture(scope="session")
def own_database(django_db_blocker):
    with django_db_blocker.unblock():
        found = database.prepare()
        IN_USE[:] = found, django_db_blocker
        yield found
        IN_USE.clear()
        with database.alone():
            found.drop()


@pytest.fixture(scope="session")
def django_db_setup(own_database):
    """Replaces pytest-django's: no migration for each run, see database.py."""


def pytest_collection_modifyitems(config, items):
    """Benchmarks run only when asked for: pytest -m benchmark -n0 -s."""
    if "benchmark" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("benchmark")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that really commits leaves an emptied database: bring back what the migrations made."""
    try:
        return (yield)
    finally:
        marker = item.get_closest_marker("django_db")
        committed = marker is not None and marker.kwargs.get("transaction")
        if IN_USE and (committed or {"transactional_db", "live_server"} & set(item.fixturenames)):
            own, blocker = IN_USE
            with blocker.unblock(), database.alone():
                own.refill()


@pytest.fixture(autouse=True)
def in_english():
    """Words that a test expects do not depend on the language in which the test before it ended."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def no_files_left():
    yield
    shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def client_for():
    """A browser in which the given user is signed in: `client_for(user).get("/")`."""

    def make(user, **headers):
        client = Client(headers=headers)
        client.force_login(user)
        return client

    return make


@pytest.fixture
def company(db):
    """A small bilingual company; see company.py for who and what is in it."""
    return snapshots.build_once(build_company)
