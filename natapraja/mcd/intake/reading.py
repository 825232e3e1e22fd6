"""Bringing a file into the stage as text cells: format, encoding and delimiter are found, headings are matched."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import duckdb

from natapraja.mcd.registers.definition import Register

from . import layout, quotes, rules, sheets
from .layout import Column
from .rules import Unreadable
from .stage import Stage, literal, quoted

Format = Literal["csv", "excel", "parquet"]

_HEAD: Final = 1024 * 1024
_BLOCK: Final = 4 * rules.MEGABYTE
_SPARE: Final = 4  # cells beyond the last heading that are still noticed
_LONGEST: Final = 64 * rules.MEGABYTE  # of one line, as much as is looked at to say which cell is too long
_TORN: Final = "\ue000"  # before a line that cannot be split into cells; stands in no file
_NO_TABLE: Final = "Berkas ini bukan CSV, XLSX, atau Parquet. Pilih berkas tabelnya."
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Source:
    """What a file turned out to be. `headings` are as written; `columns` are what they mean, None = left aside."""

    format: Format
    headings: tuple[str, ...]
    columns: tuple[Column | None, ...]
    rows: int

    @property
    def given(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column)


def format_of(path: Path) -> Format:
    """By its first bytes, not by its name. Raises Unreadable for what is none of the three."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("Berkas ini kosong. Periksa berkasnya, lalu kirim lagi.")
    if size > rules.FILE_LIMIT:
        raise Unreadable(too_large(size))
    with path.open("rb") as file:
        first = file.read(8)
    if first[:4] == b"PAR1":
        return "parquet"
    if first[:4] == b"PK\x03\x04" or first == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "excel"
    return "csv"


def too_large(size: int) -> str:
    """The sentence for a file above the limit; `size` in bytes."""
    return (
        f"Berkas ini {size // rules.MEGABYTE} MB; paling besar {rules.FILE_LIMIT // rules.MEGABYTE} MB. "
        "Pecah menurut kecamatan, atau kirim sebagai Parquet."
    )


def refuse_foreign(path: Path, register: Register) -> None:
    """Raises Unreadable for a file that by its start is no file of this register, before anything is written of it."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path.name or path} adalah folder. Tulis nama berkas di dalamnya.")
        if not path.is_file() or format_of(path) != "csv":
            return
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except PermissionError:
        raise Unreadable(f"Berkas {path.name} tidak boleh dibaca. Periksa izinnya.") from None
    if head[:2] not in _UTF16:
        text = head.decode("utf-8-sig", errors="replace")
        if "\0" in text:
            raise Unreadable(_NO_TABLE)
        layout.match(register, _headed(text, register)[0])


def read(stage: Stage, path: Path, register: Register) -> Source:
    """Fills the stage's table `raw` (row, c0, c1, …, extra, torn). Raises Unreadable before any row is read, if it can.

    Of a `torn` row nobody knows where its cells end: the whole line is in the first cell that is not left aside.
    """
    kind = format_of(path)
    take = {"csv": _read_text, "excel": _read_sheet, "parquet": _read_parquet}[kind]
    try:
        headings, columns = take(stage, path, register)
    except duckdb.Error as error:
        raise Unreadable(_said(str(error), kind)) from None
    rows = int(stage.one("SELECT count(*) FROM raw"))
    if not rows:
        raise Unreadable("Berkas ini hanya berisi judul kolom. Isi barisnya, lalu kirim lagi.")
    if rows > rules.ROW_LIMIT:
        raise Unreadable(
            f"Berkas ini lebih dari {rules.ROW_LIMIT} baris. Pecah menurut kecamatan, lalu kirim lagi."
        )
    _refuse_unnamed(stage, headings)
    return Source(kind, tuple(headings), columns, rows)


def _read_text(
    stage: Stage, path: Path, register: Register
) -> tuple[Sequence[str], tuple[Column | None, ...]]:
    readable = _utf8(path, stage.folder)
    with readable.open(encoding="utf-8-sig", newline="") as file:
        headings, mark, skip = _headed(file.read(_HEAD), register)
    columns = layout.match(register, headings)
    names = [f"c{place}" for place in range(len(headings))]
    whole = next(place for place, column in enumerate(columns) if column)
    lines, skip = _lines(readable, stage.folder, mark, skip, whole)
    spare = [f"x{place}" for place in range(_SPARE)]
    shape = ", ".join(f"'{name}': 'VARCHAR'" for name in names + spare)
    try:
        stage.run(
            f"""CREATE OR REPLACE TABLE raw AS
            SELECT * REPLACE (CASE WHEN torn THEN substr(c{whole}, 2) ELSE c{whole} END AS c{whole}) FROM (
                SELECT row_number() OVER () + 1 AS row, {", ".join(names)}, coalesce({", ".join(spare)}) AS extra,
                    coalesce(starts_with(c{whole}, '{_TORN}'), false) AS torn
                FROM read_csv({literal(str(lines))}, auto_detect = false, header = false,
                    skip = {skip}, delim = {literal(mark)}, quote = '"', escape = '"',
                    columns = {{{shape}}}, null_padding = true, strict_mode = false, parallel = false, nullstr = '',
                    max_line_size = {rules.LINE_LIMIT})
            ) WHERE NOT ({_blank(names)} AND extra IS NULL)"""
        )
    except duckdb.Error:
        _refuse_long_line(readable, mark, headings)
        raise
    return headings, columns


def _lines(path: Path, folder: Path, mark: str, skip: int, whole: int) -> tuple[Path, int]:
    """A file of which each line is a row whatever the quotation marks say, and after how many lines its rows begin.

    No answer of a register goes over two lines, so a quotation mark that is open at the end of a line is a mistake: a
    reader that goes on in the next line makes one person of two. DuckDB also drops letters after a misplaced mark.
    Such a line becomes one cell, number `whole`; an empty line keeps its number. Most files need no copy.
    """
    doubtful = False
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(iter(lambda: file.readline(rules.LINE_LIMIT), "")):
            if len(line) == rules.LINE_LIMIT:
                return path, skip  # refused as too long
            doubtful |= number >= skip and (line == "\n" or not quotes.certain(line.rstrip("\n"), mark))
    if not doubtful:
        return path, skip
    target = folder / "lines.csv"
    with path.open(encoding="utf-8-sig") as file, target.open("w", encoding="utf-8", newline="") as copy:
        rows = csv.writer(copy, delimiter=mark, lineterminator="\n")
        for line in islice(file, skip, None):
            text = line.rstrip("\n")
            if text and quotes.certain(text, mark):
                copy.write(f"{text}\n")
            elif text:
                rows.writerow(quotes.cells(text, mark) or [""] * whole + [_TORN + text])
            else:
                copy.write(f"{mark}\n")
    return target, 0


def _headed(head: str, register: Register) -> tuple[Sequence[str], str, int]:
    """The headings at the start of a text, what delimits them, and after how many lines the rows begin."""
    first, _, rest = head.partition("\n")
    skip, hinted = 0, None
    if found := re.fullmatch(r"sep=(.)\r?", first):
        skip, hinted = 1, found[1]
        first, head = rest.partition("\n")[0], rest
    mark = hinted or rules.best_delimiter(first.rstrip("\r"), layout.headings(register))
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=mark)
    try:
        headings = next(reader, [])
    except csv.Error:
        raise Unreadable(
            "Baris judul berkas ini tidak dapat dibaca. Simpan ulang sebagai CSV (UTF-8)."
        ) from None
    return headings, mark, skip + reader.line_num


def _read_sheet(
    stage: Stage, path: Path, register: Register
) -> tuple[Sequence[str], tuple[Column | None, ...]]:
    cells = stage.folder / "cells.parquet"
    headings = sheets.extract(path, cells)
    columns = layout.match(register, headings)
    width = int(stage.one(f"SELECT count(*) FROM (DESCRIBE SELECT * FROM {_parquet(cells)})")) - 1
    names = [f"c{place}" for place in range(len(headings))]
    beyond = [f"c{place}" for place in range(len(headings), width)]
    extra = f"coalesce({', '.join(beyond)})" if beyond else "CAST(NULL AS VARCHAR)"
    stage.run(
        f"CREATE OR REPLACE TABLE raw AS SELECT row, {', '.join(names)}, {extra} AS extra, false AS torn "
        f"FROM {_parquet(cells)}"
    )
    cells.unlink()
    return headings, columns


def _read_parquet(
    stage: Stage, path: Path, register: Register
) -> tuple[Sequence[str], tuple[Column | None, ...]]:
    headings = [name for name, *_ in stage.rows(f"DESCRIBE SELECT * FROM {_parquet(path)}")]
    columns = layout.match(register, headings)
    names = [f"c{place}" for place in range(len(headings))]
    texts = ", ".join(
        f"nullif(CAST({quoted(heading)} AS VARCHAR), '') AS {name}"
        for heading, name in zip(headings, names, strict=True)
    )
    stage.run(
        f"""CREATE OR REPLACE TABLE raw AS SELECT * FROM (
            SELECT row_number() OVER () + 1 AS row, {texts}, CAST(NULL AS VARCHAR) AS extra, false AS torn
            FROM {_parquet(path)}
        ) WHERE NOT ({_blank(names)})"""
    )
    return headings, columns


def _parquet(path: Path) -> str:
    return f"read_parquet([{literal(str(path))}])"


def _blank(names: Sequence[str]) -> str:
    return f"coalesce({', '.join(names)}) IS NULL"


def _utf8(path: Path, folder: Path) -> Path:
    """The file itself when it is UTF-8, else a copy that is. What is not UTF-8 is taken for Latin-1."""
    with path.open("rb") as file:
        first = file.read(4)
    if first[:2] in _UTF16:
        return _recoded(path, folder, "utf-16")
    decoder = codecs.getincrementaldecoder("utf-8")()
    sound = True
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if b"\0" in block:
                raise Unreadable(_NO_TABLE)
            if sound:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    sound = False
    try:
        decoder.decode(b"", final=sound)
    except UnicodeDecodeError:
        sound = False
    return path if sound else _recoded(path, folder, "latin-1")


def _recoded(path: Path, folder: Path, encoding: str) -> Path:
    target = folder / "recoded.csv"
    try:
        with (
            path.open(encoding=encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(_BLOCK):
                copy.write(text)
    except UnicodeError:
        raise Unreadable(
            "Huruf dalam berkas ini tidak dapat dibaca. Simpan ulang sebagai CSV (UTF-8)."
        ) from None
    return target


def _refuse_long_line(path: Path, mark: str, headings: Sequence[str]) -> None:
    """One line that is longer than any row can be: a cell is, whatever the quotation marks say."""
    most = rules.LINE_LIMIT
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST):
            number += 1
            if len(line) > most:
                column = _longest_cell(line, mark, headings)
                where = f", kolom “{rules.shown_heading(column)}”" if column else ""
                raise Unreadable(
                    f"Baris {number}{where}: isinya terlalu panjang, lebih dari {most // 1_000_000} MB dalam satu baris. "
                    "Singkatkan isinya, lalu kirim lagi."
                )


def _longest_cell(line: bytes, mark: str, headings: Sequence[str]) -> str:
    """The heading of the cell that makes the line long; none where quotation marks hide which delimiters count."""
    lengths = [len(cell) for cell in line.split(mark.encode())]
    place = lengths.index(max(lengths))
    known = b'"' not in line and len(lengths) <= len(headings) and lengths[place] > len(line) // 2
    return headings[place] if known else ""


def _refuse_unnamed(stage: Stage, headings: Sequence[str]) -> None:
    """A column without a heading is left aside only when it is empty: nothing is dropped without a word."""
    for place, heading in enumerate(headings):
        if not heading.strip() and stage.one(f"SELECT count(c{place}) FROM raw"):
            raise Unreadable(
                f"Kolom ke-{place + 1} berisi data tetapi tidak punya judul. Beri judul atau hapus isinya."
            )


def _unread(row: int | str) -> str:
    return f"Baris {row} berkas ini tidak dapat dibaca. Periksa tanda kutip dan pemisahnya, lalu kirim lagi."


def _said(message: str, kind: Format) -> str:
    """DuckDB's words quote cells, so only the line number is taken from them."""
    if kind == "parquet":
        return "Berkas Parquet ini rusak atau tidak lengkap. Buat ulang berkasnya, lalu kirim lagi."
    line = re.search(r"Line: (\d+)", message)
    return _unread(line[1] if line else "terakhir")
