"""The ledger in the database this installation is set to, SQLite or PostgreSQL (`./nata test postgres`)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from natapraja.foundation.kernel.canonical import digest
from natapraja.foundation.ledger import actions, queries, storage, verify
from tests.builders.installation import Installation

AT = datetime(2026, 3, 13, 1, tzinfo=UTC)
MANY = 2**storage.KEPT_FROM
WRITERS, TURNS = 3, 30
PREPARE = "from django.core.management import call_command\ncall_command('migrate', verbosity=0)"
WRITE = f"""
from datetime import UTC, datetime
from django.db import transaction
from natapraja.foundation.ledger import actions
at = datetime(2026, 3, 13, tzinfo=UTC)
for turn in range({TURNS}):
    with transaction.atomic():
        for _ in range(2):
            actions.record(kind="test.made", subject="unit:1", digest=bytes(32), by="user:1", at=at)
    if turn % 5 == 0:
        actions.seal(at=at)
"""
VERIFY = """
from datetime import UTC, datetime
from natapraja.foundation.ledger import actions, verify
actions.seal(at=datetime(2026, 3, 13, tzinfo=UTC))
report = verify.verify()
print(report.entries, report.sealed, [str(fault) for fault in report.faults])
"""


@pytest.fixture
def written(db: None, data_dir: Path) -> None:
    """Entries in one transaction, sealed: enough for the tree to keep nodes."""
    with transaction.atomic():
        for number in range(MANY):
            actions.record(
                kind="test.made", subject=f"unit:{number}", digest=digest(number), by="user:7", at=AT
            )
    actions.seal(at=AT)


REFUSED = {
    "an entry changed": "UPDATE ledger_entry SET actor = 'user:8'",
    "an entry taken away": "DELETE FROM ledger_entry",
    "an entry put in between": "INSERT INTO ledger_entry SELECT seq - 1, at, kind, actor, subject, digest, nonce, "
    "detail, leaf, marks FROM ledger_entry WHERE seq = 5",
    "a head changed": "UPDATE ledger_head SET size = 4",
    "a head taken away": "DELETE FROM ledger_head",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses_every_change(written: None, statement: str):
    with pytest.raises(DatabaseError, match="buku besar hanya dapat ditambah"):
        edit(statement)
    assert queries.head().size == MANY


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_head", "ledger_node"])
def test_the_database_refuses_to_be_emptied(written: None, table: str):
    emptying = {"sqlite": f"DELETE FROM {table}", "postgresql": f"TRUNCATE {table} CASCADE"}
    with pytest.raises(DatabaseError, match="buku besar hanya dapat ditambah"):
        edit(emptying[connection.vendor])


def test_what_is_written_is_verified(written: None):
    report = verify.verify()
    assert (report.entries, report.sealed) == (MANY, MANY)


def test_processes_that_write_and_seal_at_once_leave_no_gap(tmp_path: Path):
    house = Installation(tmp_path)
    house.do(PREPARE)
    writers = [house.begin(WRITE) for _ in range(WRITERS)]
    assert [writer.wait(120) for writer in writers] == [0] * WRITERS
    entries = WRITERS * TURNS * 2
    assert house.ask("SELECT count(*), min(seq), max(seq) FROM ledger_entry") == (entries, 1, entries)
    assert house.do(VERIFY) == f"{entries} {entries} []"


def edit(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
