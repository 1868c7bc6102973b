"""Repairs every counter from the rows it counts."""

from django.core.management.base import BaseCommand

from feed.actions import counting
from feed.models import Post


class Command(BaseCommand):
    """Comments, answers, reactions, support and last activity; says how many rows were wrong."""

    help = "Count comments, answers and reactions anew; says how many counters were wrong."

    def handle(self, *args, **options):
        """Safe at any time: each batch of posts is locked while it is counted."""
        wrong = counting.recount(posts=Post.objects.all())
        self.stdout.write(f"{wrong} rows had wrong counters and are right now.")
