"""Definition files: an officer who makes a mistake is told where, what, and what to do."""

from datetime import date
from typing import Literal

import msgspec
import pytest

from natapraja.foundation.kernel.definitions import (
    DefinitionError,
    Text,
    Version,
    in_force,
    load,
    load_folder,
    shown_name,
)


class Rate(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    percent: int


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    kind: Literal["person", "household"] = "person"
    label: Text | None = None
    names: dict[str, Text] = {}


class Levy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    owner: str
    since: date | None = None
    parts: tuple[Part, ...] = msgspec.field(name="part", default=())
    versions: tuple[Rate, ...] = msgspec.field(name="version", default=())


RIGHT = 'id = "retribusi"\nowner = "bkd"\n'


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "definitions" / "contoh"
    folder.mkdir(parents=True)
    return folder


def error_of(folder, text: str) -> DefinitionError:
    path = folder / "retribusi.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load(path, Levy)
    assert refused.value.file == "definitions/contoh/retribusi.toml"
    return refused.value


def test_a_right_file_becomes_a_frozen_object(folder):
    (folder / "retribusi.toml").write_text(RIGHT + "since = 2026-01-31\n")
    loaded = load(folder / "retribusi.toml", Levy)
    assert loaded.since == date(2026, 1, 31)
    with pytest.raises(AttributeError):
        loaded.owner = "lain"


@pytest.mark.parametrize(
    ("text", "where", "what", "remedy"),
    [
        (RIGHT + 'ownr = "x"\n', "ownr, baris 3", "kunci “ownr” tidak dikenal", "Mungkin maksudnya “owner”"),
        (
            RIGHT + "zzz = 1\n",
            "zzz, baris 3",
            "kunci “zzz” tidak dikenal",
            "Nama yang dikenal: id, owner, since, part, version",
        ),
        ('id = "retribusi"\n', "bagian paling atas", "“owner” belum diisi", "Tambahkan baris owner = …"),
        ('id = 1\nowner = "x"\n', "id, baris 1", "isinya bilangan bulat", "Tulis teks dalam tanda kutip"),
        (
            RIGHT + 'since = "2026-01-31"\n',
            "since, baris 3",
            "isinya teks dalam tanda kutip",
            "Tulis tanggal tanpa tanda kutip, misalnya 2026-01-31",
        ),
        (
            RIGHT + '[[part]]\nname = "a"\n\n[[part]]\nname = "b"\nkind = "houshold"\n',
            "part ke-2 › kind, baris 8",
            "pilihan “houshold” tidak dikenal",
            "Mungkin maksudnya “household”. Pilih salah satu: household, person",
        ),
        (
            RIGHT + '[[part]]\nname = "a"\n\n[[part]]\nname = "b"\nlabl = { id = "x", en = "y" }\n',
            "part ke-2 › labl, baris 8",
            "kunci “labl” tidak dikenal",
            "Mungkin maksudnya “label”",
        ),
        (
            RIGHT + '[[part]]\nname = "a"\nlabel = { id = "x" }\n',
            "part ke-1 › label, baris 5",
            "“en” belum diisi",
            "Tambahkan baris en = …",
        ),
        (
            RIGHT + '[[part]]\nname = "a"\n[part.names]\nsatu = { id = "x", em = "y" }\n',
            "part ke-1 › names › … › em, baris 5",
            "kunci “em” tidak dikenal",
            "Mungkin maksudnya “en”",
        ),
        (
            RIGHT + "since = besok\n",
            "baris 3, kolom 9",
            "nilainya tidak dapat dibaca",
            "Teks harus diapit tanda kutip, tanggal ditulis 2026-01-31",
        ),
        (
            RIGHT + 'id = "dua"\n',
            "baris 3, kolom 11",
            "nama yang sama ditulis dua kali",
            "Hapus salah satunya",
        ),
        (RIGHT + "[part\n", "baris 3, kolom 6", "judul bagian tidak ditutup", "Tulis [nama] atau [[nama]]"),
        (
            RIGHT + '[[version]]\nsince = 2026-01-01\nbasis = " "\npercent = 1\n',
            "versi ke-1",
            "basis kosong",
            "Tulis dasar hukumnya: peraturan, pasal, atau halaman sumber",
        ),
        (
            RIGHT
            + '[[version]]\nsince = 2026-01-01\nuntil = 2026-12-31\nbasis = "Perda"\npercent = 1\n'
            + '[[version]]\nsince = 2026-06-01\nbasis = "Perda"\npercent = 2\n',
            "versi sejak 2026-06-01",
            "bertumpang tindih dengan versi sejak 2026-01-01",
            "Akhiri versi lama (until) sehari sebelum versi baru mulai, atau kosongkan until",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_remedy(folder, text, where, what, remedy):
    error = error_of(folder, text)
    assert (error.where, error.what, error.remedy) == (where, what, remedy)
    assert str(error) == f"definitions/contoh/retribusi.toml, {where}: {what}. {remedy}."


def test_two_versions_from_the_same_day_overlap(folder):
    version = '[[version]]\nsince = 2026-01-01\nbasis = "Perda"\npercent = 1\n'
    assert "bertumpang tindih" in error_of(folder, RIGHT + version + version).what


def test_a_version_that_ends_before_it_begins_is_refused(folder):
    version = '[[version]]\nsince = 2026-01-01\nuntil = 2025-01-01\nbasis = "Perda"\npercent = 1\n'
    assert error_of(folder, RIGHT + version).what == "until lebih awal daripada since"


def test_a_file_that_is_absent_or_no_text_is_told(folder):
    with pytest.raises(DefinitionError, match="berkas tidak ada"):
        load(folder / "hilang.toml", Levy)
    (folder / "gambar.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError, match="bukan teks UTF-8"):
        load(folder / "gambar.toml", Levy)


def test_a_folder_is_read_by_id(folder):
    for name in ("pasar", "air"):
        (folder / f"{name}.toml").write_text(f'id = "{name}"\nowner = "bkd"\n')
    assert list(load_folder(folder, Levy)) == ["air", "pasar"]


def test_an_id_that_differs_from_the_file_name_is_refused(folder):
    (folder / "pasar.toml").write_text(RIGHT)
    with pytest.raises(DefinitionError, match="id “retribusi” berbeda dengan nama berkas “pasar”"):
        load_folder(folder, Levy)


def test_one_id_in_two_folders_is_refused(folder):
    for place in ("a", "b"):
        (folder / place).mkdir()
        (folder / place / "retribusi.toml").write_text(RIGHT)
    assert load_folder(folder, Levy) == {}
    with pytest.raises(DefinitionError, match="sudah dipakai berkas lain"):
        load_folder(folder, Levy, pattern="**/*.toml")


def test_an_absent_folder_is_told(folder):
    with pytest.raises(DefinitionError, match="folder tidak ada"):
        load_folder(folder / "hilang", Levy)


def test_a_past_date_uses_the_past_rule():
    old = Rate(since=date(2020, 1, 1), basis="Perda 1/2020", percent=1)
    new = Rate(since=date(2025, 1, 1), until=date(2025, 12, 31), basis="Perda 2/2025", percent=2)
    assert in_force([new, old], date(2024, 12, 31)) == old
    assert in_force([new, old], date(2025, 1, 1)) == new
    assert in_force([new, old], date(2026, 1, 1)) is None
    assert in_force([new, old], date(2019, 12, 31)) is None


def test_a_text_falls_back_on_indonesian():
    text = Text(id="Penduduk", en="Population")
    assert (str(text), text.of("en-us"), text.of("jv"), text.of("fr")) == (
        "Penduduk",
        "Population",
        "Penduduk",
        "Penduduk",
    )


def test_a_message_holds_no_path_of_the_machine(tmp_path):
    assert shown_name(tmp_path / "definitions" / "national" / "x.toml") == "definitions/national/x.toml"
    assert str(tmp_path) not in shown_name(tmp_path / "y.toml")
