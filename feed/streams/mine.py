"""What is personal in a conversation, applied beside what everybody sees."""

from dataclasses import dataclass, field

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce

from feed.models import Bookmark, Draft, Post, Reaction, Watch
from people.prepared import Prepared


@dataclass
class Mine:
    """What is personal in a conversation: my reactions by comment id (None: the post), kept ids, watching, drafts."""

    reactions: dict = field(default_factory=dict)
    kept: set = field(default_factory=set)
    watch: str = ""
    drafts: dict = field(default_factory=dict)


def mine(user, post: Post, *, places: tuple[str, ...] = ()) -> Mine:
    """My stance on a post and its comments, what I keep, whether I watch, my drafts: one query."""
    one, two = (*places, "", "")[:2]
    found = Mine()
    for name, key, value in _rows(None, user=user.pk, post=post.pk, one=one, two=two):
        if name == "react":
            found.reactions[int(key) or None] = value
        elif name == "keep":
            found.kept.add(int(key) or None)
        elif name == "watch":
            found.watch = value
        else:
            found.drafts[key] = value
    return found


@Prepared
def _rows(*, user, post, one, two):
    text, of = CharField(), Cast(Coalesce("comment_id", 0), CharField())
    parts = (
        (Reaction.objects.filter(user=user, post=post), "react", of, "kind"),
        (Bookmark.objects.filter(user=user, post=post), "keep", of, Value("", output_field=text)),
        (Watch.objects.filter(user=user, post=post), "watch", Value("", output_field=text), "level"),
        (Draft.objects.filter(user=user, place__in=[one, two]), "draft", "place", "body"),
    )
    rows = [
        found.values_list(Value(name, output_field=text), Cast(key, text), Cast(value, text))
        for found, name, key, value in parts
    ]
    return rows[0].union(*rows[1:], all=True)
