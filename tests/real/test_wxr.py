"""WordPress exports that nobody here wrote: what the file says is what arrives. Read from ../shared/data/wxr."""

import re
from collections import Counter
from pathlib import Path

import pytest

from blog.importing import html, records, runs, wxr
from blog.models import ArticlePage, ImportRun
from feed.models import Comment, Post
from tests.blog.importing import visible

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "wxr"
FILES = sorted(FOLDER.rglob("*.xml"))
VALUE = r"\s*(?:<!\[CDATA\[)?\s*([\w-]*)\s*(?:\]\]>)?\s*"

pytestmark = [
    pytest.mark.real,
    pytest.mark.django_db,
    pytest.mark.skipif(not FILES, reason=f"{FOLDER} is not here: real WordPress exports are not tried"),
]


def counted(path: Path) -> dict[str, Counter]:
    """Items by type and status, comments by type and approval: by looking at the text only, not by our reader."""
    text = path.read_text(encoding="utf-8")
    items = re.findall(r"<item>(.*?)</item>", text, re.DOTALL)
    found = {"type": Counter(), "state": Counter(), "comment": Counter()}
    for item in items:
        kind = re.search(rf"<wp:post_type>{VALUE}</wp:post_type>", item)[1]
        status = re.search(rf"<wp:status>{VALUE}</wp:status>", item)[1]
        password = re.search(r"<wp:post_password>\s*(?:<!\[CDATA\[)?\s*([^\s\]<]+)", item)
        found["type"][kind] += 1
        if kind in ("post", "page"):
            found["state"]["live" if status == "publish" and not password else "hidden"] += 1
        for comment in re.findall(r"<wp:comment>(.*?)</wp:comment>", item, re.DOTALL):
            kind = re.search(rf"<wp:comment_type>{VALUE}</wp:comment_type>", comment)
            approved = re.search(rf"<wp:comment_approved>{VALUE}</wp:comment_approved>", comment)[1]
            parent = re.search(rf"<wp:comment_parent>{VALUE}</wp:comment_parent>", comment)[1]
            kind = (kind and kind[1]) or "comment"
            found["comment"][kind if kind != "comment" else f"approved {approved}"] += 1
            found["comment"]["answers"] += kind == "comment" and parent not in ("", "0")
    found["terms"] = Counter(found=len(re.findall(r"<wp:(?:category|tag|term)>", text)))
    return found


def imported(path: Path) -> ImportRun:
    run = runs.check(runs.start(path=str(path)))
    assert run.state == ImportRun.State.CHECKED, run.error
    return runs.execute(run)


def rows(run):
    return {row["kind"]: row for row in run.table}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_counts_equal_the_file_and_twice_adds_nothing(path):
    expected = counted(path)
    foretold = runs.check(runs.start(path=str(path))).table
    run = imported(path)
    assert run.table == foretold
    table = rows(run)
    for kind, count in expected["type"].items():
        assert table[kind]["found"] == count
    for kind in ("post", "page"):
        assert table.get(kind, {}).get("imported", 0) == expected["type"][kind]
    assert ArticlePage.objects.filter(live=True).count() == expected["state"]["live"]
    assert ArticlePage.objects.filter(live=False).count() == expected["state"]["hidden"]
    shown = expected["comment"]["approved 1"]
    held = expected["comment"]["approved 0"]
    assert Comment.objects.filter(held_at=None).count() == shown
    assert Comment.objects.filter(held_at__isnull=False).count() == held
    comments = table.get("comment", {"skipped": {}})
    for kind in ("pingback", "trackback"):
        assert comments["skipped"].get(kind, 0) == expected["comment"][kind]
    assert Comment.objects.filter(reply_to__isnull=False).count() == expected["comment"]["answers"]
    assert table.get("term", {"found": 0})["found"] >= expected["terms"]["found"]
    again = imported(path)
    assert [row["found"] for row in again.table] == [row["found"] for row in run.table]
    assert all(row["imported"] == 0 for row in again.table)
    for row in run.table + again.table:
        assert row["found"] == row["imported"] + row["present"] + sum(row["skipped"].values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_visible_text_is_lost(path):
    with path.open("rb") as file:
        for item in (each for each in wxr.read(file) if isinstance(each, records.Item)):
            conversion = html.convert(item.content)
            buttons = [detail[8:] for kind, detail in conversion.notes if detail.startswith("button: ")]
            missing = Counter(visible.of_source(item.content)) - Counter(visible.of_blocks(conversion.blocks))
            assert not set(missing) - set("".join(buttons)), (item.title, missing)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent == FOLDER], ids=lambda path: path.name
)
def test_articles_of_the_large_files_can_be_read(path, client_for, django_user_model):
    imported(path)
    reader = django_user_model.objects.create_user("reader@example.com", handle="reader", locale="en")
    client = client_for(reader)
    for page in ArticlePage.objects.filter(live=True)[::3]:  # every third: each is the same code
        answer = client.get(page.url_path)
        assert answer.status_code == 200, page.url_path
    for page in ArticlePage.objects.filter(live=False):
        assert client.get(page.url_path).status_code == 404
    assert Post.objects.visible_to(reader).count() == ArticlePage.objects.filter(live=True).count()
