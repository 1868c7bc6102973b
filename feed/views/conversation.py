"""The conversation below an article or a share: everything that `feed/_conversation.html` shows."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feed import streams
from feed.actions import drafting
from feed.models import Comment, Post
from feed.streams import margins
from feed.views import asking, citing, composing, showing


@dataclass
class Talk:
    """What the templates of one conversation read. `page_url` is where it is shown.

    `in_stream`: it is open inside of a card, without a head and a ledger that could be renewed.
    """

    post: Post
    page_url: str
    thread: streams.Thread
    composer: dict | None = None
    reply_composer: dict | None = None
    reply_to: Comment | None = None
    at: Comment | None = None
    is_later_page: bool = False
    in_stream: bool = False
    bar: dict = field(default_factory=dict)
    ledger: asking.Ledger = field(default_factory=asking.Ledger)

    @property
    def anchor(self) -> str:
        """The address of the conversation on its page."""
        return f"{self.page_url}#conversation"

    @property
    def sorts(self) -> list[dict]:
        """The three orders as links."""
        labels = {"newest": _("Newest"), "oldest": _("Oldest"), "support": _("Most supported")}
        current = self.thread.sort
        return [
            {"label": labels[key], "url": self.page_with(sort=key), "current": key == current}
            for key in streams.SORTS
        ]

    @property
    def next_url(self) -> str:
        """The page with the following roots, for readers without JavaScript."""
        return self.page_with(sort=self.thread.sort, after=self.thread.after)

    @property
    def next_fragment(self) -> str:
        """The following roots alone."""
        query = urlencode({"sort": self.thread.sort, "after": self.thread.after})
        return f"{reverse('feed:comments', args=[self.post.pk])}?{query}"

    @property
    def start_url(self) -> str:
        """The first page in the same order."""
        return self.page_with(sort=self.thread.sort)

    @property
    def closed_reason(self) -> str:
        """Why nobody can write here now; "" when they can."""
        if self.post.locked_at:
            return self.post.lock_reason
        if self.post.comments_closed:
            return self.post.comments_closed_reason or _("The time for comments here is over.")
        return ""

    def page_with(self, **query) -> str:
        """The page's address with these parameters, at the conversation."""
        return f"{self.page_url}?{urlencode(query)}#conversation"


def context(request, post, page_url: str = "", version=None, paragraphs=None) -> dict:
    """`talk` and what belongs to it for a post that the reader may see. Five queries; two more for `at` or `reply`.

    Reads from the address: `sort`, `after`, `at` (a comment to begin with), `reply` (whose reply form is open), `cite`
    (the anchor of a paragraph to comment on). `version`: the article page (PostPage) with its `paragraphs`.
    """
    ask = request.GET
    at = _shown_comment(request.user, post, ask.get("at")) if not ask.get("after") else None
    thread = streams.thread(request.user, post, sort=ask.get("sort", ""), after=ask.get("after", ""), at=at)
    reply_to = next(
        (one for one in thread.comments if str(one.pk) == ask.get("reply") and not one.is_gone), None
    )
    place = drafting.place(post=post)
    reply_place = drafting.place(post=post, reply_to=reply_to) if reply_to else ""
    mine = streams.mine(request.user, post, places=tuple(filter(None, (place, reply_place))))
    talk = Talk(post=post, page_url=page_url or request.path, thread=thread, at=at, reply_to=reply_to)
    talk.is_later_page = bool(ask.get("after"))
    if post.comments_open:
        form = composing.empty_form(request.user, place, mine.drafts.get(place, ""))
        talk.composer = composing.for_comment(request, post, None, form, talk.page_url)
        talk.composer["cited"] = citing.chosen(post, version, ask.get("cite"))
        if reply_to:
            form = composing.empty_form(request.user, reply_place, mine.drafts.get(reply_place, ""))
            talk.reply_composer = composing.for_comment(request, post, reply_to, form, talk.page_url)
    talk.bar = showing.post_bar(post, mine, request.user)
    showing.complete(thread.comments, post, mine, request.user)
    shown = {"talk": talk, "post": post, "ui_language": get_language()}
    asked, known = None, {}
    if version is not None:
        asked, quoting = margins.of_article(post, version, request.user)
        known = {version.pk: paragraphs}
        shown |= citing.beside(post, version, quoting, paragraphs)
    talk.ledger = asking.complete(thread.comments, post, request.user, asked)
    citing.dress(thread.comments, post, known)
    return shown


@require_GET
def comments(request, pk):
    """The next comments of a conversation as a fragment; without htmx the page that shows them."""
    post = streams.find_post(request.user, pk)
    if not request.htmx:
        return redirect(f"{showing.page_url(request, post)}?{request.GET.urlencode()}#conversation")
    thread = streams.thread(
        request.user, post, sort=request.GET.get("sort", ""), after=request.GET.get("after", "")
    )
    showing.complete(thread.comments, post, streams.mine(request.user, post), request.user)
    asking.complete(thread.comments, post, request.user)
    citing.dress(thread.comments, post)
    talk = Talk(post=post, page_url=showing.page_url(request, post), thread=thread)
    return render(
        request,
        "feed/_thread.html",
        {"talk": talk, "post": post, "ui_language": get_language(), "fresh": True},
    )


@require_GET
def replies(request, pk):
    """More replies below a comment; without htmx the page that begins with them."""
    root = streams.find_comment(request.user, pk)
    page = streams.replies(request.user, root, after=request.GET.get("after", ""))
    url = showing.page_url(request, root.post)
    if not request.htmx:
        first = page.items[0] if page.items else root
        return redirect(f"{url}?{urlencode({'at': first.pk})}#comment-{first.pk}")
    showing.complete(page.items, root.post, streams.mine(request.user, root.post), request.user)
    asking.complete(page.items, root.post, request.user)
    citing.dress(page.items, root.post)
    talk = Talk(post=root.post, page_url=url, thread=streams.Thread([], "", "newest"))
    root.shown_replies, root.replies_after = page.items, page.after
    context = {"talk": talk, "post": root.post, "root": root, "ui_language": get_language(), "fresh": True}
    return render(request, "feed/_replies.html", context)


def _shown_comment(user, post, pk):
    """The comment that the address begins with; None when it is not (or no longer) in this conversation."""
    if not (pk or "").isascii() or not (pk or "").isdigit() or len(pk) > 18:
        return None
    try:
        comment = streams.find_comment(user, int(pk))
    except Http404:
        return None
    return comment if comment.post_id == post.pk else None
