"""A mart written from small text tables, measured by the real engine."""

import json
import shutil
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime

from natapraja.foundation.kernel.extraction import Source
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.actions import measure
from natapraja.mcd.indicators.definition import parse_table, read_cell
from natapraja.mcd.indicators.measure import Matrix, rolled_up
from natapraja.mcd.mart import partitions
from natapraja.mcd.registers.catalogue import registers
from natapraja.mcd.registers.definition import Register

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
VILLAGE = "33.09.99.2001"
_OPEN = "9999-12-31"


def write(tables: Mapping[str, str]) -> None:
    """Replace the whole mart by these tables of one village: keys become unit numbers, short areas its RT."""
    write_villages({VILLAGE: tables})


def write_villages(worlds: Mapping[str, Mapping[str, str]]) -> None:
    """Replace the whole mart by one small world a village; no world can point into another."""
    rows = {
        village: {name: parse_table(text) for name, text in tables.items()}
        for village, tables in worlds.items()
    }
    numbers: dict[tuple[str, str, str], int] = {}
    for village, tables in rows.items():
        for register, cells in tables.items():
            for row in cells:
                numbers[(village, register, str(row["key"]))] = len(numbers) + 1
    for source in partitions.sources().values():
        definition = registers()[source.id]
        written = [
            _row(definition, row, village, numbers)
            for village, tables in rows.items()
            for row in tables.get(source.id, ())
        ]
        shutil.rmtree(partitions.folder(source.id), ignore_errors=True)
        partitions.rebuild(Source(source.id, source.columns, _only(written)), sorted(worlds))


def _only(written: list[tuple[object, ...]]) -> Callable[..., list[tuple[object, ...]]]:
    """The rows of the villages asked for."""

    def rows(villages: Collection[str], units: Collection[int] | None) -> list[tuple[object, ...]]:
        return [row for row in written if str(row[1])[:13] in villages]

    return rows


def measured(indicator: str, on: date) -> Matrix | None:
    """The sums of one indicator for the village, or None when no rule is in force."""
    found = measure(on=on, known=LONG_AFTER, names=frozenset([indicator]))
    return rolled_up(found[0], lengths=(13,)) if found else None


def sums(indicator: str, on: date, group: str = "") -> tuple[float, float, float]:
    """(numerator, denominator, base) of everybody in the village."""
    matrix = measured(indicator, on)
    if matrix is None or not len(matrix):
        return 0.0, 0.0, 0.0
    places = [
        next(i for i, cell in enumerate(matrix.cells) if (cell.group, cell.part) == (group, part))
        for part in ("numerator", "denominator", "base")
    ]
    top, bottom, base = (float(matrix.values[0][:, place].sum()) for place in places)
    return top, bottom, base


def rules_are_loaded() -> bool:
    return bool(catalogue.indicators())


def _row(
    definition: Register,
    cells: Mapping[str, str | None],
    village: str,
    numbers: Mapping[tuple[str, str, str], int],
) -> tuple[object, ...]:
    fields = {}
    for field in definition.mart_fields:
        text = cells.get(field.name)
        if text is None:
            continue
        if field.type == "reference":
            fields[field.name] = numbers.get((village, str(field.register), text))
        else:
            value = read_cell(text, field.type)
            fields[field.name] = value.isoformat() if isinstance(value, date) else value
    place = f"{village}.001.{int(cells.get('area') or 1):03d}"
    return (
        numbers[(village, definition.id, str(cells["key"]))], place, cells.get("valid_from") or "1900-01-01",
        cells.get("valid_to") or _OPEN, KNOWN.strftime("%Y-%m-%d %H:%M:%S"), f"{_OPEN} 23:59:59.999999",
        "import", "", json.dumps({name: value for name, value in fields.items() if value is not None}),
    )  # fmt: skip
