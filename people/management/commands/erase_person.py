"""manage.py erase_person ADDRESS [--remove-content]: forget a person (A34)."""

from django.core.management.base import BaseCommand, CommandError

from people.actions import privacy
from people.models import User


class Command(BaseCommand):
    """Asks before it acts: an erasure cannot be undone."""

    help = "Erase a person. What they wrote stays under “former colleague” unless --remove-content is given."

    def add_arguments(self, parser):
        """Address, what happens to the texts, and --yes for scripts."""
        parser.add_argument("address", help="E-mail address or handle")
        parser.add_argument(
            "--remove-content", action="store_true", help="Also remove comments, posts and articles"
        )
        parser.add_argument("--yes", action="store_true", help="Do not ask")

    def handle(self, *, address, remove_content, yes, **options):
        """Erase, or say why not."""
        user = (
            User.objects.filter(email=address.casefold()).first()
            or User.objects.filter(handle=address).first()
        )
        if user is None:
            raise CommandError(f"Nobody has the address or handle {address}.")
        what = (
            "with everything they wrote"
            if remove_content
            else "keeping what they wrote under “former colleague”"
        )
        if (
            not yes
            and input(f"Erase {user.name} <{user.email}>, {what}? This cannot be undone. Type “erase”: ")
            != "erase"
        ):
            raise CommandError("Nothing was changed.")
        privacy.erase(user=user, keep_content=not remove_content)
        self.stdout.write("Erased.")
