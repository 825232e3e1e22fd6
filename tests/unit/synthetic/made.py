"""A generated regency, as tables one can ask questions of."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from natapraja.mcd.synthetic.calibration import load_calibration
from natapraja.mcd.synthetic.commands import real_places
from natapraja.mcd.synthetic.generator import generate
from natapraja.mcd.synthetic.who import load_growth_tables

DEFINITIONS = Path(__file__).parents[3] / "definitions"
HOME = DEFINITIONS / "boyolali"
GROWTH = DEFINITIONS / "national" / "growth" / "who_lms_under5.csv"
TODAY = date(2026, 11, 22)
OPEN = "TIMESTAMPTZ '9999-01-01 00:00:00+00'"

_AGE = f"""date_diff('year', birth_date, DATE '{TODAY}')
  - CASE WHEN (month(birth_date), day(birth_date)) > ({TODAY.month}, {TODAY.day}) THEN 1 ELSE 0 END"""
_SCHOOL_AGE = """date_diff('year', birth_date, DATE '2026-07-01')
  - CASE WHEN (month(birth_date), day(birth_date)) > (7, 1) THEN 1 ELSE 0 END"""
_FAILS = """(roof IN ('5', '7', '8') OR roof_damaged)::INT + (wall IN ('4', '6', '7') OR wall_damaged)::INT
  + (floor IN ('7', '8', '9'))::INT"""


class Regency:
    """`versions_<register>` holds every row; `<register>` what is held true of TODAY, now."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self.calibration = load_calibration(HOME)
        made = generate(
            people=people, seed=seed, today=TODAY, areas=real_places(HOME),
            growth_tables=load_growth_tables(GROWTH), calibration=self.calibration,
        )  # fmt: skip
        self.neighbourhoods = made.neighbourhoods
        self.tables: dict[str, pa.Table] = {}
        self.largest_chunk = 0
        self._database = duckdb.connect()
        for history in made.registers:
            chunks = list(history.rows)
            self.largest_chunk = max(self.largest_chunk, *(chunk.num_rows for chunk in chunks))
            table = pa.concat_tables(chunks)
            assert table.num_rows == history.count
            self.tables[history.register] = table
            self._add(history.register, table)
        self._particulars()

    def _add(self, register: str, table: pa.Table) -> None:
        self._database.register(f"arrow_{register}", table)
        self._database.execute(
            f"CREATE TABLE versions_{register} AS "
            f"SELECT *, row_number() OVER () AS row, left(area, 13) AS village FROM arrow_{register}"
        )
        self._database.execute(
            f"CREATE VIEW {register} AS SELECT * FROM versions_{register} WHERE known_to > {OPEN} "
            f"AND valid_from <= DATE '{TODAY}' AND valid_to > DATE '{TODAY}'"
        )

    def _particulars(self) -> None:
        self._database.execute(
            f"CREATE TABLE persons AS SELECT *, {_AGE} AS age, {_SCHOOL_AGE} AS school_age FROM people"
        )
        self._database.execute(f"CREATE VIEW dwellings AS SELECT *, {_FAILS} AS fails FROM houses")

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        return self._database.execute(question).fetchall()

    def one(self, question: str) -> Any:
        """The single value a question answers with."""
        return self.ask(question)[0][0]
