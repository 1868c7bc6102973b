"""`manage.py demo`: fills the invented company into its own database and serves it with worker and clock."""

import time

from django.core.management.base import BaseCommand

from intranet.demo import serving
from intranet.demo.loading import filling
from intranet.demo.loading.people import PASSWORD
from people.models import User

SIGN_INS = (
    ("Employee", "yusuf"),
    ("Executive", "henrike"),
    ("Executive's delegate", "olga"),
    ("Communications", "lena"),
    ("Moderator", "ines"),
    ("Administrator", "nils"),
)


class Command(BaseCommand):
    """Try the product: one command, no environment, no questions."""

    help = "Fills a believable company into a database of its own and serves it; ends everything with Ctrl+C."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="Start over: delete the demo's database and files."
        )
        parser.add_argument("--port", type=int, default=8000, help="Port on 127.0.0.1 (8000).")
        parser.add_argument("--no-serve", action="store_true", help="Fill only.")

    def handle(self, *, reset, port, no_serve, **options):
        serving.use_own_database(port)
        if reset:
            self.say("Starting over …")
            serving.remove_everything()
        began = time.monotonic()
        serving.prepare(self.say)
        if not filling.is_filled():
            people, articles = filling.fill(progress=self.progress)
            took = time.monotonic() - began
            self.say(f"{people} people and {articles} articles are there, after {took:.0f} seconds.")
        self.show_sign_ins(port)
        if not no_serve:
            serving.serve(port, self.say)

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()

    def progress(self, step, done, total):
        """One line per step; on a terminal it counts in place."""
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {step} {done}/{total}", ending="\n" if done == total else "")
        elif done == total:
            self.stdout.write(f"  {step} {total}")
        self.stdout.flush()

    def show_sign_ins(self, port):
        """The table of who may sign in as what; the password is the same for all 150."""
        emails = dict(
            User.objects.filter(handle__in=[key for _role, key in SIGN_INS]).values_list("handle", "email")
        )
        self.say(f"\nSign in at http://127.0.0.1:{port}/ with the password {PASSWORD}")
        for role, key in SIGN_INS:
            self.say(f"  {role:<22}{emails.get(key, '')}")
        self.say("The same password opens the account of everybody else in the company.\n")
