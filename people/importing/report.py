"""What became of everybody in a file: a table whose rows add up, and the reasons."""

from collections import Counter
from dataclasses import dataclass, field

OUTCOMES = ("imported", "updated", "already there", "skipped")


@dataclass
class Report:
    """What became of everything: `counts[kind][outcome]`, and `notes` as (line, kind, reason) for what was skipped."""

    counts: dict[str, Counter] = field(
        default_factory=lambda: {
            kind: Counter() for kind in ("people", "managers", "photos", "other entries")
        }
    )
    notes: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, kind, outcome, line=0, reason=""):
        """Count one; what is skipped is noted with its line and reason."""
        self.counts[kind][outcome] += 1
        if outcome == "skipped":
            self.notes.append((line, kind, reason))

    def found(self, kind):
        """How many of a kind the file has: the sum of all outcomes."""
        return self.counts[kind].total()
