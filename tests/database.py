"""Test databases: migrated once for each state of the migrations, then copied for each process.

All 230 migrations take 20 seconds of computing, a copy a fraction of one. On SQLite both are files, on PostgreSQL
databases (CREATE DATABASE … TEMPLATE). Copies carry the process id in their name: several runs may go on
at once, and what a killed run left is removed by the next one.
"""

import fcntl
import hashlib
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections

FOLDER = Path(settings.BASE_DIR) / ".test"
SIDE_FILES = ("", "-wal", "-shm", "-journal")


def digest():
    """Changes when a migration, an installed app or a pinned version does."""
    found = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            found.update(f"{config.name}/{file.name}".encode() + file.read_bytes())
    return found.hexdigest()[:12]


class Files:
    """SQLite: a template file and a copy for this process."""

    def __init__(self, key):
        self.template = FOLDER / f"template-{key}.sqlite3"
        self.copy = FOLDER / f"run-{os.getpid()}.sqlite3"

    def exists(self):
        return self.template.exists()

    def build(self):
        half_done = FOLDER / f"building-{os.getpid()}.sqlite3"
        self.remove(half_done)
        use(str(half_done))
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # all into the one file that is copied
        connections.close_all()
        half_done.rename(self.template)

    def refill(self):
        self.remove(self.copy)
        shutil.copyfile(self.template, self.copy)
        use(str(self.copy))

    def drop(self):
        connections.close_all()
        self.remove(self.copy)

    def clear_leftovers(self):
        for file in FOLDER.glob("*-*.sqlite3"):
            kind, _, rest = file.stem.partition("-")
            if file != self.template and (kind == "template" or not alive(rest)):
                self.remove(file)

    @staticmethod
    def remove(file):
        for ending in SIDE_FILES:
            file.with_name(file.name + ending).unlink(missing_ok=True)


class Databases:
    """PostgreSQL: a template database and a copy for this process."""

    def __init__(self, key):
        self.template = f"flurfunk_test_template_{key}"
        self.copy = f"flurfunk_test_run_{os.getpid()}"

    def exists(self):
        return self.template in self.names()

    def build(self):
        half_done = f"flurfunk_test_building_{os.getpid()}"
        self.run(f'DROP DATABASE IF EXISTS "{half_done}"', f'CREATE DATABASE "{half_done}"')
        use(half_done)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        self.run(f'ALTER DATABASE "{half_done}" RENAME TO "{self.template}"')

    def refill(self):
        self.drop()
        self.run(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.template}"')
        use(self.copy)

    def drop(self):
        connections.close_all()
        self.run(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def clear_leftovers(self):
        for name in self.names():
            if name != self.template and not alive(name.rpartition("_")[2]):
                self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def names(self):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'flurfunk\\_test\\_%'")
            return [name for (name,) in cursor.fetchall()]

    @staticmethod
    def run(*statements):
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def alive(process_id):
    """Whether a process with this number runs; what carries no number counts as gone."""
    if not re.fullmatch(r"\d{1,9}", process_id):
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def use(name):
    """Points Django's connections, also those of new threads, at the database `name`."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


@contextmanager
def alone():
    """One process at a time builds, copies and clears."""
    FOLDER.mkdir(exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare():
    """Returns this process's database, filled; call its `refill` inside `alone()` for a fresh start."""
    kind = Files if connection.vendor == "sqlite" else Databases
    database = kind(digest())
    with alone():
        if not database.exists():
            database.build()
        database.clear_leftovers()
        database.refill()
    return database
