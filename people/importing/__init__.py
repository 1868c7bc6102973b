"""Moving people in from a directory: reads CSV and LDIF and says who is in it. No database.

The writing is `people.actions.importing`. A file that cannot be read whole is refused as BrokenFile before anything
is written; columns that the product does not know, or must not hold, are listed and never read further.
"""

from django.utils.translation import gettext as _


class BrokenFile(Exception):
    """The file cannot be read: `line` counts from 1, `reason` says why, in the reader's language."""

    def __init__(self, line: int, reason: str):
        super().__init__(_("line %(line)s: %(reason)s") % {"line": line, "reason": reason})
        self.line, self.reason = line, reason
