"""`nata import`, as an officer at the server types it."""

from pathlib import Path

import pytest

from natapraja.config.cli import full_parser
from natapraja.mcd.intake.models import Import
from natapraja.mcd.registers.models import Version
from tests.integration.intake.files import as_csv, people, person

pytestmark = pytest.mark.django_db


def nata(*words: str) -> int:
    parser, _ = full_parser()
    args = parser.parse_args(["import", *words])
    return int(args.run(args))


def test_a_good_file_goes_in_and_ends_with_nought(
    village: None, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:  # type: ignore[type-arg]
    path = as_csv(tmp_path / "uji.csv", people(3))
    assert nata("people", str(path), "--known-at", "2026-03-01", "--valid-on", "2026-02-01") == 0
    held = Version.objects.order_by("pk").first()
    assert (str(held.valid_from), held.known_from.isoformat()) == ("2026-02-01", "2026-02-28T17:00:00+00:00")
    assert "Penduduk" in capsys.readouterr().out


def test_a_refused_row_ends_with_one_and_says_where_the_rows_are(
    village: None,
    tmp_path: Path,
    data_dir: Path,
    capsys: pytest.CaptureFixture,  # type: ignore[type-arg]
) -> None:
    assert nata("people", str(as_csv(tmp_path / "uji.csv", [person(sex="X")]))) == 1
    said = capsys.readouterr().out
    assert "ditolak.csv" in said
    assert (
        "ditolak, 1 baris (2), Jenis kelamin (sex): Jenis kelamin: pilihan itu tidak ada di daftar." in said
    )


def test_a_trial_changes_nothing(village: None, tmp_path: Path) -> None:
    assert nata("people", str(as_csv(tmp_path / "uji.csv", people(3))), "--dry-run") == 0
    assert Version.objects.count() == 0


def test_a_folder_is_called_a_folder(
    village: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "berkas").mkdir()
    assert nata("people", str(tmp_path / "berkas")) == 1
    assert capsys.readouterr().out == "berkas adalah folder. Tulis nama berkas di dalamnya.\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"root:x:0:0:root:/root:/bin/bash\n" * 9, "Baris pertama berkas ini bukan judul kolom register Penduduk."),
        (b"person_no\0area\n", "Berkas ini bukan CSV, XLSX, atau Parquet."),
        (b"", "Berkas ini kosong."),
    ],
    ids=["another table", "no text", "empty"],
)  # fmt: skip
def test_a_file_that_is_no_file_of_the_register_leaves_no_trace(
    village: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    path = tmp_path / "lain"
    path.write_bytes(content)
    assert nata("people", str(path)) == 1
    assert said in capsys.readouterr().out.replace("\n", " ")
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("people", "tidak-ada.csv"), 1, "Berkas tidak-ada.csv tidak ditemukan."),
        (("orang", "x.csv"), 2, "Register orang tidak ada."),
        ((), 2, "Tulis register dan berkasnya"),
        (("--resume",), 0, "Tidak ada impor yang terputus."),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(
    village: None,
    capsys: pytest.CaptureFixture,
    words: tuple[str, ...],
    code: int,
    said: str,  # type: ignore[type-arg]
) -> None:
    assert nata(*words) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--known-at", "0001-01-01T00:00", "Waktu diketahuinya isi berkas sebelum tahun 1900."),
        ("--known-at", "1899-12-31", "Waktu diketahuinya isi berkas sebelum tahun 1900."),
        ("--known-at", "9999-12-31T23:59", "Waktu diketahuinya isi berkas belum tiba."),
        ("--valid-on", "0001-01-01", "Tanggal keadaan berkas sebelum tahun 1900."),
    ],
)
def test_a_date_no_file_can_speak_of_is_answered_with_a_sentence(
    village: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, said: str
) -> None:
    assert nata("people", str(as_csv(tmp_path / "uji.csv", people(1))), option, value) == 1
    assert said in " ".join(capsys.readouterr().out.split())
    assert not Import.objects.exists()
