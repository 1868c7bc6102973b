"""Moves a WordPress blog in from its export file (Tools → Export → All content)."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from blog.importing import runs, words
from blog.importing.source import WxrError
from blog.models import ImportRun
from people.models import User


class Command(BaseCommand):
    """Reads the whole file first and refuses a broken one; what an interrupted call wrote is not written again."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", help="the export, WXR 1.0 to 1.2")
        parser.add_argument(
            "--media", default="", metavar="DIR", help="copy of wp-content/uploads; pictures come from here"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read everything, change nothing, show the table"
        )
        parser.add_argument(
            "--blog", default="", metavar="SLUG", help="blog to write into; made when it does not exist"
        )
        parser.add_argument(
            "--language", choices=list(runs.LANGUAGES), default="", help="language of the articles"
        )
        parser.add_argument(
            "--allow-host",
            action="append",
            default=[],
            metavar="HOST",
            help="fetch missing pictures from this host",
        )
        parser.add_argument(
            "--schedule", action="store_true", help="schedule posts dated in the future; else they are drafts"
        )
        parser.add_argument("--as", default="", metavar="EMAIL", dest="user", help="whose import this is")

    def handle(self, *, file, media, dry_run, blog, language, allow_host, schedule, user, **options):
        if not os.path.isfile(file):
            raise CommandError(f"{file}: no such file")
        if media and not os.path.isdir(media):
            raise CommandError(f"{media}: no such folder")
        started_by = self._user(user)
        run = None if dry_run else runs.unfinished(file, blog)
        if run is not None:
            self.stdout.write(f"Going on where the import of {run.created_at:%Y-%m-%d %H:%M} stopped.")
        else:
            run = runs.start(
                path=file, started_by=started_by, media=media, blog_slug=blog, language=language, hosts=allow_host,
                schedule_future=schedule,
            )  # fmt: skip
            runs.check(run)
        if run.state == ImportRun.State.REFUSED:
            raise CommandError(f"{file}, line {run.error_line or 1}: {run.error} Nothing was changed.")
        if dry_run:
            self._report(run, "would be")
            run.delete()
            return
        try:
            runs.execute(run, private_hosts=True)
        except runs.Busy as error:
            raise CommandError("Another process is importing this file at the moment.") from error
        except (WxrError, OSError) as error:
            raise CommandError(f"{error} Call the command again to go on.") from error
        self._report(run, "is now")

    def _user(self, email):
        if not email:
            return User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(f"{email}: nobody has this address") from error

    def _report(self, run, verb):
        blog = run.blog_page.title if run.blog_page else run.blog_slug or run.site_title
        self.stdout.write(f"“{run.site_title}” {verb} in the blog “{blog}” ({run.language}).\n\n")
        with translation.override("en"):
            rows = [
                [words.kind(row["kind"]), row["found"], row["imported"], row["present"], row["skipped_sum"]]
                for row in run.table
            ]
            self._table([["", "found", "imported", "already there", "skipped"], *rows])
            for row in run.table:
                for reason, count in sorted(row["skipped"].items()):
                    self.stdout.write(
                        f"  {words.kind(row['kind'])}, skipped: {count} × {words.reason(reason)}"
                    )
            for group in run.notes:
                self.stdout.write(f"\n{words.note(group['kind'])}: {group['count']}")
                for detail, count in group["details"][:20]:
                    self.stdout.write(f"  {count} × {words.detail(group['kind'], detail)}")

    def _table(self, rows):
        rows = [[str(cell) for cell in row] for row in rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            cells = [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
            self.stdout.write("  ".join(cells))
        self.stdout.write("")
