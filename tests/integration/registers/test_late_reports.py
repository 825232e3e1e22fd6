"""Reports out of order and answers mended afterwards, through the tables; the rules case by case are in tests/spec."""

from datetime import date

import pytest

from natapraja.mcd.registers import actions, queries, rules
from natapraja.mcd.registers.models import Version
from tests.builders.regency import VILLAGE, operator, rt_head
from tests.builders.reports import PERSON, TODAY, rows, somebody, soon, tell

pytestmark = pytest.mark.usefixtures("village")
YESTERDAY = date(2026, 11, 19)


def there(unit: int, on: date = TODAY) -> dict[str, object]:
    """What is held true of a unit on a day, as we know it now."""
    found = queries.record(operator(VILLAGE), unit=unit, on=on)
    assert found is not None
    return dict(found.data)


def test_a_late_report_reaches_the_later_record_that_only_carried_on_and_can_be_taken_back():
    person = somebody(phone="0811")
    tell("changed", unit=person, on=date(2026, 11, 10), phone="0812")
    before = [there(person, day) for day in (date(2026, 11, 4), date(2026, 11, 6), TODAY)]
    late = tell("changed", unit=person, on=date(2026, 11, 5), working="ya")
    assert [there(person, day) for day in (date(2026, 11, 4), date(2026, 11, 6), TODAY)] == [
        {**PERSON, "phone": "0811"},
        {**PERSON, "phone": "0811", "working": True},
        {**PERSON, "phone": "0812", "working": True},
    ]
    actions.withdraw(submission=late.pk, reader=rt_head(), by="user:17", at=soon())
    assert [there(person, day) for day in (date(2026, 11, 4), date(2026, 11, 6), TODAY)] == before


def test_who_died_stays_so_when_an_answer_is_mended_afterwards():
    person = somebody()
    claim = tell("died", unit=person, on=YESTERDAY).claim
    actions.confirm_claim(claim=claim.pk, reader=operator(), by=operator().actor, at=soon())
    mended = tell(
        "corrected", unit=person, on=date(2026, 11, 1), reader=operator(VILLAGE), birth_date="1981-05-17"
    )
    last = Version.objects.held_now().get(unit=person)
    assert (last.event, last.valid_to) == (rules.DIED, YESTERDAY)
    actions.withdraw(submission=mended.pk, reader=operator(VILLAGE), by="user:17", at=soon())
    last = Version.objects.held_now().get(unit=person)
    assert (last.event, last.valid_to) == (rules.DIED, YESTERDAY)


def test_a_measurement_told_late_leaves_the_next_one_as_it_was_found():
    child = somebody(birth_date="2025-05-17")
    found = {"person": child, "measured_on": "2026-01-05", "height_cm": 75.0, "valid_from": date(2026, 1, 5)}
    measured = rows("growth", [found])[0]
    for on, height in (("2026-05-05", 75), ("2026-03-05", 76)):
        day = date.fromisoformat(on)
        tell("measured", register="growth", unit=measured, on=day, measured_on=on, height_cm=height)
    heights = [there(measured, date(2026, month, 6))["height_cm"] for month in (1, 3, 5)]
    assert heights == [75, 76, 75]


def test_a_history_in_which_nobody_answered_anything_can_be_loaded():
    """An old system may know no more than that somebody was there."""
    unit = rows("neighbourhoods", [{}])[0]
    assert Version.objects.get(unit=unit).data == "{}"
    assert there(unit) == {}
