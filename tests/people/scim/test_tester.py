"""The public compliance tester finds nothing to complain of."""

import pytest
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server
from scim2_tester.utils import ResourceManager

from tests import house


@pytest.fixture
def application():
    """The whole product as a server runs it, within the test's transaction."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield get_wsgi_application()
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def cleaning_once(monkeypatch):
    """After each check the tester deletes everything that it ever made; once is enough, and four times as fast."""
    cleanup = ResourceManager.cleanup

    def clean(self):
        cleanup(self)
        self.resources.clear()

    monkeypatch.setattr(ResourceManager, "cleanup", clean)


@pytest.mark.parametrize("without", [set(), {"locale", "job_title", "department"}])
def test_the_public_tester_finds_no_error(scim, application, cleaning_once, without):
    """Also where the directory does not own every field."""
    scim.source.fields = [name for name in scim.source.fields if name not in without]
    scim.source.save()
    headers = {"Authorization": f"Bearer {scim.secret}"}
    kinds = {"resource_types": ["User"]} if without else {}
    results = check_server(WSGISCIMClient(application, "http://127.0.0.1:8000/scim/v2", headers), **kinds)
    passed = [one for one in results if one.status is Status.SUCCESS]
    house.assert_none([f"{one.title}: {one.status} {one.reason}" for one in results if one not in passed])
    assert len(passed) > (40 if without else 80)
