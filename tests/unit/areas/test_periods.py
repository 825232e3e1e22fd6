"""How names and codes of a place follow one another."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.areas import rules
from natapraja.foundation.areas.rules import OPEN_END, OPEN_START, Period

TODAY = date(2026, 11, 22)
SPLIT = date(2019, 1, 16)
OLD = Period("33.09.02.2001", "Seboto", valid_to=SPLIT)
NOW = Period("33.09.20.2001", "Seboto")


def wanted(past: list[Period], now: Period, held: list[Period], today: date = TODAY) -> list[Period]:
    return list(rules.reconciled(past, now, held, today))


def written(held: list[Period], target: list[Period]) -> list[Period]:
    """The rows after the changes, as the tables would hold them."""
    changes = rules.changes(held, target)
    rows = list(held)
    for position, end in changes.close:
        rows[position] = replace(rows[position], valid_to=end)
    return [*rows, *changes.open]


def effective(rows: list[Period]) -> list[Period]:
    return sorted((row for row in rows if row.valid_from < row.valid_to), key=lambda row: row.valid_from)


def test_a_place_that_was_never_recoded_has_one_period_without_begin_and_end() -> None:
    assert wanted([], Period("33.09.03", "Cepogo"), []) == [Period("33.09.03", "Cepogo")]


def test_a_recoded_place_carries_the_old_code_until_the_day_of_the_decision() -> None:
    old, new = wanted([OLD], NOW, [])
    assert (old.code, old.valid_from, old.valid_to) == ("33.09.02.2001", OPEN_START, SPLIT)
    assert (new.code, new.valid_from, new.valid_to) == ("33.09.20.2001", SPLIT, OPEN_END)


def test_loading_what_is_held_already_changes_nothing() -> None:
    held = wanted([OLD], NOW, [])
    assert not rules.changes(held, wanted([OLD], NOW, held))


def test_a_new_name_begins_today_and_the_old_one_stays_before_it() -> None:
    held = wanted([], Period("33.09.05.1002", "Siwodipuran"), [])
    first, second = wanted([], Period("33.09.05.1002", "Siswodipuran"), held)
    assert (first.name, first.valid_to) == ("Siwodipuran", TODAY)
    assert (second.name, second.valid_from) == ("Siswodipuran", TODAY)


def test_a_name_corrected_on_the_same_day_leaves_no_trace_of_a_day() -> None:
    held = wanted([], Period("33.09.05.1002", "A"), [])
    held = effective(written(held, wanted([], Period("33.09.05.1002", "B"), held)))
    held = effective(written(held, wanted([], Period("33.09.05.1002", "C"), held)))
    assert [(period.name, period.valid_from) for period in held] == [("A", OPEN_START), ("C", TODAY)]


def test_a_name_taken_back_on_the_same_day_is_one_period_again() -> None:
    first = wanted([], Period("33.09.05.1002", "A"), [])
    held = effective(written(first, wanted([], Period("33.09.05.1002", "B"), first)))
    assert effective(written(held, wanted([], Period("33.09.05.1002", "A"), held))) == first


def test_a_name_dated_by_a_decision_is_not_read_as_todays_news() -> None:
    past = Period("33.09.05.1002", "Siwodipuran", valid_to=SPLIT)
    held = wanted([past], Period("33.09.05.1002", "Siswodipuran"), [])
    assert [period.valid_from for period in held] == [OPEN_START, SPLIT]
    assert not rules.changes(held, wanted([past], Period("33.09.05.1002", "Siswodipuran"), held))


def test_a_recoding_that_becomes_known_closes_the_old_code_on_its_day() -> None:
    held = [Period("33.09.02.2001", "Seboto")]
    rows = written(held, wanted([OLD], NOW, held))
    assert [(row.code, row.valid_from, row.valid_to) for row in effective(rows)] == [
        ("33.09.02.2001", OPEN_START, SPLIT),
        ("33.09.20.2001", SPLIT, OPEN_END),
    ]


def test_a_corrected_date_of_a_decision_moves_both_periods() -> None:
    held = wanted([OLD], NOW, [])
    later = replace(OLD, valid_to=date(2019, 3, 1))
    rows = effective(written(held, wanted([later], NOW, held)))
    assert [(row.valid_from, row.valid_to) for row in rows] == [
        (OPEN_START, date(2019, 3, 1)),
        (date(2019, 3, 1), OPEN_END),
    ]


def test_a_dissolved_place_ends_on_its_last_day() -> None:
    held = [Period("33.09.03.2005", "Paras")]
    rows = effective(written(held, wanted([], Period("33.09.03.2005", "Paras", valid_to=TODAY), held)))
    assert rows == [Period("33.09.03.2005", "Paras", valid_to=TODAY)]


def test_dates_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        wanted([OLD], replace(NOW, valid_from=date(2020, 1, 1)), [])
    with pytest.raises(ValueError, match="before its last code begins"):
        wanted([OLD], replace(NOW, valid_to=SPLIT), [])


def test_what_lies_below_a_recoded_village_follows_it() -> None:
    rt = Period("33.09.02.2001.001.003", "RT 003", "Contoh")
    before, after = rules.recoded([rt], "33.09.02.2001", "33.09.20.2001", SPLIT, "keputusan")
    assert (before.code, before.valid_to) == ("33.09.02.2001.001.003", SPLIT)
    assert (after.code, after.hamlet, after.valid_from) == ("33.09.20.2001.001.003", "Contoh", SPLIT)


def test_what_began_after_the_recoding_never_had_the_old_code() -> None:
    rt = Period("33.09.02.2001.001.003", "RT 003", valid_from=date(2024, 1, 1))
    (only,) = rules.recoded([rt], "33.09.02.2001", "33.09.20.2001", SPLIT, "keputusan")
    assert (only.code, only.valid_from) == ("33.09.20.2001.001.003", date(2024, 1, 1))


days = st.dates(date(2000, 1, 1), date(2020, 1, 1))
edits = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.none() | days), min_size=1, max_size=8
)


@given(edits)
def test_whatever_is_edited_every_day_has_exactly_one_name(
    history: list[tuple[str, int, date | None]],
) -> None:
    held: list[Period] = []
    today = TODAY
    for name, days, recoded_on in history:
        today = date.fromordinal(today.toordinal() + days)
        past = [Period("33.09.02.2001", "Lama", valid_to=recoded_on)] if recoded_on else []
        target = wanted(past, Period("33.09.20.2001", name), effective(held), today)
        held = written(held, target)
        rows = effective(held)
        assert rows[0].valid_from == OPEN_START
        assert rows[-1].valid_to == OPEN_END
        assert all(a.valid_to == b.valid_from for a, b in pairwise(rows))
        assert rows[-1].name == name
        assert not rules.changes(rows, wanted(past, Period("33.09.20.2001", name), rows, today))


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("kec. Boyolali", "kecamatan", "boyolali"),
        ("Kecamatan  Boyolali", "kecamatan", "boyolali"),
        ("Boyolali", "", "boyolali"),
        ("Desa Tunggul Wulung", "desa", "tunggul wulung"),
        ("dukuh Gudang", "", "gudang"),
        ("desa", "", "desa"),
        ("   ", "", ""),
    ],
)
def test_a_kind_before_the_name_narrows_the_search(typed: str, kind: str, name: str) -> None:
    assert rules.asked(typed) == (kind, name)


def test_blanks_and_capitals_do_not_make_another_name() -> None:
    assert rules.squeezed("Tunggul Wulung") == rules.squeezed("tunggulwulung") == "tunggulwulung"


def test_places_are_named_as_people_say_them() -> None:
    assert rules.label("kecamatan", "Cepogo") == "Kecamatan Cepogo"
    assert rules.label("rt", "RT 007", "Sambirejo") == "RT 007 Sambirejo"


def test_a_digest_does_not_depend_on_the_order_of_rows() -> None:
    lines = [rules.opened_line(1, OLD), rules.opened_line(1, NOW), rules.alias_line(1, "Sebotho", "uji")]
    assert rules.digest(lines) == rules.digest(reversed(lines))
    assert rules.digest(lines) != rules.digest(lines[:2])
