"""Intruders who make everything fit, step after step; and what is left to betray them."""

import shutil

import pytest

from natapraja.foundation.ledger import publication, signing, storage


@pytest.fixture
def written(ledger):
    """Fifty entries, a head after every ten; the heads and the key were copied elsewhere in time."""
    ledger.write(50, seal_every=10)
    ledger.elsewhere = ledger.path.parent / "elsewhere"
    ledger.elsewhere.mkdir()
    shutil.copy(ledger.folder / publication.FILE, ledger.elsewhere / "heads.jsonl")
    (public,) = (ledger.folder / signing.PUBLIC_FOLDER).glob("*.pem")
    shutil.copy(public, ledger.elsewhere / "key.pem")
    return ledger


def test_a_forged_entry_that_fits_its_leaf_does_not_fit_the_tree(written):
    written.forge(27, actor="user:8")
    assert written.sentences() == [
        "Catatan 21–30: paling sedikit satu diganti seluruhnya, lengkap dengan sidik daunnya. "
        "Kepala yang sudah ditandatangani membuktikan isi yang lain."
    ]


def test_a_tree_rebuilt_around_it_does_not_fit_the_signed_heads(written):
    written.forge(27, actor="user:8")
    written.rebuild_tree()
    assert written.sentences() == [
        "Catatan 21–30: paling sedikit satu diganti seluruhnya, lengkap dengan sidik daunnya. "
        "Kepala yang sudah ditandatangani membuktikan isi yang lain."
    ]


def test_a_forgery_in_the_newest_entries_is_betrayed_by_the_newest_head(written):
    written.forge(50, actor="user:8")
    written.rebuild_tree()
    assert [fault.where for fault in written.faults()] == ["Catatan 41–50"]


def test_heads_signed_with_a_key_of_his_own_are_not_ours(written, tmp_path):
    written.forge(27, actor="user:8")
    written.rebuild_tree()
    written.sign_again(signing.signer(tmp_path / "his"))
    codes = written.codes()
    assert codes.count("head.root") == 3  # heads 30, 40, 50 carry another root
    assert codes.count("head.key") == 2  # heads 10 and 20 carry the same root, signed by a stranger
    assert codes.count("tree.replaced") == 1


def test_with_the_stolen_key_the_published_heads_still_speak(written):
    written.forge(27, actor="user:8")
    written.rebuild_tree()
    written.sign_again(signing.signer(written.folder))
    faults = written.faults()
    assert [fault.code for fault in faults] == ["head.forked"] * 3
    assert faults[0].where == "Kepala pada 30 catatan"


def test_with_the_published_file_rewritten_a_copy_kept_elsewhere_still_speaks(written):
    written.forge(27, actor="user:8")
    written.rebuild_tree()
    heads = written.sign_again(signing.signer(written.folder))
    (written.folder / publication.FILE).write_text("".join(head.line for head in heads))
    assert written.codes() == []  # on this machine nothing is left to see
    assert written.codes(copies=written.elsewhere / "heads.jsonl") == ["head.forked"] * 3


def test_a_ledger_rewritten_with_a_new_key_fails_under_the_key_kept_elsewhere(written, tmp_path):
    written.forge(27, actor="user:8")
    written.rebuild_tree()
    his = signing.signer(tmp_path / "his")
    heads = written.sign_again(his)
    shutil.rmtree(written.folder)
    shutil.copytree(tmp_path / "his", written.folder)
    (written.folder / publication.FILE).write_text("".join(head.line for head in heads))
    assert written.codes() == []
    assert "head.key" in written.codes(
        key=written.elsewhere / "key.pem", copies=written.elsewhere / "heads.jsonl"
    )


def test_a_truncation_with_heads_nodes_and_file_is_betrayed_by_the_copy_kept_elsewhere(written):
    written.edit(
        "DELETE FROM ledger_entry WHERE seq > 30",
        "DELETE FROM ledger_head WHERE size > 30",
        'DELETE FROM ledger_node WHERE ("index" + 1) << "level" > 30',
    )
    file = written.folder / publication.FILE
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:3]))
    assert written.codes() == []
    assert written.codes(copies=written.elsewhere / "heads.jsonl") == [
        "entry.truncated",
        "head.missing",
        "head.missing",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda lines: [*lines[:2], *lines[3:]],
            "Kepala pada 30 catatan: tidak ada dalam salinan di luar basis data. "
            "Baris salinan dihapus, atau kepala ini tidak pernah diterbitkan.",
        ),
        (
            lambda lines: [*lines[:2], "rusak\n", *lines[2:]],
            "Salinan kepala baris 3: tidak dapat dibaca sebagai kepala. "
            "Salinan di luar basis data diubah atau rusak.",
        ),
        (
            lambda lines: [*lines[:2], lines[2].replace('"size": 30', '"size": 31'), *lines[3:]],
            "Salinan kepala pada 31 catatan: tanda tangannya tidak sah. Salinan di luar basis data diubah.",
        ),
        (
            lambda lines: [*lines[:3], lines[2], *lines[3:]],
            "Salinan kepala baris 4: tidak berurutan. Baris salinan dipindahkan atau digandakan.",
        ),
        (
            lambda lines: [*lines, lines[4].replace('"size": 50', '"size": 500')],
            "Salinan kepala pada 500 catatan: tanda tangannya tidak sah. Salinan di luar basis data diubah.",
        ),
    ],
)
def test_edits_of_the_published_file_are_named(written, change, sentence):
    file = written.folder / publication.FILE
    file.write_text("".join(change(file.read_text().splitlines(keepends=True))))
    assert sentence in written.sentences()


def test_a_published_file_that_is_gone_is_named(written):
    (written.folder / publication.FILE).unlink()
    assert written.codes() == ["copy.absent"]


def test_without_the_published_file_the_time_of_a_head_is_still_under_its_signature(written):
    (written.folder / publication.FILE).unlink()
    written.edit("UPDATE ledger_head SET at = '2026-01-01 00:00:00' WHERE size = 40")
    assert written.codes() == ["copy.absent", "head.signature"]
    written.edit("UPDATE ledger_head SET root = zeroblob(32) WHERE size = 40")
    assert written.codes() == ["copy.absent", "head.root"]


def test_public_keys_that_are_gone_are_named_once(written):
    shutil.rmtree(written.folder / signing.PUBLIC_FOLDER)
    assert written.codes() == ["key.absent"]


def test_a_private_key_others_can_read_is_named(written):
    (written.folder / signing.PRIVATE).chmod(0o644)
    assert written.sentences() == [
        "Berkas kunci signing.key: dapat dibaca akun lain di mesin ini. "
        "Orang lain dapat menandatangani kepala palsu; ubah izin berkas menjadi 600."
    ]


def test_entries_changed_before_they_are_sealed_are_named(ledger):
    ledger.write(20)
    ledger.write(5, seal=False)
    ledger.edit(
        "UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 23",
        "UPDATE ledger_entry SET leaf = zeroblob(32) WHERE seq = 24",
    )
    # With no head over it nobody can tell whether the leaf or the content of 24 is the original.
    assert ledger.codes() == ["entry.changed.actor", "entry.changed.all"]


def test_an_intruder_who_mends_the_marks_hides_the_field_but_not_the_change(written):
    original = next(entry.leaf for entries in storage.entries(27, 27) for entry in entries)
    written.forge(27, actor="user:8")
    written.edit(f"UPDATE ledger_entry SET leaf = x'{original.hex()}' WHERE seq = 27")
    assert written.sentences() == [
        "Catatan 27: isinya diubah berikut tanda bantunya. "
        "Catatan tidak sama dengan yang ditulis; kolom mana yang diubah tidak dapat dibaca lagi."
    ]


def test_a_database_rewritten_wholesale_stops_the_walk(ledger, monkeypatch):
    monkeypatch.setattr("natapraja.foundation.ledger.entry_inspection.LIMIT", 10)
    ledger.write(50, seal_every=10)
    ledger.edit("UPDATE ledger_entry SET actor = 'user:8'")
    sentences = ledger.sentences()
    assert sentences[-1] == (
        "Buku besar: lebih dari 10 catatan tidak cocok, pemeriksaan dihentikan. "
        "Basis data diubah besar-besaran; kembalikan dari cadangan lalu bandingkan."
    )


def test_several_attacks_at_once_are_each_named(written):
    written.edit(
        "UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 3",
        "DELETE FROM ledger_entry WHERE seq = 15",
        "UPDATE ledger_head SET root = zeroblob(32) WHERE size = 30",
        'UPDATE ledger_node SET "hash" = zeroblob(32) WHERE "level" = 4 AND "index" = 2',
    )
    assert sorted(written.codes()) == ["entry.changed.actor", "entry.missing", "head.root", "node.changed"]
