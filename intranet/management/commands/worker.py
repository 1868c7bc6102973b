"""manage.py worker [--queue NAME]: run background tasks until told to end."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from people import jobs


class Command(BaseCommand):
    """Several may run; a task is claimed by one. SIGTERM ends it after the current task."""

    help = (
        "Run background tasks. Start one for all queues, or one each so that they do not wait for each other."
    )

    def add_arguments(self, parser):
        """Which queue."""
        parser.add_argument(
            "--queue", default="*", help="A queue's name: default, imports, mail. All, if not given."
        )

    def handle(self, *, queue, verbosity, **options):
        """First bring back what a crashed worker left behind, then work."""
        back = jobs.rescue()
        if back:
            self.stdout.write(f"{back} interrupted tasks are queued again.")
        call_command(
            "db_worker", queue_name=queue, worker_id=jobs.worker_id(), reload=False, verbosity=verbosity
        )
