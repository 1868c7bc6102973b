"""The checkers agree: style, templates, migrations, deployment, and the lock covers every dependency."""

import os
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tests import house

BIN = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "intranet.settings",
    "DJANGO_DEBUG": "0",
    "SECRET_KEY": "c3R4dXq9Zp-7uKfYb2WmTn8Hs5GvJ4LeQa6RxVoBdEiMzPkNlUyAhSgCwFtOj",
    "BASE_URL": "https://intranet.example.com",
    "ALLOWED_HOSTS": "intranet.example.com",
}


def run(*order, **environment):
    """Runs a tool in the house's folder; returns (exit code, everything it said)."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "DATABASE_URL") if name in os.environ}
    done = subprocess.run(order, cwd=house.ROOT, capture_output=True, text=True, env={**kept, **environment})
    return done.returncode, done.stdout + done.stderr


def test_ruff_finds_nothing():
    code, said = run(str(BIN / "ruff"), "check", "--no-cache", "--output-format=concise", ".")
    assert code == 0, said


def test_code_is_formatted():
    code, said = run(str(BIN / "ruff"), "format", "--no-cache", "--check", ".")
    assert code == 0, said


def test_templates_are_formatted():
    code, said = run(str(BIN / "djade"), "--check", "--target-version", "5.2", *map(str, house.templates()))
    assert code == 0, said


@pytest.mark.django_db
def test_models_and_migrations_agree():
    code, said = run(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", **PRODUCTION)
    assert code == 0, said


def test_production_settings_pass_the_deployment_check():
    code, said = run(
        sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION
    )
    assert code == 0, said


def test_production_refuses_to_start_without_a_secret():
    without = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    code, said = run(sys.executable, "-m", "django", "check", **without)  # manage.py remembers the demo's
    assert code != 0
    assert "SECRET_KEY" in said


def test_readme_names_every_setting():
    files = (
        Path("intranet/settings.py"),
        Path("intranet/sign_in_settings.py"),
        Path("people/source_options.py"),
    )
    read = [
        name for file in files for name in re.findall(r"env(?:\.\w+)?\(\s*[\"']([A-Z_]+)", house.text(file))
    ]
    named = set(re.findall(r"`([A-Z_]+)`", house.text(Path("README.md"))))
    house.assert_none(sorted(set(read) - named))


def test_every_dependency_is_locked():
    project = tomllib.loads(house.text(Path("pyproject.toml")))["project"]
    wanted = project["dependencies"] + [*chain.from_iterable(project["optional-dependencies"].values())]
    locked = re.findall(r"^([a-z0-9-]+)==", house.text(Path("constraints.txt")), re.MULTILINE)
    names = {re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in wanted}
    house.assert_none(sorted(names - set(locked)))


def test_vendored_files_carry_licence_and_checksum():
    vendor = house.ROOT / "intranet/static/vendor"
    folders = [path for path in vendor.iterdir() if path.is_dir()] if vendor.exists() else []
    house.assert_none([path.name for path in folders if not list(path.glob("LICENSE*"))])
