"""The second pass: items become rows, in batches that are each one transaction and say how far they got."""

import logging
import time
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, reset_queries, transaction
from django.utils import timezone, translation
from wagtail.embeds.finders import get_finders

from blog.importing import articles, judging, notes, plan, records, wxr
from blog.importing.html import FAULTS
from blog.importing.media import Media
from blog.importing.persons import Persons
from blog.importing.tagging import Tags
from blog.models import BlogPage, ImportRun

BATCH_ITEMS = 10
BATCH_COMMENTS = 200
BEAT_SECONDS = 5

logger = logging.getLogger(__name__)


class Interrupted(Exception):
    """Somebody stopped the import, or another process took it over."""


def embeddable(url: str) -> bool:
    """Whether an embed finder of this house takes the address; asks nobody."""
    return any(finder.accept(url) for finder in get_finders())


class Work:
    """What the writers of single things share during one pass."""

    def __init__(self, run: ImportRun, the_plan: plan.Plan, blog_page: BlogPage, *, private_hosts: bool):
        self.run = run
        self.plan = the_plan
        self.blog_page = blog_page
        self.embeddable = embeddable
        self.noted: dict = {}
        self.private_hosts = private_hosts
        self.beaten = time.monotonic()
        self.forget()

    def note(self, kind: str, detail: str) -> None:
        """Count something for the report; kept when the batch is."""
        key = (kind, detail[:200])
        self.noted[key] = self.noted.get(key, 0) + 1

    def beat(self) -> None:
        """Show that somebody is at it, every few seconds; raises Interrupted when told to stop."""
        if time.monotonic() - self.beaten < BEAT_SECONDS:
            return
        self.beaten = time.monotonic()
        mine = ImportRun.objects.filter(pk=self.run.pk, state=ImportRun.State.RUNNING)
        if not mine.update(active_at=timezone.now()):
            raise Interrupted

    def fail(self, item: records.Item, error: Exception) -> None:
        """Name an article that could not be written; what was remembered of it is forgotten with it."""
        logger.error("line %s of the export could not be imported", item.line, exc_info=error)
        noted = self.noted
        self.forget()
        self.noted = noted
        self.note("failed", f"{item.line}: {item.title}")

    def forget(self) -> None:
        """Drop what was remembered: after a batch that was rolled back, its people and tags do not exist."""
        self.noted = {}
        self.persons = Persons(self.run, self.plan)
        self.tags = Tags(self.run, self.plan)
        self.media = Media(
            self.run, self.plan, self.blog_page.blog.collection, self.note, self.beat, self.private_hosts
        )


def write(file, work: Work, *, now: datetime) -> None:
    """Write what `run.position` says is not written yet. Raises Interrupted between batches when told to stop."""
    run = work.run
    batch: list[records.Item] = []
    number = 0
    with translation.override(run.language):
        for record in wxr.read(file):
            if not isinstance(record, records.Item):
                continue
            number += 1
            if number <= run.position:
                continue
            batch.append(record)
            if len(batch) >= BATCH_ITEMS or sum(len(item.comments) for item in batch) >= BATCH_COMMENTS:
                _commit(batch, work, now)
                batch = []
        _commit(batch, work, now)


def _commit(batch: list[records.Item], work: Work, now: datetime) -> None:
    if not batch:
        return
    run = work.run
    try:
        prepared = _prepare(batch, work, now)
        with transaction.atomic():
            work.blog_page = BlogPage.objects.select_related("blog__collection", "locale").get(
                pk=work.blog_page.pk
            )
            for each in prepared:
                _write(each, work)
            merged = notes.merge(run.notes, work.noted)
            mine = ImportRun.objects.filter(pk=run.pk, position=run.position, state=ImportRun.State.RUNNING)
            if not mine.update(position=run.position + len(batch), notes=merged, active_at=timezone.now()):
                raise Interrupted
    except Exception:
        work.forget()
        raise
    run.position += len(batch)
    run.notes = merged
    work.noted = {}
    reset_queries()  # with DEBUG, Django keeps the last 9,000 statements, texts included


def _write(prepared: articles.Prepared, work: Work) -> None:
    """One article in a savepoint: what cannot be written is named in the report and holds up nothing else."""
    try:
        with transaction.atomic():
            articles.write(prepared=prepared, work=work)
    except (DataError, IntegrityError, ValidationError) as error:
        work.fail(prepared.item, error)


def _prepare(batch: list[records.Item], work: Work, now: datetime) -> list[articles.Prepared]:
    """What takes long is done outside of the transaction: nobody else's writing waits for it."""
    prepared = []
    for item in batch:
        verdict = judging.item(item, now=now, schedule_future=work.run.schedule_future)
        if item.type in judging.ARTICLES and not verdict.reason:
            try:
                prepared.append(articles.prepare(item=item, verdict=verdict, work=work, now=now))
            except FAULTS as error:
                work.fail(item, error)
            work.beat()
    return prepared
