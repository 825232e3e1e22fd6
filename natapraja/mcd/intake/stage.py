"""The workbench of one import: a DuckDB database in memory in which rows are read, checked and planned.

What does not fit under the limit is spilled into the import's folder. Nothing in it is worth keeping: after a kill the
file is read again, and the rows that were believed are recognised as the same.
"""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

_SETTINGS: Final = {
    "threads": 2,
    "memory_limit": "1500MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
}


class Stage:
    """A DuckDB connection with the few things every step needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        config: dict[str, Any] = {**_SETTINGS, "temp_directory": str(folder / "spill")}
        self._database = duckdb.connect(config=config)

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        self._database.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(sql, list(values)).fetchall()

    def one(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first value of the first row."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def table(self, sql: str) -> pa.Table:
        return self._database.sql(sql).to_arrow_table()

    def fill(self, name: str, columns: dict[str, str], batches: Iterable[Sequence[Sequence[object]]]) -> int:
        """A table made from batches of tuples, typed by `columns`; gives how many rows it has."""
        shape = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        self.run(f"CREATE OR REPLACE TABLE {name} ({shape})")
        kinds = [_ARROW[kind] for kind in columns.values()]
        for batch in batches:
            arrays = [
                pa.array(values, kind) for values, kind in zip(zip(*batch, strict=True), kinds, strict=True)
            ]
            incoming = pa.table(arrays, names=list(columns))
            with closing(self._database.cursor()) as cursor:
                cursor.register("incoming", incoming)
                cursor.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        return int(self.one(f"SELECT count(*) FROM {name}"))

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_ARROW: Final = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "BOOLEAN": pa.bool_()}


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
