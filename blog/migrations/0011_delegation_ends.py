"""Delegations get a last day. Accounts are the people administrators' work: Communications changes none any more (A8)."""

from django.db import migrations, models


def move_accounts(apps, schema_editor):
    """A group for people administrators; no rights of Wagtail, their screens ask for the role itself."""
    groups = apps.get_model("auth", "Group").objects
    groups.get_or_create(name="People administrators")
    for group in groups.filter(name="Communications"):
        found = group.permissions.filter(
            content_type__app_label="people", codename__in=["add_user", "change_user", "view_user"]
        )
        group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [("blog", "0010_community_blog")]

    operations = [
        migrations.AddField(
            model_name="blogmember",
            name="ends_on",
            field=models.DateField(
                blank=True,
                help_text="Of a delegation. Empty: until it is ended.",
                null=True,
                verbose_name="last day",
            ),
        ),
        migrations.RunPython(move_accounts, migrations.RunPython.noop),
    ]
