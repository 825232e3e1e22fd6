"""What believing a file would do, row by row, against what the register holds: table `plan`, ready to be written.

A row without a date says how things are, not since when: a version that differs is restated over the same days. A row
with a date (its own `valid_from`, or one for the whole file) moves the world on that day: the past stays as it was.
"""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from natapraja.mcd.registers.belief import instant
from natapraja.mcd.registers.definition import Register
from natapraja.mcd.registers.rules import NEEDS_SECOND_PERSON

from . import held
from .cells import SQL_TYPES
from .reading import Source
from .stage import Stage, literal, quoted

# What a row does. The rows of WRITTEN go into the plan, those of TURNED_BACK become findings.
NEW, SAME, RESTATE, SPLIT, GAP, RETURN = "new", "same", "restate", "split", "gap", "return"
WRITTEN: Final = (NEW, RESTATE, SPLIT, GAP, RETURN)
TURNED_BACK: Final = ("elsewhere", "newer", "gone", "left")
_NEVER_BACK: Final = tuple(sorted(NEEDS_SECOND_PERSON))  # so taken off the list, nobody returns by a file


@dataclass(frozen=True)
class Moment:
    """When the file speaks: known at `known`, its content not fresher than `since`, for days up to `today`."""

    known: datetime
    since: datetime
    today: date
    valid_on: date | None = None


@dataclass(frozen=True)
class Counts:
    new: int
    changed: int
    same: int


def plan(stage: Stage, source: Source, register: Register, moment: Moment) -> Counts:
    """Fills `plan` in the order of places, so that each village is touched once; turns back what cannot be believed."""
    _rows_to_believe(stage, source, register, moment)
    held.load_versions(stage, register)
    compared = bool(stage.one("SELECT count(*) FROM held"))
    if compared:
        _compare(stage, source, register, moment)
    else:
        _all_are_new(stage)
    stage.run(
        f"INSERT INTO finding SELECT row, {literal(register.key)}, kind FROM decided WHERE kind IN {_in(TURNED_BACK)}"
    )
    stage.run("CREATE OR REPLACE TABLE refused AS SELECT DISTINCT row FROM finding")
    _in_order(stage, source, register, compared=compared)
    counted = dict(stage.rows("SELECT kind, count(*) FROM decided GROUP BY kind"))
    new = counted.get(NEW, 0)
    return Counts(new, sum(counted.get(kind, 0) for kind in WRITTEN) - new, counted.get(SAME, 0))


def _rows_to_believe(stage: Stage, source: Source, register: Register, moment: Moment) -> None:
    own = "CAST(NULL AS DATE)"
    if any(column.role == "valid_from" for column in source.given):
        own = "v_valid_from"
    whole = f"DATE '{moment.valid_on.isoformat()}'" if moment.valid_on else "CAST(NULL AS DATE)"
    stage.run(
        f"""CREATE OR REPLACE VIEW good AS
        SELECT k.*, u.unit, coalesce({own}, {whole}, DATE '{moment.today.isoformat()}') AS day,
            coalesce({own}, {whole}) IS NOT NULL AS dated
        FROM checked k ANTI JOIN refused USING (row) LEFT JOIN units_{register.id} u ON u.key = k.key"""
    )


def _all_are_new(stage: Stage) -> None:
    """The first file of a register: nothing to compare with. A unit of which nothing is held was taken out."""
    stage.run(
        """CREATE OR REPLACE TABLE decided AS
        SELECT row, CASE WHEN unit IS NULL THEN 'new' ELSE 'gone' END AS kind, key, unit, village,
            village AS was_village, area, day AS starts, DATE '9999-12-31' AS ends, CAST(NULL AS BIGINT) AS closes,
            CAST(NULL AS BIGINT) AS past_area, CAST(NULL AS DATE) AS past_starts
        FROM good"""
    )


def _compare(stage: Stage, source: Source, register: Register, moment: Moment) -> None:
    _standing(stage, register)
    same = " AND ".join(
        ["c.area = g.area"]
        + [
            f"g.{quoted(f'v_{column.name}')} IS NOT DISTINCT FROM c.fields.{quoted(column.name)}"
            for column in source.given
            if column.role == "field"
        ]
    )
    known, since = (literal(instant(at)) for at in (moment.known, moment.since))
    stage.run(
        f"""CREATE OR REPLACE TABLE decided AS
        SELECT g.row, CASE
                WHEN g.unit IS NULL THEN 'new'
                WHEN l.unit IS NULL THEN 'gone'
                WHEN NOT coalesce(w.inside, 0) = 1 THEN 'elsewhere'
                WHEN c.version IS NOT NULL AND {same} THEN 'same'
                WHEN c.known_from >= TIMESTAMP {known} OR c.known_from > TIMESTAMP {since} THEN 'newer'
                WHEN c.version IS NOT NULL AND g.dated AND c.starts < g.day THEN 'split'
                WHEN c.version IS NOT NULL THEN 'restate'
                WHEN n.starts IS NOT NULL THEN 'gap'
                WHEN l.event IN {_in(_NEVER_BACK)} THEN 'gone'
                WHEN NOT g.dated THEN 'left'
                ELSE 'return' END AS kind,
            g.key, g.unit, g.village, coalesce(w.village, g.village) AS was_village, g.area,
            CASE WHEN c.version IS NULL OR g.dated AND c.starts < g.day THEN g.day ELSE c.starts END AS starts,
            coalesce(c.ends, n.starts, DATE '9999-12-31') AS ends, c.version AS closes, c.area AS past_area,
            c.starts AS past_starts
        FROM good g
        LEFT JOIN standing c ON c.unit = g.unit AND c.starts <= g.day AND g.day < c.ends
        LEFT JOIN (SELECT g.row, min(s.starts) AS starts FROM good g JOIN standing s ON s.unit = g.unit
            WHERE s.starts > g.day GROUP BY g.row) n ON n.row = g.row
        LEFT JOIN (SELECT unit, arg_max(event, ends) AS event, arg_max(area, ends) AS area FROM standing GROUP BY unit) l
            ON l.unit = g.unit
        LEFT JOIN here w ON w.area = coalesce(c.area, l.area)"""
    )


def _in_order(stage: Stage, source: Source, register: Register, *, compared: bool) -> None:
    """The rows to write, numbered by place, each with the text that will be stored."""
    join = "LEFT JOIN standing c ON c.version = n.closes" if compared else ""
    # Numbered before the texts are made: sorting long rows would cost more than everything else here.
    stage.run(
        f"""CREATE OR REPLACE TABLE numbered AS
        SELECT row_number() OVER (ORDER BY village, area, row) AS place, * FROM decided
        WHERE kind IN {_in(WRITTEN)}"""
    )
    stage.run(
        f"""CREATE OR REPLACE TABLE plan AS
        SELECT n.*, {_json(source, register, held=compared)} AS data, {"c.data" if compared else "''"} AS past_data
        FROM numbered n JOIN checked g ON g.row = n.row {join}"""
    )


def _standing(stage: Stage, register: Register) -> None:
    """The held versions with their fields typed: values are compared, not the way they were written."""
    shape = ", ".join(f'"{field.name}": "{SQL_TYPES[field.type]}"' for field in register.fields)
    stage.run(
        f"""CREATE OR REPLACE TABLE standing AS
        SELECT unit, version, area, CAST(starts AS DATE) AS starts, CAST(ends AS DATE) AS ends,
            CAST(known_from AS TIMESTAMP) AS known_from, event, data,
            json_transform(data, {literal("{" + shape + "}")}) AS fields
        FROM held"""
    )
    stage.run("DROP TABLE held")
    stage.run("CREATE OR REPLACE TABLE here AS SELECT area, village, inside FROM places WHERE former = 0")


def _json(source: Source, register: Register, *, held: bool) -> str:
    """SQL of the stored text: fields in the order of the definition, those nobody answered left out.

    A field that the file has no column for keeps what is held; an empty cell empties it.
    """
    given = {column.name for column in source.given}
    pieces = []
    for field in register.fields:
        if field.name in given:
            value = f"g.{quoted(f'v_{field.name}')}"
        elif held:
            value = f"c.fields.{quoted(field.name)}"
        else:
            continue
        name = literal(f'"{field.name}":')
        pieces.append(f"CASE WHEN {value} IS NOT NULL THEN {name} || to_json({value}) END")
    return f"'{{' || concat_ws(',', {', '.join(pieces)}) || '}}'"


def _in(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, words))})"
