"""Communications keeps the company's values. Idempotent."""

from django.db import migrations

CODENAMES = [f"{verb}_companyvalue" for verb in ("add", "change", "delete", "view")]


def grant(apps, schema_editor):
    """The rows that Django makes after migrating are made earlier where needed."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Communications")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="feed", model="companyvalue"
    )
    for codename in CODENAMES:
        found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
        )
        group.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0004_community_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
