"""What runs of directories say about a person: in their copy of data, and taken out when they are erased (A34)."""

from people import registries
from people.models import SyncRun


def changes(*, user):
    """Every change that a directory made, as long as its run is kept."""
    runs = SyncRun.objects.filter(is_dry=False).select_related("source").order_by("-started_at", "-pk")
    return [
        {"source": run.source.name, "at": run.started_at, **change}
        for run in runs.iterator(chunk_size=50)
        for change in run.changes
        if change["user"] == user.pk
    ]


def forget(*, user, keep_content):
    """Lines about the person go from the diffs, and every note that names them."""
    names = {name for name in (user.name, user.email) if name}
    for run in SyncRun.objects.iterator(chunk_size=50):
        kept = [change for change in run.changes if change["user"] != user.pk]
        notes = run.counts.get("notes", [])
        silent = [note for note in notes if not any(name in note[3] for name in names)]
        if len(kept) != len(run.changes) or len(silent) != len(notes):
            run.changes, run.counts = kept, run.counts | {"notes": silent}
            run.save(update_fields=["changes", "counts"])


def register():
    """Called when the app is ready."""
    registries.export.register("directories", changes)
    registries.erasure.register("directories", forget)
