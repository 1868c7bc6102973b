"""Where upper packages say what happens when somebody leaves, asks for their data, or is erased.

They register in their `AppConfig.ready`; functions run in registered order inside the caller's transaction.
A test fails for a foreign key to User that no export and no erasure entry covers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Registry:
    """Named functions in order. `covers` names the foreign keys to User ("feed.Comment.author") an entry deals with."""

    entries: dict[str, Callable] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)

    def register(self, name, function, covers=()):
        """Add `function`; registering a name again replaces it, so that a reload is harmless."""
        self.entries[name] = function
        self.covered |= set(covers)

    def run(self, **arguments):
        """Call all in order; returns what each answered, by name."""
        return {name: function(**arguments) for name, function in self.entries.items()}


leaving = Registry()  # function(user=…): revoke, hold, stop (A12)
owned = (
    Registry()
)  # function(user=…) -> {label: number}: what somebody wrote or owns, listed before it changes
export_files = (
    Registry()
)  # function(user=…) -> [(name in the ZIP, file)]: pictures and documents of the person
export = Registry()  # function(user=…) -> list of dicts, one file in the person's ZIP
erasure = Registry()  # function(user=…, keep_content=…): remove or hand over (A34)
