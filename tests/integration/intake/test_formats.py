"""One table, many files: format, encoding, delimiter and headings are found out, and the answer is the same."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from natapraja.mcd.intake import returning
from natapraja.mcd.intake.queries import Report
from natapraja.mcd.registers.models import Version
from tests.builders import regency
from tests.integration.intake.files import as_csv, as_parquet, as_xlsx, person, said, send

pytestmark = pytest.mark.django_db

ROWS = [
    person(name="Contoh Satu", grade="3", working="ya"),
    person(
        person_no="w2",
        name="Contoh Dua",
        nik="",
        sex="perempuan",
        birth_date="1985-12-31",
        grade="",
        working="0",
    ),
    person(person_no="w3", name="Contoh Tiga", nik="3309014203909003", sex="P", grade="9", working="ya"),
    person(person_no="w4", name="", nik="", grade="1", working="tidak"),
]


def told(report: Report) -> tuple[object, ...]:
    rows = [(one.code, one.column, one.first_rows) for one in report.findings]
    return report.rows, report.new, report.refused, report.warned, sorted(rows)


def believed() -> list[tuple[str, str, dict[str, object]]]:
    found = Version.objects.order_by("unit__key").values_list("unit__key", "area__code", "data")
    return [(key, area, msgspec.json.decode(data)) for key, area, data in found]


def typed() -> list[dict[str, object]]:
    """The same table as a program would write it: numbers, dates and yes or no as such."""
    days = {row["person_no"]: date.fromisoformat(str(row["birth_date"])) for row in ROWS}
    answers = {"ya": True, "tidak": False, "0": False}
    return [
        {
            **row, "birth_date": days[row["person_no"]], "working": answers[str(row["working"])],
            "grade": int(str(row["grade"])) if row["grade"] else None,
        }
        for row in ROWS
    ]  # fmt: skip


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: as_csv(folder / "uji.csv", ROWS),
        lambda folder: as_csv(folder / "uji.txt", ROWS, delimiter=";"),
        lambda folder: as_csv(folder / "uji.tsv", ROWS, delimiter="\t"),
        lambda folder: as_csv(folder / "uji.csv", ROWS, encoding="utf-8-sig"),
        lambda folder: as_csv(folder / "uji.csv", ROWS, encoding="utf-16"),
        lambda folder: as_xlsx(folder / "uji.xlsx", ROWS),
        lambda folder: as_xlsx(folder / "uji.xlsx", typed()),
        lambda folder: as_parquet(folder / "uji.parquet", ROWS),
        lambda folder: as_parquet(folder / "uji.parquet", typed()),
    ],
    ids=[
        "comma",
        "semicolon",
        "tab",
        "bom",
        "utf-16",
        "xlsx text",
        "xlsx typed",
        "parquet text",
        "parquet typed",
    ],
)
def test_every_format_gives_the_same_answer(village: None, tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    report = send(write(tmp_path))
    wanted = [("empty", "name", (5,)), ("too_large", "grade", (4,))]
    assert told(report) == (4, 2, 2, 0, wanted)
    assert believed() == [
        ("w1", regency.RT, {
            "nik": "3309010203909001", "name": "Contoh Satu", "birth_date": "1990-03-02", "sex": "L", "grade": 3,
            "working": True,
        }),
        ("w2", regency.RT, {"name": "Contoh Dua", "birth_date": "1985-12-31", "sex": "P", "working": False}),
    ]  # fmt: skip


def test_latin_1_keeps_its_accents(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "uji.csv", [person(name="Contoh Aimé")], encoding="latin-1"))
    assert believed()[0][2]["name"] == "Contoh Aimé"


def test_a_file_says_its_delimiter_as_excel_does(village: None, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "uji.csv", [person()], delimiter="|")
    path.write_text("sep=|\n" + path.read_text())
    assert send(path).new == 1


def test_quoted_cells_may_hold_delimiters_and_quotation_marks(village: None, tmp_path: Path) -> None:
    rows = [person(name="Contoh, Satu"), person(person_no="w2", nik="", name='Contoh "Dua"')]
    path = as_csv(tmp_path / "uji.csv", rows)
    with path.open("a") as file:
        file.write(
            f'w3,{regency.RT},, "Contoh, Tiga" ,1990-03-02,L\nw4,{regency.RT},,Contoh "E" Empat,1990-03-02,L\n'
        )
    report = send(path)
    assert (report.new, report.refused) == (4, 0)
    names = ["Contoh, Satu", 'Contoh "Dua"', "Contoh, Tiga", 'Contoh "E" Empat']
    assert [row[2]["name"] for row in believed()] == names


def test_an_empty_line_keeps_its_number(village: None, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "uji.csv", [person(), person(person_no="w2", nik="", sex="X")])
    path.write_text(path.read_text().replace("\nw2", "\n\n\nw2"))
    report = send(path)
    assert (report.rows, report.findings[0].first_rows) == (2, (1 + 1 + 2 + 1,))


def test_a_line_break_in_a_workbook_is_a_space_here_and_in_what_goes_back(
    village: None, tmp_path: Path
) -> None:
    rows = [person(name="Contoh\nSatu"), person(person_no="w2", nik="", name="Contoh\r\nDua", sex="X")]
    report = send(as_xlsx(tmp_path / "uji.xlsx", rows))
    assert (report.new, report.refused, believed()[0][2]["name"]) == (1, 1, "Contoh Satu")
    assert report.bad_file is not None
    mended = tmp_path / "perbaikan.csv"
    mended.write_text(report.bad_file.read_text(encoding="utf-8-sig").replace("1990-03-02;X", "1990-03-02;P"))
    assert (send(mended).new, believed()[1][2]["name"]) == (1, "Contoh Dua")


def test_headings_are_known_by_name_and_by_label_however_written(village: None, tmp_path: Path) -> None:
    names = {
        "person_no": "Person No", "area": " KODE RT ", "nik": "Nik", "name": "nama", "birth_date": "TANGGAL  LAHIR *",
        "sex": "Jenis_Kelamin",
    }  # fmt: skip
    report = send(as_csv(tmp_path / "uji.csv", [{names[key]: value for key, value in person().items()}]))
    assert (report.new, report.message) == (1, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gradee": "3"}, "Kolom “gradee” tidak ada di register Penduduk. Mungkin maksudnya “grade”"),
        ({"agama_rahasia": "3"}, "Kolom “agama_rahasia” tidak ada di register Penduduk. Hapus kolom itu"),
        (
            {"tgl lahir": "3"},
            "Kolom “tgl lahir” tidak ada di register Penduduk. Mungkin maksudnya “birth_date”",
        ),
        ({"xyzzy": "3"}, "Kolom “xyzzy” tidak ada di register Penduduk. Hapus kolom itu"),
        ({"Nama": "Contoh"}, "Kolom “name” ada lebih dari sekali."),
        ({"sex": None}, "Kolom yang wajib ada belum ada: “sex” (Jenis kelamin)."),
        ({"area": None, "name": None}, "Kolom yang wajib ada belum ada: “area” (Kode RT), “name” (Nama)."),
    ],
)
def test_a_wrong_heading_refuses_the_file_before_any_row_is_read(
    village: None, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    row = {**person(), **change}
    row = {key: value for key, value in row.items() if value is not None}
    report = send(as_csv(tmp_path / "uji.csv", [row]))
    assert (report.state, report.rows, report.ok) == ("failed", 0, False)
    assert report.message.startswith(words)


def test_a_file_without_headings_is_refused_without_naming_anybody(village: None, tmp_path: Path) -> None:
    path = tmp_path / "uji.csv"
    path.write_text("w1,33.09.01.2001.001.001,3309010203909001,Contoh Rahasia,1990-03-02,L\n" * 3)
    report = send(path)
    assert report.message.startswith("Baris pertama berkas ini bukan judul kolom register Penduduk.")
    assert "Rahasia" not in report.message
    assert "3309010203909001" not in report.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Berkas ini kosong."),
        ("person_no,area,name,birth_date,sex\n", "Berkas ini hanya berisi judul kolom."),
        (
            "person_no,area,name,birth_date,sex,\nw1,a,b,c,L,lebih\n",
            "Kolom ke-6 berisi data tetapi tidak punya judul.",
        ),
    ],
)
def test_a_file_with_nothing_to_take_in_says_what_is_missing(
    village: None, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "uji.csv"
    path.write_text(text)
    assert send(path).message.startswith(words)


def test_refused_rows_come_back_in_their_layout_and_can_be_sent_again(village: None, tmp_path: Path) -> None:
    path = as_csv(
        tmp_path / "uji.csv", [person(), person(person_no="w2", nik="", sex="X", name="")], delimiter="\t"
    )
    report = send(path)
    assert report.bad_file is not None
    lines = report.bad_file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "baris;kolom;alasan;cara memperbaiki;person_no;area;nik;name;birth_date;sex"
    assert lines[1].startswith(
        '3;"Nama (name); Jenis kelamin (sex)";Nama belum diisi. Jenis kelamin: pilihan itu tidak ada di daftar.;'
    )
    mended = tmp_path / "perbaikan.csv"
    mended.write_text(
        "\n".join(lines).replace(";;1990-03-02;X", ";Contoh Dua;1990-03-02;P"), encoding="utf-8"
    )
    again = send(mended)
    assert (again.rows, again.new, again.refused) == (1, 1, 0)


def test_columns_reasons_and_remedies_of_a_row_stand_in_one_order(village: None, tmp_path: Path) -> None:
    report = send(
        as_csv(tmp_path / "uji.csv", [person(sex="X", birth_date="kemarin", grade="0", working="?")])
    )
    assert report.bad_file is not None
    (_, row) = returning.rows_of(report.bad_file)
    found = {one.column: one for one in report.findings}
    order = [found[name] for name in ("birth_date", "sex", "grade", "working")]  # as in the empty file
    assert row[:4] == [
        "2",
        "; ".join(one.where for one in order),
        " ".join(one.reason for one in order),
        " ".join(one.remedy for one in order),
    ]


def test_what_is_said_of_several_columns_is_said_once(village: None, tmp_path: Path) -> None:
    report = send(as_csv(tmp_path / "uji.csv", [person(name="", birth_date="", sex="X")]))
    assert report.bad_file is not None
    (_, row) = returning.rows_of(report.bad_file)
    assert row[1:3] == [
        "Nama (name); Tanggal lahir (birth_date); Jenis kelamin (sex)",
        "Nama belum diisi. Tanggal lahir belum diisi. Jenis kelamin: pilihan itu tidak ada di daftar.",
    ]
    assert row[3].count("Isi kolom ini") == 1
    assert row[3].index("Isi kolom ini") < row[3].index("yang diterima")


def test_a_finding_about_the_row_as_a_whole_names_no_column(village: None, tmp_path: Path) -> None:
    path = tmp_path / "uji.csv"
    path.write_text(f'person_no,area,name,birth_date,sex\nw1,{regency.RT},"Contoh,1990-03-02,L\n')
    report = send(path)
    assert report.bad_file is not None
    assert [row[1] for row in returning.rows_of(report.bad_file)] == ["kolom", "seluruh baris"]
    assert report.findings[0].where == "seluruh baris"


def test_a_number_in_an_excel_cell_is_never_taken_for_a_nik(village: None, tmp_path: Path) -> None:
    report = send(as_xlsx(tmp_path / "uji.xlsx", [person(nik=3309010203909001)]))
    assert set(said(report)) == {"civil_decimal"}
