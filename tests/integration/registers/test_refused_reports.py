"""What a report is held against: the day, the places it names, and what was told before."""

import uuid
from datetime import date

import pytest

from natapraja.foundation.access import actions as access
from natapraja.foundation.access.reader import Refused
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers import actions, queries, rules
from natapraja.mcd.registers.models import Claim, Submission, Version
from tests.builders.regency import OTHER_RT, RT, RTS, VILLAGE, operator, rt_head
from tests.builders.reports import NOON, PERSON, TODAY, rows, somebody, soon, tell

pytestmark = pytest.mark.usefixtures("village")
YESTERDAY = date(2026, 11, 19)


def people() -> int:
    return len(queries.records(operator(VILLAGE), register="people", area=RT, on=TODAY))


def household(**row: object) -> int:
    return rows("households", [{"internet": True, **row}])[0]


NEWBORN = {**PERSON, "birth_date": "2026-11-19"}


def test_nobody_is_born_before_the_household_was_there_or_after_it_was_dissolved():
    later, gone = household(valid_from=TODAY), household(area=OTHER_RT, valid_to=date(2025, 1, 1))
    for home in (later, gone):
        with pytest.raises(rules.Impossible, match="pada tanggal itu tidak ada di daftar") as refused:
            tell("born", on=YESTERDAY, household=home, **NEWBORN)
        assert refused.value.field == "household"
    tell("born", on=TODAY, household=later, **{**PERSON, "birth_date": "2026-11-20"})
    assert people() == 1


@pytest.mark.parametrize("kind", ["born", "moved_in"])
def test_nobody_comes_before_the_day_of_birth(kind: str):
    with pytest.raises(rules.Impossible, match="sesudah hari kejadian"):
        tell(kind, on=YESTERDAY, **{**PERSON, "birth_date": "2026-11-20"})
    assert not Submission.objects.exists()


def test_a_day_of_birth_is_not_corrected_into_the_future():
    person = somebody()
    with pytest.raises(rules.Impossible, match="sesudah hari kejadian"):
        tell("corrected", unit=person, birth_date="2062-05-17")
    assert tell("corrected", unit=person, birth_date="1962-05-17").state == "believed"


def test_the_same_baby_is_born_once_and_twins_have_two_names():
    home = household()
    tell("born", on=YESTERDAY, household=home, **NEWBORN)
    with pytest.raises(rules.Impossible, match="Bila kembar") as refused:
        tell("born", on=YESTERDAY, household=home, **NEWBORN)
    assert refused.value.field == "name"
    tell("born", on=YESTERDAY, household=home, **{**NEWBORN, "name": "Contoh Warga 2"})
    tell("born", on=YESTERDAY, household=household(), **NEWBORN)
    assert people() == 1 + 1 + 1


def test_a_birth_taken_back_is_told_again_under_another_id():
    home = household()
    sent = tell("born", on=YESTERDAY, household=home, **NEWBORN)
    actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    assert tell("born", on=YESTERDAY, household=home, **NEWBORN).state == "believed"


def test_a_child_is_measured_between_its_birth_and_the_day_of_the_report():
    child = somebody(birth_date="2024-01-01")
    first = {"register": "growth", "person": child, "weight_kg": 11}
    with pytest.raises(rules.Impossible, match="sebelum anak ini lahir"):
        tell("measured", measured_on="2023-10-03", **first)
    tell("measured", measured_on="2026-10-03", on=date(2026, 10, 3), **first)
    record = Version.objects.get(register="growth").unit_id
    for day, words in (("2023-12-31", "sebelum anak ini lahir"), ("2026-11-21", "sesudah hari laporan")):
        with pytest.raises(rules.Impossible, match=words):
            tell("measured", register="growth", unit=record, measured_on=day, weight_kg=12)


def test_nothing_changed_is_said_only_of_what_stands_in_that_rt():
    here, there_ = household(), household(area=OTHER_RT)
    assert tell("unchanged", register="households", unit=here).state == "believed"
    for home in (there_, household(valid_to=YESTERDAY)):
        with pytest.raises(rules.Impossible, match="tidak ada di RT itu"):
            tell("unchanged", register="households", unit=home)


# Told before


def test_the_same_id_twice_is_one_report():
    same = uuid.uuid4()
    first, second = tell("moved_in", id=same, **PERSON), tell("moved_in", id=same, **PERSON)
    assert first.entry == second.entry
    assert (people(), Submission.objects.count()) == (1, 1)


def test_other_content_under_an_id_that_was_sent_is_refused_and_not_answered_as_recorded():
    same = uuid.uuid4()
    tell("moved_in", id=same, **PERSON)
    with pytest.raises(rules.Impossible, match="terkirim dengan isi lain") as refused:
        tell("moved_in", id=same, **{**PERSON, "name": "Contoh Lain"})
    assert refused.value.field == "id"
    assert (people(), Submission.objects.count()) == (1, 1)


def test_what_was_taken_back_is_not_sent_again_under_its_id():
    same = uuid.uuid4()
    tell("moved_in", id=same, **PERSON)
    actions.withdraw(submission=same, reader=rt_head(), by="user:17", at=soon())
    with pytest.raises(rules.Impossible, match="sudah diurungkan"):
        tell("moved_in", id=same, **PERSON)
    assert people() == 0


def test_the_page_of_a_form_sent_twice_says_that_its_content_differs(client):
    home, same = rows("households", [{"internet": True}])[0], uuid.uuid4()
    head = access.create_account(
        username="uji.rt", full_name="Uji", password="sandi-uji-coba-2026", by="system:uji", at=NOON,
        must_change=False,
    )  # fmt: skip
    access.give_role(user=head, role="ketua_rt", area=RT, agency="", by="system:uji", at=NOON)
    client.force_login(head)
    page, form = (
        f"/rt/{RT}/lapor/born/{home}/",
        {"id": same, "name": "Contoh Bayi", "sex": "L", "when": "today"},
    )
    assert client.post(page, form).status_code == 302
    assert client.post(page, form).status_code == 302
    answer = client.post(page, {**form, "name": "Contoh Lain"})
    assert answer.status_code == 422
    assert "Formulir ini sudah terkirim dengan isi lain. Buka formulir yang baru." in answer.content.decode()
    assert Submission.objects.count() == 1


def test_the_same_id_is_no_key_to_what_somebody_else_sent():
    same = uuid.uuid4()
    tell("moved_in", id=same, **PERSON)
    with pytest.raises(Refused):
        tell("unchanged", id=same, area=RTS[2], reader=rt_head(RTS[2], 18))


def test_two_claims_sent_at_one_moment_are_one(monkeypatch: pytest.MonkeyPatch):
    person = somebody()
    tell("died", unit=person)
    before = Entry.objects.count()
    monkeypatch.setattr(
        Claim.objects.none().__class__, "exists", lambda found: False
    )  # neither saw the other
    with pytest.raises(rules.Impossible, match="menunggu pemeriksaan desa"):
        tell("unknown", unit=person)
    assert (Claim.objects.count(), Entry.objects.count()) == (1, before)
