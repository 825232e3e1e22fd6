"""Proofs for anyone: the queries, the API, the page, the command line."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.http import Http404
from django.test import RequestFactory

from natapraja.config.cli import full_parser
from natapraja.foundation.ledger import api, presenters, queries, storage, tree, views
from natapraja.foundation.ledger.publication import SignedHead


@pytest.fixture
def written(ledger):
    """Fifty entries, a head after every ten."""
    ledger.write(50, seal_every=10)
    return ledger


def ask(view, **given):
    return view(RequestFactory().get("/"), **given)


@pytest.mark.parametrize("size", [10, 33, 50, None])
def test_every_entry_is_proved_to_every_size(written, size):
    leaves = [leaf for _, leaf in storage.leaves(1, 50)]
    for seq in range(1, (size or 50) + 1):
        proof = queries.inclusion(seq, size)
        assert proof.root == tree.root(leaves[: proof.size])
        assert tree.verify_inclusion(leaves[seq - 1], seq - 1, proof.size, proof.path, proof.root)


@pytest.mark.parametrize(("first", "second"), [(1, 50), (10, 20), (16, 32), (33, None), (50, 50)])
def test_every_size_is_proved_to_begin_a_later_one(written, first, second):
    proof = queries.consistency(first, second)
    assert tree.verify_consistency(proof.first, proof.second, proof.path, proof.first_root, proof.second_root)


@pytest.mark.parametrize(("seq", "size"), [(0, None), (51, None), (5, 51), (11, 10), (-1, 10)])
def test_there_are_no_proofs_outside_what_is_sealed(written, seq, size):
    with pytest.raises(queries.OutsideLedger, match="Yang tersegel saat ini: catatan 1 sampai 50"):
        queries.inclusion(seq, size)


@pytest.mark.parametrize(("first", "second"), [(0, 10), (20, 10), (10, 51)])
def test_sizes_that_cannot_be_compared_are_refused(written, first, second):
    with pytest.raises(queries.OutsideLedger, match="harus berurutan, mulai dari 1 dan paling besar 50"):
        queries.consistency(first, second)


def test_a_proof_from_a_damaged_ledger_says_what_to_do(written):
    written.edit("DELETE FROM ledger_entry WHERE seq = 7", "DELETE FROM ledger_node")
    for ask_for in (
        lambda: queries.inclusion(5),
        lambda: queries.consistency(10),
        lambda: queries.inclusion(40),
    ):
        with pytest.raises(queries.OutsideLedger, match="Jalankan: nata ledger verify"):
            ask_for()


def test_the_api_gives_a_head_that_checks_with_its_key(written):
    head, key = ask(api.head), ask(api.key)
    assert (
        head.text
        == f"natapraja/buku-besar\n50\n{base64.b64encode(bytes.fromhex(head.root)).decode()}\n{head.at}\n"
    )
    load_pem_public_key(key.pem.encode()).verify(base64.b64decode(head.signature), head.text.encode())
    assert base64.b64decode(key.base64) == load_pem_public_key(key.pem.encode()).public_bytes_raw()
    assert (key.key, key.algorithm) == (head.key, "Ed25519")


def test_the_api_gives_proofs_in_hexadecimal(written):
    proof = ask(api.inclusion, seq=7)
    path = [bytes.fromhex(step) for step in proof.path]
    assert tree.verify_inclusion(bytes.fromhex(proof.leaf), 7 - 1, 50, path, bytes.fromhex(proof.root))
    both = ask(api.consistency, first=20)
    assert tree.verify_consistency(
        20,
        50,
        [bytes.fromhex(step) for step in both.path],
        bytes.fromhex(both.first_root),
        bytes.fromhex(both.second_root),
    )


def test_the_api_says_when_there_is_nothing(ledger):
    for view, given in ((api.head, {}), (api.inclusion, {"seq": 1}), (api.consistency, {"first": 1})):
        with pytest.raises(Http404, match=r".+\."):
            ask(view, **given)


def test_the_api_tells_nothing_of_an_entry_but_its_leaf(written):
    said = json.dumps([ask(api.inclusion, seq=7).model_dump(), ask(api.head).model_dump()])
    for secret in ("user:7", "unit:7", "test.made"):
        assert secret not in said


def test_every_public_door_says_so():
    for view in (api.head, api.inclusion, api.consistency, api.key, views.page):
        assert view.access_rule == "public"


def test_entries_are_listed_newest_first_with_their_sentence(written):
    first = queries.entries(limit=2)
    assert [fact.seq for fact in first] == [50, 49]
    assert first[0].sentence == "Pengguna nomor 7: peristiwa “test.made” atas unit:50."
    assert first[0].detail == {"rows": 50}
    assert [fact.seq for fact in queries.entries(before=49, limit=2)] == [48, 47]


def test_entries_are_found_by_their_kind(written):
    written.write(1, kind="other.made", seal=False)
    assert [fact.seq for fact in queries.entries(kind="other.made")] == [51]
    assert [fact.seq for fact in queries.entries(kind="other.")] == [51]
    assert [queries.entry(51).sealed, queries.entry(50).sealed, queries.entry(52)] == [False, True, None]
    assert queries.unsealed() == 1


def test_a_damaged_detail_does_not_hide_the_list(written):
    written.edit("UPDATE ledger_entry SET detail = 'rusak' WHERE seq = 50")
    assert queries.entries(limit=1)[0].detail == {}


def run(capsys, *words):
    parser, _ = full_parser()
    args = parser.parse_args(["ledger", *words])
    code = args.run(args)
    return code, " ".join(capsys.readouterr().out.split())


def test_the_command_says_that_a_ledger_is_whole(written, capsys):
    code, said = run(capsys, "verify")
    assert code == 0
    assert "Diperiksa: 50 catatan, 50 di antaranya tersegel, 5 kepala." in said
    assert "Buku besar utuh: tidak ada yang diubah, dihapus, atau disisipkan." in said


def test_the_command_names_what_is_wrong(written, capsys):
    written.edit("UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 7")
    written.cover_up()
    code, said = run(capsys, "verify")
    assert code == 1
    assert "1. Catatan 7: pelakunya diubah. Perbuatan dialihkan kepada orang lain." in said


def test_the_command_checks_one_entry(written, capsys):
    code, said = run(capsys, "verify", "7")
    assert code == 0
    assert "2026-03-13T01:07:00.000000Z: Pengguna nomor 7: peristiwa “test.made” atas unit:7." in said
    assert "Isi cocok dengan sidik daunnya." in said
    assert "Kepala pada 50 catatan sah tanda tangannya." in said
    written.edit("UPDATE ledger_entry SET actor = 'user:8' WHERE seq = 7")
    assert run(capsys, "verify", "7")[0] == 1
    assert run(capsys, "verify", "99") == (1, "✗ Catatan 99 tidak ada. Nomor terakhir: 50.")


def test_the_command_checks_an_entry_that_is_not_sealed_yet(written, capsys):
    written.write(1, seal=False)
    code, said = run(capsys, "verify", "51")
    assert code == 0
    assert "Belum tersegel: catatan ini menunggu kepala berikutnya." in said
    assert "1 catatan menunggu segel berikutnya." in run(capsys, "verify")[1]


def test_the_command_takes_copies_kept_elsewhere_and_says_when_they_are_no_use(written, capsys, tmp_path):
    (public,) = (written.folder / "keys").glob("*.pem")
    heads = written.folder / "heads.jsonl"
    assert run(capsys, "verify", "--key", str(public), "--heads", str(heads))[0] == 0
    absent = tmp_path / "hilang.pem"
    code, said = run(capsys, "verify", "--key", str(absent))
    assert (code, said.endswith("tidak ada. Periksa nama dan letaknya.")) == (2, True)
    code, said = run(capsys, "verify", "--key", str(heads))
    assert (code, said.endswith("bukan kunci publik Ed25519 dalam bentuk PEM.")) == (2, True)


def test_the_command_shows_the_head(written, capsys):
    code, said = run(capsys, "head")
    assert code == 0
    assert f"Akar {queries.head().root.hex()}" in said


def test_the_command_says_when_there_is_no_head(ledger, capsys):
    assert run(capsys, "head") == (0, "Buku besar belum tersegel: belum ada kepala yang ditandatangani.")


def test_a_published_line_gives_back_its_head():
    head = SignedHead(7, bytes(32), datetime(2026, 3, 13, 1, 2, 3, 456789, tzinfo=UTC), bytes(64), "0" * 16)
    assert SignedHead.read(head.line) == head
    for line in ("", "{}", "[]", '{"size": 7}', head.line.replace("Z", "Q"), "null", "\x00"):
        with pytest.raises(ValueError, match=r".*"):
            SignedHead.read(line)


def test_rooms_explain_their_own_kinds(monkeypatch):
    table = {"persons.read": "{actor} membaca data {count} orang untuk {purpose} ({missing})."}
    monkeypatch.setattr(presenters, "sentences", lambda: table)
    assert presenters.sentence("persons.read", "user:7", "area:1", {"count": 3, "purpose": "verifikasi"}) == (
        "Pengguna nomor 7 membaca data 3 orang untuk verifikasi (…)."
    )
    assert presenters.sentence("x.y", "system:import", "z", {}) == "Sistem (impor): peristiwa “x.y” atas z."
