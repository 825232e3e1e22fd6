"""The living edge: the rows around what just changed, in memory, as they are held now to be.

Over a few thousand rows an engine spends its time on planning: half a second for all figures of one RT, against some
milliseconds of reading. So each query is planned once, when it is prepared, and without an optimizer that would look
at the rows of that moment (docs/decisions.md).
"""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from natapraja.foundation.kernel.extraction import Source

from .partitions import HEAD, arrow_of, typed


class Edge:
    """A table for every register, empty until rows are added, and the queries prepared over them."""

    def __init__(self, sources: Mapping[str, Source], on: date) -> None:
        self._sources, self._on = sources, on
        self._writer = duckdb.connect(config={"threads": 1})
        self._reader = self._writer.cursor()
        self._reader.execute("PRAGMA disable_optimizer")
        for source in sources.values():
            columns = ", ".join(f'"{name}" {kind}' for name, kind in {**HEAD, **source.columns}.items())
            self._writer.execute(f"CREATE TABLE {source.id} ({columns})")

    def clear(self) -> None:
        for name in self._sources:
            self._writer.execute(f"DELETE FROM {name}")  # noqa: S608 — the name of a register

    def add(self, areas: Collection[str] | None, units: Collection[int] | None = None) -> set[int]:
        """Bring in the rows of these areas, or of these units wherever they are; gives the units that are there."""
        found: set[int] = set()
        for source in self._sources.values():
            table = arrow_of(source.rows(areas, units, on=self._on))
            if not table.num_rows:
                continue
            self._writer.register("incoming", table)
            self._writer.execute(
                f"INSERT INTO {source.id} BY NAME SELECT * FROM ({typed(source)}) ORDER BY area, unit"  # noqa: S608
            )
            self._writer.unregister("incoming")
            found.update(table.column("unit").to_pylist())
        return found

    def hold(self, name: str, parquet: Path) -> None:
        """Keep a table of reference beside the registers."""
        self._writer.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{parquet}')")  # noqa: S608

    def prepare(self, name: str, sql: str) -> None:
        """Plan a query over the tables, once; a register is named by its id."""
        self._reader.execute(f"PREPARE {name} AS {sql}")

    def table(self, name: str) -> pa.Table:
        """The answer of a prepared query over the rows that are here now."""
        return self._reader.sql(f"EXECUTE {name}").to_arrow_table()
