"""The demo's own database and files, and the processes that serve it: web, worker and clock, ended together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

MANAGE = settings.BASE_DIR / "manage.py"
DATABASE = settings.VAR_DIR / "demo.sqlite3"
MEDIA = settings.VAR_DIR / "demo-media"
MAIL = settings.VAR_DIR / "demo-mail"
GUARD = "FLURFUNK_DEMO"  # set in the second start
PATIENCE = 10  # seconds that a process has to end


def use_own_database(port):
    """Start again with the demo's own database, files and mail folder where the environment names none."""
    if os.environ.get(GUARD):
        return
    settings.VAR_DIR.mkdir(exist_ok=True)
    os.environ[GUARD] = "1"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{DATABASE}")
    os.environ.setdefault("MEDIA_ROOT", str(MEDIA))
    os.environ.setdefault("EMAIL_URL", f"filemail:///{MAIL}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, str(MANAGE), *sys.argv[1:]])  # noqa: S606


def remove_everything():
    """Delete the demo's database and files, nothing else. Raises CommandError for any other database."""
    if str(connection.settings_dict["NAME"]) != str(DATABASE):
        raise CommandError(f"--reset deletes {DATABASE.name} only, and this is another database.")
    connection.close()
    for suffix in ("", "-wal", "-shm", "-journal"):
        DATABASE.with_name(DATABASE.name + suffix).unlink(missing_ok=True)
    for folder in (MEDIA, MAIL):
        shutil.rmtree(folder, ignore_errors=True)


def prepare(say):
    """Migrate and collect the static files if something is to be done."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Setting up the database (half a minute) …")
        call_command("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG and not _static_is_current():
        say("Collecting style sheets and scripts …")
        call_command("collectstatic", interactive=False, verbosity=0)


def _static_is_current():
    """Whether no source is newer than what was collected."""
    manifest = settings.STATIC_ROOT and os.path.join(settings.STATIC_ROOT, "staticfiles.json")
    if not manifest or not os.path.exists(manifest):
        return False
    sources = [path for folder in settings.STATICFILES_DIRS for path in folder.rglob("*")]
    newest = max(path.stat().st_mtime for path in [*sources, settings.BASE_DIR / "constraints.txt"])
    return newest < os.path.getmtime(manifest)


def serve(port, say):
    """Run web, worker and clock until one of them ends or somebody ends this; raises CommandError in the first case."""
    _refuse_taken_port(port)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, signal.default_int_handler)  # also where a shell started this in the background
    children = {}
    try:
        for name, order in orders(port).items():
            children[name] = start(order, cwd=settings.BASE_DIR)
        say(f"Serving at http://127.0.0.1:{port}/ (end with Ctrl+C)")
        while True:
            time.sleep(0.5)
            for name, child in children.items():
                if child.poll() is not None:
                    raise CommandError(f"The {name} process ended with code {child.returncode}.")
    except KeyboardInterrupt:
        say("")
    finally:
        end(children.values())
        for number, handler in before.items():
            signal.signal(number, handler)


def start(order, **options):
    """Start one process, as head of a group: what it starts itself can be ended with it."""
    return subprocess.Popen(order, start_new_session=True, **options)  # noqa: S603


def web_order(port, workers=2):
    """Return the command line of the web server; pages have WEB_THREADS threads in each worker, streams none."""
    order = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asginl",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    order += ["--workers", str(workers), "--workers-kill-timeout", "3", "--log-level", "warning"]
    return [*order, "intranet.asgi:application"]


def orders(port):
    """Return the command line of each process by its name."""
    python, manage = sys.executable, str(MANAGE)
    return {
        "web": web_order(port),
        "worker": [python, manage, "worker", "--verbosity", "0"],
        "clock": [python, manage, "tick", "--every", "60"],
    }


def _refuse_taken_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Choose another: python3 manage.py demo --port 8001"
            ) from error


def end(children):
    """Ask all to end, then insist."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # a killed server would leave its workers at the port
            child.wait()
