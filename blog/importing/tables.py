"""Tables of imported HTML."""

from bs4 import Tag

from blog.importing import inline, texts

NOT_IN_CELLS = ["table", "ul", "ol", "dl", "pre", "blockquote", "a", "figure", "img", "iframe", "video", "audio", "hr",
                "h1", "h2", "h3", "h4", "h5", "h6", "details"]  # fmt: skip


def table(converter, node: Tag) -> list[dict]:
    """Rows of plain text; tables with joined cells, links or blocks in cells are kept as HTML."""
    spans = any(
        cell.get(name) not in (None, "1", "")
        for cell in node.find_all(["td", "th"])
        for name in ("colspan", "rowspan")
    )
    caption = node.find("caption")
    rows = [row.find_all(["td", "th"], recursive=False) for row in _rows(node)]
    rows = [row for row in rows if row]
    words = [*(cell for row in rows for cell in row), *([] if caption is None else [caption])]
    if not rows or spans or any(each.find(NOT_IN_CELLS) for each in words) or _strays(node, rows):
        return converter.keep(node, "table")
    width = max(map(len, rows))
    cells = [[_words(converter, cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    heads = all(cell.name == "th" for cell in rows[0])
    first_column = not heads and all(row[0].name == "th" for row in rows)
    value = {
        "data": cells,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": heads,
        "first_col_is_header": first_column,
        "table_header_choice": "row" if heads else "column" if first_column else "neither",
        "table_caption": _words(converter, caption) if caption is not None else "",
    }
    return [{"type": "table", "value": value}]


def _rows(node: Tag) -> list[Tag]:
    """Rows as shown: the foot is last wherever it stands."""
    rows = node.find_all("tr")
    return [row for row in rows if row.parent.name != "tfoot"] + [
        row for row in rows if row.parent.name == "tfoot"
    ]


def _strays(node: Tag, rows: list[list[Tag]]) -> bool:
    """Whether the table holds words outside its cells and caption."""
    known = sum(len(cell.get_text(strip=True)) for row in rows for cell in row)
    caption = node.find("caption")
    known += len(caption.get_text(strip=True)) if caption is not None else 0
    return len(node.get_text(strip=True)) != known


def _words(converter, node: Tag) -> str:
    return inline.to_text(texts.split(converter, node)[0], "\n")
