"""The page of the import: who may send, what is said, what comes back."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from natapraja.foundation.access.actions import create_account, give_role
from natapraja.foundation.access.models import User
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.foundation.ledger.models import Entry
from natapraja.foundation.web import formats
from natapraja.mcd.intake import actions, folders, forms, retention, rules, tasks
from natapraja.mcd.intake.models import Import
from natapraja.mcd.registers.catalogue import registers
from natapraja.mcd.registers.models import Version
from tests.builders import regency
from tests.integration.intake.files import as_csv, as_xlsx, people, person

pytestmark = pytest.mark.django_db

SignedIn = Callable[..., Client]


@pytest.fixture
def as_officer(village: None) -> SignedIn:
    """A browser in which somebody with this role has signed in."""

    def sign_in(role: str = "pengelola", area: str = regency.REGENCY, name: str = "pengelola.uji") -> Client:
        user = User.objects.filter(username=name).first() or create_account(
            username=name, full_name="Uji Pengelola", password="kata sandi uji", by="system:uji", at=regency.AT,
            must_change=False,
        )  # fmt: skip
        give_role(
            user=user, role=role, area=area, valid_from=date(2026, 1, 1), by="system:uji", at=regency.AT
        )
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def upload(client: Client, path: Path, **more: str) -> str:
    """Send a file from the page; the address one is led to."""
    content = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post("/impor/", {"register": "people", "file": content, **more})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def work() -> None:
    """What the process of background jobs does with what waits."""
    for waiting in DBTaskResult.objects.ready():
        tasks.run_import.call(*waiting.args_kwargs["args"])
        waiting.delete()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_page_teaches_how_to_begin(as_officer: SignedIn) -> None:
    page = text(as_officer(), "/impor/")
    assert "Belum ada berkas yang dikirim" in page
    assert "/impor/kosong/people.xlsx" in page


def test_the_page_says_since_when_new_rows_hold_and_what_to_do_about_it(
    as_officer: SignedIn, tmp_path: Path
) -> None:
    client = as_officer()
    page = text(client, "/impor/")
    assert "Baris baru tanpa tanggal dianggap berlaku sejak hari ini, atau sejak isi berkas diketahui" in page
    assert "Untuk baris yang dulu terlewat, tulis sejak kapan keadaannya benar" in page
    upload(client, as_csv(tmp_path / "satu.csv", [person()]))
    upload(
        client, as_csv(tmp_path / "dua.csv", [person(person_no="w2", nik="")]), known_at="2026-03-01T08:00"
    )
    upload(client, as_csv(tmp_path / "tiga.csv", [person(person_no="w3", nik="", valid_from="2020-05-01")]))
    work()
    held = dict(Version.objects.values_list("unit__key", "valid_from"))
    assert held == {"w1": local_date(now()), "w2": date(2026, 3, 1), "w3": date(2020, 5, 1)}


def test_a_file_goes_in_through_the_page(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(
        client, as_csv(tmp_path / "penduduk.csv", [*people(3), person(person_no="w9", nik="", sex="X")])
    )
    assert "Menunggu giliran" in text(client, address)
    work()
    page = text(client, address)
    assert "Selesai, ada yang ditolak" in page
    assert "Jenis kelamin: pilihan itu tidak ada di daftar." in page
    assert '<th scope="col">Kolom</th>' in page
    assert "<td>Jenis kelamin (sex)</td>" in page
    assert "/impor/kosong/people.xlsx" in page
    assert Version.objects.count() == 3
    assert "penduduk.csv" in text(client, "/impor/")
    assert list(folders.uploads().iterdir()) == []


def test_refused_rows_are_handed_back_and_that_is_written_down(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", [person(name="=cmd()")]))
    work()
    answer = client.get(f"{address}ditolak.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    assert (rows[0]["baris"], rows[0]["person_no"], rows[0]["name"]) == ("2", "w1", "'=cmd()")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    book = b"".join(client.get(f"{address}ditolak.xlsx"))
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None
    read = Entry.objects.filter(kind="import.returned")
    assert (read.count(), '"count":1' in read[0].detail) == (2, True)


def test_the_list_asks_as_often_for_many_files_as_for_one(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            text(client, "/impor/")
        return len(found)

    upload(client, as_csv(tmp_path / "satu.csv", [person(sex="X")]))
    work()
    asked()  # what is read once per process
    few = asked()
    for number in range(5):
        upload(client, as_csv(tmp_path / f"{number}.csv", [person(sex="X", person_no=f"w{number}")]))
    work()
    assert asked() == few
    assert text(client, "/impor/").count("Selesai, ada yang ditolak") == 6


def test_who_may_not_import_sees_nothing_of_it(as_officer: SignedIn, tmp_path: Path) -> None:
    owner, other = as_officer(), as_officer("operator_desa", regency.VILLAGE, "operator.uji")
    address = upload(owner, as_csv(tmp_path / "uji.csv", [person(sex="X")]))
    work()
    for page in ("/impor/", address, f"{address}ditolak.csv", "/impor/kosong/people.csv"):
        assert other.get(page).status_code == 403
    assert other.post("/impor/", {"register": "people"}).status_code == 403
    assert other.post(f"{address}lanjutkan/").status_code == 403


def test_rows_outside_the_senders_area_are_refused(
    as_officer: SignedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from natapraja.foundation.access import catalogue

    village_role = catalogue.roles().roles["operator_desa"]
    allowed = village_role.permissions | {"import.write"}
    monkeypatch.setitem(
        catalogue.roles().roles, "operator_desa", type(village_role)(
            name=village_role.name, levels=village_role.levels, permissions=allowed,
        ),
    )  # fmt: skip
    client = as_officer("operator_desa", regency.VILLAGE, "operator.uji")
    rows = [person(), person(person_no="w2", nik="", area=f"{regency.OTHER_VILLAGE}.001.001")]
    address = upload(client, as_csv(tmp_path / "uji.csv", rows))
    work()
    assert "RT ini di luar wilayah tugas Anda." in text(client, address)
    assert list(Version.objects.values_list("unit__key", flat=True)) == ["w1"]
    stranger = as_officer("operator_desa", regency.OTHER_VILLAGE, "operator.lain")
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}ditolak.csv").status_code == 404
    assert client.get(f"{address}ditolak.csv").status_code == 200
    assert "uji.csv" not in text(stranger, "/impor/")


def test_an_upload_without_a_token_is_refused(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    content = SimpleUploadedFile("uji.csv", b"person_no\n")
    assert strict.post("/impor/", {"register": "people", "file": content}).status_code == 403
    assert Import.objects.count() == 0
    assert list(folders.uploads().iterdir()) == []


def test_a_file_above_the_limit_is_refused_with_a_sentence(
    as_officer: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "FILE_LIMIT", rules.MEGABYTE)
    client = as_officer()
    for size in (1.5, 4):
        content = SimpleUploadedFile("uji.csv", b"x" * int(size * rules.MEGABYTE))
        answer = client.post("/impor/", {"register": "people", "file": content})
        assert answer.status_code == 422
        assert f"Berkas ini {int(size)} MB; paling besar 1 MB." in answer.content.decode()
    assert list(folders.uploads().iterdir()) == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Pilih registernya."),
        ({"register": "people"}, "Pilih berkasnya."),
        ({"register": "people", "file": SimpleUploadedFile("x.csv", b"")}, "Berkas ini kosong."),
        ({"register": "people", "valid_on": "2999-01-01"}, "Tanggal ini belum tiba."),
        ({"register": "people", "known_at": "2999-01-01T08:00"}, "Waktu ini belum tiba."),
        *(
            ({"register": "people", name: cell}, "Ini sebelum tahun 1900.")
            for name, cell in (
                ("known_at", "0001-01-01T00:00"),
                ("known_at", "1899-12-31T23:59"),
                ("valid_on", "0001-01-01"),
            )
        ),
        ({"register": "people", "known_at": "kemarin"}, "Tulis tanggal dan jamnya seperti 2026-11-20 08:00."),
        (
            {"register": "people", "valid_on": "2026-03-02", "known_at": "2026-03-01T23:59"},
            "Waktu ini sebelum tanggal keadaannya.",
        ),
    ],
)
def test_what_is_missing_in_the_form_is_said(
    as_officer: SignedIn, sent: dict[str, object], words: str
) -> None:
    answer = as_officer().post("/impor/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_first_moment_of_all_is_refused_with_a_sentence(as_officer: SignedIn, tmp_path: Path) -> None:
    content = SimpleUploadedFile("uji.csv", as_csv(tmp_path / "uji.csv", people(1)).read_bytes())
    answer = as_officer().post(
        "/impor/", {"register": "people", "file": content, "known_at": "0001-01-01T00:00"}
    )
    assert (answer.status_code, Import.objects.count()) == (422, 0)
    assert "Ini sebelum tahun 1900." in answer.content.decode()


def test_an_interrupted_import_offers_to_go_on(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", people(2)))
    Import.objects.update(state=rules.BELIEVING, planned=2)
    DBTaskResult.objects.all().delete()
    assert "Terputus" in text(client, address)
    assert client.post(f"{address}lanjutkan/").status_code == 302
    work()
    assert "Semua baris berkas ini ada di register." in text(client, address)


def test_a_moving_import_says_how_far_it_is_without_a_script(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", people(2)))
    found = Import.objects.get()
    Import.objects.update(state=rules.BELIEVING, rows=60_742, planned=60_742, place=38_400)
    with folders.working(found.pk):
        page = text(client, address)
    assert "38.400 dari 60.742" in page
    assert "Muat ulang" in page
    assert 'data-live-id="kemajuan" data-moving' in page


def test_a_file_that_cannot_be_used_says_why(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", [person(gradee="3")]))
    work()
    page = text(client, address)
    assert "Tidak dapat diterima" in page
    assert "Mungkin maksudnya “grade”" in page


def test_the_page_is_there_in_english(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", [person(sex="X")]))
    work()
    client.cookies["django_language"] = "en"
    page = text(client, address)
    assert "Sex: that choice is not in the list." in page
    assert "Done, some refused" in page


@pytest.mark.parametrize("register", sorted(registers()))
def test_an_empty_file_of_each_register_is_known_when_it_comes_back(
    as_officer: SignedIn, tmp_path: Path, register: str
) -> None:
    client = as_officer()
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/impor/kosong/{register}.{kind}")
        assert answer.status_code == 200
        path = tmp_path / f"kosong.{kind}"
        path.write_bytes(answer.content)
        address = upload(client, path, register=register)
        work()
        assert "Berkas ini hanya berisi judul kolom." in text(client, address)


def test_the_second_sheet_explains_every_column_and_its_codes(as_officer: SignedIn) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(as_officer().get("/impor/kosong/people.xlsx").content))
    rows = book.get_sheet_by_index(1).to_python()
    assert rows[0] == ["Kolom", "Arti", "Wajib", "Cara mengisi", "Kode", "Kata"]
    assert ["sex", "Jenis kelamin", "ya", "kode atau kata dari daftar di bawahnya", "", ""] in rows
    assert ["sex", "", "", "", "P", "Perempuan"] in rows


def test_registers_are_offered_in_the_order_in_which_they_refer_to_each_other() -> None:
    names = [name for name, _ in forms.choices()]
    for name in names:
        for field in registers()[name].fields:
            if field.register:
                assert names.index(field.register) < names.index(name)


def test_an_excel_file_goes_in_through_the_page(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    address = upload(client, as_xlsx(tmp_path / "uji.xlsx", people(2)), dry_run="on")
    work()
    page = text(client, address)
    assert "Selesai diperiksa" in page
    assert Version.objects.count() == 0


def test_an_old_file_says_since_when_its_content_is_known(as_officer: SignedIn, tmp_path: Path) -> None:
    client = as_officer()
    path = as_csv(tmp_path / "uji.csv", people(1))
    address = upload(client, path, valid_on="2026-02-01", known_at="2026-03-01T08:00")
    work()
    (version,) = Version.objects.all()
    assert (version.valid_from, version.known_from) == (
        date(2026, 2, 1),
        datetime(2026, 3, 1, 8 - 7, tzinfo=UTC),
    )
    page = text(client, address)
    assert "keadaan sejak 1 Februari 2026" in page
    assert "diketahui sejak 1 Mar 2026, 08.00" in page


def test_a_row_changed_since_an_old_file_was_written_is_not_overwritten(
    as_officer: SignedIn, tmp_path: Path
) -> None:
    client = as_officer()
    fresh = as_csv(tmp_path / "baru.csv", [person(birth_place="Boyolali")])
    upload(client, fresh, valid_on="2026-02-01", known_at="2026-03-02T08:00")
    work()
    old = as_csv(tmp_path / "lama.csv", [person(birth_place="Klaten")])
    address = upload(client, old, known_at="2026-03-01T08:00")
    work()
    assert "Catatan ini sudah diubah sesudah isi berkas ini diketahui." in text(client, address)
    assert [json.loads(version.data)["birth_place"] for version in Version.objects.all()] == ["Boyolali"]


def test_refused_rows_go_when_their_time_is_over_and_the_counts_stay(
    as_officer: SignedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_officer()
    address = upload(client, as_csv(tmp_path / "uji.csv", [person(sex="X")]))
    work()
    found = Import.objects.get()
    assert found.finished_at is not None
    days = retention.rule().versions[0].refused_days
    last = found.finished_at + timedelta(days=days)
    assert actions.forget_refused(by="system:import", at=last) == []
    assert f"Disimpan sampai {formats.day(last)}, lalu dihapus." in text(client, address)
    after = last + timedelta(days=1)
    monkeypatch.setattr(tasks, "now", lambda: after)
    tasks.forget_refused_rows.call()
    assert client.get(f"{address}ditolak.csv").status_code == 404
    page = text(client, address)
    assert f"disimpan sampai {formats.day(last)} dan sudah dihapus" in page
    assert "Jenis kelamin: pilihan itu tidak ada di daftar." in page
    assert Import.objects.get().refused == 1
    entry = Entry.objects.get(kind="import.forgotten")
    assert (entry.subject, '"count":1' in entry.detail) == (f"import:{found.pk}", True)
    assert actions.forget_refused(by="system:import", at=after) == []


def test_a_file_that_was_waiting_when_the_house_stopped_is_taken_up(
    as_officer: SignedIn, tmp_path: Path
) -> None:
    client = as_officer()
    upload(client, as_csv(tmp_path / "uji.csv", people(2)))
    DBTaskResult.objects.all().delete()  # its job was begun by a process that was killed, and will not be begun again
    tasks.resume_imports.call()
    assert (Import.objects.get().state, Version.objects.count()) == (rules.DONE, 2)
