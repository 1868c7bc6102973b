"""Writing comments and answers."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feed import streams, text
from feed.actions import attaching, commenting, drafting, mentioning
from feed.actions.questions import Ask
from feed.actions.refusals import Refused
from feed.forms import CommentForm
from feed.models.comment import MAX_CHARS
from feed.views import answering, citing, composing, conversation, refusals, showing
from people import ratelimit


@require_http_methods(["GET", "POST"])
def comments(request, pk):
    """GET: the next comments (feed.views.conversation). POST: a new comment, or an answer with ?reply_to=."""
    if request.method == "GET":
        return conversation.comments(request, pk)
    post = streams.find_post(request.user, pk)
    reply_to = _reply_to(request, post)
    made = commenting.find_sent(author=request.user, key=request.POST.get("key"))
    if made is not None and made.post_id == post.pk:
        return _sent(request, streams.find_comment(request.user, made.pk))
    place = drafting.place(post=post, reply_to=reply_to)
    form = CommentForm(request.POST, request.FILES, user=request.user, auto_id=composing.auto_id(place))
    try:
        commenting.refuse_if_closed(post=post, author=request.user)
        # pictures cost work each time they are read, so forms with some are always counted
        once = "" if request.FILES else request.POST.get("key", "")
        ratelimit.check(request.user, "comment", once=once)
        if form.is_valid():
            return _sent(request, _write(request.user, post, reply_to, form))
    except Refused as reason:
        form.add_error(None, str(reason))
    except mentioning.NeedsConfirmation as group:
        form.add_error("confirm_group", refusals.group_words(group.count))
    except ratelimit.TooMany as error:
        form.add_error(None, refusals.wait_words(error.retry_after))
        return _refused(request, post, reply_to, form, status=429, retry_after=error.retry_after)
    return _refused(request, post, reply_to, form)


def _reply_to(request, post):
    """The comment that is answered; 404 for one that the reader may not see. Deleted ones are told by the action."""
    pk = request.GET.get("reply_to", "")
    if not pk:
        return None
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Http404
    return streams.find_answered(post, int(pk))


def _write(user, post, reply_to, form):
    data, key = form.cleaned_data, form.cleaned_data["key"]
    body, confirmed, asked = data["body"], data["confirm_group"], data["question"]
    mentioning.check(source=body, by=user, audience_id=post.audience_id, confirmed=confirmed)
    for _picture in form.pictures:
        ratelimit.check(user, "upload")
    kept = [attaching.keep(owner=user, **picture) for picture in form.pictures]
    made = commenting.add(
        post=post, author=user, body=body, reply_to=reply_to, attachments=kept, key=key,
        ask=Ask(**asked) if asked is not None else None, cited=citing.sent(post, data),
        group_confirmed=confirmed,
    )  # fmt: skip
    return streams.find_comment(user, made.pk)


def _sent(request, comment):
    """201 with the new list item for htmx, otherwise on to where it stands."""
    held = _("Your comment is waiting for approval. Until then only you and those who approve see it.")
    if not request.htmx:
        message = held if comment.held_at else ""
        return answering.back_to(request, comment, message=message, level="info")
    comment.shown_replies, comment.replies_after, comment.more_replies = [], "", 0
    streams.load_pictures([comment])
    extra = {"margin": citing.note_of(comment)} if not comment.held_at else {}
    return answering.one_comment(request, comment, status=201, template="feed/_sent.html", **extra)


def _refused(request, post, reply_to, form, **answer):
    return answering.refused_form(request, composing.for_comment(request, post, reply_to, form), **answer)


@require_GET
def reply(request, pk):
    """The form for an answer: below the comment with htmx, otherwise on the page."""
    comment = streams.find_comment(request.user, pk)
    if not request.htmx:
        url = showing.page_url(request, comment.post)
        return redirect(f"{url}?at={comment.pk}&reply={comment.pk}#slot-{comment.pk}")
    place = drafting.place(post=comment.post, reply_to=comment)
    draft = streams.mine(request.user, comment.post, places=(place,)).drafts.get(place, "")
    composer = composing.for_comment(
        request, comment.post, comment, composing.empty_form(request.user, place, draft)
    )
    return render(request, "feed/_reply_form.html", {"c": composer})


@require_GET
def permalink(request, pk):
    """On to the page on which this comment stands, however long the conversation is."""
    return redirect(showing.comment_url(request, streams.find_comment(request.user, pk)))


@require_POST
def preview(request, pk):
    """How a comment will look. 422 with the reason when it is too long."""
    streams.find_post(request.user, pk)
    return preview_new(request)


@require_POST
def preview_new(request):
    """How a text will look that belongs nowhere yet. 422 with the reason when it is too long."""
    try:
        source = text.clean_source(request.POST.get("body", ""), max_chars=MAX_CHARS)
    except ValidationError as error:
        return HttpResponse("; ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    return render(request, "feed/_preview.html", {"body_html": text.render(source)})
