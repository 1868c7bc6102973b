"""Mentions (A21): at most ten for each text, only readers are told, each of them once, also when the text changes.

Call these inside the transaction that wrote the text, with the post locked.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from feed import text
from feed.actions import naming, notifying
from feed.actions.refusals import Refused
from feed.models import Comment, Community, Mention, Notification, Post
from feed.models.mention import MAX_PER_TEXT
from people.models import User

Cause = Notification.Cause
AT_ONCE = 5000


class NeedsConfirmation(Exception):
    """A group is named: its writer shall see that `count` people will hear of it, and say yes. Nothing was changed."""

    def __init__(self, count: int):
        """Keep the number."""
        super().__init__(str(count))
        self.count = count


def check(*, source: str, by: User, audience_id: int | None = None, confirmed: bool = False) -> None:
    """Ask before saving a text for the readers in this audience (None: everybody).

    Raises Refused for more than ten names, or a group that `by` may not address, and NeedsConfirmation for a group
    as long as it is not `confirmed`.
    """
    if len(text.find_mentions(source)) > MAX_PER_TEXT:
        raise Refused(_("At most %(n)s mentions fit into one text.") % {"n": MAX_PER_TEXT})
    named = naming.resolve(source=source, by=by)
    if not named.has_group:
        return
    if not by.is_communications:
        raise Refused(
            _("Only communications may mention everybody or a whole group. Mention people instead.")
        )
    if not confirmed:
        reached = naming.reached(rows=_rows(named, None, None), audience_id=audience_id)
        raise NeedsConfirmation(reached.exclude(pk=by.pk).count())


def check_change(*, before: str, source: str, by: User) -> None:
    """The same for another wording: new names are judged, and a new group is refused because nobody is asked about it.

    Raises Refused.
    """
    known = text.find_mentions(before)
    new = [name for name in text.find_mentions(source) if name not in known]
    if not new:
        return
    try:
        check(source=" ".join(f"@{name}" for name in new), by=by)
        check(source=source, by=by, confirmed=True)
    except NeedsConfirmation as group:
        raise Refused(
            _("Mention a group in a new text, where you see how many people hear of it.")
        ) from group


def mention(*, post: Post, comment: Comment | None = None, by: User, quiet: bool = False) -> set[int]:
    """Write down whom a saved text names, make them links in its HTML, and tell the new ones; returns whom.

    Names that are no longer in the text go. `quiet`: nobody is told (now, or ever: an older text brought here).
    """
    at = comment or post
    if at.version == 1 and not ("@" in at.body or "#" in at.body):
        return set()
    named = naming.resolve(source=at.body, by=by)
    if not by.is_communications:
        named.drop_groups()
    before = {_target(row): row for row in naming.mentions_at(post=post, comment=comment)}
    wanted = {_target(row): row for row in _rows(named, post, comment)[:MAX_PER_TEXT]}
    gone = [row.pk for target, row in before.items() if target not in wanted]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    new = [row for target, row in wanted.items() if target not in before]
    Mention.objects.bulk_create(new)
    _write_html(at, post, list(wanted.values()))
    return set() if quiet else _tell(post, comment, new)


def tell(*, post: Post, comment: Comment | None = None) -> set[int]:
    """Tell all whom a text names and who were not told yet: when a held one is let through. Returns whom."""
    if "@" not in (comment or post).body:
        return set()
    return _tell(post, comment, naming.mentions_at(post=post, comment=comment))


def render_again(*, rows) -> int:
    """Write the HTML of texts with these mentions (a queryset) anew: a name changed or may no longer be shown."""
    places = list(rows.select_related("post", "comment"))
    for row in places:
        render_at(post=row.post, comment=row.comment)
    return len(places)


def render_at(*, post: Post, comment: Comment | None = None) -> None:
    """Write the HTML of one text anew, as its mentions are now."""
    _write_html(comment or post, post, naming.mentions_at(post=post, comment=comment))


def plain_html(*, body: str) -> str:
    """The HTML of a text without any link of ours: of an earlier wording."""
    return text.render(body)


def of_community(*, community: Community) -> int:
    """A community was renamed, closed or opened: texts that name it say what they may say now."""
    return render_again(rows=Mention.objects.filter(community=community))


def _rows(named, post, comment) -> list[Mention]:
    rows = [{"user": user} for user in named.users.values()]
    rows += [{"community": one} for one in named.communities.values()]
    rows += [{"audience": one} for one in named.audiences.values()]
    rows += [{"is_everyone": True}] if named.everyone else []
    return [Mention(post=post, comment=comment, **row) for row in rows]


def _target(row) -> tuple:
    return row.user_id, row.community_id, row.audience_id, row.is_everyone


def _write_html(at, post, rows):
    html = text.render(at.body, known=naming.links(post=post, source=at.body, rows=rows))
    if html != at.body_html:
        at.body_html = html
        type(at).objects.filter(pk=at.pk).update(body_html=html)


def _tell(post, comment, rows) -> set[int]:
    """People and small communities hear of it now; a task tells a whole group, so that nobody waits for it."""
    if not rows:
        return set()
    if naming.has_group(rows=rows):
        tell_group.enqueue(post_id=post.pk, comment_id=comment.pk if comment else None)
        return set()
    reached = naming.reached(rows=rows, audience_id=post.audience_id)
    return _tell_each(post, comment, set(reached.values_list("pk", flat=True)))


@task()
def tell_group(*, post_id: int, comment_id: int | None) -> None:
    """Tell everybody whom a text names now, as far as they may read it now. May run twice: nobody is told twice."""
    last = 0
    while last is not None:
        last = _tell_some(post_id, comment_id, last)


@transaction.atomic
def _tell_some(post_id, comment_id, last) -> int | None:
    """Those after the person `last`, under the post's lock; returns the last one of them, None when all are told."""
    post = Post.objects.select_for_update(no_key=True).filter(pk=post_id).first()
    comment = Comment.objects.filter(pk=comment_id, post=post_id).first() if comment_id else None
    if post is None or (comment_id and comment is None):
        return None
    rows = naming.mentions_at(post=post, comment=comment)
    reached = naming.reached(rows=rows, audience_id=post.audience_id).filter(pk__gt=last).order_by("pk")
    users = list(reached.values_list("pk", flat=True)[:AT_ONCE])
    _tell_each(post, comment, set(users))
    return users[-1] if users else None


def _tell_each(post, comment, users: set) -> set[int]:
    """One note for each person and event: whoever was told of this text already is not told again."""
    known = Notification.objects.filter(post=post, comment=comment, cause__in=(Cause.MENTION, Cause.REPLY))
    users = users - set(known.values_list("user_id", flat=True))
    by = comment.author if comment else post.author
    return notifying.tell(users=users, cause=Cause.MENTION, post=post, comment=comment, actor=by)
