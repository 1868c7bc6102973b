"""What became of everybody in a directory: a table whose rows add up, the reasons, and each change line by line."""

from collections import Counter
from dataclasses import dataclass, field

from people.mastered_fields import as_text

OUTCOMES = ("imported", "updated", "already there", "skipped")
KINDS = ("people", "managers", "photos", "groups", "other entries", "left", "back")
MOST_CHANGES = 5000


@dataclass
class Report:
    """What became of everything: `counts[kind][outcome]`; `notes` as (line, kind, reason, detail) for what was skipped.

    `changes` says what was, or in a dry run would be, done to whom: at most MOST_CHANGES, `changed` counts all.
    "left" counts people who are to leave, "back" who came back; both stand in the column "updated".
    """

    counts: dict[str, Counter] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    notes: list[tuple[int, str, str, str]] = field(default_factory=list)
    changes: list[dict] = field(default_factory=list)
    changed: int = 0

    def add(self, kind, outcome, line=0, reason="", detail=""):
        """Count one; what is skipped is noted with its line, reason (a message id) and detail."""
        self.counts[kind][outcome] += 1
        if outcome == "skipped":
            self.notes.append((line, kind, reason, detail))

    def change(self, what, user, fields=None, line=0):
        """One line of the diff: `what` happened to `user`; `fields` as {name: [before, after]}."""
        self.changed += 1
        if len(self.changes) < MOST_CHANGES:
            texts = {
                name: [as_text(before), as_text(after)] for name, (before, after) in (fields or {}).items()
            }
            self.changes.append(
                {"what": what, "user": user.pk, "name": user.name, "line": line, "fields": texts}
            )

    def found(self, kind):
        """How many of a kind the directory has: the sum of all outcomes."""
        return self.counts[kind].total()

    def as_dict(self):
        """Figures and reasons as SyncRun.counts keeps them."""
        counts = {kind: dict(counts) for kind, counts in self.counts.items() if counts.total()}
        return {"table": counts, "notes": self.notes[:MOST_CHANGES], "changed": self.changed}
