from django.db import migrations

from feed.models import search_match


def install(apps, editor):
    search_match.install_titles(editor)


def uninstall(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS search_entry_titles", params=None)


class Migration(migrations.Migration):
    dependencies = [("feed", "0007_search_entry")]

    operations = [migrations.RunPython(install, uninstall)]
