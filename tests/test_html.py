"""Every screen is valid HTML in both languages, says its language and keeps what it shows out of shared caches."""

import os
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests import house, screens

CHECKER = os.environ.get("VNU_JAR", "")


ASKED = {}  # answers are only read, so the tests of one process share them


@pytest.fixture
def answers(request):
    """{"name (language)": response} of every screen."""
    if not ASKED:
        _ask(request.getfixturevalue("company"), request.getfixturevalue("client_for"))
    return ASKED


def _ask(company, client_for):
    screens.furnish(company)
    for language in ("de", "en"):
        for role in ("employee", "moderator", "executive", "communications", "administrator"):
            person = getattr(company, role)
            person.locale = language
            person.save()
        for name, (role, url) in screens.of(company).items():
            ASKED[f"{name} ({language})"] = client_for(getattr(company, role)).get(url)
        for name, url in screens.PUBLIC.items():
            ASKED[f"{name} ({language})"] = Client(headers={"Accept-Language": language}).get(url)


def test_every_screen_answers(answers):
    expected = {"nothing here": 404, "invitation that is over": 404, "staff only": 403}
    wrong = [
        f"{name}: {answer.status_code} {answer.get('Location', '')}"
        for name, answer in answers.items()
        if answer.status_code != expected.get(name.rpartition(" (")[0], 200)
    ]
    house.assert_none(wrong)


def test_every_screen_carries_its_headers(answers):
    wrong = []
    for name, answer in answers.items():
        policy = answer.get("Content-Security-Policy", "")
        scripts = next((part for part in policy.split(";") if part.strip().startswith("script-src ")), "")
        if "staff only" not in name and (
            not scripts or "unsafe-inline" in scripts or "unsafe-eval" in scripts
        ):
            wrong.append(f"{name}: scripts {scripts or 'anything'}")
        if "frame-ancestors" not in policy or answer.get("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{name}: frames or types are open")
        if not answer.get("Referrer-Policy"):
            wrong.append(f"{name}: no Referrer-Policy")
        kept = answer.get("Cache-Control", "")
        signed_in = name.rpartition(" (")[0] not in screens.PUBLIC
        if signed_in and "no-store" not in kept and "private" not in kept:
            wrong.append(f"{name}: Cache-Control {kept or 'missing'}")
    house.assert_none(wrong)


def test_every_screen_says_its_language(answers):
    wrong = []
    for name, answer in answers.items():
        language = name[-3:-1]
        if f'<html lang="{language}"' not in answer.content.decode()[:2000]:
            wrong.append(name)
    house.assert_none(wrong)


def test_every_screen_is_valid_html(answers, tmp_path):
    if not Path(CHECKER).is_file():
        assert not os.environ.get("CI"), "CI needs the HTML checker: VNU_JAR"
        pytest.skip("VNU_JAR names no HTML checker: validity was not tested")
    for number, (name, answer) in enumerate(answers.items()):
        file = tmp_path / f"{number:03d}-{name.replace(' ', '-').replace(',', '')}.html"
        file.write_bytes(answer.content)
    order = ["java", "-Xss1m", "-jar", CHECKER, "--errors-only", "--format", "gnu", str(tmp_path)]
    done = subprocess.run(order, capture_output=True, text=True)
    said = [line.partition(f"{tmp_path}/")[2] for line in done.stderr.splitlines() if "error" in line]
    house.assert_none(said)
