"""Reading an Excel file in a process of its own, with bounds on memory and time: a bad file harms only this process.

Run as `python -m natapraja.mcd.intake.sheets SOURCE TARGET`: writes the first sheet as text cells to TARGET (Parquet:
row, c0, c1, …) and its first row to TARGET.json. Ends with 0, or with 3 and a word in TARGET.json why not.
"""

import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from natapraja.mcd.intake import rules

MEMORY: Final = 3 * 1024 * rules.MEGABYTE
SECONDS: Final = 900
REFUSED: Final = 3
_CHUNK: Final = 10_000
_EXACT: Final = 10**15  # a spreadsheet keeps 15 digits: from here on a number has lost some

SENTENCES: Final = {
    "large": "Isi berkas Excel ini terlalu besar. Simpan sebagai CSV (UTF-8), lalu kirim berkas CSV-nya.",
    "locked": "Berkas Excel ini dikunci dengan sandi. Hapus sandinya, simpan, lalu kirim lagi.",
    "broken": "Berkas Excel ini tidak dapat dibaca. Buka dan simpan ulang sebagai XLSX atau CSV, lalu kirim lagi.",
    "wide": f"Lembar pertama punya lebih dari {rules.COLUMN_LIMIT} kolom. Hapus kolom yang tidak termasuk register ini.",
    "empty": "Lembar pertama berkas ini kosong. Pindahkan datanya ke lembar pertama, lalu kirim lagi.",
}


def extract(source: Path, target: Path) -> list[str]:
    """The headings of the first sheet; its rows are in `target`. Raises rules.Unreadable."""
    if zipfile.is_zipfile(source):
        _refuse_bomb(source)
    command = [sys.executable, "-m", "natapraja.mcd.intake.sheets", str(source), str(target)]
    report = target.with_suffix(".json")
    report.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).resolve().parents[3],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise rules.Unreadable(SENTENCES["large"]) from None
    if done.returncode == 0:
        return list(json.loads(report.read_text())["header"])
    word = json.loads(report.read_text())["refused"] if done.returncode == REFUSED else "large"
    raise rules.Unreadable(SENTENCES[word])


def _refuse_bomb(source: Path) -> None:
    """Unpack without keeping anything: what a file says about its own size proves nothing."""
    total = 0
    try:
        with zipfile.ZipFile(source) as archive:
            for member in archive.infolist():
                if total + member.file_size > rules.SHEET_LIMIT:
                    raise rules.Unreadable(SENTENCES["large"])
                with archive.open(member) as stream:
                    while block := stream.read(rules.MEGABYTE):
                        total += len(block)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, rules.Unreadable):
            raise
        # A size that does not fit what is inside is told by the check of the sum.
        raise rules.Unreadable(SENTENCES["broken"]) from None


def main(source: Path, target: Path) -> int:
    """What the separate process does; the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    report = target.with_suffix(".json")
    try:
        report.write_text(json.dumps({"header": _convert(source, target)}))
    except PasswordError:
        report.write_text(json.dumps({"refused": "locked"}))
    except MemoryError:
        report.write_text(json.dumps({"refused": "large"}))
    except (CalamineError, OSError, IndexError):
        report.write_text(json.dumps({"refused": "broken"}))
    except _Refused as error:
        report.write_text(json.dumps({"refused": str(error)}))
    else:
        return 0
    return REFUSED


class _Refused(Exception):
    pass


def _convert(source: Path, target: Path) -> list[str]:
    book = CalamineWorkbook.from_path(str(source))
    sheet = book.get_sheet_by_index(0)
    if sheet.start is None or sheet.end is None:
        raise _Refused("empty")
    if sheet.end[1] >= rules.COLUMN_LIMIT:
        raise _Refused("wide")
    rows = enumerate(sheet.iter_rows(), start=sheet.start[0] + 1)
    first = next(([_text(cell) or "" for cell in row] for _, row in rows), [])
    header = first
    while header and not header[-1]:
        header = header[:-1]
    width = len(first)
    schema = pa.schema([("row", pa.int64()), *((f"c{place}", pa.string()) for place in range(width))])
    with pq.ParquetWriter(target, schema, compression="snappy") as writer:
        for batch in _batches(rows):
            numbers = pa.array([number for number, _ in batch], pa.int64())
            cells = [pa.array(column, pa.string()) for column in zip(*(row for _, row in batch), strict=True)]
            writer.write_table(pa.Table.from_arrays([numbers, *cells], schema=schema))
    return header


def _batches(rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[list[tuple[int, list[str | None]]]]:
    """Rows as text, empty ones left out, some thousands at a time."""
    batch: list[tuple[int, list[str | None]]] = []
    for number, row in rows:
        cells = [_text(cell) for cell in row]
        if any(cells):
            batch.append((number, cells))
        if len(batch) == _CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _text(cell: object) -> str | None:
    """A cell as it would stand in a text file. A number too long to be exact keeps a mark of it: ".0"."""
    match cell:
        case None | "":
            return None
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            whole = cell == int(cell) if abs(cell) < 1e300 else False
            if whole and abs(cell) < _EXACT:
                return str(int(cell))
            return f"{cell:.1f}" if whole else repr(cell)
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
