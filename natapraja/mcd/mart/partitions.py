"""The files of the mart: `register=…/village=…/part.parquet`, written aside and swapped by an atomic rename.

A reader that has a file open keeps reading the old one; nobody ever sees half a partition.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path

import pyarrow as pa
from django.apps import apps
from django.conf import settings

from natapraja.foundation.kernel.extraction import ROW, Source

from .engine import DuckDBEngine

NOWHERE = "none"  # a partition without rows, so that a register nobody filled yet can be read too
HEAD = {
    "unit": "BIGINT", "area": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE", "known_from": "TIMESTAMP",
    "known_to": "TIMESTAMP", "cause": "VARCHAR", "event": "VARCHAR",
}  # fmt: skip
_CHUNK = 200_000


def sources() -> dict[str, Source]:
    """What the rooms offer in their `extract.py`; the mart knows no room by name."""
    found: dict[str, Source] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.extract"
        if app.name.startswith("natapraja.") and find_spec(name):
            found |= {source.id: source for source in import_module(name).sources()}
    return found


def home() -> Path:
    return Path(settings.DATA_DIR) / "mart"


def folder(register: str) -> Path:
    return home() / f"register={register}"


def partition(register: str, village: str) -> Path:
    return folder(register) / f"village={village}" / "part.parquet"


def files(register: str, villages: Collection[str] | None = None) -> list[str]:
    """The Parquet files of a register, of these villages or of all; never empty."""
    empty = partition(register, NOWHERE)
    if not empty.exists():
        _write_empty(sources()[register])
    if villages is None:
        return [str(folder(register) / "village=*" / "part.parquet")]
    found = [str(path) for village in villages if (path := partition(register, village)).exists()]
    return [*found, str(empty)]


def is_current(source: Source) -> bool:
    """Whether the files of this register have the columns its definition asks for today."""
    stamp = folder(source.id) / "columns.json"
    return stamp.exists() and json.loads(stamp.read_text()) == source.columns


def rebuild(source: Source, villages: Sequence[str], told: Callable[[int], None] | None = None) -> int:
    """Write these villages' partitions of a register anew from its rows; gives the number of rows written."""
    _write_empty(source)
    total = 0
    ordered = sorted(villages)
    for _, group in groupby(ordered, key=lambda village: village[:8]):
        chunk = list(group)
        total += _write_villages(source, chunk)
        if told:
            told(len(chunk))
    (folder(source.id) / "columns.json").write_text(json.dumps(dict(source.columns)))
    return total


def merge(source: Source, village: str, units: Collection[int]) -> None:
    """Bring one partition up to date for a few units: the others are copied column by column, not read row by row."""
    path = partition(source.id, village)
    if not path.exists():
        _write_villages(source, [village])
        return
    engine = _engine()
    table = arrow_of(source.rows([village], units))
    changed = ", ".join(str(int(unit)) for unit in units)
    target = path.with_name(f".part-{os.getpid()}.parquet")
    with _registered(engine, table):
        engine.cursor.execute(
            f"COPY (SELECT * FROM {_whole([path])} WHERE unit NOT IN ({changed}) "  # noqa: S608 — numbers
            f"UNION ALL BY NAME {typed(source)}) TO '{target}' (FORMAT parquet, COMPRESSION snappy)"
        )
    os.replace(target, path)


def _write_villages(source: Source, villages: list[str]) -> int:
    """Write whole partitions, swapping each in when all are written."""
    engine = _engine()
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=folder(source.id)))
    written = 0
    try:
        rows = iter(source.rows(villages, None))
        part = 0
        while batch := list(islice(rows, _CHUNK)):
            table = arrow_of(batch)
            written += table.num_rows
            with _registered(engine, table):
                engine.cursor.execute(
                    f"COPY (SELECT *, left(area, 13) AS village FROM ({typed(source)}) ORDER BY area, unit) "  # noqa: S608
                    f"TO '{aside}' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (village), "
                    f"OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'piece{part}_{{i}}')"
                )
            part += 1
        for village in villages:
            _swap_in(
                engine,
                sorted((aside / f"village={village}").glob("*.parquet")),
                partition(source.id, village),
            )
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return written


def _swap_in(engine: DuckDBEngine, pieces: list[Path], path: Path) -> None:
    """Put what was written aside in its place; a village without rows has no file."""
    if not pieces:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = pieces[0]
    if len(pieces) > 1:
        whole = pieces[0].with_name("whole.parquet")
        engine.cursor.execute(
            f"COPY (SELECT * FROM {_whole(pieces)}) "  # noqa: S608
            f"TO '{whole}' (FORMAT parquet, COMPRESSION snappy)"
        )
    os.replace(whole, path)


def _whole(paths: Sequence[Path]) -> str:
    """SQL of what these files hold; the folders' names (register=, village=) are not to become columns."""
    quoted = ", ".join(f"'{path}'" for path in paths)
    return f"read_parquet([{quoted}], hive_partitioning = false)"


def _write_empty(source: Source) -> None:
    path = partition(source.id, NOWHERE)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine()
    target = path.with_name(f".part-{os.getpid()}.parquet")
    with _registered(engine, arrow_of([])):
        engine.cursor.execute(f"COPY ({typed(source)}) TO '{target}' (FORMAT parquet, COMPRESSION snappy)")
    os.replace(target, path)


def arrow_of(rows: Iterable[tuple[object, ...]]) -> pa.Table:
    """Rows as they come from a source, as one arrow table of text."""
    columns = list(zip(*rows, strict=True)) or [()] * len(ROW)
    types = [pa.int64(), *[pa.string()] * (len(ROW) - 1)]
    return pa.table(
        {name: pa.array(values, kind) for name, values, kind in zip(ROW, columns, types, strict=True)}
    )


def typed(source: Source) -> str:
    """SQL that gives the incoming rows their types and spreads the JSON object into columns."""
    head = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in HEAD.items())
    shape = json.dumps(dict(source.columns))
    return f"SELECT {head}, unnest(json_transform(fields, '{shape}')) FROM incoming"  # noqa: S608


class _registered:  # noqa: N801 — reads as a word in a with statement
    """Lends an arrow table to the engine under the name `incoming`."""

    def __init__(self, engine: DuckDBEngine, table: pa.Table) -> None:
        self.engine, self.table = engine, table

    def __enter__(self) -> None:
        self.engine.cursor.register("incoming", self.table)

    def __exit__(self, *_: object) -> None:
        self.engine.cursor.unregister("incoming")


_writers: list[DuckDBEngine] = []


def _engine() -> DuckDBEngine:
    """The writer is always DuckDB, whichever engine measures: it is the one that turns rows into Parquet."""
    if not _writers:
        _writers.append(DuckDBEngine(threads=2, memory="2GB"))
    return _writers[0]
