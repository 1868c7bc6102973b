"""How the two databases are asked for words: a condition on feed.SearchEntry, how well a row fits, and what they need.

Words come from feed.words, letters and digits only, and always as parameters, quoted in the database's own language
of search: nothing that somebody types is an operator there.
"""

from django.db import connection
from django.db.models import BooleanField, Func

from feed.words import PREFIX_FROM, STEMMED, Terms, folded, stem

TABLE, FTS = "feed_searchentry", "feed_search_fts"
COLUMNS = ("title_de", "body_de", "title_en", "body_en", "title", "body")

POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN {name} tsvector GENERATED ALWAYS AS ("
    f"setweight(to_tsvector('pg_catalog.simple'::regconfig, title{end}), 'A') || "
    f"setweight(to_tsvector('pg_catalog.simple'::regconfig, body{end}), 'D')) STORED"
    for name, end in (("de", "_de"), ("en", "_en"), ("plain", ""))
] + [f"CREATE INDEX search_entry_words ON {TABLE} USING gin (de, en, plain)"]
# only articles have titles: among many posts and comments their words are found without reading all others
POSTGRESQL_TITLES = [
    f"CREATE INDEX search_entry_titles ON {TABLE} USING gin (de, en, plain) WHERE kind = 'article'"
]

_NEW, _OLD = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
_INTO = f"INSERT INTO {FTS}(rowid, {', '.join(COLUMNS)}) VALUES (new.id, {_NEW});"  # noqa: S608
_OUT = f"INSERT INTO {FTS}({FTS}, rowid, {', '.join(COLUMNS)}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608
SQLITE = [
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5({', '.join(COLUMNS)}, content='{TABLE}', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='3 4')",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_in AFTER INSERT ON {TABLE} BEGIN {_INTO} END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_out AFTER DELETE ON {TABLE} BEGIN {_OUT} END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_new AFTER UPDATE ON {TABLE} BEGIN {_OUT} {_INTO} END",
]


def install(editor) -> None:
    """Create what the database in use needs beside the table; `editor` is a migration's schema editor."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


def install_titles(editor) -> None:
    """The index that questions for titles use; SQLite has columns for them."""
    for statement in POSTGRESQL_TITLES if editor.connection.vendor == "postgresql" else ():
        editor.execute(statement, params=None)


def uninstall(editor) -> None:
    """The way back, before the table goes."""
    if editor.connection.vendor != "postgresql":
        for name in ("in", "out", "new"):
            editor.execute(f"DROP TRIGGER IF EXISTS {FTS}_{name}", params=None)
        editor.execute(f"DROP TABLE IF EXISTS {FTS}", params=None)


class Matches(Func):
    """True for the entries that fit the terms; made of the entry's id."""

    output_field = BooleanField()
    arity = 1

    def __init__(self, *expressions, terms: Terms | None = None, **extra):
        if terms is None:
            *expressions, terms = expressions
        self.terms = terms
        super().__init__(*expressions, **extra)

    @property
    def identity(self):
        """Two conditions are the same when they ask for the same."""
        return (*super().identity, self.terms)

    def as_postgresql(self, compiler, connection, **extra):
        """Conditions on the tsvector columns beside the id."""
        sql, _params = compiler.compile(self.source_expressions[0])
        row = sql.rpartition(".")[0]
        parts, found = [], []
        stems, phrases, without = tsqueries(self.terms)
        if self.terms.words:
            parts.append("(" + " OR ".join(f"{row}.{code} @@ %s::tsquery" for code in stems) + ")")
            found += stems.values()
        if phrases:
            parts.append(f"{row}.plain @@ %s::tsquery")
            found.append(phrases)
        if self.terms.without:
            parts += [f"({row}.{code} @@ %s::tsquery) IS NOT TRUE" for code in without]
            found += without.values()
        return "(" + " AND ".join(parts) + ")", found

    def as_sqlite(self, compiler, connection, **extra):
        """The id is among the rows of the FTS5 table."""
        sql, _params = compiler.compile(self.source_expressions[0])
        wanted, unwanted = match_expressions(self.terms)
        ids = f"(SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608
        parts = [f"{sql} IN {ids}"] * bool(wanted) + [f"{sql} NOT IN {ids}"] * bool(unwanted)
        return "(" + " AND ".join(parts) + ")", [one for one in (wanted, unwanted) if one]


def fit(ids: list[int], terms: Terms) -> dict[int, float]:
    """How well each of these entries fits, in numbers that can only be compared with each other. One query."""
    if not ids or not terms:
        return {}
    ask = _fit_postgresql if connection.vendor == "postgresql" else _fit_sqlite
    with connection.cursor() as cursor:
        cursor.execute(*ask(ids, terms))
        return dict(cursor.fetchall())


def _fit_postgresql(ids, terms):
    stems, phrases, _without = tsqueries(terms)
    # any of them: of words that must all be there, distant ones would count for nothing
    any_of = {name: query.replace(" & ", " | ") for name, query in stems.items()}
    asked = {**(any_of if terms.words else {}), **({"plain": phrases} if phrases else {})}
    rank = "coalesce(ts_rank('{{0.1,0.1,0.1,1.0}}', {0}, %s::tsquery, 1), 0)"
    ranks = ", ".join(rank.format(name) for name in asked)
    return f"SELECT id, greatest({ranks}) FROM {TABLE} WHERE id = ANY(%s)", [*asked.values(), ids]  # noqa: S608


def _fit_sqlite(ids, terms):
    wanted, _unwanted = match_expressions(terms)
    rows = ",".join(map(str, ids))
    rank = f"-bm25({FTS}, 10.0, 1.0, 10.0, 1.0, 5.0, 0.5)"
    return f"SELECT rowid, {rank} FROM {FTS} WHERE {FTS} MATCH %s AND rowid IN ({rows})", [wanted]  # noqa: S608


def tsqueries(terms: Terms) -> tuple[dict[str, str], str, dict[str, str]]:
    """(stems by column, phrases, unwanted words by column) as PostgreSQL writes a tsquery."""
    label = "A" * terms.in_title

    def one(word, widened=False):
        star = "*" * ((widened and len(word) >= PREFIX_FROM) or (widened and terms.in_title))
        return f"'{word}'" + (f":{star}{label}" if star or label else "")

    stems = {
        code: " & ".join(one(stem(word, code), terms.widened) for word in terms.words) for code in STEMMED
    }
    if terms.in_title and terms.widened:
        stems["plain"] = " & ".join(one(folded(word), True) for word in terms.words)
    phrases = " & ".join("(" + " <-> ".join(map(one, phrase)) + ")" for phrase in terms.phrases)
    without = {code: " | ".join(f"'{stem(word, code)}'" for word in terms.without) for code in STEMMED}
    return stems, phrases, without


def match_expressions(terms: Terms) -> tuple[str, str]:
    """(wanted, unwanted) as FTS5 writes a MATCH; "" for nothing."""

    def fields(code):
        end = f"_{code}" if code else ""
        return f"{{title{end}}}" if terms.in_title else f"{{title{end} body{end}}}"

    def one(word, widened=False):
        star = widened and (len(word) >= PREFIX_FROM or terms.in_title)
        return f'"{word}"' + "*" * star

    def any_language(join, words, widened=False):
        asked = {code: [one(stem(word, code), widened) for word in words] for code in STEMMED}
        if terms.in_title and widened:
            asked[""] = [one(folded(word), True) for word in words]
        return "(" + " OR ".join(f"{fields(code)} : ({join.join(got)})" for code, got in asked.items()) + ")"

    wanted = [any_language(" AND ", terms.words, terms.widened)] if terms.words else []
    wanted += [f'{fields("")} : "{" ".join(phrase)}"' for phrase in terms.phrases]
    return " AND ".join(wanted), any_language(" OR ", terms.without) if terms.without else ""
