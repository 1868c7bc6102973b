"""Addresses of another site: which file they mean, and where its pages were."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from blog.importing import records

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
_UPLOADS = re.compile(r"^.*?/(?:wp-content/uploads(?:/sites/\d+)?|wp-content/blogs\.dir/\d+/files|files)/")


def parts(url: str):
    """The split address, or an empty one where it is malformed."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return urlsplit("")


def file_key(url: str) -> str:
    """The same for all sizes of a picture and both schemes: host and path without "-300x200"."""
    split = parts(url)
    return f"{split.netloc.casefold()}{_SIZE.sub('', split.path)}"[:500] if split.path else ""


def attachment_key(url: str) -> str:
    """Identity of one file of the old site: host and path as they are."""
    split = parts(url)
    return f"{split.netloc.casefold()}{split.path}"[:400] if split.path else ""


def upload_path(url: str) -> str:
    """Path below the uploads folder ("2014/05/team.jpg"); the whole path where there is no such folder in it."""
    path = unquote(parts(url).path)
    return _UPLOADS.sub("", path, count=1).lstrip("/")


def without_size(path: str) -> str:
    """The original's path for that of a smaller copy."""
    return _SIZE.sub("", path)


def old_paths(item: records.Item, site_url: str) -> list[str]:
    """Where readers have bookmarked an article: its permalink and the short form with its number, without host."""
    found = []
    for url in (item.link, item.guid):
        split = parts(url)
        if split.query and {"p", "page_id"} & parse_qs(split.query).keys():
            found.append(f"{split.path or '/'}?{split.query}")
        elif split.path.strip("/") and parts(site_url).netloc in ("", split.netloc):
            found.append(split.path)
    if item.id.isdigit():
        base = parts(site_url).path.rstrip("/")
        found.append(f"{base}/?{'page_id' if item.type == 'page' else 'p'}={item.id}")
    return list(dict.fromkeys(path for path in found if len(path) <= 255))
