"""Rows of other rooms against what the ledger says of them."""

import sqlite3
from types import SimpleNamespace

import pytest
from django.db import connection

from natapraja.foundation.kernel.canonical import digest
from natapraja.foundation.ledger import entry_proof, verify
from natapraja.foundation.ledger.witnesses import Witness


def digests(first, last):
    """A room that keeps a number of houses per entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, houses FROM room WHERE entry BETWEEN %s AND %s", [first, last])
        for entry, houses in cursor.fetchall():
            yield entry, digest("state", houses)


@pytest.fixture
def room(ledger, monkeypatch):
    """Twenty entries of kind "test.made", each with its row: entry 7 keeps 7 houses."""
    ledger.write(20)
    ledger.edit(
        "CREATE TABLE room (entry INTEGER PRIMARY KEY, houses INTEGER)",
        "INSERT INTO room SELECT seq, seq FROM ledger_entry",
    )
    ledger.cover_up()
    witness = Witness("Rumah contoh", SimpleNamespace(digests=digests, KINDS=("test.",)))
    for module in (verify, entry_proof):
        monkeypatch.setattr(module, "witnesses", lambda: [witness])
    return ledger


def test_rows_that_fit_are_clean(room):
    report = verify.verify()
    assert report.clean
    assert report.rooms == ("Rumah contoh",)


def test_a_row_changed_by_hand_is_named(room):
    room.edit("UPDATE room SET houses = 70 WHERE entry = 7")
    assert room.sentences() == [
        "Catatan 7: baris data yang dijaga Rumah contoh tidak sama lagi dengan yang dicatat. "
        "Data itu diubah langsung di basis data setelah dicatat."
    ]


def test_a_row_removed_by_hand_is_named(room):
    room.edit("DELETE FROM room WHERE entry = 7")
    assert room.sentences() == [
        "Catatan 7: baris data yang dijaga Rumah contoh tidak ada lagi. "
        "Data itu dihapus langsung di basis data setelah dicatat."
    ]


def test_a_row_put_in_by_hand_is_named(room):
    room.edit("INSERT INTO room VALUES (21, 21)")
    assert room.sentences() == [
        "Catatan 21: dirujuk baris data Rumah contoh, padahal catatannya tidak ada. "
        "Data itu dimasukkan langsung ke basis data tanpa dicatat."
    ]


def test_a_row_and_its_digest_changed_together_are_named_by_the_ledger(room):
    """The careful intruder: the row fits its entry again, but the entry no longer fits its leaf."""
    forged = digest("state", 70).hex()
    room.edit(
        "UPDATE room SET houses = 70 WHERE entry = 7",
        f"UPDATE ledger_entry SET digest = x'{forged}' WHERE seq = 7",
    )
    assert room.codes() == ["entry.changed.digest"]


def test_a_deleted_entry_is_named_once_though_its_row_still_speaks_of_it(room):
    room.edit("DELETE FROM ledger_entry WHERE seq = 7")
    assert room.codes() == ["entry.missing"]


def test_a_truncated_ledger_is_named_once_though_the_rows_still_speak_of_it(room):
    room.edit("DELETE FROM ledger_entry WHERE seq > 15")
    assert room.codes() == ["entry.truncated"]


def test_rows_that_cannot_be_read_are_a_finding_and_no_crash(room):
    room.edit("ALTER TABLE room RENAME COLUMN houses TO barns")
    assert room.sentences()[0] == (
        "Catatan 1–20: data yang dijaga Rumah contoh tidak dapat dihitung ulang (OperationalError). "
        "Baris datanya rusak; kesesuaiannya dengan catatan belum terbukti."
    )


def test_a_room_need_not_vouch_for_every_kind(room):
    room.write(1, kind="other.made")
    assert verify.verify().clean


def test_many_entries_are_asked_for_in_batches(room, monkeypatch):
    monkeypatch.setattr("natapraja.foundation.ledger.storage.BATCH", 3)
    room.edit("UPDATE room SET houses = 70 WHERE entry IN (3, 4, 20)")
    assert [fault.where for fault in room.faults()] == ["Catatan 3", "Catatan 4", "Catatan 20"]


def test_one_entry_is_checked_with_its_row(room):
    assert [check.holds for check in entry_proof.check_entry(7)] == [None, True, True, True, True, True]
    room.edit("UPDATE room SET houses = 70 WHERE entry = 7")
    last = entry_proof.check_entry(7)[-1]
    assert (last.holds, last.sentence) == (
        False,
        "Baris data Rumah contoh tidak sama lagi dengan yang dicatat.",
    )
    room.edit("DELETE FROM room WHERE entry = 7")
    assert entry_proof.check_entry(7)[-1].sentence == "Baris data Rumah contoh yang dicatat tidak ada lagi."


def test_the_intruder_of_these_tests_really_writes(room):
    room.edit("DELETE FROM room")
    assert sqlite3.connect(room.path).execute("SELECT COUNT(*) FROM room").fetchone() == (0,)
