"""Fills `User.folded` of people of before; on PostgreSQL lets pg_trgm find parts of words by an index."""

from django.db import DatabaseError, migrations

from people.folding import words

BATCH = 500
INDEX = "CREATE INDEX {concurrently} IF NOT EXISTS user_folded_trgm ON people_user USING gin (folded gin_trgm_ops)"


def fill(apps, schema_editor):
    """What everybody sees without a rule or choice: skills and field rules are as new as the column."""
    users = (
        apps.get_model("people", "User").objects.filter(folded="").select_related("department", "location")
    )
    last = 0
    while batch := list(users.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for user in batch:
            user.folded = words(user, ("phone",), ())
        users.model.objects.bulk_update(batch, ["folded"])
        last = batch[-1].pk


def index(apps, schema_editor):
    """Without the extension, or the right to add it, search reads through the people instead."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            if connection.in_atomic_block:
                raise
            return
        cursor.execute(INDEX.format(concurrently="" if connection.in_atomic_block else "CONCURRENTLY"))


def drop_index(apps, schema_editor):
    """The extension stays: others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS user_folded_trgm")


class Migration(migrations.Migration):
    atomic = False  # an index is made while people work

    dependencies = [("people", "0011_sync_options")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(index, drop_index),
    ]
