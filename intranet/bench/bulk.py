"""Many rows at once, past the model layer: COPY on PostgreSQL, one prepared statement on SQLite."""

from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max


def insert(model, columns, rows):
    """Insert `rows` (tuples in the order of `columns`, field names; "pk" first) and the defaults of all other fields.

    Values are given as Python has them; foreign keys by "…_id". Rows are read as a stream. Returns how many there were.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = [model._meta.pk.attname if name == "pk" else name for name in columns]
    rest = [field for name, field in fields.items() if name not in names]
    constant = tuple(_stored(field.get_db_prep_save(field.get_default(), connection)) for field in rest)
    order = [fields[name].column for name in names] + [field.column for field in rest]
    table = connection.ops.quote_name(model._meta.db_table)
    quoted = ", ".join(map(connection.ops.quote_name, order))
    full = ((*map(_stored, row), *constant) for row in rows)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({quoted}) FROM STDIN", full, model)
    marks = ", ".join(["%s"] * len(order))
    return _execute(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", full)  # noqa: S608  names of our models


def first_free(model):
    """The number of the next row."""
    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


@contextmanager
def without_indexes(*models, timed):
    """Take the models' own indexes away while the block runs; `timed("indexing")` surrounds bringing them back.

    Inside a transaction only.
    """
    editor = connection.schema_editor()  # not entered: it would refuse SQLite's open transaction
    editor.deferred_sql = []
    indexes = [(model, index) for model in models for index in model._meta.indexes]
    for model, index in indexes:
        editor.remove_index(model, index)
    yield  # an error rolls everything back, the indexes included
    with timed("indexing"):
        if connection.vendor == "postgresql":
            connection.check_constraints()  # no index is made while foreign keys wait to be looked at
        for model, index in indexes:
            editor.add_index(model, index)


def _stored(value):
    """As the driver takes it: SQLite keeps moments as text in UTC; JSON comes as an adapter of the driver."""
    if isinstance(value, datetime) and connection.vendor == "sqlite":
        return _as_text(value)
    return value


@lru_cache(maxsize=64)
def _as_text(moment):
    """The same moment stands in several columns of a row."""
    return connection.ops.adapt_datetimefield_value(moment)


def _copy(statement, rows, model):
    count = 0
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)
    return count


def _execute(statement, rows):
    count = 0

    def counted():
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with connection.cursor() as cursor:
        cursor.executemany(statement, counted())
    return count
