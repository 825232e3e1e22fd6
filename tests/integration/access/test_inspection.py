"""The inspector sees who read what, and the ledger notices when somebody edits the tables by hand."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from natapraja.foundation.access import actions, evidence, presenters, queries, witness
from natapraja.foundation.access.models import Assignment, Trace, User
from natapraja.foundation.areas.actions import load_areas
from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.ledger import queries as ledger
from natapraja.foundation.ledger.models import Entry
from tests.integration.access.conftest import EARLIER, Enter, Make

SUMBUNG, RT = "33.09.03.2004", "33.09.03.2004.001.007"
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def reads(make: Make) -> User:
    """Two reads by a neighbourhood head, yesterday and today."""
    user = make("ketua_rt", RT)
    reader = queries.reader_for(user, local_date(NOON))
    for at, count in ((NOON - timedelta(days=1), 160), (NOON, 3)):
        actions.read_persons(reader=reader, area=RT, count=count, at=at)
    return user


def counts(**asked: Any) -> list[int]:
    return [row.count for row in queries.seen(queries.traces(queries.Question(**asked)))]


def test_the_trail_is_asked_by_person_purpose_place_kind_and_day(reads: User) -> None:
    assert counts() == [3, 160]
    assert counts(kind="persons.read", who="ketua-rt", purpose="pemutakhiran", area=SUMBUNG) == [3, 160]
    assert counts(first=date(2026, 11, 20)) == [3]
    assert counts(last=date(2026, 11, 19)) == [160]
    assert counts(kind="session.opened") == counts(who="orang lain") == counts(area="33.09.01") == []
    assert counts(purpose="pemeriksaan") == []


def test_the_inspector_reads_the_page_and_takes_it_home(enter: Enter, reads: User) -> None:
    browser = enter("inspektur")
    page = browser.get("/pengawasan/baca/?kind=persons.read").content.decode()
    assert "2 catatan cocok" in page
    assert "uji.ketua-rt" in page
    assert "Memutakhirkan data warga" in page
    answer = browser.get("/pengawasan/baca.csv?kind=persons.read")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Catatan", "Waktu (WIB)", "Yang dilakukan"]
    assert [row[-1] for row in rows[1:]] == ["3", "160"]
    assert rows[1][1] == "2026-11-20 12:00:00"


def test_a_name_that_looks_like_a_formula_stays_a_name(enter: Enter, reads: User) -> None:
    User.objects.filter(pk=reads.pk).update(full_name="=1+1")
    text = b"".join(enter("inspektur").get("/pengawasan/baca.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in text


def test_an_empty_answer_teaches(enter: Enter) -> None:
    page = enter("inspektur").get("/pengawasan/baca/?area=33.09.01").content.decode()
    assert "Longgarkan saringan" in page


@pytest.mark.parametrize("role", ["bupati", "pengelola", "analis"])
def test_the_trail_is_for_the_inspector_only(enter: Enter, role: str) -> None:
    browser = enter(role, agency="bapperida")
    for path in ("/pengawasan/baca/", "/pengawasan/baca.csv", "/pengawasan/buku-besar/"):
        assert browser.get(path).status_code == 403


def test_the_ledger_is_read_entry_by_entry_as_sentences(enter: Enter, reads: User) -> None:
    browser = enter("inspektur")
    page = browser.get("/pengawasan/buku-besar/?jenis=persons.").content.decode()
    assert f"{reads.username} membaca data 160 orang" in page
    assert (
        "Tidak ada catatan sejenis itu" in browser.get("/pengawasan/buku-besar/?jenis=x.y").content.decode()
    )
    first = Entry.objects.order_by("seq").first()
    assert first is not None
    assert "Tidak ada catatan" in browser.get(f"/pengawasan/buku-besar/?sebelum={first.seq}").content.decode()


def test_the_ledger_says_places_purposes_and_roles_as_people_do(enter: Enter, reads: User) -> None:
    load_areas(definitions=settings.DEFINITIONS, by="system:definitions", at=NOON)
    page = enter("inspektur").get("/pengawasan/buku-besar/").content.decode()
    assert "Sistem (definisi) memuat nama dan kode wilayah di bawah Kabupaten Boyolali" in page
    assert "membaca data 160 orang di RT 007 RW 001, Desa Sumbung" in page
    assert "dengan tujuan “Memutakhirkan data warga wilayah saya”" in page
    assert "memberi peran Ketua RT di RT 007 RW 001, Desa Sumbung kepada uji.ketua-rt." in page
    assert "engguna nomor" not in page
    said = page.split("<tbody>")[1]
    for word in ("ketua_rt", "pemutakhiran", "user:", "area:", "33.09.", "persons.", "role.", "session."):
        assert word not in said, word


def test_the_ledger_is_filtered_by_groups_of_kinds_with_names(enter: Enter, reads: User) -> None:
    page = enter("inspektur").get("/pengawasan/buku-besar/?jenis=role.").content.decode()
    assert '<option value="role." selected>Peran</option>' in page
    rows = page.split("<tbody>")[1].count("<tr>")
    assert (
        rows == Entry.objects.filter(kind__startswith="role.").count() == 2
    )  # the RT head and the inspector


def asked(browser: Client) -> int:
    """How many questions a page of entries asks."""
    with CaptureQueriesContext(connection) as found:
        browser.get("/pengawasan/buku-besar/")
    return len(found)


def test_a_page_of_entries_asks_for_the_same_place_once(enter: Enter, reads: User) -> None:
    browser = enter("inspektur")
    reader = queries.reader_for(reads, local_date(NOON))

    asked(browser)  # what is read once per process
    before = asked(browser)
    for _ in range(5):
        actions.read_persons(reader=reader, area=RT, count=160, at=NOON)
    assert asked(browser) == before


def test_the_names_of_all_accounts_of_a_page_of_entries_are_asked_for_once(
    enter: Enter, reads: User, make: Make
) -> None:
    browser = enter("inspektur")

    asked(browser)  # what is read once per process
    before = asked(browser)
    other = make("ketua_rt", RT, username="uji.lain")
    assert asked(browser) == before
    assert f"kepada {other.username}." in browser.get("/pengawasan/buku-besar/").content.decode()


def test_an_account_that_is_not_there_stays_a_number(reads: User) -> None:
    named = ledger.entries(kind="persons.read", called=queries.account_names)[0].sentence
    unknown = ledger.entries(kind="persons.read", called=lambda _numbers: {})[0].sentence
    assert named.startswith(f"{reads.username} membaca")
    assert unknown.startswith(f"Pengguna nomor {reads.pk} membaca")
    assert queries.account_names(["0", "x", "99999", "9" * 40]) == {}


def test_no_public_page_of_the_ledger_names_an_account(reads: User) -> None:
    assert reads.username not in Client().get("/buku-besar/").content.decode()


def test_every_kind_of_entry_has_its_sentence(reads: User, enter: Enter) -> None:
    browser = enter("pengelola")
    browser.post("/keluar/")
    assert set(Entry.objects.values_list("kind", flat=True)) <= set(presenters.SENTENCES)
    assert all(kind.startswith(witness.KINDS) for kind in presenters.SENTENCES)


def vouched() -> dict[int, bytes]:
    return dict(witness.digests(1, Entry.objects.count()))


def recorded() -> dict[int, bytes]:
    return {entry.seq: bytes(entry.digest) for entry in Entry.objects.all()}


@pytest.fixture
def full(reads: User, make: Make) -> User:
    """Every kind of row this room vouches for."""
    user = make("operator_desa", SUMBUNG)
    reader = queries.reader_for(user, local_date(NOON))
    actions.choose_purpose(
        reader=reader, purpose="pelayanan", area=SUMBUNG, note="ST-1", by=user.actor, at=NOON
    )
    actions.change_password(user=user, password="kata baru saya sendiri", by=user.actor, at=NOON)
    held = Assignment.objects.get(user=user)
    actions.end_role(assignment=held, on=date(2026, 12, 1), by="system:test", at=NOON)
    actions.set_active(user=user, active=False, by="system:test", at=NOON)
    return user


def test_every_entry_is_vouched_for_in_order(full: User) -> None:
    assert vouched() == recorded()
    numbers = [seq for seq, _ in witness.digests(1, Entry.objects.count())]
    assert numbers == sorted(numbers)
    assert list(dict(witness.digests(3, 5))) == [3, 4, 5]


FORGERIES = {
    "a role widened to the regency": "UPDATE access_assignment SET area = '33.09' "
    "WHERE role = 'operator_desa'",
    "a role exchanged for another": "UPDATE access_assignment SET role = 'inspektur' "
    "WHERE role = 'operator_desa'",
    "an early end taken back": "UPDATE access_assignment SET ended_on = '2030-01-01' "
    "WHERE ended_on IS NOT NULL",
    "a closed account opened": "UPDATE access_user SET is_active = %s WHERE username = 'uji.operator-desa'",
    "a password exchanged": "UPDATE access_user SET password = 'argon2$x' WHERE username = 'uji.ketua-rt'",
    "an account renamed": "UPDATE access_user SET username = 'uji.lain' WHERE username = 'uji.ketua-rt'",
    "a read made smaller": "UPDATE access_trace SET count = 1 WHERE count = 160",
    "a read given to another": "UPDATE access_trace SET user_id = NULL WHERE count = 160",
    "a purpose lengthened": "UPDATE access_purposegrant SET valid_to = '2027-01-01 00:00:00+00:00'",
}


@pytest.mark.parametrize("statement", FORGERIES.values(), ids=FORGERIES.keys())
def test_an_edit_by_hand_no_longer_fits_the_ledger(full: User, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [True] if "%s" in statement else [])
        assert cursor.rowcount > 0
    assert vouched() != recorded()


def test_a_trace_that_is_removed_leaves_an_entry_without_witness(full: User) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_trace WHERE count = 160")
    assert len(recorded()) - len(vouched()) == 1


def test_the_same_facts_give_the_same_digest_on_every_database() -> None:
    jakarta = EARLIER.astimezone(datetime.now().astimezone().tzinfo)
    assert evidence.trace("persons.read", 7, "p", RT, 3, EARLIER) == evidence.trace(
        "persons.read", 7, "p", RT, 3, jakarta
    )
    assert evidence.trace("persons.read", 7, "p", RT, 3, EARLIER) != evidence.trace(
        "persons.read", 7, "p", RT, 4, EARLIER
    )


def test_a_read_that_fails_half_way_leaves_neither_trace_nor_entry(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = queries.reader_for(make("ketua_rt", RT), local_date(NOON))
    before = Entry.objects.count()

    def broken(**_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Trace.objects, "create", broken)
    with pytest.raises(RuntimeError):
        actions.read_persons(reader=reader, area=RT, count=1, at=NOON)
    assert Entry.objects.count() == before
