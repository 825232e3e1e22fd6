"""How a register changes, case by case: versions held before, what happened, versions held after."""

from collections.abc import Callable
from datetime import date

import pytest

from natapraja.mcd.registers import rules
from tests.builders.times import Unit

Days = list[tuple[str, str, dict[str, object]]]
FOREVER = "9999-12-31"


def unit(*versions: tuple[str, str, dict[str, object]], area: int = 1) -> Unit:
    """A unit with these versions, believed one after the other."""
    made = Unit()
    rows = tuple(
        rules.Row(area, date.fromisoformat(start), date.fromisoformat(stop), rules.IMPORT, "", data)
        for start, stop, data in versions
    )
    made.apply(rules.Change(rows=rows))
    return made


def days(made: Unit) -> Days:
    return [(str(held.valid_from), str(held.valid_to), dict(held.data)) for held in made.held()]


SINGLE = ("2026-01-01", FOREVER, {"work": "tani"})
EARLIER = ("2026-01-01", "2026-03-01", {"work": "tani"})
LATER = ("2026-03-01", FOREVER, {"work": "dagang"})


def test_a_unit_that_begins_is_there_from_its_first_day_on():
    made = Unit()
    made.apply(rules.begin(area=7, on=date(2026, 2, 3), data={"sex": "P"}, event=rules.BORN))
    assert days(made) == [("2026-02-03", FOREVER, {"sex": "P"})]
    assert made.as_of(date(2026, 2, 2)) is None
    assert made.as_of(date(2026, 2, 3)) == (7, {"sex": "P"})


@pytest.mark.parametrize(
    ("before", "on", "after"),
    [
        ([SINGLE], "2026-02-10", [("2026-01-01", "2026-02-10", {"work": "tani"})]),
        ([SINGLE], "2026-01-01", []),
        ([EARLIER, LATER], "2026-04-01", [EARLIER, ("2026-03-01", "2026-04-01", {"work": "dagang"})]),
        ([EARLIER, LATER], "2026-03-01", [EARLIER]),
        ([EARLIER, LATER], "2026-02-10", [("2026-01-01", "2026-02-10", {"work": "tani"})]),
        ([EARLIER, LATER], "2026-01-01", []),
    ],
    ids=[
        "later",
        "the first day",
        "in the last version",
        "where it begins",
        "before a later one",
        "from the first",
    ],
)
def test_who_is_gone_is_gone_on_every_later_day(before: Days, on: str, after: Days):
    made = unit(*before)
    made.apply(rules.end(made.held(), on=date.fromisoformat(on), event=rules.DIED))
    assert days(made) == after


@pytest.mark.parametrize(
    ("before", "on", "said", "after"),
    [
        (
            [SINGLE], "2026-02-10", {"work": "guru"},
            [("2026-01-01", "2026-02-10", {"work": "tani"}), ("2026-02-10", FOREVER, {"work": "guru"})],
        ),
        ([SINGLE], "2026-01-01", {"work": "guru"}, [("2026-01-01", FOREVER, {"work": "guru"})]),
        (
            [SINGLE], "2026-02-10", {"phone": "0"},
            [("2026-01-01", "2026-02-10", {"work": "tani"}), ("2026-02-10", FOREVER, {"work": "tani", "phone": "0"})],
        ),
        (
            [EARLIER, LATER], "2026-02-10", {"work": "guru"},
            [("2026-01-01", "2026-02-10", {"work": "tani"}), ("2026-02-10", "2026-03-01", {"work": "guru"}), LATER],
        ),
    ],
    ids=["from a day on", "from the first day", "what was not asked stays", "until what came after"],
)  # fmt: skip
def test_what_happened_holds_from_its_day_and_leaves_the_past_alone(
    before: Days, on: str, said: dict[str, object], after: Days
):
    made = unit(*before)
    made.apply(rules.change(made.held(), on=date.fromisoformat(on), data=said))
    assert days(made) == after


def test_a_move_inside_the_register_changes_the_place_from_that_day():
    made = unit(SINGLE, area=1)
    made.apply(rules.change(made.held(), on=date(2026, 2, 10), data={}, area=2))
    assert made.as_of(date(2026, 2, 9)) == (1, {"work": "tani"})
    assert made.as_of(date(2026, 2, 10)) == (2, {"work": "tani"})


@pytest.mark.parametrize(
    ("on", "said", "after"),
    [
        ("2026-02-10", {"work": "guru"}, [("2026-01-01", "2026-03-01", {"work": "guru"}), LATER]),
        ("2026-03-01", {"work": "guru"}, [EARLIER, ("2026-03-01", FOREVER, {"work": "guru"})]),
        ("2026-03-01", {"work": None}, [EARLIER, ("2026-03-01", FOREVER, {})]),
    ],
    ids=["the first", "the second", "an answer taken away"],
)
def test_a_correction_replaces_the_version_of_its_day_over_the_same_days(
    on: str, said: dict[str, object], after: Days
):
    made = unit(EARLIER, LATER)
    made.apply(rules.correct(made.held(), on=date.fromisoformat(on), data=said))
    assert days(made) == after


def test_a_correction_that_says_nothing_else_writes_nothing():
    made = unit(SINGLE)
    assert rules.correct(made.held(), on=date(2026, 5, 1), data={"work": "tani"}) == rules.Change()


def test_a_correction_is_marked_as_one_and_an_event_as_an_event():
    held = unit(SINGLE).held()
    corrected = rules.correct(held, on=date(2026, 5, 1), data={"work": "guru"})
    changed = rules.change(held, on=date(2026, 5, 1), data={"work": "guru"})
    assert {row.cause for row in corrected.rows} == {rules.CORRECTION}
    assert {row.cause for row in changed.rows} == {rules.EVENT}


@pytest.mark.parametrize(
    "act",
    [
        lambda held, on: rules.end(held, on=on, event=rules.DIED),
        lambda held, on: rules.change(held, on=on, data={"work": "guru"}),
        lambda held, on: rules.correct(held, on=on, data={"work": "guru"}),
    ],
    ids=["end", "change", "correct"],
)
@pytest.mark.parametrize(
    "on", [date(2025, 12, 31), date(2026, 3, 1)], ids=["before it came", "after it went"]
)
def test_nothing_happens_to_a_unit_on_a_day_on_which_it_is_not_there(act: Callable, on: date):
    made = unit(EARLIER)
    with pytest.raises(rules.Impossible, match="Pada tanggal itu catatan ini tidak ada di daftar") as refused:
        act(made.held(), on)
    assert refused.value.field == "unit"


def test_taking_back_brings_the_former_versions_back_day_by_day():
    made = unit(EARLIER, LATER)
    moment = made.apply(rules.end(made.held(), on=date(2026, 2, 10), event=rules.MOVED_OUT))
    made.withdraw(moment)
    assert days(made) == [EARLIER, LATER]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2026, 11, 23), "belum tiba"),
        (date(2024, 11, 19), "lebih dari dua tahun"),
    ],
    ids=["tomorrow", "733 days ago"],
)
def test_a_day_that_cannot_be_news_is_refused(on: date, sentence: str):
    with pytest.raises(rules.Impossible, match=sentence) as refused:
        rules.check_day(on, today=date(2026, 11, 22))
    assert refused.value.field == "date"
    assert str(refused.value).startswith("Tanggal kejadian")


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2024, 11, 20)])
def test_today_and_the_last_two_years_are_news(on: date):
    assert rules.check_day(on, today=date(2026, 11, 22)) is None


def test_every_kind_that_takes_somebody_off_the_list_on_hearsay_needs_a_second_person():
    assert {"died", "double", "unknown"} == rules.NEEDS_SECOND_PERSON
    assert rules.NEEDS_SECOND_PERSON < rules.POPULATION_EVENTS
