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


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts every trigger in place, replacing those that stand."""
    remove(connection)
    made = _sqlite_triggers() if connection.vendor == "sqlite" else {**_functions(), **_postgresql_triggers()}
    _run(connection, list(made.values()))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers away: for going back a migration, and for tests that empty the tables."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names(connection)])
    else:
        _run(connection, [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in _functions()])


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that must stand."""
    return list(_sqlite_triggers() if connection.vendor == "sqlite" else _postgresql_triggers())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that do not stand, are switched off, or were made to do something else."""
    standing = _on_sqlite(connection) if connection.vendor == "sqlite" else _on_postgresql(connection)
    return [name for name in names(connection) if name not in standing]


def _on_sqlite(connection: BaseDatabaseWrapper) -> set[str]:
    found = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    expected = _sqlite_triggers()
    return {name for name, sql in found if sql == expected.get(name)}


def _on_postgresql(connection: BaseDatabaseWrapper) -> set[str]:
    """A trigger that stands, is enabled, and calls a function that still says what we wrote."""
    found = _rows(
        connection,
        "SELECT tgname, proname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal",
    )
    bodies = {name: statement.split("$$")[1] for name, statement in _functions().items()}
    return {trigger for trigger, function, source in found if bodies.get(function) == source}


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_triggers() -> dict[str, str]:
    """Name of each trigger and the statement that makes it."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    found = {}
    for table, unless in TABLES.items():
        for event in ("insert", "update", "delete"):
            name = f"{table}_no_{event}"
            when = f" WHEN {unless}" if event == "insert" else ""
            found[name] = f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table}{when} {refuse}"
    return found


def _functions() -> dict[str, str]:
    """Name of each function PostgreSQL's triggers call, and the statement that makes it."""
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    bodies = {"ledger_refuse": f"BEGIN {refuse} END"}
    for table, unless in TABLES.items():
        bodies[f"{table}_append"] = f"BEGIN IF {unless} THEN {refuse} END IF; RETURN NEW; END"
    return {
        name: f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        for name, body in bodies.items()
    }


def _postgresql_triggers() -> dict[str, str]:
    found = {}
    for table in TABLES:
        for name, events, each, function in (
            (f"{table}_no_insert", "INSERT", "ROW", f"{table}_append"),
            (f"{table}_no_change", "UPDATE OR DELETE", "ROW", "ledger_refuse"),
            (f"{table}_no_truncate", "TRUNCATE", "STATEMENT", "ledger_refuse"),
        ):
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {events} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}()"
            )
    return found
