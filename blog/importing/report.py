"""The table at the end: every thing of the file once, as imported, already there or left behind with its reason.

It is made by reading the file once more and asking the database, not by counting along, so it also proves what was
written; found = imported + already there + skipped holds for each row by construction and is checked.
"""

from collections import Counter
from datetime import datetime

from blog.importing import judging, plan, records, tagging, wxr
from blog.models import ImportedItem, ImportRun
from people.handles import tag_slug
from people.models import User

BATCH = 200
Kind = ImportedItem.Kind


class Table:
    """Counts by kind."""

    def __init__(self):
        self.rows: dict[str, dict] = {}

    def add(self, kind: str, outcome: str, reason: str = "", count: int = 1) -> None:
        """`outcome` is imported, present or skipped."""
        if not count:
            return
        row = self.rows.setdefault(
            kind, {"kind": kind, "found": 0, "imported": 0, "present": 0, "skipped": {}}
        )
        row["found"] += count
        if outcome == "skipped":
            row["skipped"][reason] = row["skipped"].get(reason, 0) + count
        else:
            row[outcome] += count

    def as_list(self) -> list[dict]:
        """Rows, known kinds first, the old site's technology last."""
        order = ["post", "page", "comment", "author", "commenter", "term", "attachment"]
        rows = sorted(
            self.rows.values(),
            key=lambda row: (order.index(row["kind"]) if row["kind"] in order else 99, row["kind"]),
        )
        for row in rows:
            row["skipped_sum"] = sum(row["skipped"].values())
            if row["found"] != row["imported"] + row["present"] + row["skipped_sum"]:
                raise AssertionError(f"the table does not add up for {row['kind']}")
        return rows


def make(file, run: ImportRun, the_plan: plan.Plan, *, now: datetime, written: bool) -> list[dict]:
    """Rows for the file of `run`. Before anything is `written` (dry run) "imported" says what would be."""
    table = Table()
    audit = _Audit(run, written)
    batch: list[records.Item] = []
    for record in wxr.read(file):
        if isinstance(record, records.Item):
            batch.append(record)
            if len(batch) >= BATCH:
                _items(table, audit, batch, now)
                batch = []
    _items(table, audit, batch, now)
    _people(table, audit, the_plan)
    _terms(table, audit, the_plan)
    _files(table, audit, the_plan, run)
    return table.as_list()


class _Audit:
    """Asks which things of the site are here."""

    def __init__(self, run: ImportRun, written: bool):
        self.run = run
        self.written = written

    def rows(self, kind: str, keys) -> dict[str, tuple]:
        """(run, created, reason) by key."""
        keys, found = list(keys), {}
        for start in range(0, len(keys), 500):
            rows = ImportedItem.objects.filter(
                site=self.run.site, kind=kind, key__in=keys[start : start + 500]
            )
            found.update({key: rest for key, *rest in rows.values_list("key", "run_id", "created", "reason")})
        return found

    def outcome(self, row, missing: str = "failed") -> tuple[str, str]:
        """Outcome and reason for a thing that should come along."""
        if row is None:
            return ("skipped", missing) if self.written else ("imported", "")
        run_id, created, reason = row
        if reason:
            return ("skipped", reason) if self.written else ("imported", "")
        return ("imported", "") if self.written and created and run_id == self.run.pk else ("present", "")


def _items(table: Table, audit: _Audit, items: list[records.Item], now: datetime) -> None:
    articles = audit.rows(Kind.ARTICLE, [item.key for item in items if item.type in judging.ARTICLES])
    comments = audit.rows(
        Kind.COMMENT, [plan.comment_key(item, index) for item in items for index in range(len(item.comments))]
    )
    for item in items:
        if item.type == "attachment":
            continue
        verdict = judging.item(item, now=now, schedule_future=audit.run.schedule_future)
        outcome = ("skipped", verdict.reason) if verdict.reason else audit.outcome(articles.get(item.key))
        table.add(item.type, *outcome)
        for index, comment in enumerate(item.comments):
            reason = judging.comment(comment).reason or ("item" if outcome[0] == "skipped" else "")
            table.add(
                "comment",
                *(
                    ("skipped", reason)
                    if reason
                    else audit.outcome(comments.get(plan.comment_key(item, index)))
                ),
            )


def _people(table: Table, audit: _Audit, the_plan: plan.Plan) -> None:
    logins = set(the_plan.authors) | set(the_plan.creators)
    emails = {
        login: the_plan.authors[login].email.casefold() for login in logins if login in the_plan.authors
    }
    known = _known([*emails.values(), *the_plan.commenters.values()])
    rows = audit.rows(Kind.PERSON, [f"author:{login}" for login in logins])
    for login in logins:
        if login not in the_plan.creators and f"author:{login}" not in rows:
            table.add("author", "skipped", "unused")
        else:
            table.add("author", *_person(audit, rows.get(f"author:{login}"), emails.get(login), known))
    rows = audit.rows(Kind.PERSON, [f"commenter:{key}" for key in the_plan.commenters])
    known |= {emails[login] for login in the_plan.creators if login in emails}
    for key, email in the_plan.commenters.items():
        table.add("commenter", *_person(audit, rows.get(f"commenter:{key}"), email, known))


def _person(audit: _Audit, row, email: str | None, known: set[str]) -> tuple[str, str]:
    if row is None and not audit.written and email and email in known:
        return "present", ""
    return audit.outcome(row)


def _known(emails: list[str]) -> set[str]:
    wanted, found = [email for email in emails if email], set()
    for start in range(0, len(wanted), 500):
        found.update(
            User.objects.filter(email__in=wanted[start : start + 500]).values_list("email", flat=True)
        )
    return found


def _terms(table: Table, audit: _Audit, the_plan: plan.Plan) -> None:
    table.add("term", "skipped", "twice", the_plan.doubled_terms)
    rows = audit.rows(Kind.TAG, the_plan.terms)
    known = set() if audit.written else set(tagging.by_slug())
    for key, term in the_plan.terms.items():
        reason = judging.term(term).reason or ("" if key in the_plan.used_terms or key in rows else "unused")
        name = tag_slug(tagging.tag_name(term.name) or "tag")
        if not reason and not audit.written and key not in rows and name in known:
            table.add("term", "present")
        else:
            table.add("term", *(("skipped", reason) if reason else audit.outcome(rows.get(key))))
            known |= set() if reason else {name}


def _files(table: Table, audit: _Audit, the_plan: plan.Plan, run: ImportRun) -> None:
    rows = audit.rows(Kind.FILE, {each.key for each in the_plan.attachments.values()})
    outcomes: Counter = Counter()
    for attachment in the_plan.attachments.values():
        row = rows.get(attachment.key)
        if row is not None and (audit.written or not row[2]):
            outcomes[audit.outcome(row)] += 1
        elif audit.written or not plan.is_used(attachment, the_plan.used_files):
            outcomes["skipped", "unused"] += 1
        elif not (run.media or run.hosts):
            outcomes["skipped", "no media"] += 1
        else:
            outcomes[audit.outcome(None, "missing")] += 1
    for (outcome, reason), count in outcomes.items():
        table.add("attachment", outcome, reason, count)
