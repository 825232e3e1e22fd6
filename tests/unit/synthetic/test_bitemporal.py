"""Every row says when it held and since when it was known; the rows of a unit never contradict each other."""

import pytest

from natapraja.mcd.registers.catalogue import code_lists, registers
from natapraja.mcd.synthetic.columns import LAYOUT
from tests.unit.synthetic.made import TODAY, Regency

REGISTERS = tuple(LAYOUT)
REFERENCES = (
    ("people", "household", "households"),
    ("people", "family", "families"),
    ("households", "house", "houses"),
    ("families", "house", "houses"),
    ("growth", "person", "people"),
)
BOOK = ["unit", "key", "area", "valid_from", "valid_to", "known_from", "known_to", "cause", "event"]


@pytest.mark.parametrize("register", REGISTERS)
def test_a_unit_is_never_in_two_states_at_once(small: Regency, register: str) -> None:
    overlapping = small.one(
        f"""SELECT count(*) FROM versions_{register} a JOIN versions_{register} b
        ON a.unit = b.unit AND a.row < b.row
        AND a.valid_from < b.valid_to AND b.valid_from < a.valid_to
        AND a.known_from < b.known_to AND b.known_from < a.known_to"""
    )
    assert overlapping == 0


@pytest.mark.parametrize("register", REGISTERS)
def test_every_row_holds_for_some_time_and_was_known_before_today(small: Regency, register: str) -> None:
    wrong = small.one(
        f"""SELECT count(*) FROM versions_{register}
        WHERE valid_from >= valid_to OR known_from >= known_to
        OR known_from >= TIMESTAMPTZ '{TODAY} 00:00:00+00' OR valid_from > DATE '{TODAY}'"""
    )
    assert wrong == 0


@pytest.mark.parametrize(("register", "field", "other"), REFERENCES)
def test_a_reference_points_to_a_unit_of_the_same_village(
    small: Regency, register: str, field: str, other: str
) -> None:
    """Asked at the four corners of every row: first and last day, first and last moment it was believed."""
    dangling = small.ask(
        f"""WITH corner AS (
            SELECT {field} AS target, village, day, moment FROM versions_{register},
            unnest([valid_from, least(valid_to, DATE '{TODAY}' + 1) - 1]) AS d(day),
            unnest([known_from, least(known_to, TIMESTAMPTZ '{TODAY} 00:00:00+00') - INTERVAL 1 MICROSECOND])
                AS m(moment)
            WHERE valid_from <= day AND known_from <= moment)
        SELECT count(*), count(*) FILTER (NOT EXISTS (
            SELECT 1 FROM versions_{other} o WHERE o.unit = corner.target AND o.village = corner.village
            AND o.valid_from <= day AND o.valid_to > day AND o.known_from <= moment AND o.known_to > moment))
        FROM corner"""
    )[0]
    assert dangling[0] > 0
    assert dangling[1] == 0


def test_a_death_leaves_only_the_past(small: Regency) -> None:
    present = small.one(
        """SELECT count(*) FROM events e JOIN people p ON p.unit = e.person
        WHERE e.kind = 'died' AND e.state = 'confirmed'"""
    )
    buried = small.one(
        f"""SELECT count(*) FROM events e JOIN versions_people p ON p.unit = e.person AND p.event = 'died'
        AND p.valid_to = e.occurred_on AND p.known_to > TIMESTAMPTZ '{TODAY} 00:00:00+00'
        WHERE e.kind = 'died' AND e.state = 'confirmed'"""
    )
    assert present == 0
    assert buried > 0


def test_a_death_is_a_claim_before_a_second_person_confirms_it(small: Regency) -> None:
    confirmed = small.one("SELECT count(*) FROM events WHERE kind = 'died' AND state = 'confirmed'")
    claimed_before = small.one(
        """SELECT count(*) FROM events e JOIN versions_events c ON c.unit = e.unit AND c.state = 'claim'
        AND c.known_to = e.known_from WHERE e.kind = 'died' AND e.state = 'confirmed'"""
    )
    assert claimed_before == confirmed > 0


def test_who_moves_leaves_the_old_place_on_the_day_of_arrival_in_the_new(small: Regency) -> None:
    moves = small.ask(
        """SELECT count(*), count(*) FILTER (n.unit IS NOT NULL) FROM versions_people o
        LEFT JOIN versions_people n ON n.unit = o.unit AND n.event = 'moved_in'
        AND n.valid_from = o.valid_to AND n.known_from = o.known_from
        WHERE o.event = 'moved_out' AND o.unit IN (SELECT unit FROM people)"""
    )[0]
    assert moves[0] == moves[1] > 0


def test_the_rows_have_the_fields_of_the_definition_and_no_other(small: Regency) -> None:
    for register, table in small.tables.items():
        definition = registers()[register]
        assert table.column_names == [*BOOK, *(field.name for field in definition.fields)], register
        for field in definition.fields:
            if field.required:
                assert table.column(field.name).null_count == 0, f"{register}.{field.name}"


def test_every_code_is_in_its_list_and_every_number_in_its_range(small: Regency) -> None:
    for register, table in small.tables.items():
        for field in registers()[register].fields:
            values = [value for value in table.column(field.name).unique().to_pylist() if value is not None]
            if field.type == "code":
                unknown = set(values) - set(code_lists()[field.codes or ""].values)
                assert not unknown, f"{register}.{field.name}: {unknown}"
            if field.minimum is not None:
                assert min(values, default=field.minimum) >= field.minimum, f"{register}.{field.name}"
            if field.maximum is not None:
                assert max(values, default=field.maximum) <= field.maximum, f"{register}.{field.name}"


def test_units_are_numbered_once_through_all_registers(small: Regency) -> None:
    everything = " UNION ALL ".join(f"SELECT DISTINCT unit FROM versions_{name}" for name in REGISTERS)
    assert small.ask(
        f"SELECT min(unit), max(unit) - count(*) , count(*) - count(DISTINCT unit) FROM ({everything})"
    ) == [(1, 0, 0)]


def test_every_family_that_is_present_has_one_head(small: Regency) -> None:
    heads = small.ask("SELECT DISTINCT sum((relation = '1')::INT) FROM people GROUP BY family")
    assert heads == [(1,)]


def test_a_child_is_measured_again_and_again_under_the_number_of_the_person(small: Regency) -> None:
    assert (
        small.one(
            """SELECT max(times) FROM (
            SELECT count(DISTINCT measured_on) AS times FROM versions_growth GROUP BY unit)"""
        )
        > 3
    )
    assert (
        small.one("SELECT count(*) FROM growth g JOIN people p ON p.unit = g.person WHERE p.key <> g.key")
        == 0
    )
