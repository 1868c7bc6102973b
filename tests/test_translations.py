"""German and English are equals: every sentence has its German, and what is committed is what was built."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps

from tests import house

MESSAGES = house.ROOT / "intranet/locale/de/LC_MESSAGES"
FORMAL = re.compile(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre[nmrs]?)\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def german():
    return polib.pofile(str(MESSAGES / "django.po"))


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    """Every msgid (with its context and plural) that makemessages finds in the source now."""
    if not shutil.which("xgettext"):
        assert not os.environ.get("CI"), "CI needs gettext"
        pytest.skip("gettext is not installed: what is new in the source was not compared")
    copy = tmp_path_factory.mktemp("source")
    for name in (*house.PACKAGES, "templates"):
        shutil.copytree(
            house.ROOT / name, copy / name, ignore=shutil.ignore_patterns("locale", "static", "demo")
        )
    (copy / "locale").mkdir()
    kept = {"PATH": os.environ["PATH"]}
    order = [sys.executable, "-m", "django", "makemessages", "-l", "de", "-v", "0"]
    subprocess.run(order, cwd=copy, env=kept, check=True, capture_output=True)
    return [key(entry) for entry in polib.pofile(str(copy / "locale/de/LC_MESSAGES/django.po"))]


def key(entry):
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def test_every_sentence_in_the_source_is_in_german(sentences, german):
    ready = {key(entry) for entry in german if entry.translated() and not entry.obsolete}
    house.assert_none([repr(sentence[1]) for sentence in sentences if sentence not in ready])


def test_german_holds_nothing_that_left_the_source(sentences, german):
    house.assert_none([repr(entry.msgid) for entry in german if key(entry) not in set(sentences)])


def test_german_is_complete_and_nothing_is_fuzzy(german):
    house.assert_none(
        [repr(entry.msgid) for entry in [*german.untranslated_entries(), *german.fuzzy_entries()]]
    )


def test_german_keeps_every_placeholder(german):
    wrong = []
    for entry in german:
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for said in [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())[-1:]:
            if set(PLACEHOLDER.findall(said)) != wanted:
                wrong.append(f"{entry.msgid!r} → {said!r}")
    house.assert_none(wrong)


def test_compiled_messages_equal_their_source(german):
    compiled = polib.mofile(str(MESSAGES / "django.mo"))
    said = {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in compiled}
    assert said == {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in german.translated_entries()}


def test_readers_are_addressed_as_du(german):
    house.assert_none([repr(entry.msgstr) for entry in german if FORMAL.search(entry.msgstr)])


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_packages_that_say_sie_are_said_as_du(domain):
    """Wagtail, allauth and Django speak formal German; intranet/locale_du says the same sentences as du."""
    du = polib.pofile(str(MESSAGES.parents[2] / f"locale_du/de/LC_MESSAGES/{domain}.po"))
    ours = {(entry.msgctxt, entry.msgid) for entry in du if entry.translated()}
    theirs = [entry for path in messages_of_packages(domain) for entry in polib.pofile(path)]
    formal = [entry for entry in theirs if not entry.obsolete and FORMAL.search(entry.msgstr)]
    house.assert_none([repr(entry.msgid) for entry in formal if (entry.msgctxt, entry.msgid) not in ours])
    house.assert_none([repr(entry.msgstr) for entry in du if FORMAL.search(entry.msgstr)])


def messages_of_packages(domain):
    """German files of the installed apps that are not ours, and Django's own."""
    folders = [Path(django.__file__).parent / "conf"]
    folders += [Path(app.path) for app in apps.get_app_configs() if app.label not in house.PACKAGES]
    found = [folder / f"locale/de/LC_MESSAGES/{domain}.po" for folder in folders]
    return [str(path) for path in found if path.exists()]
