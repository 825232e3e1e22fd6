"""What an RT head can tell, and what the register then holds."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from natapraja.foundation.access.reader import Refused
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers import actions, queries, rules
from natapraja.mcd.registers.models import Claim, Outbox, Submission, Version
from tests.builders.regency import (
    DISTRICT,
    OTHER_RT,
    OTHER_VILLAGE,
    RT,
    VILLAGE,
    anybody,
    officer,
    operator,
    rt_head,
)
from tests.builders.reports import NOON, PERSON, TODAY, rows, somebody, soon, tell

pytestmark = pytest.mark.usefixtures("village")
YESTERDAY = date(2026, 11, 19)


def there(unit: int, on: date = TODAY) -> dict[str, object] | None:
    """What is held true of a unit on a day, as we know it now."""
    found = queries.record(operator(VILLAGE), unit=unit, on=on)
    return dict(found.data) if found else None


def people(area: str = RT, on: date = TODAY) -> int:
    return len(queries.records(operator(VILLAGE), register="people", area=area, on=on))


def events(state: str = "confirmed") -> list[tuple[object, object]]:
    """(kind, person) of every population event in that state."""
    found = queries.records(operator(VILLAGE), register="events", area=VILLAGE, on=TODAY)
    return [(each["kind"], each["person"]) for each in found if each["state"] == state]


def newest() -> int:
    unit = Version.objects.filter(register="people").order_by("-pk").values_list("unit", flat=True).first()
    assert unit is not None
    return unit


def test_a_child_that_is_born_is_on_the_list_from_its_first_day():
    home = rows("households", [{"internet": True}])[0]
    tell("born", on=YESTERDAY, household=home, **{**PERSON, "birth_date": "2026-11-19"})
    child = newest()
    assert there(child, date(2026, 11, 18)) is None
    assert there(child, YESTERDAY) == {**PERSON, "birth_date": "2026-11-19", "household": home}
    assert events() == [("born", child)]


def test_an_event_carries_age_and_sex_and_never_a_name():
    tell("moved_in", on=YESTERDAY, **PERSON)
    event = queries.records(operator(VILLAGE), register="events", area=RT, on=TODAY)[0]
    # 17 May 1980 to 19 November 2026: 46 years and 6 months
    assert event.data == {
        "kind": "moved_in", "occurred_on": "2026-11-19", "person": newest(), "sex": "P",
        "age_months": 46 * 12 + 6, "state": "confirmed",
    }  # fmt: skip


def test_who_moves_out_leaves_the_list_at_once():
    person = somebody()
    tell("moved_out", unit=person, on=YESTERDAY)
    assert there(person, date(2026, 11, 18)) == PERSON
    assert there(person, YESTERDAY) is None
    assert events() == [("moved_out", person)]


def test_a_change_holds_from_its_day_and_a_correction_for_all_the_days_of_the_record():
    changed, corrected = somebody(working=True), somebody(working=True)
    tell("changed", unit=changed, on=YESTERDAY, working="tidak")
    tell("corrected", unit=corrected, on=YESTERDAY, working="tidak")
    earlier = date(2026, 11, 18)
    assert [there(unit, earlier)["working"] for unit in (changed, corrected)] == [True, False]
    assert [there(unit)["working"] for unit in (changed, corrected)] == [False, False]
    assert events() == []


def test_a_first_measurement_makes_a_record_and_the_next_one_follows_it():
    child = somebody(birth_date="2024-01-01")
    tell(
        "measured",
        register="growth",
        on=date(2026, 10, 3),
        person=child,
        measured_on="2026-10-03",
        weight_kg=11,
    )
    record = Version.objects.get(register="growth").unit_id
    tell("measured", register="growth", unit=record, measured_on="2026-11-19", on=YESTERDAY, weight_kg="11,5")
    assert there(record, date(2026, 11, 18))["weight_kg"] == 11
    assert there(record)["weight_kg"] == 11.5


def test_nothing_changed_is_kept_as_said_and_changes_nothing():
    before = Version.objects.count()
    sent = tell("unchanged")
    assert (sent.state, Version.objects.count()) == ("believed", before)
    assert Entry.objects.get(pk=sent.entry).kind == "register.unchanged"
    told, whole_rt = queries.looked_at(operator(VILLAGE), area=RT, since=NOON)
    assert (told, whole_rt) == (frozenset(), True)


@pytest.mark.parametrize("kind", sorted(rules.NEEDS_SECOND_PERSON))
def test_a_claim_leaves_the_person_on_the_list_until_a_second_person_confirms(kind: str):
    person = somebody()
    sent = tell(kind, unit=person, on=YESTERDAY)
    assert sent.state == "waiting"
    assert there(person) == PERSON
    assert (events("claim"), events()) == ([(kind, person)], [])
    done = actions.confirm_claim(claim=sent.claim.pk, reader=operator(), by="user:21", at=soon())
    assert (done.state, done.decided_by) == ("confirmed", "user:21")
    then = None if kind == rules.DOUBLE else PERSON  # a double entry never was anybody
    assert (there(person, date(2026, 11, 18)), there(person)) == (then, None)
    assert (events("claim"), events()) == ([], [(kind, person)])
    assert Submission.objects.get(pk=sent.pk).state == "believed"


def test_what_a_confirmed_claim_wrote_leads_back_to_the_report():
    person = somebody()
    sent = tell("died", unit=person)
    actions.confirm_claim(claim=sent.claim.pk, reader=operator(), by="user:21", at=soon())
    assert Version.objects.held_now().get(unit=person).submission_id == sent.pk


def test_a_refused_claim_keeps_the_person_and_tells_the_sender_why():
    person = somebody()
    sent = tell("died", unit=person)
    actions.refuse_claim(
        claim=sent.claim.pk, reason=" Masih hidup ", reader=operator(), by="user:21", at=soon()
    )
    assert there(person) == PERSON
    assert events("refused") == [("died", person)]
    again = Submission.objects.get(pk=sent.pk)
    assert (again.state, again.answer) == ("returned", "Masih hidup")


def test_a_claim_is_not_refused_without_a_reason():
    sent = tell("died", unit=somebody())
    with pytest.raises(rules.Impossible, match="Tulis alasannya"):
        actions.refuse_claim(claim=sent.claim.pk, reason="  ", reader=operator(), by="user:21", at=soon())


def test_nobody_is_reported_twice_while_a_claim_is_open():
    person = somebody()
    tell("died", unit=person)
    with pytest.raises(rules.Impossible, match="menunggu pemeriksaan desa"):
        tell("unknown", unit=person)


def test_a_reason_fits_its_column():
    sent = tell("died", unit=somebody())
    decision = {"claim": sent.claim.pk, "reader": operator(), "by": "user:21"}
    with pytest.raises(rules.Impossible, match="paling panjang 300 huruf"):
        actions.refuse_claim(reason="x" * 301, at=soon(), **decision)
    done = actions.refuse_claim(reason="x" * 300, at=soon(), **decision)
    assert (done.state, len(done.reason)) == ("refused", 300)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({**PERSON, "sex": "X"}, "sex", "tidak ada di daftar"),
        ({**PERSON, "birth_date": "17-05-1980"}, "birth_date", "bukan tanggal"),
        ({"birth_date": "1980-05-17", "sex": "P"}, "name", "belum diisi"),
        ({**PERSON, "nik": "331"}, "nik", "16"),
        ({**PERSON, "shoe_size": 42}, "shoe_size", "tidak ada di register"),
        ({**PERSON, "working": "mungkin"}, "working", "jawab ya atau tidak"),
        ({**PERSON, "hours_per_week": 200}, "hours_per_week", "paling banyak"),
        ({**PERSON, "hours_per_week": -1}, "hours_per_week", "paling sedikit"),
        ({**PERSON, "name": "x" * 201}, "name", "lebih dari 200 huruf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_impossible_answer_is_refused_with_the_name_of_the_question(
    fields: dict[str, object], field: str, sentence: str
):
    with pytest.raises(rules.Impossible, match=sentence) as refused:
        tell("moved_in", **fields)
    assert refused.value.field == field
    assert "Contoh Warga" not in str(refused.value)
    assert not Submission.objects.exists()


def test_today_is_the_regencys_today_and_not_that_of_greenwich():
    late = datetime(2026, 11, 21, 0, 30, tzinfo=ZoneInfo("Asia/Jakarta"))  # still the 20th in Greenwich
    assert tell("moved_in", on=date(2026, 11, 21), at=late, **PERSON).state == "believed"
    with pytest.raises(rules.Impossible, match="belum tiba"):
        tell("moved_in", on=date(2026, 11, 22), at=late, **PERSON)


def test_a_change_waits_in_the_outbox_with_its_unit_and_village():
    person = somebody()
    Outbox.objects.all().delete()
    tell("moved_out", unit=person)
    waiting = set(Outbox.objects.values_list("register", "village", "unit"))
    event = Version.objects.get(register="events").unit_id
    assert waiting == {("people", VILLAGE, person), ("events", VILLAGE, event)}


# Who may


def test_an_rt_head_writes_in_no_other_rt():
    with pytest.raises(Refused, match="tidak berhak"):
        tell("moved_in", area=OTHER_RT, reader=rt_head(RT), **PERSON)


@pytest.mark.parametrize("kind", ["changed", "corrected", "moved_out", "died", "unknown"])
def test_an_rt_head_cannot_reach_a_person_of_another_rt_by_naming_the_own_one(kind: str):
    neighbour = somebody(OTHER_RT)
    said = {"working": "ya"} if kind in ("changed", "corrected") else {}
    with pytest.raises(Refused):
        tell(kind, unit=neighbour, area=RT, reader=rt_head(RT), **said)
    assert there(neighbour) == PERSON
    assert not Submission.objects.exists()


def test_nobody_is_put_into_a_household_of_another_rt():
    home = rows("households", [{"internet": True, "area": OTHER_RT}])[0]
    with pytest.raises(Refused):
        tell("moved_in", area=RT, reader=rt_head(RT), household=home, **PERSON)


@pytest.mark.parametrize(("kind", "said"), [("moved_in", {"household": True}), ("changed", {}), ("died", {})])
def test_a_number_that_is_nobody_of_that_register_is_refused(kind: str, said: dict[str, object]):
    house = rows("houses", [{"occupied": True}])[0]
    said = {**PERSON, "household": house} if said else said
    with pytest.raises(rules.Impossible, match="tidak ada di register ini"):
        tell(kind, unit=None if said else house, **said)


def test_the_village_operator_writes_in_every_rt_of_the_village_and_in_no_other_village():
    assert tell("moved_in", area=OTHER_RT, reader=operator(VILLAGE), **PERSON).state == "believed"
    with pytest.raises(Refused):
        tell("moved_in", area=RT, reader=operator(OTHER_VILLAGE), **PERSON)


@pytest.mark.parametrize(
    "reader",
    [
        officer("camat", DISTRICT),
        officer("bupati", "33.09"),
        officer("staf_opd", "33.09", agency="dinkes"),
        anybody(),
    ],
    ids=["camat", "bupati", "agency", "public"],
)
def test_only_the_village_writes(reader):
    with pytest.raises(Refused):
        tell("moved_in", reader=reader, **PERSON)


def test_an_rt_head_decides_no_claim_and_nobody_the_own_one():
    sent = tell("died", unit=somebody(), reader=operator(VILLAGE, 21))
    with pytest.raises(Refused):
        actions.confirm_claim(claim=sent.claim.pk, reader=rt_head(RT, 17), by="user:17", at=soon())
    with pytest.raises(rules.Impossible, match="Minta orang kedua"):
        actions.confirm_claim(claim=sent.claim.pk, reader=operator(VILLAGE, 21), by="user:21", at=soon())
    assert Claim.objects.get().state == "claim"


def test_a_claim_is_decided_once():
    sent = tell("died", unit=somebody())
    actions.confirm_claim(claim=sent.claim.pk, reader=operator(), by="user:21", at=soon())
    with pytest.raises(rules.Impossible, match="sudah diputuskan"):
        actions.refuse_claim(claim=sent.claim.pk, reason="Salah", reader=operator(), by="user:21", at=soon())


# Taking back


def test_a_report_taken_back_leaves_the_register_as_it_was():
    person = somebody()
    sent = tell("moved_out", unit=person)
    withdrawn = actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    assert withdrawn.state == "withdrawn"
    assert there(person) == PERSON
    assert events() == []


def test_a_birth_taken_back_never_was():
    sent = tell("born", **{**PERSON, "birth_date": "2026-11-20"})
    child = newest()
    actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    assert there(child) is None


def test_an_open_claim_can_be_taken_back_and_told_again():
    person = somebody()
    sent = tell("died", unit=person)
    actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    assert (there(person), events("claim")) == (PERSON, [])
    assert tell("died", unit=person).state == "waiting"


def test_taking_back_twice_is_taking_back_once():
    sent = tell("moved_in", **PERSON)
    actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    before = Entry.objects.count()
    actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())
    assert Entry.objects.count() == before


def test_a_decided_claim_is_no_longer_the_reporters_to_take_back():
    sent = tell("died", unit=somebody())
    actions.confirm_claim(claim=sent.claim.pk, reader=operator(), by="user:21", at=soon())
    with pytest.raises(rules.Impossible, match="Hubungi operator desa"):
        actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())


def test_what_changed_again_is_not_taken_back():
    person = somebody()
    sent = tell("changed", unit=person, on=YESTERDAY, working="ya")
    tell("changed", unit=person, working="tidak")
    with pytest.raises(rules.Impossible, match="sudah berubah lagi"):
        actions.withdraw(submission=sent.pk, reader=rt_head(), by="user:17", at=soon())


def test_a_stranger_takes_nothing_back():
    sent = tell("moved_in", **PERSON)
    with pytest.raises(Refused):
        actions.withdraw(submission=sent.pk, reader=rt_head(OTHER_RT), by="user:18", at=soon())


def test_who_was_slower_is_told_to_look_again_and_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch):
    person = somebody(working=True)
    slow = actions._held(Version.objects.get(unit=person).unit)
    tell("changed", unit=person, on=YESTERDAY, working="tidak")
    monkeypatch.setattr(actions, "_held", lambda unit: slow)
    before = (Entry.objects.count(), Version.objects.count(), Submission.objects.count())
    with pytest.raises(rules.Impossible, match="baru saja diubah orang lain"):
        tell("changed", unit=person, hours_per_week=40)
    assert (Entry.objects.count(), Version.objects.count(), Submission.objects.count()) == before


def test_the_past_is_read_as_it_was_known():
    person = somebody(working=True)
    before = soon()
    tell("corrected", unit=person, working="tidak")
    asked = {"register": "people", "area": RT, "on": TODAY}
    now = queries.records(operator(VILLAGE), **asked)
    then = queries.records(operator(VILLAGE), **asked, known=before)
    assert (now[0]["working"], then[0]["working"]) == (False, True)
