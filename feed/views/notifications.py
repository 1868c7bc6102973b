"""The bell: what concerns me, by day."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from feed import streams, text_links
from feed.actions import notifying
from feed.models import ModerationStep, Notification

# Of notes that blogs send: "verb|words of a person".
BLOG_VERBS = ("article", "request", "created", "declined", "approved", "returned")
# The same of polls and communities.
POLL_VERBS = ("closed", "outcome")
PLACE_VERBS = ("asks", "approved", "declined", "invited", "owner", "inherited", "removed", "ownerless")
QUESTION_VERBS = ("unread",)
# What leads to the words themselves, not to the conversation below them.
ABOUT_POST = ("blog", "mention", "kudos", "share", "poll")


@require_http_methods(["GET", "POST"])
def notifications(request):
    """The list, newest first. POST marks all as read."""
    if request.method == "POST":
        notifying.mark_read(user=request.user)
        answer = redirect("feed:notifications")
        answer.status_code = 303
        return answer
    after = request.GET.get("after", "")
    page = streams.notifications(request.user, after=after)
    days = []
    for row in page:
        _word(row)
        day = timezone.localtime(row.updated_at).date()
        if not days or days[-1]["day"] != day:
            days.append({"day": day, "rows": []})
        days[-1]["rows"].append(row)
    context = {
        "days": days,
        "page": page,
        "after": after,
        "section": "notifications",
        "ui_language": get_language(),
        "today": timezone.localdate(),
    }
    return render(request, "feed/notifications.html", context)


@require_http_methods(["GET", "POST"])
def notification(request, pk):
    """GET opens what it is about and marks it as read. POST only marks it."""
    row = streams.find_notification(request.user, pk)
    if row is None:
        raise Http404
    notifying.mark_read(user=request.user, pk=pk)
    if request.method == "POST":
        if request.htmx:
            row.read_at = timezone.now()
            _word(row)
            return render(request, "feed/_notification.html", {"row": row, "ui_language": get_language()})
        return redirect("feed:notifications")
    return redirect(_target(row))


def _word(row):
    """What the template needs to say it in the reader's language."""
    row.title = row.post.title_in(get_language()) if row.post else ""
    row.others = row.count - 1
    verb, _sep, reason = row.text.partition("|")
    known = {*ModerationStep.Verb.values, *BLOG_VERBS, *POLL_VERBS, *PLACE_VERBS, *QUESTION_VERBS}
    row.what = ""
    if row.cause == Notification.Cause.MODERATION and "-" in verb:  # of a community or profile text
        verb, _sep, row.what = verb.partition("-")
    row.verb, row.reason = (verb, reason) if verb in known else ("", row.text)
    row.name, row.reason = (row.reason, "") if row.verb in QUESTION_VERBS else ("", row.reason)
    row.excerpt = row.comment if row.comment and not row.comment.is_gone else None


def _target(row) -> str:
    """Where it leads: the comment, the conversation, or the address it carries."""
    if row.comment_id and row.comment.deleted_at is None:
        return reverse("feed:comment", args=[row.comment_id])
    if row.post:
        return (row.post.address_in(get_language()) or reverse("home")) + (
            "" if row.cause in ABOUT_POST else "#conversation"
        )
    if row.community and row.community.visible_to(row.user):
        return text_links.COMMUNITY.format(row.community.slug)
    return row.url or reverse("feed:notifications")
