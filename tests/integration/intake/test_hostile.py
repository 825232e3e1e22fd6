"""Files that mean harm, or are broken: each ends in one sentence, none ends the process or fills the machine."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from natapraja.mcd.intake import returning, rules, sheets
from natapraja.mcd.registers.models import Version
from tests.builders import regency
from tests.integration.intake.files import as_csv, as_parquet, as_xlsx, person, send

pytestmark = pytest.mark.django_db

_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def forged_workbook(path: Path, tmp_path: Path, sheet: str) -> Path:
    """A real workbook whose first sheet is replaced by these bytes."""
    plain = as_xlsx(tmp_path / "wajar.xlsx", [person()])
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            data = _SHEET.format(sheet).encode() if member.endswith("sheet1.xml") else source.read(member)
            target.writestr(member, data)
    return path


@pytest.mark.parametrize("content", [b"\0\1\2\3" * 4096, b"MZ\x90\0" + bytes(range(256)) * 64])
def test_a_binary_file_is_refused(village: None, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "uji.csv"
    path.write_bytes(content)
    assert send(path).message.startswith("Berkas ini bukan CSV, XLSX, atau Parquet.")


def test_garbage_that_is_no_text_is_refused_without_being_quoted(village: None, tmp_path: Path) -> None:
    path = tmp_path / "uji.csv"
    path.write_bytes(bytes(one or 1 for one in os.urandom(100_000)))
    report = send(path)
    assert report.state == "failed"
    assert report.message.startswith("Baris")


@pytest.mark.parametrize("start", [b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_file_of_a_known_kind_is_refused(village: None, tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "uji"
    path.write_bytes(start + os.urandom(5_000))
    report = send(path)
    assert report.state == "failed"
    assert "kirim lagi" in report.message


def test_a_half_parquet_file_is_refused(village: None, tmp_path: Path) -> None:
    path = as_parquet(tmp_path / "uji.parquet", [person()])
    path.write_bytes(path.read_bytes()[:-20])
    assert send(path).message.startswith("Berkas Parquet ini rusak")


def test_a_huge_cell_refuses_its_row_alone(village: None, tmp_path: Path) -> None:
    rows = [person(), person(person_no="w2", nik="", name="x" * 1_000_000)]
    report = send(as_csv(tmp_path / "uji.csv", rows))
    assert (report.new, report.refused) == (1, 1)


HEADINGS = "person_no,area,name,birth_date,sex"


def lines_of(*names: str) -> list[str]:
    """One person a line; what stands for the name is written as it is."""
    return [f"w{n},{regency.RT},{name},1990-03-02,L" for n, name in enumerate(names, 1)]


def as_lines(path: Path, lines: list[str], *, end: str = "\n", last: str = "\n") -> Path:
    path.write_text(end.join([HEADINGS, *lines]) + last, newline="")
    return path


@pytest.mark.parametrize("more", [1, 100, 60_000])
def test_a_quotation_mark_that_is_never_closed_refuses_its_row_alone(
    village: None, tmp_path: Path, more: int
) -> None:
    report = send(as_lines(tmp_path / "uji.csv", lines_of('"Contoh', *["Contoh"] * more)))
    assert (report.rows, report.new, report.refused) == (1 + more, more, 1)
    assert [(one.code, one.first_rows) for one in report.findings] == [("torn", (2,))]
    assert report.findings[0].reason.startswith("Tanda kutip di baris ini tidak ditutup")


TORN = [
    (['"Ani', '"Budi', "Citra"], (2, 3)),
    (['"Ani', '"Budi"', '"Citra"'], (2,)),
    (["Ani", "Budi", '"Citra'], (4,)),
    (["Ani", '"Budi\nWati"', "Citra"], (3, 4)),
    (["Ani", '"Budi" B.', "Citra"], (3,)),
    (["Ani", 'Budi"', 'Citra"'], (3, 4)),
    (["Ani", '"Budi "B" W"', "Citra"], (3,)),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("last", ["\n", ""], ids=["ended", "open"])
@pytest.mark.parametrize(("names", "torn"), TORN)
def test_no_quotation_mark_makes_one_person_of_two(
    village: None, tmp_path: Path, names: list[str], torn: tuple[int, ...], end: str, last: str
) -> None:
    lines = "\n".join(lines_of(*names)).split("\n")
    report = send(as_lines(tmp_path / "uji.csv", lines, end=end, last=last and end))
    assert (report.rows, report.refused) == (len(lines), len(torn))
    assert [(one.code, one.first_rows) for one in report.findings] == [("torn", torn)]
    held = [json.loads(version.data)["name"] for version in Version.objects.order_by("unit__key")]
    assert held == [line.split(",")[2].strip('"') for n, line in enumerate(lines, 2) if n not in torn]
    assert report.bad_file is not None
    back = [
        next(cell for cell in row[len(rules.NOTES) :] if cell) for row in returning.rows_of(report.bad_file)
    ]
    assert back[1:] == [lines[number - 2] for number in torn]  # the whole line goes back, nothing is lost
    again = tmp_path / "lagi.csv"
    again.write_bytes(report.bad_file.read_bytes())
    assert (send(again).refused, Version.objects.count()) == (len(torn), len(held))


@pytest.mark.parametrize(
    ("name", "where"),
    [("x" * 10_000_000, "Baris 3, kolom “name”: "), ('"' + "x" * 10_000_000 + '"', "Baris 3: ")],
    ids=["plain", "quoted"],
)
def test_a_cell_of_ten_megabytes_is_called_too_long(
    village: None, tmp_path: Path, name: str, where: str
) -> None:
    path = tmp_path / "uji.csv"
    row = "w{},33.09.01.2001.001.001,{},1990-03-02,L\n"
    path.write_text("person_no,area,name,birth_date,sex\n" + row.format(1, "Contoh") + row.format(2, name))
    report = send(path)
    assert (report.state, Version.objects.count()) == ("failed", 0)
    assert report.message.startswith(f"{where}isinya terlalu panjang, lebih dari 2 MB dalam satu baris.")


def test_a_formula_in_a_workbook_is_taken_by_its_stored_value_only(village: None, tmp_path: Path) -> None:
    row = '<row r="{0}"><c r="A{0}" t="str"><f>CONCAT("a")</f><v>{1}</v></c></row>'
    sheet = row.format(1, "person_no") + row.format(2, "w1")
    report = send(forged_workbook(tmp_path / "uji.xlsx", tmp_path, sheet))
    assert report.message.startswith("Kolom yang wajib ada belum ada")


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SHEET_LIMIT", 5 * rules.MEGABYTE)
    path = forged_workbook(tmp_path / "uji.xlsx", tmp_path, " " * (20 * rules.MEGABYTE))
    assert path.stat().st_size < rules.MEGABYTE
    assert send(path).message == sheets.SENTENCES["large"]


def test_a_workbook_that_lies_about_its_size_is_refused(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SHEET_LIMIT", 5 * rules.MEGABYTE)
    path = forged_workbook(tmp_path / "uji.xlsx", tmp_path, " " * (20 * rules.MEGABYTE))
    content = path.read_bytes()
    size = next(
        one.file_size for one in zipfile.ZipFile(path).infolist() if one.filename.endswith("sheet1.xml")
    )
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    assert send(path).state == "failed"


def test_two_cells_at_the_ends_of_a_sheet_do_not_fill_the_machine(village: None, tmp_path: Path) -> None:
    """A reader that lays out the rectangle between them would need 17 thousand million cells."""
    cell = '<row r="{0}"><c r="{1}{0}" t="str"><v>person_no</v></c></row>'
    sheet = cell.format(1, "A") + cell.format(1_048_576, "XFD")
    report = send(forged_workbook(tmp_path / "uji.xlsx", tmp_path, sheet))
    assert (report.state, report.message) in (
        ("failed", sheets.SENTENCES["large"]), ("failed", sheets.SENTENCES["wide"]),
    )  # fmt: skip


def test_a_workbook_with_a_hundred_thousand_columns_is_refused(village: None, tmp_path: Path) -> None:
    path = tmp_path / "uji.csv"
    path.write_text(",".join(f"k{n}" for n in range(100_000)) + "\n")
    assert send(path).message.startswith(f"Berkas ini punya lebih dari {rules.COLUMN_LIMIT} kolom.")


def test_a_file_above_the_limit_is_refused_before_it_is_read(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "FILE_LIMIT", 2 * rules.MEGABYTE)
    path = tmp_path / "uji.csv"
    path.write_bytes(b"x" * 3 * rules.MEGABYTE)
    assert send(path).message.startswith("Berkas ini 3 MB; paling besar 2 MB.")


@pytest.mark.parametrize("cell", ["=1+1", "+62812", "-5", "@SUM(1)", "\tx", "\rx"])
def test_what_goes_back_to_a_spreadsheet_is_no_formula(village: None, tmp_path: Path, cell: str) -> None:
    report = send(as_xlsx(tmp_path / "uji.xlsx", [person(sex="X", phone=cell)]))
    assert report.bad_file is not None
    (_, row) = returning.rows_of(report.bad_file)
    assert row[-1] in (f"'{cell}", f"'{cell.strip()}", cell.strip("\r"))
    assert not any(part.startswith(("=", "+", "-", "@", "\t", "\r")) for part in row)


def test_a_workbook_of_refused_rows_holds_text_only(village: None, tmp_path: Path) -> None:
    report = send(as_csv(tmp_path / "uji.csv", [person(sex="X", name="=2+5")]))
    assert report.bad_file is not None
    target = tmp_path / "ditolak.xlsx"
    returning.write_workbook(report.bad_file, target)
    with zipfile.ZipFile(target) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 't="n"' not in sheet


def test_a_name_of_a_file_with_signs_of_a_pattern_is_just_a_name(village: None, tmp_path: Path) -> None:
    (tmp_path / "uji1.csv").write_text("person_no\n")
    assert send(as_csv(tmp_path / "uji[0-9]*.csv", [person()])).new == 1


def test_a_value_with_quotes_and_comments_is_only_a_value(village: None, tmp_path: Path) -> None:
    name = "Contoh'); DROP TABLE checked; --"
    assert (
        send(as_csv(tmp_path / "uji.csv", [person(name=name), person(person_no="x' OR '1'='1", nik="")])).new
        == 2
    )
    assert name in Version.objects.order_by("pk").first().data
