"""What this package keeps of people, said to everybody (people.data_kinds), with what the clock forgets of it."""

from django.utils.translation import gettext_lazy as _

from people import data_kinds
from people.actions import data_requests, retention
from people.data_kinds import DataKind


def register() -> None:
    """Called when the app is ready."""
    for kind in (
        DataKind(
            "profile", _("Profile"),
            _("Name, handle, e-mail, role, department, place, manager, phone, languages, skills, photo and what you say"
              " about yourself."),
            _("Everybody who is signed in; for each field you can choose fewer where the company allows it."),
            kept=_("while you work here; name and what you wrote stay after that, unless you are erased"),
        ),
        DataKind(
            "identities", _("Sign-in"),
            _("Password as a hash, passkeys and second factors, and the number by which your directory knows you. No"
              " password of the directory."),
            _("Nobody. Administrators see that a sign-in is linked, not its secrets."), kept=_("while you work here"),
        ),
        DataKind(
            "sessions", _("Signed-in devices"),
            _("Network address, browser, time of the first and the last visit."), _("Only you."),
            days="session_days", prune=retention.prune_sessions,
        ),
        DataKind(
            "audit", _("Audit log"),
            _("Sign-ins, roles, audiences, moderation, delegation, copies, erasures and changes of settings: who, what,"
              " when."),
            _("Administrators. Each copy of the log is itself in the log."),
            days="audit_days", prune=retention.prune_audit,
        ),
        DataKind(
            "messages", _("Sent mails"), _("That a mail about something went to you. Not its text."),
            _("Administrators, when one could not be delivered."),
            days="message_days", prune=retention.prune_messages,
        ),
        DataKind(
            "copies", _("Copies of your data"), _("The file that you asked for."), _("Only you."),
            days="export_days", prune=data_requests.remove_expired,
        ),
        DataKind(
            "requests", _("Requests for erasure"), _("Who asked, who decided, when, and the reason of a refusal."),
            _("You and people administrators."), days="request_days", prune=retention.prune_requests,
        ),
        DataKind(
            "directories", _("Runs of directories"), _("What a directory changed about you."), _("Administrators."),
            days="sync_days", prune=retention.prune_syncs,
        ),
    ):  # fmt: skip
        data_kinds.register(kind)
