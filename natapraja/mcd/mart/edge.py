"""The living edge: the rows around what just changed, in memory, as they are held now to be.

Over a few thousand rows an engine spends its time on planning: half a second for all figures of one RT, against some
milliseconds of reading. So each query is planned once, when it is prepared, and without an optimizer that would look
at the rows of that moment (docs/decisions.md).
"""

from collections.abc import Callable, Collection, Mapping
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

    def fill(self, areas: Collection[str], kin: Callable[[set[int]], Collection[int]]) -> None:
        """Hold the rows of these areas and, wherever they are, of the units that `kin` says these units need."""
        rows = {name: list(source.rows(areas, on=self._on)) for name, source in self._sources.items()}
        elsewhere = kin({int(str(unit)) for each in rows.values() for unit, *_ in each})
        for name, source in self._sources.items():
            if elsewhere:
                rows[name] += source.rows(None, elsewhere, on=self._on)
            self._writer.execute(f"DELETE FROM {name}")  # noqa: S608 — the name of a register
            if rows[name]:
                self._writer.register("incoming", arrow_of(rows[name]))
                self._writer.execute(
                    f"INSERT INTO {name} BY NAME SELECT * FROM ({typed(source)}) ORDER BY area, unit"  # noqa: S608
                )
                self._writer.unregister("incoming")

    def hold(self, name: str, parquet: Path) -> None:
        """Keep a table of reference beside the registers."""
        self._writer.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{parquet}')")  # noqa: S608

    def prepare(self, name: str, sql: str) -> None:
        """Plan a query over the tables, once; a register is named by its id."""
        self._reader.execute(f"PREPARE {name} AS {sql}")

    def table(self, name: str) -> pa.Table:
        """The answer of a prepared query over the rows that are here now."""
        return self._reader.sql(f"EXECUTE {name}").to_arrow_table()
