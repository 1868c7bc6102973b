"""Communications may start the other language's version of a page."""

from django.db import migrations


def grant(apps, schema_editor):
    """Idempotent."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="simple_translation", model="simpletranslation"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    apps.get_model("auth", "Group").objects.get(name="Communications").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("blog", "0006_roles"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
