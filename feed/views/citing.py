"""Paragraph comments: the quotation above a comment, the margin notes of an article, choosing a paragraph."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from feed import streams
from feed.actions import citing
from feed.actions.refusals import Refused
from feed.streams import margins


@require_GET
def cite(request, pk):
    """What the composer shows of the chosen paragraph. Without htmx the page with the composer."""
    post = streams.find_post(request.user, pk)
    page = version(post, request.GET.get("page", ""))
    anchor = request.GET.get("anchor", "")
    if page is None or not post.comments_open:
        raise Http404
    if not request.htmx:
        return redirect(f"{page.url}?{urlencode({'cite': anchor})}#comment-form")
    try:
        cited = citing.quote(page=page, anchor=anchor, words=request.GET.get("words", ""))
    except Refused as reason:
        raise Http404 from reason
    return render(request, "feed/_cite_slot.html", {"cited": cited, "ui_language": get_language()})


def version(post, pk):
    """The published language version with this id (a typed string), if it belongs to `post`."""
    return next((one for one in post.versions if str(one.pk) == pk and one.is_live), None)


def chosen(post, page, anchor):
    """The quotation of `?cite=`; None without one or when the paragraph is gone."""
    if page is None or not anchor:
        return None
    try:
        return citing.quote(page=page, anchor=anchor)
    except Refused:
        return None


def sent(post, data):
    """The quotation that a form of ours names, or None. Raises Refused when the paragraph is gone."""
    page = version(post, data.get("cited_page") or "")
    if page is None or not data.get("cited_anchor"):
        return None
    return citing.quote(page=page, anchor=data["cited_anchor"], words=data.get("cited_words") or "")


def dress(comments, post, known=None) -> None:
    """Give each comment that quotes something `cite`: its address, language, and whether the text changed since.

    `known`: {PostPage id: its paragraphs} that are loaded already; one query for each other version that is quoted.
    """
    found = dict(known or {})
    pages = {one.pk: one for one in getattr(post, "versions", ())}
    for comment in comments:
        if not comment.cited_text or comment.is_gone:
            continue
        page = pages.get(comment.cited_page_id)
        if page is None or not page.is_live:
            comment.cite = {"url": "", "language": "", "changed": False}
            continue
        if page.pk not in found:
            found[page.pk] = citing.paragraphs(page=page)
        at = citing.place(found=found[page.pk], anchor=comment.cited_anchor, text=comment.cited_text)
        url = f"{page.url}#{at}" if at else page.url
        comment.cite = {"url": url, "language": page.language, "changed": not at}


def margin(quoting, found) -> dict:
    """{anchor: note} of an article page whose paragraphs are `found`: number of comments, one to show, address.

    `quoting`: the comments that quote it (feed.streams.margins).
    """
    notes: dict[str, dict] = {}
    for comment in quoting:
        at = citing.place(found=found, anchor=comment.cited_anchor, text=comment.cited_text)
        if at:
            note = notes.setdefault(at, {"count": 0, "comment": comment})
            note["count"] += 1
    for note in notes.values():
        note["url"] = reverse("feed:comment", args=[note["comment"].pk])
    return notes


def beside(post, page, quoting, found) -> dict:
    """What the template of an article needs for its margin: notes, and where one comments on a paragraph."""
    url = f"{reverse('feed:cite', args=[post.pk])}?page={page.pk}" if post.comments_open else ""
    return {"readers_margin": True, "margin": margin(quoting, found), "cite_url": url}


def note_of(comment) -> dict | None:
    """The margin note that a new comment changes: `anchor` and `note`; None without a quotation."""
    post, page = comment.post, comment.cited_page
    if page is None or not comment.cited_anchor:
        return None
    found = citing.paragraphs(page=page)
    at = citing.place(found=found, anchor=comment.cited_anchor, text=comment.cited_text)
    return {"anchor": at, "note": margin(margins.cited(post, page), found).get(at)} if at else None
