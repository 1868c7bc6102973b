"""What the conversation keeps of people, said to everybody (people.data_kinds), and what the clock forgets of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from feed.models import Attachment, Draft, Notification
from people import data_kinds, registries
from people.data_kinds import DataKind
from people.models import User


def prune_notifications(*, before: datetime) -> int:
    """Read or not: what nobody looked at for so long."""
    return Notification.objects.filter(updated_at__lt=before).delete()[0]


def prune_drafts(*, before: datetime) -> int:
    """Texts that were begun and never sent."""
    return Draft.objects.filter(updated_at__lt=before).delete()[0]


def attachments(*, user: User) -> list:
    """Pictures, videos and documents of the person's posts and comments, for their copy."""
    rows = Attachment.objects.filter(owner=user).order_by("created_at")
    return [(f"attachments/{row.pk}-{row.file.name.rsplit('/', 1)[-1]}", row.file) for row in rows]


def register() -> None:
    """Called when the app is ready."""
    registries.export_files.register("attachments", attachments)
    always = _("until you or a moderator remove it")
    for kind in (
        DataKind(
            "posts", _("Posts and comments"),
            _("What you write, with earlier wordings, pictures, files, mentions and tags."),
            _("Whoever may read the place: everybody, an audience, or a community’s members."), kept=always,
        ),
        DataKind(
            "reactions", _("Reactions, thanks and named votes"),
            _("What you reacted to and how, whom you thanked, what you chose in named polls."),
            _("Whoever may read the post."), kept=always,
        ),
        DataKind(
            "secret_votes", _("Secret votes"), _("That you voted, and never what."),
            _("Nobody."), kept=_("as long as the poll"),
        ),
        DataKind(
            "interests", _("What you follow, watch, mute and bookmark"),
            _("People, topics and blogs that you follow, conversations that you watch, your bookmarks."),
            _("Only you."), kept=_("until you change it"),
        ),
        DataKind(
            "notifications", _("Notifications"), _("What the bell told you."), _("Only you."),
            days="notification_days", prune=prune_notifications,
        ),
        DataKind(
            "drafts", _("Drafts"), _("What you began to write and did not send."), _("Only you."),
            days="draft_days", prune=prune_drafts,
        ),
        DataKind(
            "communities", _("Communities"), _("Which communities you are in, and since when."),
            _("Everybody, for closed communities their members."), kept=_("until you leave the community"),
        ),
        DataKind(
            "moderation", _("Reports and moderation"),
            _("What you reported, and what moderators did with your words and why."),
            _("Moderators who may read the place. Whom you report does not learn your name."),
            kept=_("as long as the post or comment"),
        ),
    ):  # fmt: skip
        data_kinds.register(kind)
