"""manage.py refold: write anew by which words the directory finds people."""

from django.core.management.base import BaseCommand

from people.actions import folding
from people.models import User


class Command(BaseCommand):
    """A repair: whatever changes a person does this for them. Running it twice changes nothing more."""

    help = (
        "Writes anew by which words the directory finds people, for all of them; prints how many had changed."
    )

    def handle(self, **options):
        """All people, a thousand at a time, so that no table is locked for long."""
        changed, last = 0, 0
        while batch := list(User.objects.filter(pk__gt=last).order_by("pk")[:1000]):
            changed += folding.refold(users=batch)
            last = batch[-1].pk
        self.stdout.write(f"{changed:,} changed.")
