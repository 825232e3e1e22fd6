"""Persons are read for a purpose, and every read stands in the ledger without a name."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from natapraja.foundation.access import actions, queries
from natapraja.foundation.access.models import PurposeGrant, Trace
from natapraja.foundation.access.reader import PurposeNeeded, Reader, Refused
from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.kernel.identifiers import Malformed
from natapraja.foundation.ledger.models import Entry
from tests.integration.access.conftest import Enter, Make

SUMBUNG, OTHER, RT = "33.09.03.2004", "33.09.03.2005", "33.09.03.2004.001.007"
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def reader_of(make: Make, role: str, area: str, agency: str = "") -> Reader:
    return queries.reader_for(make(role, area, agency), local_date(NOON))


def choose(reader: Reader, purpose: str = "pelayanan", area: str = SUMBUNG, note: str = "") -> PurposeGrant:
    return actions.choose_purpose(
        reader=reader, purpose=purpose, area=area, note=note, by=reader.actor, at=NOON
    )


def test_a_read_is_written_down_with_purpose_area_and_count(make: Make) -> None:
    reader = reader_of(make, "operator_desa", SUMBUNG)
    choose(reader)
    assert actions.read_persons(reader=reader, area=SUMBUNG, count=52, at=NOON) == "pelayanan"
    entry = Entry.objects.get(kind="persons.read")
    assert (entry.actor, entry.subject) == (reader.actor, f"area:{SUMBUNG}")
    assert json.loads(entry.detail) == {"purpose": "pelayanan", "area": SUMBUNG, "count": 52}
    assert "Uji" not in entry.detail
    trace = Trace.objects.get(kind="persons.read")
    assert (trace.entry, trace.count, trace.purpose) == (entry.seq, 52, "pelayanan")


def test_without_a_purpose_nothing_is_read(make: Make) -> None:
    reader = reader_of(make, "operator_desa", SUMBUNG)
    with pytest.raises(PurposeNeeded) as refusal:
        actions.read_persons(reader=reader, area=SUMBUNG, count=1, at=NOON)
    assert refusal.value.area == SUMBUNG
    assert not Trace.objects.exists()


def test_without_the_right_a_purpose_does_not_help(make: Make) -> None:
    reader = reader_of(make, "operator_desa", SUMBUNG)
    choose(reader)
    with pytest.raises(Refused):
        actions.read_persons(reader=reader, area=OTHER, count=1, at=NOON)
    with pytest.raises(Refused):
        choose(reader, area=OTHER)


def test_a_purpose_holds_for_four_hours_and_below_its_area(make: Make) -> None:
    reader = reader_of(make, "operator_desa", SUMBUNG)
    grant = choose(reader)
    assert grant.valid_to == NOON + timedelta(hours=4)
    assert queries.purpose_for(reader, RT, NOON + timedelta(hours=3, minutes=59)) == "pelayanan"
    assert queries.purpose_for(reader, SUMBUNG, NOON + timedelta(hours=4)) is None
    assert queries.purpose_for(reader, "33.09.03", NOON) is None


def test_the_purpose_of_one_is_not_the_purpose_of_another(make: Make) -> None:
    mine, theirs = reader_of(make, "operator_desa", SUMBUNG), reader_of(make, "camat", "33.09.03")
    choose(mine)
    assert queries.purpose_for(theirs, SUMBUNG, NOON) is None


def test_a_purpose_outside_the_duties_is_refused(make: Make) -> None:
    with pytest.raises(actions.AccountError, match="tidak termasuk tugas"):
        choose(reader_of(make, "operator_desa", SUMBUNG), "pemeriksaan", note="ST-1")


def test_a_purpose_that_needs_a_letter_is_refused_without_one(make: Make) -> None:
    inspector = reader_of(make, "inspektur", "33.09")
    with pytest.raises(actions.AccountError, match="perlu nomor surat") as refusal:
        choose(inspector, "pemeriksaan")
    assert refusal.value.field == "note"
    assert choose(inspector, "pemeriksaan", note=" ST-700/2026 ").note == "ST-700/2026"


def test_a_code_that_is_none_is_refused(make: Make) -> None:
    with pytest.raises(Malformed):
        choose(reader_of(make, "operator_desa", SUMBUNG), area="Sumbung")


def test_the_neighbourhood_head_needs_no_choosing_but_leaves_the_same_trace(make: Make) -> None:
    reader = reader_of(make, "ketua_rt", RT)
    assert actions.read_persons(reader=reader, area=RT, count=160, at=NOON) == "pemutakhiran"
    assert Trace.objects.get(kind="persons.read").count == 160


def test_the_page_records_the_purpose_and_goes_on(enter: Enter) -> None:
    browser = enter("operator_desa", SUMBUNG)
    page = browser.get(f"/tujuan/?wilayah={SUMBUNG}&ke=/saya/").content.decode()
    assert "Melayani warga yang datang" in page
    assert "Pemeriksaan Inspektorat" not in page
    answer = browser.post("/tujuan/", {"area": SUMBUNG, "purpose": "pelayanan", "note": "", "ke": "/saya/"})
    assert answer["Location"] == "/saya/"
    assert PurposeGrant.objects.get().purpose == "pelayanan"
    assert "Melayani warga yang datang" in browser.get("/saya/").content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"area": SUMBUNG, "note": ""}, "Pilih salah satu tujuan."),
        ({"area": "Sumbung", "purpose": "pelayanan"}, "Kode wilayah"),
        ({"area": OTHER, "purpose": "pelayanan"}, "tidak berhak"),
        ({"area": SUMBUNG, "purpose": "permintaan_warga"}, "perlu nomor surat"),
    ],
)
def test_the_page_explains_what_is_wrong(enter: Enter, sent: dict[str, str], words: str) -> None:
    answer = enter("operator_desa", SUMBUNG).post("/tujuan/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_who_has_no_purposes_is_told_so(enter: Enter) -> None:
    assert "Tidak ada tujuan untuk peran Anda" in enter("bupati").get("/tujuan/").content.decode()


def note_of(page: str) -> str:
    return page.split('<label for="id_note">')[1].split("</div>")[0]


def test_a_note_that_every_purpose_needs_is_never_called_optional(enter: Enter) -> None:
    said = note_of(enter("inspektur").get("/tujuan/?wilayah=33.09").content.decode())
    assert "tidak wajib" not in said
    assert "required" in said


def test_a_note_that_some_purposes_need_says_which_they_are(enter: Enter) -> None:
    said = note_of(enter("camat", "33.09.03").get("/tujuan/?wilayah=33.09.03").content.decode())
    assert "tidak wajib" not in said
    assert "Wajib untuk tujuan “Menyalurkan program atau bantuan”; untuk yang lain boleh dikosongkan." in said
    assert "required" not in said


@pytest.mark.parametrize(("purpose", "status"), [("program", 422), ("pelayanan", 302)])
def test_the_chosen_purpose_decides_whether_the_note_is_missing(
    enter: Enter, purpose: str, status: int
) -> None:
    answers = {"purpose": purpose, "area": "33.09.03", "note": ""}
    answer = enter("camat", "33.09.03").post("/tujuan/", answers)
    assert answer.status_code == status
    missing = "Tujuan ini perlu nomor surat tugas, program, atau perkara." in answer.content.decode()
    assert missing == (status == 422)
