"""A WordPress export of 500 MB moves in within 300 MB of memory.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_import_memory.py

Takes about a quarter of an hour. IMPORT_MEGABYTES makes the file smaller.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.blog.importing import files

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = int(os.environ.get("IMPORT_MEGABYTES", "500"))
LIMIT_MB = 300
POST_BYTES = 100_000
COMMENTS = 4

SENTENCE = "The scale shows what is there, not what we would like it to show. "
WORDS = f'<p>{SENTENCE * 8}<strong>And</strong> <a href="https://old.example/post-7/">more</a>.</p>'
PARAGRAPH = f"<!-- wp:paragraph -->\n{WORDS}\n<!-- /wp:paragraph -->\n"
FIGURE = '<figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/a.jpg"/></figure>'
PICTURE = f'<!-- wp:image {{"id":1}} -->{FIGURE}<!-- /wp:image -->\n'


def write_export(path: Path) -> int:
    """A file of MEGABYTES; answers the number of posts."""
    content = (PARAGRAPH * 20 + PICTURE) * (POST_BYTES // (len(PARAGRAPH) * 20))
    number = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(files.HEAD)
        while file.tell() < MEGABYTES * 1_000_000:
            number += 1
            first = number * 10
            comments = "".join(files.comment(first + n, first if n else 0) for n in range(COMMENTS))
            file.write(files.item(number, content, comments=comments))
        file.write(files.TAIL)
    return number


def run(*arguments, environment) -> tuple[float, float, str]:
    """Seconds, peak memory in MB and output of a management command in a process of its own."""
    probe = (
        "import resource, runpy, sys; sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path('manage.py', run_name='__main__')\n"
        "finally: print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    began = time.monotonic()
    command = [sys.executable, "-c", probe, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    peak = int(done.stdout.rsplit("PEAK ", 1)[1]) / 1024
    return time.monotonic() - began, peak, done.stdout


@pytest.mark.benchmark
def test_large_export_moves_in_with_little_memory(tmp_path):
    export = tmp_path / "large.xml"
    posts = write_export(export)
    size = export.stat().st_size / 1e6
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/large.sqlite3", "MEDIA_ROOT": str(tmp_path / "media"),
        "LOG_LEVEL": "WARNING", "DJANGO_DEBUG": "", "SECRET_KEY": "x" * 50,
    }  # fmt: skip
    environment["DJANGO_SETTINGS_MODULE"] = "intranet.settings"
    run("migrate", environment=environment)
    for name, options in (("dry run", ["--dry-run"]), ("import", [])):
        seconds, peak, output = run("import_wordpress", export, *options, environment=environment)
        print(
            f"{name}: {size:.0f} MB, {posts} posts, {posts * COMMENTS} comments: {seconds:.0f} s, peak {peak:.0f} MB"
        )
        assert peak < LIMIT_MB
        assert str(posts) in output
