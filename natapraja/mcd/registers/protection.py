"""Triggers that keep units, versions and submissions honest: a version may be closed once, a report be answered.

Nothing else of them is ever edited or deleted. A claim has no trigger: what is done to it is found by its witness.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL: Final = "catatan register hanya dapat ditambah dan digantikan"

# Table -> the columns an UPDATE may touch, and what must be so before it may.
_MAY_CHANGE: Final = {
    "registers_unit": ((), "1 = 0"),
    "registers_submission": (("state", "answer"), "1 = 1"),
    "registers_version": (("known_to", "closed_by"), "OLD.closed_by IS NULL AND NEW.closed_by IS NOT NULL"),
}
_COLUMNS: Final = {
    "registers_unit": ("id", "register", "key"),
    "registers_submission": (
        "id", "kind", "area_id", "unit", "payload", "received_at", "by", "state", "answer", "entry",
    ),
    "registers_version": (
        "id", "unit_id", "register", "area_id", "valid_from", "valid_to", "known_from", "known_to", "cause", "event",
        "data", "submission_id", "entry", "closed_by",
    ),
}  # fmt: skip


def install(connection: BaseDatabaseWrapper) -> None:
    remove(connection)
    for statement in _statements(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in _MAY_CHANGE:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_keep() CASCADE")


def _statements(vendor: str) -> list[str]:
    found = []
    for table, (free, condition) in _MAY_CHANGE.items():
        fixed = [name for name in _COLUMNS[table] if name not in free]
        same = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in fixed)
        allowed = f"({same}) AND ({condition})"
        if vendor == "sqlite":
            allowed = allowed.replace("IS NOT DISTINCT FROM", "IS")
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            found.append(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) {refuse}"
            )
            found.append(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        else:
            found.append(
                f"CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF; "
                f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            found.append(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_keep()"
            )
            found.append(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep()"
            )
    return found
