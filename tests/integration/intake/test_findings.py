"""Every finding of the catalogue, one line each: what stands in which cell, and the reason that comes back."""

from pathlib import Path

import pytest

from natapraja.mcd.intake import findings
from natapraja.mcd.intake.layout import codes_of, columns
from natapraja.mcd.registers.catalogue import registers
from tests.builders import regency
from tests.integration.intake.files import as_csv, person, said, send

pytestmark = pytest.mark.django_db

LONG = "Contoh " * 40

# column, cell, code, first words of the reason
REFUSED = [
    ("person_no", "", "key_empty", "Nomor register belum diisi."),
    ("person_no", "k" * 65, "key_long", "Nomor register lebih dari 64 huruf."),
    ("person_no", "3309010203909001", "key_civil", "Nomor register berisi 16 angka seperti NIK"),
    ("area", "", "area_empty", "Kode RT belum diisi."),
    ("area", "33.09.01.2001.001.099", "area_unknown", "Kode RT ini tidak ada dalam daftar wilayah."),
    ("area", regency.VILLAGE, "area_not_rt", "Kode ini bukan kode RT."),
    ("name", "", "empty", "Nama belum diisi."),
    ("name", "  \u00a0 ", "empty", "Nama belum diisi."),
    ("name", "-", "empty", "Nama belum diisi."),
    ("name", LONG, "text_long", "Nama lebih dari 200 huruf."),
    ("name", "=cmd|' /C calc'!A0", "formula", "Nama tampak seperti rumus"),
    ("name", "@SUM(1+1)", "formula", "Nama tampak seperti rumus"),
    ("name", "#REF!", "formula", "Nama tampak seperti rumus"),
    ("birth_date", "", "empty", "Tanggal lahir belum diisi."),
    ("birth_date", "dua Maret", "not_date", "Tanggal lahir bukan tanggal."),
    ("birth_date", "02/03/90", "not_date", "Tanggal lahir bukan tanggal."),
    ("birth_date", "1990", "not_date", "Tanggal lahir bukan tanggal."),
    ("birth_date", "1990-02-30", "no_such_day", "Tanggal lahir tidak ada di kalender."),
    ("birth_date", "03/13/1990", "no_such_day", "Tanggal lahir tidak ada di kalender."),
    ("birth_date", "2026-06-02", "date_future", "Tanggal lahir belum tiba."),
    ("birth_date", "1899-12-31", "date_early", "Tanggal lahir sebelum tahun 1900."),
    ("valid_from", "2026-06-02", "date_future", "Berlaku sejak belum tiba."),
    ("sex", "", "empty", "Jenis kelamin belum diisi."),
    ("sex", "X", "not_in_list", "Jenis kelamin: pilihan itu tidak ada di daftar."),
    ("grade", "tiga", "not_integer", "Kelas tertinggi yang diikuti (8 = tamat) bukan bilangan bulat."),
    ("grade", "3,5", "not_integer", "Kelas tertinggi yang diikuti (8 = tamat) bukan bilangan bulat."),
    ("grade", "0", "too_small", "Kelas tertinggi yang diikuti (8 = tamat) kurang dari 1."),
    ("grade", "9", "too_large", "Kelas tertinggi yang diikuti (8 = tamat) lebih dari 8."),
    (
        "working",
        "mungkin",
        "not_yes_no",
        "Bekerja sedikitnya satu jam dalam seminggu terakhir bukan ya atau tidak.",
    ),
    ("family", "k-404", "no_such_unit", "Keluarga (KK): nomor itu tidak ada di register Keluarga"),
    ("nik", "3,30901E+15", "civil_scientific", "NIK rusak menjadi notasi ilmiah."),
    ("nik", "3309010203909001.0", "civil_decimal", "NIK tersimpan sebagai angka"),
    ("nik", "33090102O3909001", "civil_signs", "NIK memuat tanda selain angka."),
    ("nik", "330901020390900", "civil_length", "NIK tidak terdiri dari 16 angka."),
    ("nik", "0000000000000000", "civil_zero", "NIK hanya berisi angka nol."),
    ("nik", "3309013102909001", "civil_day", "Tanggal pada NIK tidak ada di kalender."),
    ("nik", "3309013202909001", "civil_day", "Tanggal pada NIK tidak ada di kalender."),
    ("nik", "3309017202909001", "civil_day", "Tanggal pada NIK tidak ada di kalender."),
    ("nik", "3309010213909001", "civil_day", "Tanggal pada NIK tidak ada di kalender."),
]

WARNED = [
    ("nik", "3309010303909001", "nik_birth", "Tanggal lahir pada NIK berbeda"),
    ("nik", "3309014203909001", "nik_sex", "Jenis kelamin menurut NIK berbeda"),
    ("nik", "3309010203900000", "civil_serial", "Nomor urut pada NIK 0000."),
]

# column, cell, what is stored
ACCEPTED = [
    ("birth_date", "02/03/1990", "1990-03-02"),
    ("birth_date", "2-3-1990", "1990-03-02"),
    ("birth_date", "1990/03/02", "1990-03-02"),
    ("birth_date", "1990-03-02 00:00:00", "1990-03-02"),
    ("birth_date", "32934", "1990-03-02"),  # the days since 30 December 1899, as Excel counts
    ("sex", "laki-laki", "L"),
    ("sex", " Male ", "L"),
    ("working", "YA", True),
    ("working", "tidak", False),
    ("working", "0", False),
    ("grade", "3", 3),
    ("grade", "3.0", 3),
    ("grade", "", None),
    ("grade", "-", None),
    ("name", "\u00a0Contoh\u00a0  Satu\u200b", "Contoh Satu"),
    ("nik", "33.0901.020390.9001", "3309010203909001"),
    ("nik", "'3309010203909001", "3309010203909001"),
    ("nik", "3309012902009001", "3309012902009001"),  # 29 February 2000 is real, that of 1900 is not
    ("phone", "'+62 812 0000", "+62 812 0000"),  # as our own download writes it
]


@pytest.mark.parametrize(("column", "cell", "code", "words"), REFUSED)
def test_a_cell_that_cannot_be_true_refuses_its_row(
    village: None, tmp_path: Path, column: str, cell: str, code: str, words: str
) -> None:
    report = send(as_csv(tmp_path / "uji.csv", [person(person_no="w0", nik=""), person(**{column: cell})]))
    assert (report.new, report.refused) == (1, 1)
    (found,) = report.findings
    assert (found.code, found.refused, found.first_rows) == (code, True, (3,))
    assert found.reason.startswith(words)
    assert found.remedy.endswith(".")


@pytest.mark.parametrize(("column", "cell", "code", "words"), WARNED)
def test_a_cell_that_is_odd_warns_and_does_not_block(
    village: None, tmp_path: Path, column: str, cell: str, code: str, words: str
) -> None:
    report = send(as_csv(tmp_path / "uji.csv", [person(**{column: cell})]))
    assert (report.new, report.refused, report.warned) == (1, 0, 1)
    assert said(report)[code].startswith(words)
    assert report.ok


@pytest.mark.parametrize(("column", "cell", "stored"), ACCEPTED)
def test_an_answer_is_understood_as_people_write_it(
    village: None, tmp_path: Path, column: str, cell: str, stored: object
) -> None:
    from natapraja.mcd.registers.models import Version
    from natapraja.mcd.registers.queries import _record

    report = send(as_csv(tmp_path / "uji.csv", [person(**{column: cell})], delimiter=";"))
    assert (report.new, report.refused) == (1, 0)
    assert _record(Version.objects.get())[column] == stored


def test_a_number_is_written_with_comma_or_point(village: None, tmp_path: Path) -> None:
    send(
        as_csv(tmp_path / "rumah.csv", [{"house_no": "r1", "area": regency.RT, "occupied": "ya"}]),
        register="houses",
    )
    rows = [
        {"household_no": f"rt{n}", "area": regency.RT, "house": "r1", "monthly_income": cell}
        for n, cell in enumerate(
            ("1500000", "1500000,5", "1500000.5", "1.500.000", "1.500.000,50", "satu juta")
        )
    ]
    report = send(as_csv(tmp_path / "rumah-tangga.csv", rows), register="households")
    assert (report.new, report.refused) == (5, 1)
    assert said(report)["not_number"].startswith("Pendapatan")


def test_a_key_used_twice_refuses_every_row_that_uses_it(village: None, tmp_path: Path) -> None:
    rows = [person(), person(name="Contoh Dua"), person(person_no="w2", nik="")]
    report = send(as_csv(tmp_path / "uji.csv", rows))
    assert (report.new, report.refused) == (1, 2)
    assert report.findings[0].first_rows == (2, 3)


def test_a_nik_used_twice_warns_in_the_file_and_against_the_register(village: None, tmp_path: Path) -> None:
    first = send(as_csv(tmp_path / "satu.csv", [person(person_no="a"), person(person_no="b")]))
    assert (first.new, first.warned, set(said(first))) == (2, 2, {"civil_twice"})
    second = send(as_csv(tmp_path / "dua.csv", [person(person_no="c")]))
    assert (second.new, second.warned, set(said(second))) == (1, 1, {"civil_held"})


def test_more_cells_than_headings_refuse_the_row(village: None, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "uji.csv", [person(), person(person_no="w2", nik="")])
    path.write_text(path.read_text().replace("1990-03-02,L", "1990-03-02,L,lebih", 1))
    report = send(path)
    assert (report.new, report.refused, set(said(report))) == (1, 1, {"too_many_cells"})


def test_a_row_outside_the_importers_area_is_refused(village: None, tmp_path: Path) -> None:
    rows = [person(), person(person_no="w2", nik="", area=f"{regency.OTHER_VILLAGE}.001.001")]
    report = send(as_csv(tmp_path / "uji.csv", rows), area_limit=[regency.VILLAGE])
    assert (report.new, report.refused, set(said(report))) == (1, 1, {"area_outside"})


def test_an_rt_code_without_dots_and_a_former_code_are_understood(village: None, tmp_path: Path) -> None:
    from natapraja.foundation.areas.models import Area, AreaPeriod

    AreaPeriod.objects.create(
        area=Area.objects.get(code=regency.RT), code="33.09.09.2001.001.001", name="RT 001", entry=1,
        valid_to="2019-01-16",
    )  # fmt: skip
    rows = [
        person(area=regency.RT.replace(".", "")),
        person(person_no="w2", nik="", area="33.09.09.2001.001.001"),
    ]
    report = send(as_csv(tmp_path / "uji.csv", rows))
    assert (report.new, report.refused, report.warned, set(said(report))) == (2, 0, 1, {"area_former"})


def test_an_rt_that_is_gone_is_refused(village: None, tmp_path: Path) -> None:
    from natapraja.foundation.areas.models import Area

    Area.objects.filter(code=regency.RT).update(valid_to="2025-01-01")
    report = send(as_csv(tmp_path / "uji.csv", [person()]))
    assert set(said(report)) == {"area_gone"}


def test_every_finding_can_be_said_of_every_column_of_every_register() -> None:
    for register in registers().values():
        for column in columns(register):
            for code in findings.CATALOGUE:
                sentence = findings.reason(code, column) + findings.remedy(code, column)
                assert "{" not in sentence


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("sex", "yang diterima: L = Laki-laki; P = Perempuan."),
        ("marital_status", "yang diterima: 1 = Belum kawin; 2 = Kawin; 3 = Cerai hidup; 4 = Cerai mati."),
        ("industry", "di halaman Impor, unduh berkas kosong XLSX register ini dan buka lembar keduanya."),
    ],
)
def test_a_choice_that_is_not_in_the_list_is_answered_with_the_list_or_where_it_is(
    village: None, tmp_path: Path, column: str, words: str
) -> None:
    report = send(as_csv(tmp_path / "uji.csv", [person(**{column: "?"})]))
    assert words in said(report)["not_in_list"]


@pytest.mark.parametrize("name", sorted(registers()))
def test_lists_of_at_most_eight_codes_are_named_whole(name: str) -> None:
    for column in columns(registers()[name]):
        codes = codes_of(column)
        told = [f"{code} = {word}" in findings.remedy("not_in_list", column) for code, word in codes]
        assert told == [len(codes) <= 8] * len(codes)


def test_no_finding_repeats_what_stood_in_the_cell(village: None, tmp_path: Path) -> None:
    secret = "3309010203909"
    report = send(as_csv(tmp_path / "uji.csv", [person(nik=secret, name="=Contoh Rahasia")]))
    assert report.refused == 1
    told = " ".join(said(report).values()) + report.message
    assert secret not in told
    assert "Rahasia" not in told
