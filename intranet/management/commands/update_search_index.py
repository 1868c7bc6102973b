"""manage.py update_search_index: bring the search index in line with all texts, as after an update."""

from django.core.management.base import BaseCommand

from feed.actions import indexing


class Command(BaseCommand):
    """Batch by batch; may be ended and run again at any time, while people work."""

    help = "Index what is missing or out of date, batch by batch; run again, it goes on where it was ended."

    def add_arguments(self, parser):
        """How much."""
        parser.add_argument("--everything", action="store_true", help="write all rows anew")
        parser.add_argument("--check", action="store_true", help="only say how many texts are missing")

    def handle(self, *, everything, check, verbosity, **options):
        """Says how many texts were seen and how many rows written."""
        if check:
            self.stdout.write(f"{indexing.missing()} texts are missing in the search index.")
            return
        seen = written = 0
        for more, changed in indexing.rebuild(everything=everything):
            seen, written = seen + more, written + changed
            if verbosity > 1:
                self.stdout.write(f"{seen:,} texts seen, {written:,} rows written")
        self.stdout.write(f"{seen:,} texts, {written:,} rows written.")
