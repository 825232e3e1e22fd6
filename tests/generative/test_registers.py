"""Random lives of one unit: whatever happens and whatever is corrected, both times stay readable."""

import itertools
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from natapraja.mcd.registers import rules
from tests.builders.times import Unit, day

DAYS = range(12)
Pictures = dict[int, Mapping[int, object]]

fields = st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 2)), max_size=2)
steps = st.lists(
    st.tuples(
        st.sampled_from(["change", "move", "correct", "end", "begin", "withdraw"]),
        st.sampled_from(DAYS),
        fields,
        st.integers(1, 3),
    ),
    max_size=10,
)


def live(unit: Unit, step: tuple) -> int | None:
    """Do one thing to the unit; None when the rules refuse it."""
    kind, number, said, area = step
    on, held = day(number), unit.held()
    if kind == "withdraw":
        written = {kept.written_by for kept in unit.versions if kept.closed_by is None}
        latest = unit.clock
        return unit.withdraw(latest) if latest > 1 and latest in written else None
    if kind == "begin":  # somebody who left comes back: only where nothing is held later
        if any(version.valid_to > on for version in held):
            return None
        return unit.apply(rules.begin(area=area, on=on, data=said, event=rules.MOVED_IN))
    try:
        change = {
            "change": lambda: rules.change(held, on=on, data=said),
            "move": lambda: rules.change(held, on=on, data=said, area=area),
            "correct": lambda: rules.correct(held, on=on, data=said),
            "end": lambda: rules.end(held, on=on, event=rules.MOVED_OUT),
        }[kind]()
    except rules.Impossible:
        return None
    return unit.apply(change)


def born() -> Unit:
    unit = Unit()
    unit.apply(rules.begin(area=1, on=day(1), data={"a": 1}, event=rules.BORN))
    return unit


def picture(unit: Unit, known: float = float("inf")) -> dict[int, object]:
    return {number: unit.as_of(day(number), known) for number in range(-1, len(DAYS) + 2)}


@given(steps)
def test_on_every_day_and_at_every_moment_one_version_holds_at_most(lived):
    unit = born()
    for step in lived:
        live(unit, step)
    for moment in range(unit.clock + 1):
        held = unit.held(moment)
        assert all(before.valid_to <= after.valid_from for before, after in itertools.pairwise(held))
        assert all(version.valid_from < version.valid_to for version in held)


@given(steps)
def test_what_was_believed_at_a_past_moment_never_changes(lived):
    unit = born()
    pictures = {unit.clock: picture(unit)}
    for step in lived:
        if live(unit, step) is not None:
            pictures[unit.clock] = picture(unit)
        assert all(picture(unit, moment) == seen for moment, seen in pictures.items())


@given(steps, steps.filter(bool))
def test_taking_back_the_last_report_restores_exactly_what_was_believed_before(lived, last):
    unit = born()
    for step in lived:
        live(unit, step)
    before = picture(unit)
    moment = live(unit, next((step for step in last if step[0] != "withdraw"), ("end", 3, {}, 1)))
    if moment is not None:
        unit.withdraw(moment)
    assert picture(unit) == before


@given(steps, st.sampled_from(DAYS))
def test_who_is_gone_is_on_no_later_day_on_the_list(lived, number):
    unit = born()
    for step in lived:
        live(unit, step)
    if live(unit, ("end", number, {}, 1)) is not None:
        assert all(unit.as_of(day(later)) is None for later in range(number, len(DAYS) + 2))


@given(steps, st.sampled_from(DAYS), fields)
def test_an_event_changes_no_day_before_it(lived, number, said):
    unit = born()
    for step in lived:
        live(unit, step)
    before = picture(unit)
    live(unit, ("change", number, said, 1))
    after = picture(unit)
    assert all(after[earlier] == before[earlier] for earlier in range(-1, number))


def expected(before: Pictures, number: int, first: int, said: Mapping[str, object]) -> dict[int, object]:
    """Day by day, in plain words: from `first` on an answer travels while each day is there and still says the same."""
    after: dict[int, object] = dict(before)
    for name, value in said.items():
        old = before[number][1].get(name)
        for place in range(first, len(DAYS) + 2):
            if before[place] is None or before[place][1].get(name) != old:
                break
            area, answers = after[place]
            changed = {**answers, name: value}
            after[place] = (area, {key: each for key, each in changed.items() if each is not None})
    return after


def filled(picture: dict[int, object]) -> dict[int, object]:
    """The picture without answers that are nothing."""
    return {
        number: seen and (seen[0], {name: value for name, value in seen[1].items() if value is not None})
        for number, seen in picture.items()
    }


# A life as it may have been loaded: so many days each, there or not, with these answers.
pasts = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.integers(0, 5).map(bool),
        st.fixed_dictionaries({"a": st.sampled_from([0, 0, 0, 1]), "b": st.integers(0, 1)}),
    ),
    min_size=3,
    max_size=6,
)


def loaded(past: list[tuple[int, bool, dict[str, int]]]) -> Unit:
    unit, start, rows = Unit(), 0, []
    for length, present, answers in past:
        if present:
            rows.append(rules.Row(1, day(start), day(start + length), rules.IMPORT, "", answers))
        start += length
    unit.apply(rules.Change(rows=tuple(rows)))
    return unit


@given(pasts, st.sampled_from(DAYS), fields, st.sampled_from(["change", "correct"]))
def test_an_answer_travels_until_the_next_day_that_said_otherwise(past, number, said, kind):
    unit = loaded(past)
    before = filled(picture(unit))
    if live(unit, (kind, number, said, 1)) is None:
        assert before[number] is None
        return
    first = number
    if kind == "correct":
        held = unit.held(1)
        first = next((version.valid_from - day(0)).days for version in held if version.covers(day(number)))
    assert filled(picture(unit)) == expected(before, number, first, said)
    assert filled(picture(unit, 1)) == before
