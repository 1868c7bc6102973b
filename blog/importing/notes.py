"""What did not become a block or row of its own, in the form the report shows and the database keeps."""

from collections.abc import Mapping

MOST = 200  # details shown per kind; the sum counts all


def merge(kept: list[dict], found: Mapping[tuple[str, str], int]) -> list[dict]:
    """`kept` plus `found` counts by (kind, detail): [{"kind", "count", "details": [[detail, count], …]}]."""
    groups = {
        group["kind"]: {**group, "details": [list(each) for each in group["details"]]} for group in kept
    }
    for (kind, detail), count in found.items():
        group = groups.setdefault(kind, {"kind": kind, "count": 0, "details": []})
        group["count"] += count
        for each in group["details"]:
            if each[0] == detail:
                each[1] += count
                break
        else:
            if len(group["details"]) < MOST:
                group["details"].append([detail, count])
    for group in groups.values():
        group["details"].sort(key=lambda each: (-each[1], each[0]))
    return list(groups.values())
