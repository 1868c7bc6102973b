"""The files of the house, for tests that read the source."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("people", "feed", "blog", "intranet")


@functools.cache
def modules(*, migrations=False):
    """Paths of the product's Python modules, relative to the root."""
    found = (path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if migrations or "migrations" not in path.parts)


@functools.cache
def templates():
    """Paths of the product's HTML templates, relative to the root."""
    return sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))


@functools.cache
def text(path):
    """Content of a file given relative to the root."""
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path):
    """Syntax tree of a module, each node knowing its `parent`."""
    found = ast.parse(text(path))
    for node in ast.walk(found):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    return found


def lines_matching(paths, pattern):
    """["file:12: the line"] for each line in which the compiled `pattern` is found."""
    return [
        f"{path}:{number}: {line.strip()[:140]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def assert_none(offences):
    """Fails with every offence on a line of its own."""
    assert not offences, "\n" + "\n".join(offences)
