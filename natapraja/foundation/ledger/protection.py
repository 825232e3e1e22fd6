"""Triggers that make the ledger's tables grow-only, on SQLite and on PostgreSQL alike.

A migration that remakes one of these tables on SQLite loses its triggers: it must end with `install`.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL: Final = "buku besar hanya dapat ditambah"
# Table -> when a NEW row is refused. This also stops REPLACE, which deletes without asking a trigger.
TABLES: Final = {
    "ledger_entry": "NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry)",
    "ledger_head": "NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM ledger_head)",
    "ledger_node": 'EXISTS (SELECT 1 FROM ledger_node WHERE "level" = NEW."level" AND "index" = NEW."index")',
}
_FUNCTIONS: Final = ("ledger_refuse", *(f"{table}_append" for table in TABLES))


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts every trigger in place, replacing those that stand."""
    remove(connection)
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers away: for going back a migration, and for tests that empty the tables."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names(connection)])
    else:
        _run(connection, [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in _FUNCTIONS])


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that must stand."""
    events = ["insert", "update", "delete"]
    if connection.vendor != "sqlite":
        events = ["insert", "change", "truncate"]
    return [f"{table}_no_{event}" for table in TABLES for event in events]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that do not stand, or are switched off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in names(connection) if name not in standing]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    found = []
    for table, unless in TABLES.items():
        found.append(f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN {unless} {refuse}")
        found += [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} {refuse}"
            for event in ("update", "delete")
        ]
    return found


def _postgresql() -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    found = [f"CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$"]
    for table, unless in TABLES.items():
        found += [
            f"CREATE FUNCTION {table}_append() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {unless} THEN {refuse} END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append()",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
        ]
    return found


_SQLITE: Final = _sqlite()
_POSTGRESQL: Final = _postgresql()
