#!/usr/bin/env python3
"""The door to the house: `demo`, `test` and every Django command.

On a machine that has Python and pip but not Django, the first call makes `.venv`, installs the versions of
constraints.txt there and goes on inside it. An environment made by someone else is used and never changed.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent
VENV = HOUSE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-by-manage.txt"  # only in environments made here: digest, then the extras installed
GUARD = "FLURFUNK_BOOTSTRAPPED"
RUN = ("django", "wagtail", "allauth")  # a Python that has one of them by chance has not all
TEST = (*RUN, "pytest", "pytest_django", "factory")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main():
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    enter_environment(TEST if command == "test" else RUN)
    if command == "test":
        sys.exit(run_tests(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    remember_secret(make=command == "demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def run_tests(arguments):
    """Runs pytest with the arguments given; its exit code is ours."""
    import pytest

    os.chdir(HOUSE)
    return pytest.main(arguments)


def remember_secret(make):
    """The demo makes a SECRET_KEY once; later commands on this machine use it unless the environment has one."""
    file = HOUSE / "var/secret-key"
    if make and not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    if file.exists() and not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = file.read_text().strip()


def enter_environment(needed):
    """Returns where all of `needed` can be imported and is current; else installs and starts again there."""
    second_try = os.environ.pop(GUARD, None)
    ours = Path(sys.prefix).resolve() == VENV
    missing = [name for name in needed if not importlib.util.find_spec(name)]
    if not missing and not (ours and STAMP.exists() and outdated(needed)):
        return
    if second_try or (sys.prefix != sys.base_prefix and not (ours and STAMP.exists())):
        extra = "[dev]" if needed == TEST else ""
        sys.exit(
            f"{' '.join(missing or needed)} missing in {sys.prefix}: pip install -c constraints.txt -e '.{extra}'"
        )
    if not PYTHON.exists():
        make_environment()
    if STAMP.exists() and outdated(needed):
        install(wanted_extras(needed))
    os.environ[GUARD] = "1"
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), str(HOUSE / "manage.py"), *sys.argv[1:]])


def make_environment():
    import venv

    venv.create(VENV, with_pip=False)  # Debian has no ensurepip; pip from outside fills it
    STAMP.write_text("\n")


def outdated(needed):
    digest, _, extras = STAMP.read_text().partition("\n")
    return digest != current_digest() or not wanted_extras(needed) <= set(extras.split())


def wanted_extras(needed):
    if needed != TEST:
        return set()
    extras = {"dev", "postgres", "redis", "saml"} | ({"e2e"} if any(map(shutil.which, CHROMIUM)) else set())
    return extras | ({"ldap"} if Path("/usr/include/ldap.h").exists() and shutil.which("gcc") else set())


def current_digest():
    files = (HOUSE / "pyproject.toml", HOUSE / "constraints.txt")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def install(extras):
    """Fills .venv by the pip of the Python that runs this, or by that of the Python which made .venv."""
    print("Installing what the product needs into .venv (a minute or so) …", flush=True)
    extras = sorted(extras | set(STAMP.read_text().partition("\n")[2].split()))
    pip_owner = sys.executable if importlib.util.find_spec("pip") else getattr(sys, "_base_executable", "")
    target = str(HOUSE) + (f"[{','.join(extras)}]" if extras else "")
    order = [pip_owner, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check", "install"]
    order += ["-c", str(HOUSE / "constraints.txt"), "-e", target]
    pip = subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = []
    for line in pip.stdout:
        lines.append(line)
        if sys.stdout.isatty() and line.startswith(("Collecting ", "Installing ")):
            print(f"\r\033[K  {line.strip()[:70]}", end="", flush=True)
    if pip.wait():
        shown = "".join(lines[-20:])
        sys.exit(f"\n{shown}\nInstalling failed, see above. It needs pip 22.3 or newer and a package index.")
    STAMP.write_text(f"{current_digest()}\n{' '.join(extras)}\n")
    count = sum(len(line.split()) - 2 for line in lines if line.startswith("Successfully installed "))
    print(("\r\033[K" if sys.stdout.isatty() else "") + f"Installed {count} packages in .venv.", flush=True)


if __name__ == "__main__":
    main()
