"""An intruder edits the database file by hand. Each way is found, and named by its own sentence."""

import sqlite3

import pytest

from natapraja.foundation.ledger import verify

# way -> (statements, codes found, the sentence an inspector reads first)
WAYS: dict[str, tuple[list[str], list[str], str]] = {
    "time of an entry": (
        ["UPDATE ledger_entry SET at = '2026-03-12 00:00:00' WHERE seq = 7"],
        ["entry.changed.at"],
        "Catatan 7: waktunya diubah. Peristiwa dipindahkan ke waktu lain daripada saat dicatat.",
    ),
    "unreadable time": (
        ["UPDATE ledger_entry SET at = 'kemarin' WHERE seq = 7"],
        ["entry.changed.at"],
        "Catatan 7: waktunya diubah. Peristiwa dipindahkan ke waktu lain daripada saat dicatat.",
    ),
    "kind": (
        ["UPDATE ledger_entry SET kind = 'test.seen' WHERE seq = 7"],
        ["entry.changed.kind"],
        "Catatan 7: jenisnya diubah. Peristiwa disamarkan sebagai peristiwa lain.",
    ),
    "actor": (
        ["UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 7"],
        ["entry.changed.actor"],
        "Catatan 7: pelakunya diubah. Perbuatan dialihkan kepada orang lain.",
    ),
    "subject": (
        ["UPDATE ledger_entry SET subject = 'unit:8' WHERE seq = 7"],
        ["entry.changed.subject"],
        "Catatan 7: subjeknya diubah. Perbuatan dialihkan ke data lain.",
    ),
    "digest": (
        ["UPDATE ledger_entry SET digest = zeroblob(32) WHERE seq = 7"],
        ["entry.changed.digest"],
        "Catatan 7: sidik isinya diubah. Bukti isi data diganti, mungkin agar data yang diubah tampak cocok.",
    ),
    "nonce": (
        ["UPDATE ledger_entry SET nonce = zeroblob(16) WHERE seq = 7"],
        ["entry.changed.nonce"],
        "Catatan 7: bilangan acaknya (nonce) diubah. "
        "Isinya tidak dapat lagi dibuktikan terhadap sidik daunnya.",
    ),
    "detail": (
        ["UPDATE ledger_entry SET detail = '{\"rows\":70}' WHERE seq = 7"],
        ["entry.changed.detail"],
        "Catatan 7: rinciannya diubah. Keterangan peristiwa tidak sama dengan saat dicatat.",
    ),
    "detail of the wrong type": (
        ["UPDATE ledger_entry SET detail = 1.5 WHERE seq = 7"],
        ["entry.changed.detail"],
        "Catatan 7: rinciannya diubah. Keterangan peristiwa tidak sama dengan saat dicatat.",
    ),
    "actor and marks": (
        ["UPDATE ledger_entry SET actor = 'user:8', marks = zeroblob(28) WHERE seq = 7"],
        ["entry.forged"],
        "Catatan 7: hampir seluruh isinya bukan yang ditulis pada nomor ini. "
        "Catatan palsu ditaruh di tempat catatan asli.",
    ),
    "leaf": (
        ["UPDATE ledger_entry SET leaf = zeroblob(32) WHERE seq = 7"],
        ["entry.leaf"],
        "Catatan 7: sidik daunnya diubah, isinya utuh. Bukti keberadaan catatan ini akan ditolak pemeriksa.",
    ),
    "marks": (
        ["UPDATE ledger_entry SET marks = zeroblob(28) WHERE seq = 7"],
        ["entry.marks"],
        "Catatan 7: tanda bantu kolomnya diubah, isi dan sidik daunnya utuh. "
        "Tidak mengubah bukti, tetapi seseorang menulis langsung ke basis data.",
    ),
    "an entry deleted": (
        ["DELETE FROM ledger_entry WHERE seq = 7"],
        ["entry.missing"],
        "Catatan 7: tidak ada. Nomor tidak pernah terlompat, jadi catatan ini dihapus setelah ditulis.",
    ),
    "several entries deleted": (
        ["DELETE FROM ledger_entry WHERE seq BETWEEN 7 AND 9"],
        ["entry.missing"],
        "Catatan 7–9: tidak ada. Nomor tidak pernah terlompat, jadi catatan ini dihapus setelah ditulis.",
    ),
    "an entry deleted and the gap closed": (
        ["DELETE FROM ledger_entry WHERE seq = 7", "UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 7"],
        ["entry.truncated", "entry.renumbered"],
        "Catatan 7–49: aslinya bernomor 8–50. "
        "Catatan sebelum catatan 7 dihapus, lalu nomornya dirapatkan untuk menutupi celahnya.",
    ),
    "a forged entry inserted": (
        [
            "UPDATE ledger_entry SET seq = -seq WHERE seq >= 7",
            "UPDATE ledger_entry SET seq = 1 - seq WHERE seq < 0",
            "INSERT INTO ledger_entry SELECT 7, at, 'test.seen', actor, 'unit:x', "
            "zeroblob(32), zeroblob(16), '{}', zeroblob(32), zeroblob(28) FROM ledger_entry WHERE seq = 6",
        ],
        ["entry.forged", "entry.inserted"],
        "Catatan 8–51: aslinya bernomor 7–50. "
        "Catatan palsu disisipkan sebelum catatan 8, lalu nomor sesudahnya digeser.",
    ),
    "an entry inserted before the first": (
        [
            "INSERT INTO ledger_entry SELECT 0, at, kind, actor, subject, digest, nonce, detail, leaf, marks "
            "FROM ledger_entry WHERE seq = 1"
        ],
        ["entry.number"],
        "Catatan 0: bernomor di bawah 1. Nomor dimulai dari 1, jadi catatan ini disisipkan di luar sistem.",
    ),
    "two neighbours swapped": (
        [
            "UPDATE ledger_entry SET seq = -7 WHERE seq = 7",
            "UPDATE ledger_entry SET seq = 7 WHERE seq = 8",
            "UPDATE ledger_entry SET seq = 8 WHERE seq = -7",
        ],
        ["entry.swapped"],
        "Catatan 7 dan 8: saling tertukar. Urutan peristiwa dibalik setelah dicatat.",
    ),
    "two distant entries swapped": (
        [
            "UPDATE ledger_entry SET seq = -7 WHERE seq = 7",
            "UPDATE ledger_entry SET seq = 7 WHERE seq = 41",
            "UPDATE ledger_entry SET seq = 41 WHERE seq = -7",
        ],
        ["entry.swapped"],
        "Catatan 7 dan 41: saling tertukar. Urutan peristiwa dibalik setelah dicatat.",
    ),
    "the contents of two entries swapped, the leaves left": (
        [
            "CREATE TABLE aside AS SELECT seq, leaf FROM ledger_entry WHERE seq IN (7, 41)",
            "UPDATE ledger_entry SET seq = -7 WHERE seq = 7",
            "UPDATE ledger_entry SET seq = 7 WHERE seq = 41",
            "UPDATE ledger_entry SET seq = 41 WHERE seq = -7",
            "UPDATE ledger_entry SET leaf = (SELECT leaf FROM aside WHERE aside.seq = ledger_entry.seq) "
            "WHERE seq IN (7, 41)",
        ],
        ["entry.swapped"],
        "Catatan 7 dan 41: saling tertukar. Urutan peristiwa dibalik setelah dicatat.",
    ),
    "the tail cut off": (
        ["DELETE FROM ledger_entry WHERE seq > 45"],
        ["entry.truncated"],
        "Catatan 46–50: hilang dari ujung buku besar. "
        "Kepala yang ditandatangani membuktikan buku besar pernah berisi 50 catatan; ujungnya dipotong.",
    ),
    "the tail cut off with its heads and nodes": (
        [
            "DELETE FROM ledger_entry WHERE seq > 30",
            "DELETE FROM ledger_head WHERE size > 30",
            'DELETE FROM ledger_node WHERE ("index" + 1) << "level" > 30',
        ],
        ["entry.truncated", "head.missing", "head.missing"],
        "Catatan 31–50: hilang dari ujung buku besar. "
        "Kepala yang ditandatangani membuktikan buku besar pernah berisi 50 catatan; ujungnya dipotong.",
    ),
    "the root of a head": (
        ["UPDATE ledger_head SET root = zeroblob(32) WHERE size = 40"],
        ["head.root"],
        "Kepala pada 40 catatan: akarnya diubah. "
        "Akar tidak cocok dengan tanda tangannya; kepala ini bukan yang diterbitkan.",
    ),
    "the signature of a head": (
        ["UPDATE ledger_head SET signature = zeroblob(64) WHERE size = 40"],
        ["head.signature"],
        "Kepala pada 40 catatan: tanda tangannya palsu atau rusak. "
        "Akarnya cocok dengan isi buku besar, tetapi tidak ditandatangani kunci sistem ini.",
    ),
    "the time of a head": (
        ["UPDATE ledger_head SET at = '2026-01-01 00:00:00' WHERE size = 40"],
        ["head.time"],
        "Kepala pada 40 catatan: waktunya diubah. "
        "Waktu penyegelan tidak sama dengan yang ditandatangani dan diterbitkan.",
    ),
    "the key of a head": (
        ["UPDATE ledger_head SET key_id = 'ffffffffffffffff' WHERE size = 40"],
        ["head.key"],
        "Kepala pada 40 catatan: ditandatangani kunci yang tidak dikenal. "
        "Kepala ini tidak dibuat sistem ini, atau kunci publiknya hilang.",
    ),
    "a head deleted": (
        ["DELETE FROM ledger_head WHERE size = 40"],
        ["head.missing"],
        "Kepala pada 40 catatan: dihapus dari basis data. "
        "Kepala ini pernah diterbitkan: salinannya yang sah ada di luar basis data.",
    ),
    "the newest head deleted": (
        ["DELETE FROM ledger_head WHERE size = 50"],
        ["head.missing"],
        "Kepala pada 50 catatan: dihapus dari basis data. "
        "Kepala ini pernah diterbitkan: salinannya yang sah ada di luar basis data.",
    ),
    "a forged head added": (
        ["INSERT INTO ledger_head SELECT 900, root, at, signature, key_id FROM ledger_head WHERE size = 50"],
        ["head.forged"],
        "Kepala pada 900 catatan: menyegel lebih banyak catatan daripada yang ada, "
        "tanpa tanda tangan yang sah. "
        "Kepala palsu ditambahkan di luar sistem.",
    ),
    "a forged head in between": (
        ["INSERT INTO ledger_head SELECT 33, root, at, signature, key_id FROM ledger_head WHERE size = 40"],
        ["copy.missing", "head.root"],
        "Kepala pada 33 catatan: tidak ada dalam salinan di luar basis data. "
        "Baris salinan dihapus, atau kepala ini tidak pernah diterbitkan.",
    ),
    "a node": (
        ['UPDATE ledger_node SET "hash" = zeroblob(32) WHERE "level" = 4 AND "index" = 1'],
        ["node.changed"],
        "Simpul tingkat 4 atas catatan 17–32: nilainya diubah, catatan di bawahnya utuh. "
        "Bukti yang disusun darinya akan ditolak pemeriksa.",
    ),
    "a node of the wrong type": (
        ['UPDATE ledger_node SET "hash" = 7 WHERE "level" = 5'],
        ["node.changed"],
        "Simpul tingkat 5 atas catatan 1–32: nilainya diubah, catatan di bawahnya utuh. "
        "Bukti yang disusun darinya akan ditolak pemeriksa.",
    ),
    "a node deleted": (
        ['DELETE FROM ledger_node WHERE "level" = 4 AND "index" = 1'],
        ["node.missing"],
        "Simpul tingkat 4 atas catatan 17–32: tidak ada. Simpul pohon dihapus; bukti tidak dapat disusun.",
    ),
    "a node added": (
        ["INSERT INTO ledger_node VALUES (4, 9, zeroblob(32))"],
        ["node.foreign"],
        "Simpul tingkat 4 atas catatan 145–160: ada, padahal catatannya belum tersegel. "
        "Kepala sesudah catatan 50 dihapus, atau simpul ini palsu.",
    ),
}


@pytest.fixture
def written(ledger):
    """Fifty entries, a head after every ten."""
    ledger.write(50, seal_every=10)
    return ledger


def test_an_untouched_ledger_is_clean(written):
    report = verify.verify()
    assert report.faults == ()
    assert (report.entries, report.sealed, report.unsealed, report.heads) == (50, 50, 0, 50 // 10)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_tampering_is_found_and_named(written, way):
    statements, codes, sentence = WAYS[way]
    written.edit(*statements)
    assert written.codes() == codes
    assert sentence in written.sentences()


def test_every_sentence_is_its_own():
    first = [sentence for _, codes, sentence in WAYS.values() if len(codes) == 1]
    without_numbers = {sentence.split(": ", 1)[1] for sentence in first}
    kinds = {codes[0] for _, codes, _ in WAYS.values() if len(codes) == 1}
    assert len(without_numbers) == len(kinds) > 10


def test_missing_triggers_are_named(written):
    written.edit("DROP TRIGGER ledger_entry_no_delete", keep_triggers=True)
    (fault,) = verify.verify().faults
    assert str(fault) == (
        "Tabel ledger_entry: pengaman ledger_entry_no_delete tidak terpasang. Basis data tidak lagi menolak "
        "perubahan pada buku besar; pasang kembali sebelum sistem dipakai."
    )


def test_a_trigger_made_harmless_is_missing_too(written):
    written.edit(
        "DROP TRIGGER ledger_entry_no_delete",
        "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry WHEN 0 "
        "BEGIN SELECT RAISE(ABORT, 'buku besar hanya dapat ditambah'); END",
        keep_triggers=True,
    )
    assert [fault.code for fault in verify.verify().faults] == ["protection.missing"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 7",
        "DELETE FROM ledger_entry WHERE seq = 50",
        "DELETE FROM ledger_entry",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 7",
        "INSERT INTO ledger_entry SELECT 60, at, kind, actor, subject, digest, nonce, detail, leaf, marks "
        "FROM ledger_entry WHERE seq = 7",
        "UPDATE ledger_head SET root = zeroblob(32)",
        "DELETE FROM ledger_head",
        "INSERT OR REPLACE INTO ledger_head SELECT * FROM ledger_head WHERE size = 40",
        "UPDATE ledger_node SET hash = zeroblob(32)",
        "DELETE FROM ledger_node",
        "INSERT OR REPLACE INTO ledger_node SELECT * FROM ledger_node",
    ],
)
def test_the_database_itself_refuses_every_change(written, statement):
    with pytest.raises(sqlite3.IntegrityError, match="buku besar hanya dapat ditambah"):
        written.edit(statement, keep_triggers=True)
    assert verify.verify().clean
