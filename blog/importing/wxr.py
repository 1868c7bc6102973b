"""Reads a WordPress export (WXR 1.0 to 1.2) as a stream: memory is bounded by the largest single item.

Nothing outside the file is read: no entities, no DTD, no network. Limits of libxml2 apply (10 MB per text node,
depth 256), so that no file can exhaust the machine.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from blog.importing import elements, records
from blog.importing.source import WxrError, WxrSource

VERSIONS = ("1.0", "1.1", "1.2")
POSITION = re.compile(r", line \d+, column \d+$")


def read(file: BinaryIO) -> Iterator[records.Record]:
    """Yield the Site, then its authors, terms and items in the order of the file.

    Raises WxrError with line and reason where the file is not well-formed XML, is cut off, or is no WordPress export.
    """
    source = WxrSource(file)
    site = None
    for channel, children in _portions(source):
        if site is None:
            site = _site(channel)
            yield site
        for child in children:
            record = elements.record(child, source.line)
            if record is not None:
                yield record


def _portions(source: WxrSource):
    """Yield (channel, its new children) at the end of each item and of the file; used children are freed."""
    context = etree.iterparse(
        source, events=("start", "end"), tag=("{*}rss", "{*}item"),
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in context:
            if event == "start" and element.getparent() is None and element.getroottree().docinfo.doctype:
                raise WxrError(
                    source.line(1), _("The file declares a document type; WordPress exports have none.")
                )
            channel = element.getparent()
            if event == "end" and element.tag == "item" and channel is not None and channel.tag == "channel":
                done = [
                    *reversed([*element.itersiblings(preceding=True)]),
                    element,
                ]  # later ones may be half read
                yield channel, done
                for each in done:
                    channel.remove(each)
    except etree.XMLSyntaxError as error:
        first = next(iter(context.error_log), None)  # the exception itself may only say "no element found"
        line, reason = (first.line, first.message) if first else (error.lineno or 1, error.msg or str(error))
        reason = _("The XML is broken: %(reason)s") % {"reason": POSITION.sub("", reason)}
        raise WxrError(source.line(line), reason) from error
    channel = context.root.find("channel") if context.root is not None and context.root.tag == "rss" else None
    if channel is None:
        raise WxrError(source.line(1), _("This is not a WordPress export: there is no <rss><channel> in it."))
    yield channel, list(channel)


def _site(channel) -> records.Site:
    fields = elements.fields(channel)
    version = fields.get("wxr_version", "").strip()
    if version not in VERSIONS:
        unknown = _("WXR version %(version)s is not known; 1.0, 1.1 and 1.2 are.") % {"version": version[:20]}
        reason = unknown if version else _("This is not a WordPress export: it names no WXR version.")
        raise WxrError(channel.sourceline or 1, reason)
    url = fields.get("base_blog_url", "").strip() or fields.get("link", "").strip()
    return records.Site(
        title=fields.get("title", "").strip(),
        description=fields.get("description", "").strip(),
        language=fields.get("language", "").strip(),
        version=version,
        url=url.rstrip("/"),
        generator=fields.get("generator", "").strip(),
    )
