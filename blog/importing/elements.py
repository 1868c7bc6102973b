"""Elements of a WXR file as records; local names count, because the namespace carries the version."""

import re
from collections.abc import Callable

from lxml import etree

from blog.importing import records
from blog.importing.dates import utc

NAMESPACE = re.compile(r"^https?://(?:www\.)?wordpress\.org/export/[\d.]+/(excerpt/)?$")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def record(element, line: Callable[[int], int]) -> records.Record | None:
    """The record of a child of <channel>, None for what is none. `line` answers the file's line for the parser's."""
    if not isinstance(element.tag, str):
        return None
    if element.tag == "item":
        return _item(element, line)
    if not _of_wordpress(element):
        return None
    match etree.QName(element).localname:
        case "author":
            return _author(fields(element))
        case "category":
            return _term(
                element,
                "category",
                "cat_name",
                "category_nicename",
                "category_parent",
                "category_description",
            )
        case "tag":
            return _term(element, "post_tag", "tag_name", "tag_slug", "tag_parent", "tag_description")
        case "term":
            return _term(element, "", "term_name", "term_slug", "term_parent", "term_description")
    return None


def _author(found: dict[str, str]) -> records.Author:
    names = ("id", "login", "email", "display_name", "first_name", "last_name", "description")
    return records.Author(**{name: found.get(f"author_{name}", "").strip() for name in names})


def _term(element, taxonomy: str, *names: str) -> records.Term:
    found = fields(element)
    name, slug, parent, description = (found.get(each, "").strip() for each in names)
    taxonomy = taxonomy or found.get("term_taxonomy", "").strip()
    return records.Term(taxonomy, slug, name or slug, parent, description, _meta(element, "termmeta"))


def _item(element, line: Callable[[int], int]) -> records.Item:
    found = fields(element)
    plain = {key: value.strip() for key, value in found.items()}
    local, gmt = plain.get("post_date", ""), plain.get("post_date_gmt", "")
    return records.Item(
        line=line(element.sourceline or 1),
        id=plain.get("post_id", ""),
        type=plain.get("post_type", "") or "post",
        status=plain.get("status", "") or "draft",
        title=plain.get("title", ""),
        link=plain.get("link", ""),
        guid=plain.get("guid", ""),
        creator=plain.get("creator", "") or plain.get("author", ""),
        date=utc(gmt, local, plain.get("pubDate", "")),
        modified=utc(plain.get("post_modified_gmt", ""), plain.get("post_modified", "")),
        content=found.get("content", ""),
        excerpt=plain.get("excerpt", ""),
        slug=plain.get("post_name", ""),
        parent=plain.get("post_parent", ""),
        password=plain.get("post_password", ""),
        sticky=plain.get("is_sticky", "") == "1",
        comment_status=plain.get("comment_status", ""),
        attachment_url=plain.get("attachment_url", ""),
        terms=_item_terms(element),
        meta=_meta(element, "postmeta"),
        comments=[_comment(child) for child in _children(element, "comment")],
    )


def _item_terms(element) -> list[records.Term]:
    """The item's terms, each once (WXR 1.0 writes every one twice)."""
    found: dict[tuple[str, str], records.Term] = {}
    for child in element.iterchildren("category"):
        domain, name = child.get("domain") or "category", _text(child).strip()
        taxonomy = "post_tag" if domain == "tag" else domain
        term = records.Term(taxonomy, child.get("nicename") or "", name)
        if name and ((taxonomy, name) not in found or term.slug):
            found[taxonomy, name] = term
    return list(found.values())


def _comment(element) -> records.Comment:
    found = fields(element)
    plain = {key.removeprefix("comment_"): value.strip() for key, value in found.items()}
    parent = plain.get("parent", "")
    return records.Comment(
        id=plain.get("id", ""),
        parent="" if parent == "0" else parent,
        author=plain.get("author", ""),
        email=plain.get("author_email", ""),
        url=plain.get("author_url", ""),
        date=utc(plain.get("date_gmt", ""), plain.get("date", "")),
        content=found.get("comment_content", ""),
        approved=plain.get("approved", ""),
        type=plain.get("type", "") or "comment",
        user_id=plain.get("user_id", "").strip("0 ") and plain["user_id"],
        meta=_meta(element, "commentmeta"),
    )


def fields(element) -> dict[str, str]:
    """First text of each child by local name; `content:encoded` is "content" and `excerpt:encoded` "excerpt"."""
    found: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name == "encoded":
            name = "content" if child.tag == CONTENT else "excerpt"
        if len(child) == 0 or name in ("title", "content", "excerpt", "comment_content"):
            found.setdefault(name, _text(child))
    return found


def _meta(element, name: str) -> list[tuple[str, str]]:
    pairs = (fields(child) for child in _children(element, name))
    return [(pair.get("meta_key", "").strip(), pair.get("meta_value", "")) for pair in pairs]


def _children(element, name: str):
    return (child for child in element.iterchildren(tag="{*}" + name) if _of_wordpress(child))


def _of_wordpress(element) -> bool:
    return bool(NAMESPACE.match(etree.QName(element).namespace or ""))


def _text(element) -> str:
    return element.text or "" if len(element) == 0 else "".join(element.itertext())
