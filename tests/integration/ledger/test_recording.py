"""Recording and sealing: numbers without a gap, whatever happens around them."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from natapraja.foundation.ledger import actions, protection, publication, queries, storage, tree, verify
from natapraja.foundation.ledger.models import Entry, Head

AT = datetime(2026, 3, 13, 2, 0, tzinfo=UTC)
FACT = {"kind": "test.made", "subject": "unit:1", "digest": bytes(32), "by": "user:1", "at": AT}


class Failed(Exception):
    """The deed went wrong after its entry was written."""


def record_and_fail(sealing: bool = False) -> None:
    actions.record(**FACT)
    if sealing:
        actions.seal(at=AT)
    raise Failed


def test_an_entry_outside_a_transaction_is_refused(ledger):
    with pytest.raises(transaction.TransactionManagementError):
        actions.record(**FACT)


def test_numbers_begin_at_one_and_follow_one_another(ledger):
    with transaction.atomic():
        assert [actions.record(**FACT) for _ in range(3)] == [1, 2, 3]


def test_a_deed_that_fails_leaves_no_entry_and_no_gap(ledger):
    with transaction.atomic():
        actions.record(**FACT)
    with pytest.raises(Failed), transaction.atomic():
        record_and_fail()
    with transaction.atomic():
        assert actions.record(**FACT) == 2


def test_a_savepoint_undone_leaves_no_gap(ledger):
    with transaction.atomic():
        actions.record(**FACT)
        with pytest.raises(Failed), transaction.atomic():
            record_and_fail()
        assert actions.record(**FACT) == 2


def test_many_facts_are_recorded_at_once(ledger):
    facts = (actions.Fact("test.made", f"unit:{n}", bytes(32), {"rows": n}) for n in range(2_500))
    with transaction.atomic():
        assert actions.record_all(facts=facts, by="system:import", at=AT) == range(1, 2_501)
    with transaction.atomic():
        assert actions.record_all(facts=[], by="system:import", at=AT) == range(2_501, 2_501)
    assert actions.seal(at=AT).size == 2_500
    assert verify.verify().clean


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "made"},
        {"kind": ""},
        {"digest": b"short"},
        {"subject": ""},
        {"subject": "x" * 121},
        {"subject": "3309030101909001"},
        {"by": "3309030101909001"},
        {"detail": {"kk": "3309030101909001"}},
        {"detail": {"kk": 3309030101909001}},
        {"at": datetime(2026, 3, 13)},  # noqa: DTZ001
    ],
)
def test_what_may_never_stand_in_a_ledger_is_refused(ledger, wrong):
    with pytest.raises(ValueError, match=r".+") as refused, transaction.atomic():
        actions.record(**{**FACT, **wrong})
    assert "3309030101909001" not in str(refused.value)
    assert storage.last_seq() == 0


def test_hashes_and_ids_with_many_digits_are_accepted(ledger):
    with transaction.atomic():
        assert (
            actions.record(**{**FACT, "subject": "a3309030101909001f", "detail": {"count": 1_100_000}}) == 1
        )


def test_the_same_deed_twice_gives_different_leaves(ledger):
    """The nonce: who guesses the content of an entry cannot confirm the guess from its leaf."""
    with transaction.atomic():
        actions.record(**FACT)
        actions.record(**FACT)
    leaves = [leaf for _, leaf in storage.leaves(1, 2)]
    assert len(set(leaves)) == 2


def test_the_models_too_are_refused_any_change(ledger):
    ledger.write(3)
    entry = Entry.objects.get(seq=2)
    entry.actor = "user:8"
    for change in (entry.save, entry.delete, Entry.objects.all().delete, Head.objects.all().delete):
        with pytest.raises(IntegrityError, match="buku besar hanya dapat ditambah"):
            change()


def test_every_trigger_stands_after_the_migrations(ledger):
    assert protection.missing(connection) == []
    assert len(protection.names(connection)) == 3 * 3


def test_nothing_recorded_means_nothing_sealed(ledger):
    assert actions.seal(at=AT) is None
    ledger.write(3)
    assert actions.seal(at=AT) is None
    assert queries.head().size == 3


def test_a_head_is_the_root_over_all_entries(ledger):
    ledger.write(37, seal_every=5)
    leaves = [leaf for _, leaf in storage.leaves(1, 37)]
    for head in storage.heads():
        assert head.root == tree.root(leaves[: head.size])


def test_every_seal_keeps_the_nodes_that_are_complete(ledger):
    ledger.write(70, seal_every=1)
    kept = {level: [index for index, _ in storage.nodes(level)] for level in range(1, 8)}
    assert kept == {
        1: [], 2: [], 3: [],
        4: list(range(70 // 16)), 5: list(range(70 // 32)), 6: list(range(70 // 64)), 7: [],
    }  # fmt: skip


def test_heads_are_published_outside_the_database(ledger):
    ledger.write(20, seal_every=10)
    lines = list(publication.read(ledger.folder / publication.FILE))
    assert [head for _, head in lines] == list(storage.heads())
    assert [head.size for _, head in lines] == [10, 20]


def test_a_head_whose_publication_was_interrupted_is_published_with_the_next(ledger):
    ledger.write(20, seal_every=10)
    file = ledger.folder / publication.FILE
    file.write_text(file.read_text().splitlines(keepends=True)[0] + '{"size": 20, "ro')  # power failure
    ledger.write(10)
    assert [head.size for head in publication.newest(file)] == [30, 20, 10]


def test_a_seal_that_is_rolled_back_publishes_nothing(ledger):
    with pytest.raises(Failed), transaction.atomic():
        record_and_fail(sealing=True)
    assert not (ledger.folder / publication.FILE).exists()
    assert queries.head() is None


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import django
from django.conf import settings
folder, turns = Path(sys.argv[1]), int(sys.argv[2])
settings.configure(
    DATA_DIR=folder, USE_TZ=True, SECRET_KEY="uji", INSTALLED_APPS=["natapraja.foundation.ledger"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "ledger.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 60,
                    "init_command": "PRAGMA journal_mode=WAL"}}},
)
django.setup()
from django.db import transaction
from natapraja.foundation.ledger import actions
for turn in range(turns):
    with transaction.atomic():
        for _ in range(3):
            actions.record(kind="test.made", subject="unit:1", digest=bytes(32), by="user:1",
                           at=datetime(2026, 3, 13, tzinfo=UTC))
    if turn % 5 == 0:
        actions.seal(at=datetime(2026, 3, 13, tzinfo=UTC))
"""


def test_two_processes_that_write_and_seal_at_once_leave_no_gap(ledger):
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", WRITER, str(ledger.path.parent), "40"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    writers = [subprocess.Popen(command, cwd=root, env=environment) for _ in range(2)]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    actions.seal(at=AT)
    report = verify.verify()
    assert report.faults == ()
    assert report.entries == report.sealed == 2 * 40 * 3
    assert len(list((ledger.folder / "keys").glob("*.pem"))) == 1
