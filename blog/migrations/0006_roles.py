"""What Communications and moderators may do in the admin, and the review that staff blogs pass. Idempotent."""

from django.conf import settings
from django.db import migrations
from django.utils import translation

ADMIN = ("wagtailadmin", "admin", "access_admin")
COMMUNICATIONS = [
    ADMIN,
    ("blog", "blog", "manage_blogs"),
    *(("people", model, f"{verb}_{model}") for model in ("audience", "department", "location") for verb in ("add", "change")),
    *(("people", "user", f"{verb}_user") for verb in ("add", "change", "view")),
    ("people", "brand", "change_brand"),
]
PAGES = ("add", "change", "publish", "lock", "unlock")
FILES = [(model, verb) for model in ("picture", "documentfile", "video") for verb in ("add", "change", "choose")]


def permission(apps, app, model, codename):
    """The row that Django makes after migrating, made earlier where needed."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
    )
    return found


def grant(apps, schema_editor):
    """Communications writes below both languages and puts files into the library; reading is asked elsewhere."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Communications")
    group.permissions.add(*(permission(apps, *one) for one in COMMUNICATIONS))
    on_page = apps.get_model("wagtailcore", "GroupPagePermission")
    for home in apps.get_model("wagtailcore", "Page").objects.filter(depth=2):
        for verb in PAGES:
            on_page.objects.get_or_create(
                group=group, page=home, permission=permission(apps, "wagtailcore", "page", f"{verb}_page")
            )
    root = apps.get_model("wagtailcore", "Collection").objects.get(path="0001")
    on_files = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for model, verb in FILES:
        on_files.objects.get_or_create(
            group=group, collection=root, permission=permission(apps, "people", model, f"{verb}_{model}")
        )


def add_review(apps, schema_editor):
    """One workflow with one task; blogs that need approval are attached to it by blog.actions.staffing."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="blog", model="reviewtask"
    )
    with translation.override(settings.LANGUAGE_CODE):
        name = translation.gettext("Review by Communications")
    task = apps.get_model("blog", "ReviewTask").objects.first()
    if task is None:
        task = apps.get_model("blog", "ReviewTask").objects.create(name=name, content_type=content_type)
    workflow, _ = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=name)
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(workflow=workflow, task_id=task.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0005_review_task"),
        ("people", "0003_choose_video"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(add_review, migrations.RunPython.noop),
    ]
