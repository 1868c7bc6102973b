"""Fills the demo from nothing to the last notification, step by step."""

from datetime import timedelta

from django.utils import timezone

from intranet.demo import older, posts
from intranet.demo.colleagues import everyone
from intranet.demo.loading import articles, blogs, communities, feed, pages, people, pictures, scenes
from people.models import Brand

COMPANY = "Rautenfeld"


def is_filled():
    """Whether a fill came to its end in this database; the company's name is written last."""
    return bool(Brand.load().company)


def last_sunday(now):
    """Return half past seven on the last Sunday, from which the texts' days are counted: "on Thursday" stays true."""
    local = timezone.localtime(now)
    sunday = local - timedelta(days=(local.weekday() + 1) % 7)
    morning = sunday.replace(hour=7, minute=30, second=0, microsecond=0)
    return morning if morning <= now else morning - timedelta(days=7)


def fill(*, progress, now=None):
    """Bring the whole company here. `progress(text, done, total)` is told of each step.

    Every step skips what exists: after an interruption the next call goes on, and a second call adds nothing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    anchor = last_sunday(now)
    users = people.load(today, lambda done, total: progress("Faces", done, total))
    progress("People", len(users), len(users))
    covers = pictures.load(users["lena"], lambda done, total: progress("Pictures", done, total))
    shelves = articles.Shelf(users, blogs.load(users), covers, now, anchor)
    pages.load(users["lena"])
    rows = sorted(articles.rows() + older.articles(everyone(today), today), key=lambda row: -row["days_ago"])
    for number, row in enumerate(rows, start=1):
        articles.load(row, shelves)
        progress("Articles and comments", number, len(rows))
    _talk(shelves, today, progress)
    scenes.play(shelves)
    progress("What waits for whom", 1, 1)
    brand = Brand.load()
    brand.company = COMPANY
    brand.save()
    return len(users), len(rows)


def _talk(shelves, today, progress):
    """Communities and what people say in them and everywhere else."""
    written = feed.rows()
    found = written + posts.compose(everyone(today), today, {row["body"].strip() for row in written})
    writers = {}
    for row in found:
        writers.setdefault(row.get("community"), set()).add(row["author"])
    places = communities.load(shelves, writers)
    progress("Communities", len(places), len(places))
    press = feed.Press(shelves, places, communities.values())
    feed.load(press, found, lambda done, total: progress("Posts", done, total))
    feed.play(press)
