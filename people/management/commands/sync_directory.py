"""Brings people in line with LDAP servers and Active Directory: joiners, changes, leavers, managers, groups."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from people.actions import syncing
from people.importing.report import OUTCOMES
from people.models import DirectorySource, SyncRun

MOST_LINES = 500


class Command(BaseCommand):
    """Reads a source whole, then writes. Twice changes nothing. Ends with an error when a run stopped or failed."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--source", default="", metavar="NAME", help="only this one; else all switched on"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, show line by line what would"
        )
        parser.add_argument(
            "--yes-many-leave",
            action="store_true",
            help="go on even if more people leave than the source allows",
        )
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="take over accounts that have the same e-mail address already, never an administrator's",
        )

    def handle(self, *, source, dry_run, yes_many_leave, adopt, **options):
        found = DirectorySource.objects.filter(is_active=True, kind=DirectorySource.Kind.LDAP)
        if source:
            found = found.filter(name=source)
        if not found:
            known = ", ".join(f"“{one}”" for one in DirectorySource.objects.filter(kind="ldap")) or "none"
            raise CommandError(f"No LDAP source is switched on under this name; known are: {known}.")
        bad = [one.name for one in found if not self._one(one, dry_run, yes_many_leave, adopt)]
        if bad:
            raise CommandError(f"Not synchronised: {', '.join(bad)}.")

    def _one(self, source, dry_run, many_may_leave, adopt):
        try:
            run = syncing.run(source=source, dry_run=dry_run, many_may_leave=many_may_leave, adopt=adopt)
        except syncing.Busy as error:
            raise CommandError(str(error)) from error
        self._show(source, run)
        return run.state == SyncRun.State.DONE

    def _show(self, source, run):
        self.stdout.write(f"{source.name}: {run.state}" + (f". {run.reason}" if run.reason else ""))
        if run.counts.get("sensitive"):
            self.stdout.write(f"Never read: {', '.join(run.counts['sensitive'])}")
        self.stdout.write("".join(f"{head:>15}" for head in ["", *OUTCOMES]))
        for kind, counts in run.counts.get("table", {}).items():
            self.stdout.write(
                "".join(f"{cell:>15}" for cell in [kind, *(counts.get(one, 0) for one in OUTCOMES)])
            )
        for change in run.changes[:MOST_LINES] if run.is_dry or run.state == "stopped" else ():
            fields = "; ".join(
                f"{name}: {before or '–'} → {after or '–'}"
                for name, (before, after) in change["fields"].items()
            )
            self.stdout.write(f"  {change['what']} {change['name']}" + (f" ({fields})" if fields else ""))
        for _line, kind, reason, detail in run.counts.get("notes", ())[:MOST_LINES]:
            self.stdout.write(f"  {kind} skipped: {gettext(reason)}" + (f" ({detail})" if detail else ""))
        if run.is_dry:
            self.stdout.write("This was a dry run: nothing was changed.")
