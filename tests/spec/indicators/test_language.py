"""The language of definitions, rule by rule: small rows in, one value out. Empty means: we do not know."""

from datetime import date

import pytest

from .definitions_at_hand import rules
from .plain import Place, World

TODAY = date(2026, 7, 1)
TABLES = {
    "houses": """
        key | area | occupied | floor | floor_area_m2
        r1  | 1    | ya       | 8     | 36
    """,
    "households": """
        key | area | house | water_minutes | internet | decile
        h1  | 1    | r1    | 40            | ya       | 3
        h2  | 1    |       |               |          |
    """,
    "people": """
        key | area | birth_date | sex | household | working | seeking_work | can_read
        a   | 1    | 1980-03-01 | L   | h1        | ya      |              | ya
        b   | 1    | 2012-07-01 | P   | h1        | tidak   |              |
        c   | 1    | 2012-07-02 | P   | h1        | tidak   | ya           | tidak
    """,
}
A, C = ("people", "a"), ("people", "c")
B, H1, H2 = ("people", "b"), ("households", "h1"), ("households", "h2")


def value(text: str, at: tuple[str, str]) -> object:
    world = World.of_tables(rules(), TODAY, TABLES)
    register, key = at
    return Place(world, register, world.rows[register][key]).value(text)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("working AND seeking_work", A, None),
        ("working AND seeking_work", B, False),
        ("working OR seeking_work", A, True),
        ("working OR seeking_work", B, None),
        ("NOT seeking_work", B, None),
        ("NOT working AND seeking_work", C, True),
    ],
)
def test_unknown_decides_nothing_but_does_not_spoil_what_is_decided_without_it(text, at, expected):
    assert value(text, at) is expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("decile <= 4", H1, True),
        ("decile <= 4", H2, None),
        ("decile + 1", H2, None),
        ("decile IN (1, 2)", H2, None),
        ("decile NOT IN (1, 2)", H1, True),
        ("decile BETWEEN 1 AND 3", H1, True),
        ("decile BETWEEN 5 AND 9", H1, False),
        ("water_minutes BETWEEN 1 AND decile", H1, False),
        ("decile / 0", H1, None),
    ],
)
def test_comparing_or_reckoning_with_something_unknown_gives_unknown(text, at, expected):
    assert value(text, at) is expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("decile IS NULL", H2, True),
        ("decile IS NOT NULL", H1, True),
        ("COALESCE(internet, FALSE)", H2, False),
        ("COALESCE(decile, water_minutes, 7)", H2, 7),
        ("LEAST(decile, 5)", H2, 5),
        ("GREATEST(decile, 5)", H1, 5),
    ],
)
def test_only_these_ask_whether_something_is_known(text, at, expected):
    assert value(text, at) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("CASE WHEN internet THEN 'ada' ELSE 'tidak' END", H1, "ada"),
        ("CASE WHEN internet THEN 'ada' ELSE 'tidak' END", H2, "tidak"),
        ("CASE WHEN internet THEN 1 WHEN NOT internet THEN 0 END", H2, None),
    ],
    ids=["true branch", "unknown is not true, so ELSE", "both sides asked keeps unknown unknown"],
)
def test_a_case_takes_the_first_branch_that_is_true(text, at, expected):
    assert value(text, at) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", 2 + 3 * 4),
        ("(2 + 3) * 4 - -1", (2 + 3) * 4 + 1),
        ("7 / 2", 3.5),
        ("ROUND(2.5)", 3),
        ("ROUND(-2.5)", -3),
        ("ROUND(2.345, 1)", 2.3),
        ("FLOOR(36 / 5) * 5", 35),
        ("ABS(1 - 4)", 3),
    ],
)
def test_numbers_are_reckoned_as_on_paper(text, expected):
    assert value(text, A) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("years_between(birth_date, as_of)", A, 46),
        ("years_between(birth_date, as_of)", B, 14),
        ("years_between(birth_date, as_of)", C, 13),
        ("months_between(birth_date, as_of)", C, 14 * 12 - 1),
        ("days_between(birth_date, as_of)", B, (date(2026, 7, 1) - date(2012, 7, 1)).days),
        ("school_year_start(as_of)", A, date(2026, 7, 1)),
        ("school_year_start(birth_date)", A, date(1979, 7, 1)),
    ],
)
def test_time_is_counted_in_completed_years_months_and_days(text, at, expected):
    assert value(text, at) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("household.decile", A, 3),
        ("household.house.floor", A, "8"),
        ("household.size", A, 3),
        ("household.improved_water", A, None),
        ("house.floor", H2, None),
        ("house.space_9", H1, True),
    ],
    ids=["a field", "two steps", "a derived value", "a concept", "no house", "36 m² for three"],
)
def test_a_dot_follows_a_reference_and_one_that_leads_nowhere_is_unknown(text, at, expected):
    assert value(text, at) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("count_of(people)", H1, 3),
        ("count_of(people)", H2, 0),
        ("count_of(people, can_read)", H1, 1),
        ("any_of(people, can_read)", H1, True),
        ("any_of(people, sex = 'P' AND can_read)", H1, None),
        ("any_of(people, age > 60)", H1, False),
        ("any_of(people, can_read)", H2, False),
        ("all_of(people, can_read)", H1, False),
        ("all_of(people, age > 10)", H1, True),
        ("all_of(people, can_read)", H2, True),
        ("sum_of(people, age)", H1, 46 + 14 + 13),
        ("sum_of(people, age)", H2, 0),
        ("max_of(people, age)", H1, 46),
        ("min_of(people, age)", H2, None),
    ],
)
def test_a_collection_is_counted_asked_or_added_up(text, at, expected):
    assert value(text, at) == expected


def test_a_row_that_begins_later_is_not_there_yet():
    tables = {
        "people": """
            key | area | birth_date | sex | valid_from
            a   | 1    | 1980-03-01 | L   | 2026-07-01
            b   | 1    | 1980-03-01 | L   | 2026-07-02
        """
    }
    assert set(World.of_tables(rules(), TODAY, tables).rows["people"]) == {"a"}


def test_a_name_that_does_not_exist_is_refused():
    with pytest.raises(NameError, match="umur is nothing that people knows"):
        value("umur > 5", A)
