"""`manage.py bench`: what each screen costs, with a real server process and a real sign-in."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse

from feed.models import Post
from intranet.bench import counting_cpu, measuring, screens, serving
from intranet.bench.browsing import Browser
from people import ratelimit
from people.models import User

COLUMNS = ("server_ms", "database_ms", "queries", "alone_ms", "per_second", "p50_ms", "p99_ms")


class Command(BaseCommand):
    """Measure, print a table, write JSON; or compare two such files. Writes posts: for a database of its own."""

    help = "Measures each screen of the database in use (fill it with bench_data) and writes the figures as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, default=40, help="Requests one after the other (40).")
        parser.add_argument(
            "--seconds", type=float, default=3, help="Of eight connections for each screen (3)."
        )
        parser.add_argument("--only", default="", help="Screens whose name contains this.")
        parser.add_argument("--json", default="", help="Where to write the figures (var/bench.json).")
        parser.add_argument(
            "--compare", nargs=2, metavar=("BEFORE", "AFTER"), help="Two files instead of measuring."
        )

    def handle(self, *, compare, **options):
        if compare:
            self.compare(*(json.loads(Path(name).read_text()) for name in compare))
            return
        ratelimit.LIMITS.update(dict.fromkeys(ratelimit.LIMITS, (10**9, 60)))  # of counting queries in here
        settings.ROOT_URLCONF = "intranet.bench.urls"
        settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]
        found = {"database": connection.vendor, "people": User.objects.count(), "posts": Post.objects.count()}
        found["screens"] = self.measure(**options)
        target = Path(options["json"] or settings.VAR_DIR / "bench.json")
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(found, indent=1))
        self.stdout.write(f"Written to {target}")

    def measure(self, *, times, seconds, only, **options):
        """{screen: figures}; prints each as soon as it is known."""
        person, password, post = screens.prepare()
        self.line("screen", COLUMNS)
        found = {}
        with serving.running(DJANGO_SETTINGS_MODULE="intranet.bench.settings") as (address, process):
            browser = Browser(address)
            browser.sign_in(person.email, password)
            every = screens.all_of(person, post, browser.token(reverse("people:settings")))
            for name, act in every.items():
                if only not in name:
                    continue
                if name.startswith("bare"):
                    found[name] = self.bare(act, browser, person, times, seconds)
                else:
                    found[name] = self.one(act, browser, process.pid, person, times, seconds)
                self.line(name, [found[name][column] for column in COLUMNS])
            self.stdout.write(f"Memory of the server: {counting_cpu.memory_of_group(process.pid):.0f} MiB")
        return found

    def bare(self, act, browser, person, times, seconds):
        """In a server process of its own, without our middleware."""
        with serving.running(DJANGO_SETTINGS_MODULE="intranet.bench.bare_settings") as (address, process):
            own = Browser(address, browser.cookies)
            return self.one(act, own, process.pid, person, times, seconds)

    def one(self, act, browser, leader, person, times, seconds):
        """All figures of one screen. Raises CommandError when it answers with an error."""
        figures = measuring.cost(act, browser, leader, times)
        if figures["status"] >= 400:
            raise CommandError(f"The screen answered with {figures['status']}.")
        return figures | measuring.speed(act, browser, seconds) | {"queries": measuring.queries(act, person)}

    def compare(self, before, after):
        """Print each figure of both files, and by how much it changed."""
        for name, now in after["screens"].items():
            was = before["screens"].get(name)
            if was:
                self.line(name, [f"{was[one]:.1f}→{now[one]:.1f}" for one in COLUMNS], width=15)

    def line(self, name, values, width=12):
        """One row of the table."""
        cells = [f"{one:.1f}" if isinstance(one, float) else str(one) for one in values]
        self.stdout.write(f"{name:<24}" + "".join(f"{cell:>{width}}" for cell in cells))
        self.stdout.flush()
