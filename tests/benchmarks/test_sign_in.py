"""T4 and A14: nobody learns from the time of an answer whether an account or an object exists.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_sign_in.py
"""

import statistics
import time

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.benchmark


def seconds(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def test_forgotten_password_takes_alike_for_known_and_unknown_addresses(company, settings):
    """With the product's queue: the request itself never looks whether there is an account."""
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    times = {company.employee.email: [], "nobody@example.com": []}
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": ""}
    for number in range(60):
        for address, taken in times.items():
            client, form = Client(REMOTE_ADDR=f"10.0.{number}.1"), {"email": address}
            taken.append(seconds(lambda c=client, f=form: c.post(reverse("account_reset_password"), f)))
    known, unknown = (statistics.median(taken) for taken in times.values())
    print(f"\nA14: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms")
    assert abs(known - unknown) < 0.005


def test_hidden_and_absent_posts_take_alike(company, client_for):
    client, pairs = client_for(company.outsider), []
    hidden = reverse("feed:post", args=[company.foundry_article.post_page.post.pk])
    absent = reverse("feed:post", args=[999_999_999])
    for _ in range(200):
        pairs.append([seconds(lambda url=url: client.get(url)) for url in (hidden, absent)])
    gap = abs(statistics.median(one for one, _ in pairs) - statistics.median(two for _, two in pairs))
    print(f"\nT4: 200 pairs, medians {gap * 1000:.2f} ms apart")
    assert gap < 0.005
