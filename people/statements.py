"""Prepared statements on PostgreSQL: planned once for each connection. Elsewhere, and where a pool between forbids
them (PREPARED_STATEMENTS=0), plain queries."""

from django.conf import settings
from django.db import connection

try:
    import psycopg
    from psycopg.types.numeric import Int8
except ImportError:  # SQLite only
    psycopg = None


MOST = 300  # statements kept for each connection; the one unused for longest goes


def are_prepared() -> bool:
    """Whether this database takes them."""
    return connection.vendor == "postgresql" and settings.PREPARED_STATEMENTS


def cursor():
    """A cursor of the connection in use, counted and logged by Django like any other."""
    if not are_prepared():
        return connection.cursor()
    connection.ensure_connection()
    connection.connection.prepared_max = MOST
    # Django offers no door to a cursor of one's own class; this is what its `cursor()` ends in.
    return connection._prepare_cursor(_Prepares(connection.connection))


def with_constants(sql, params, slots):
    """SQL in which every parameter without a slot is a literal and the others are $1, $2 …; and the slots that remain.

    PostgreSQL plans a statement better, and knows its types, where what never changes stands in it.
    """
    parts = [part.replace("%%", "%") for part in sql.split("%s")]
    made, kept = [parts[0]], []
    for part, value, slot in zip(parts[1:], params, slots, strict=True):
        if slot is None:
            made.append(_literal(value))
        else:
            kept.append(slot)
            made.append(f"${len(kept)}")
        made.append(part)
    return "".join(made), kept


def _literal(value) -> str:
    return psycopg.sql.Literal(value).as_string(connection.connection)


if psycopg is not None:

    class _Prepares(psycopg.RawCursor):
        """Binds on the server and prepares each statement at once; all numbers are bigints, so one plan serves all."""

        def execute(self, query, params=None, **options):
            bound = [Int8(one) if type(one) is int else one for one in params or ()]
            return super().execute(query, bound, prepare=True, **options)
