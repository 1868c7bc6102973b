"""Worlds that many tests share are built once in each process; later tests get the same rows by bulk insert.

Building the company takes half a second of computing, bringing its rows back a hundredth. Works inside the test's
transaction, so that nothing is left behind.
"""

import copy

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT = {}  # name of the builder: (what it returned, {table: (columns, rows that came, ids that went)})


def build_once(build):
    """What `build()` returns, with its rows in the database: the first time by building, then from memory."""
    name = f"{build.__module__}.{build.__qualname__}"
    if name not in KEPT:
        before = tables()
        found = build()
        KEPT[name] = copy.deepcopy(found), _difference(before, tables())
        return found
    found, changes = KEPT[name]
    _replay(changes)
    return copy.deepcopy(found)


def tables():
    """{table: (columns, {primary key: row})} of all models; SQLite fills its search table (_fts) by triggers."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            options = model._meta
            if options.proxy or not options.managed or options.db_table.endswith("_fts"):
                continue
            columns = [field.column for field in options.local_concrete_fields]
            listed = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(options.db_table)}")  # noqa: S608 - names of models
            place = columns.index(options.pk.column)
            found[options.db_table] = (columns, place, {row[place]: row for row in cursor.fetchall()})
    return found


def _difference(before, after):
    """For each changed table the rows that are new or different, with the keys of those that went or changed."""
    changes = {}
    for table, (columns, place, rows) in after.items():
        old = before[table][2]
        came = [row for key, row in rows.items() if old.get(key) != row]
        gone = [key for key, row in old.items() if rows.get(key) != row]
        if came or gone:
            changes[table] = columns, columns[place], came, gone
    return changes


def _replay(changes):
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are looked at when all is there
        for table, (_columns, key, _came, gone) in changes.items():
            for value in gone:
                cursor.execute(f"DELETE FROM {quote(table)} WHERE {quote(key)} = %s", [value])  # noqa: S608
        for table, (columns, _key, came, _gone) in changes.items():
            if came:
                listed, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {quote(table)} ({listed}) VALUES ({marks})", came)  # noqa: S608
        # a database copied anew counts from one again (PostgreSQL; nothing to do on SQLite)
        models = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table in changes]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
