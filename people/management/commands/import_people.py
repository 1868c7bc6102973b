"""Moves people in from a personnel system or directory: CSV or LDIF, with managers and photos."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.actions import importing
from people.importing import BrokenFile, entries, rows
from people.importing.report import OUTCOMES

MOST_NOTES = 200


class Command(BaseCommand):
    """Reads the whole file first and refuses a broken one; then writes. Twice adds nothing."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", help=".csv or .ldif")
        parser.add_argument(
            "--dry-run", action="store_true", help="read everything, change nothing, show the table"
        )
        parser.add_argument(
            "--source", default="", metavar="NAME", help="name of the directory; people are found again by it"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            help="what a CSV column is; empty: leave out",
        )
        parser.add_argument("--map-file", default="", metavar="JSON", help="the same as a JSON object")
        parser.add_argument("--delimiter", default="", help="of the CSV file, when it is not recognised")
        parser.add_argument("--encoding", default="", help="of the CSV file, when it is not recognised")
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="take over accounts that have the same e-mail address already",
        )

    def handle(self, *, file, dry_run, source, adopt, **options):
        try:
            found = self._read(Path(file), source, options)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except BrokenFile as error:
            raise CommandError(f"{file}, {error}. Nothing was changed.") from error
        except ValueError as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        self._unread(found)
        report = importing.bring_in(found=found, dry_run=dry_run, adopt=adopt)
        self._table(report)
        if dry_run:
            self.stdout.write("\nThis was a dry run: nothing was changed.")

    def _read(self, path, source, options):
        data = path.read_bytes()
        if path.suffix.lower() in (".ldif", ".ldf"):
            return entries.read(data, issuer=source)
        chosen = self._map(options)
        return rows.read(
            data,
            chosen=chosen,
            issuer=source or "csv",
            delimiter=options["delimiter"],
            encoding=options["encoding"],
        )

    def _map(self, options):
        chosen = {}
        if options["map_file"]:
            loaded = json.loads(Path(options["map_file"]).read_text("utf-8"))
            if not isinstance(loaded, dict):
                raise ValueError("the map must be a JSON object of headings and fields")
            chosen |= {str(heading): str(name or "") for heading, name in loaded.items()}
        for pair in options["map"]:
            heading, equals, name = pair.rpartition("=")
            if not equals:
                raise ValueError(f"“{pair}”: write HEADING=FIELD")
            chosen[heading] = name
        return chosen

    def _unread(self, found):
        if found.sensitive:
            self.stdout.write(
                f"Never read, because an intranet must not know it: {', '.join(found.sensitive)}"
            )
        if found.unknown:
            self.stdout.write(f"Not read, because it has no place here: {', '.join(found.unknown)}")

    def _table(self, report):
        heads = ["", "found", *OUTCOMES]
        rows = [
            [kind, report.found(kind), *(counts[outcome] for outcome in OUTCOMES)]
            for kind, counts in report.counts.items()
            if report.found(kind)
        ]
        self.stdout.write("\n" + "".join(f"{head:>15}" for head in heads))
        for row in rows:
            self.stdout.write("".join(f"{cell:>15}" for cell in row))
        for line, kind, reason, detail in sorted(report.notes)[:MOST_NOTES]:
            self.stdout.write(f"  line {line}: {kind} skipped, {reason}" + (f" ({detail})" if detail else ""))
        if len(report.notes) > MOST_NOTES:
            self.stdout.write(f"  … and {len(report.notes) - MOST_NOTES} more")
