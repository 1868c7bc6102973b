"""A person's data: the export for them, and erasure (A34). What upper packages hold comes through the registries."""

from pathlib import PurePath

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry, PageLogEntry, PageSubscription, ReferenceIndex
from wagtail.users.models import UserProfile

from people import audit, registries
from people.actions import faces, leaving
from people.models import FORMER_HANDLE, Audience, Department, DocumentFile, Picture, User, Video

PROFILE_FIELDS = (
    "email",
    "handle",
    "first_name",
    "last_name",
    "pronunciation",
    "pronouns",
    "job_title",
    "employment",
    "phone",
    "mobile",
    "room",
    "languages",
    "absent_from",
    "absent_until",
    "shown_to",
    "mastered",
    "about",
    "locale",
    "time_zone",
    "theme",
    "joined_on",
    "left_on",
    "created_at",
    "last_login",
)


def profile(*, user):
    """The directory row as the person sees it."""
    fields = {name: getattr(user, name) for name in PROFILE_FIELDS}
    places = {
        "department": user.department,
        "location": user.location,
        "manager": user.manager,
        "deputy": user.deputy,
    }
    identities = list(user.identities.values("issuer", "subject", "created_at", "scim_account__user_name"))
    audiences = list(user.audience_members.values_list("audience__name", flat=True))
    return (
        fields
        | {key: str(value or "") for key, value in places.items()}
        | {
            "identities": identities,
            "audiences": audiences,
            "roles": list(user.groups.values_list("name", flat=True)),
            "skills": list(user.skills.values_list("name", flat=True)),
        }
    )


@transaction.atomic
def erase(*, user, keep_content, by=None):
    """Erase a person. With `keep_content` what they wrote stays under "former colleague", otherwise it goes.

    The row stays as an anonymous, inactive author so that no page, thread or count breaks. `by` said yes (the second
    pair of eyes; None: a command on the server).
    """
    leaving.deactivate(user=user, by=by)
    user.refresh_from_db()
    faces.remove(user=user)
    registries.erasure.run(user=user, keep_content=keep_content)
    User.objects.filter(manager=user).update(manager=None)
    for name in (
        "first_name",
        "last_name",
        "pronunciation",
        "pronouns",
        "job_title",
        "employment",
        "phone",
        "mobile",
        "room",
        "about",
        "about_hidden_reason",
        "locale",
        "time_zone",
        "folded",
    ):
        setattr(user, name, "")
    for name in ("joined_on", "department", "location", "manager", "deputy", "absent_from", "absent_until"):
        setattr(user, name, None)
    user.languages, user.shown_to, user.mastered = [], {}, {}
    user.handle, user.email = f"{FORMER_HANDLE}{user.pk}", f"{FORMER_HANDLE}{user.pk}@invalid.invalid"
    user.last_login, user.shown_as_former = None, False
    user.save()
    forget_in_log(user=user)
    audit.record(action="people.erasure.done", by=by, target=user, detail={"keep_content": keep_content})
    return user


def forget_in_log(*, user):
    """The log keeps that something was done to somebody and by whom; name and details of the person go."""
    rows = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    rows.update(label=user.handle, data={})


def remove_identities(*, user):
    """External identities, keys, sign-in addresses and the admin's own rows about the person."""
    user.identities.all().delete()
    user.emailaddress_set.all().delete()
    UserProfile.objects.filter(user=user).delete()
    Audience.extra_members.through.objects.filter(user=user).delete()
    Department.objects.filter(lead=user).update(lead=None)


PEOPLE_KEYS = {
    "people.Audience.extra_members", "people.AudienceMember.user", "people.Department.lead", "people.Identity.user",
    "people.FeedKey.user", "people.User.manager", "account.EmailAddress.user", "usersessions.UserSession.user",
    "wagtailusers.UserProfile.user", "wagtailcore.APIToken.user",
}  # fmt: skip
# Rows about the admin's work: they name the anonymous row afterwards, and hold nothing the person wrote to others.
ADMIN_KEYS = {
    "people.Picture.uploaded_by_user", "people.DocumentFile.uploaded_by_user", "people.Video.uploaded_by",
    "wagtaildocs.Document.uploaded_by_user", "wagtailimages.Image.uploaded_by_user", "wagtailadmin.EditingSession.user",
    "wagtailadmin.FormState.user", "wagtailcore.ModelLogEntry.user", "wagtailcore.Revision.user",
    "wagtailcore.UploadedFile.uploaded_by_user", "wagtailcore.WorkflowState.requested_by",
    "wagtailcore.TaskState.finished_by", "wagtailcore.Page.locked_by", "wagtailcore.Page.owner",
    "wagtailcore.PageLogEntry.user", "wagtailcore.Comment.user", "wagtailcore.Comment.resolved_by",
    "wagtailcore.CommentReply.user", "wagtailcore.PageSubscription.user",
}  # fmt: skip


def sessions(*, user):
    """Devices that are or were signed in."""
    return list(user.usersession_set.values("ip", "user_agent", "created_at", "last_seen_at"))


def admin_work(*, user):
    """What the person did in the admin, as its log says."""
    from_pages = PageLogEntry.objects.filter(user=user).values("timestamp", "action", "label")
    from_models = ModelLogEntry.objects.filter(user=user).values("timestamp", "action", "label")
    files = Picture.objects.filter(uploaded_by_user=user).values("title", "created_at")
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).values("timestamp", "action", "data")
    return {
        "pages": list(from_pages),
        "other": list(from_models),
        "pictures": list(files),
        "what_the_audit_log_says_about_me": list(about),
    }


def files(*, user):
    """Photo, and pictures and documents that they uploaded, by the names they have in the copy."""
    found = [("photo.webp", user.photo)] if user.photo else []
    for folder, rows in (
        ("pictures", Picture.objects.filter(uploaded_by_user=user)),
        ("documents", DocumentFile.objects.filter(uploaded_by_user=user)),
        ("videos", Video.objects.filter(uploaded_by=user)),
    ):
        found += [(f"{folder}/{row.pk}{PurePath(row.file.name).suffix}", row.file) for row in rows]
    return found


def forget_admin_work(*, user, keep_content):
    """Editing sessions, half-saved forms and subscriptions go, with `keep_content` False also files that nothing uses
    any more; the log keeps saying that something was done. Runs after the packages whose texts used the files.
    """
    for name in ("EditingSession", "FormState"):
        apps.get_model("wagtailadmin", name).objects.filter(user=user).delete()
    PageSubscription.objects.filter(user=user).delete()
    if not keep_content:
        _remove_unused_files(user)


def _remove_unused_files(user):
    uploads = (
        Picture.objects.filter(uploaded_by_user=user),
        DocumentFile.objects.filter(uploaded_by_user=user),
        Video.objects.filter(uploaded_by=user),
    )
    for found in uploads:
        for row in found:
            if not ReferenceIndex.get_references_to(row).exists():
                row.delete()


def register():
    """Called when the app is ready; before the entries of upper packages."""
    registries.export.register("profile", profile, PEOPLE_KEYS)
    registries.export.register("sessions", sessions)
    registries.export_files.register("uploads", files)
    registries.export.register("admin", admin_work, ADMIN_KEYS)
    registries.erasure.register(
        "identities", lambda user, keep_content: remove_identities(user=user), PEOPLE_KEYS
    )
    registries.erasure.register("admin", forget_admin_work, ADMIN_KEYS)
