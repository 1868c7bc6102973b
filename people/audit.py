"""The audit log: who did what to whom, when, with what before and after (A38).

Rows are Wagtail's ModelLogEntry, so that what the admin logs by itself stands beside them. The application only
adds rows: no view edits or deletes one. The one exception is erasure, which takes a person's name and details out of
the rows about them (people.actions.privacy).
"""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import log, registry

LABELS = {
    "people.sign_in": _("Signed in"),
    "people.sign_in.failed": _("Sign-in refused"),
    "people.sign_in.linked": _("Linked to a directory’s sign-in"),
    "people.sign_in.unlinked": _("Sign-in by a directory removed"),
    "people.sign_out": _("Signed out"),
    "people.session.end": _("Ended sessions"),
    "people.password.change": _("Changed the password"),
    "people.password.reset": _("Reset the password"),
    "people.factor.add": _("Added a second factor or passkey"),
    "people.factor.remove": _("Removed a second factor or passkey"),
    "people.invitation.send": _("Invited"),
    "people.invitation.accept": _("Accepted the invitation"),
    "people.invitation.revoke": _("Took back the invitation"),
    "people.create": _("Created the account"),
    "people.edit": _("Changed the account"),
    "people.deactivate": _("Deactivated the account"),
    "people.reactivate": _("Activated the account again"),
    "people.ends_on": _("Set the last day"),
    "people.role.grant": _("Gave a role"),
    "people.role.revoke": _("Took a role away"),
    "people.role_grant.add": _("Gave a role to an audience"),
    "people.role_grant.remove": _("Took a role from an audience"),
    "people.audience.members": _("Changed who is in the audience"),
    "people.delegation.start": _("Named a delegate"),
    "people.delegation.end": _("Ended a delegation"),
    "people.handover": _("Handed over to a new owner"),
    "people.export": _("Asked for a copy of personal data"),
    "people.export.done": _("Made the copy of personal data"),
    "people.export.download": _("Downloaded the copy of personal data"),
    "people.directory.export": _("Exported the list of people"),
    "people.erasure": _("Asked for erasure"),
    "people.erasure.refuse": _("Refused the erasure"),
    "people.erasure.done": _("Erased"),
    "people.audit.export": _("Exported the audit log"),
    "people.photo.replace": _("Changed the photo"),
    "people.field_limits": _("Changed what people may show"),
    "people.scim.create": _("Created by SCIM"),
    "people.scim.update": _("Changed by SCIM"),
    "people.scim.deactivate": _("Deactivated by SCIM"),
    "people.scim.reactivate": _("Activated again by SCIM"),
    "people.scim.delete": _("Removed by SCIM"),
    "people.scim.refused": _("SCIM wished for this account’s address and was refused"),
    "people.scim.group": _("Group changed by SCIM"),
    "people.scim.token.create": _("Made a SCIM token"),
    "people.scim.token.revoke": _("Revoked a SCIM token"),
    "people.sync.run": _("Synchronised a directory"),
    "people.sync.stop": _("Stopped the synchronisation of a directory"),
    "people.source.edit": _("Changed a directory source"),
    "people.moderation": _("Moderated"),
}


def record(*, action, by, target, detail=None):
    """Write one row: `by` (None: the program) did `action` to `target`; `detail` holds old and new, never a secret.

    Raises ValidationError for an action without a label here.
    """
    return log(instance=target, action=action, user=by, data=detail or {})


@hooks.register("register_log_actions")
def register_labels(actions):
    """What each action is called in lists."""
    for action, label in LABELS.items():
        actions.register_action(action, label, label)


def groups():
    """Choices for a filter: beginnings of actions with what they are about."""
    return [
        ("people.sign_", _("Sign-ins")),
        ("people.role", _("Roles")),
        ("people.audience", _("Audiences")),
        ("people.delegation", _("Delegations")),
        ("people.export", _("Copies of personal data")),
        ("people.erasure", _("Erasures")),
        ("people.scim", _("SCIM")),
        ("people.sync", _("Directories")),
        ("people.", _("Everything about people")),
        ("wagtail.", _("Settings and files")),
        ("feed.", _("Topics and moderation")),
    ]


def label(action):
    """What `action` is called, by whoever registered it."""
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action
