"""What goes back to the sender: refused rows with reason and remedy in the layout they came in, and sentences."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

import csv
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

import xlsxwriter
from django.utils import translation

from natapraja.foundation.web import formats
from natapraja.mcd.registers.catalogue import register as definition_of
from natapraja.mcd.registers.definition import Register

from . import findings, folders, layout, rules
from .models import Import
from .stage import Stage, literal, quoted

WORKBOOK_ROWS: Final = 50_000  # more than this is quicker sent back as CSV, and no screen shows it anyway
_MARK: Final = "\ufeff"  # so that Excel reads UTF-8
DELIMITER: Final = ";"  # what Excel expects where the decimal sign is a comma


def write_bad_rows(stage: Stage, found: Import) -> int:
    """The file of refused rows beside the import; gives how many there are. Written whole or not at all."""
    late = [(int(row), definition_of(found.register).key, "meanwhile") for row in found.meanwhile.split()]
    stage.fill("late", {"row": "BIGINT", "col": "VARCHAR", "code": "VARCHAR"}, [late] if late else [])
    _sentences(stage, definition_of(found.register))
    stage.run(
        f"""CREATE OR REPLACE TABLE returned AS
        SELECT row, {_each_once("place", "; ")} AS places, {_each_once("reason", " ")} AS reasons,
            {_each_once("remedy", " ")} AS remedies
        FROM (SELECT * FROM finding SEMI JOIN refused USING (row) UNION ALL SELECT * FROM late)
        JOIN sentences USING (col, code) WHERE blocking GROUP BY row"""
    )
    count = int(stage.one("SELECT count(*) FROM returned"))
    target = folders.folder(found.pk) / folders.BAD_ROWS
    if not count:
        target.unlink(missing_ok=True)
        return 0
    part = stage.folder / "returned.csv"
    stage.run(
        f"COPY ({_returned(found)}) TO {literal(str(part))} (FORMAT csv, HEADER, DELIMITER '{DELIMITER}')"
    )
    aside = target.with_suffix(".part")
    with part.open("rb") as source, aside.open("wb") as copy:
        copy.write(_MARK.encode())
        while block := source.read(rules.MEGABYTE):
            copy.write(block)
    aside.replace(target)
    return count


def _each_once(name: str, between: str) -> str:
    """SQL of the texts of a row in the order of the columns, each once: columns, reasons and remedies go together."""
    texts = f"list({name} ORDER BY number)"
    return f"array_to_string(list_filter({texts}, lambda one, nth: list_position({texts}, one) = nth), '{between}')"


def _returned(found: Import) -> str:
    """The rows as they came, cells made harmless, with our columns in front."""
    headings = json.loads(found.headings or "[]")
    notes = {rules.plain(note) for note in rules.NOTES}
    cells = [
        f"{_harmless(f'c{place}')} AS {quoted(rules.neutral(heading))}"
        for place, heading in enumerate(headings)
        if heading.strip() and rules.plain(heading) not in notes
    ]
    number, where, why, how = map(quoted, rules.NOTES)
    return (
        f"SELECT b.row AS {number}, b.places AS {where}, b.reasons AS {why}, b.remedies AS {how}, {', '.join(cells)} "
        "FROM returned b JOIN raw USING (row) ORDER BY b.row"
    )


def _harmless(cell: str) -> str:
    """SQL of `rules.neutral`, on one line: what goes back as CSV is read line by line when it is sent again."""
    line = f"regexp_replace(trim({cell}, chr(13) || chr(10)), '[\\r\\n]+', ' ', 'g')"
    return f"CASE WHEN left({line}, 1) IN ('=', '+', '-', '@', chr(9)) THEN '''' || {line} ELSE {line} END"


def _sentences(stage: Stage, register: Register) -> None:
    """Every finding of every column in words, for the file: always Indonesian, as its headings are."""
    named = {"": layout.nowhere(register)} | {column.name: column for column in layout.columns(register)}
    with translation.override("id"):
        rows = [
            (
                number, name, code, findings.where(name, column), findings.reason(code, column),
                findings.remedy(code, column), findings.CATALOGUE[code].refused,
            )
            for number, ((name, column), code) in enumerate(product(named.items(), findings.CATALOGUE))
        ]  # fmt: skip
    kinds = {
        "number": "BIGINT", "col": "VARCHAR", "code": "VARCHAR", "place": "VARCHAR", "reason": "VARCHAR",
        "remedy": "VARCHAR", "blocking": "BOOLEAN",
    }  # fmt: skip
    stage.fill("sentences", kinds, [rows])


def rows_of(path: Path) -> Iterator[list[str]]:
    """The lines of a file of refused rows, headings first."""
    csv.field_size_limit(rules.LINE_LIMIT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter=DELIMITER)


def write_workbook(path: Path, target: Path) -> None:
    """The file of refused rows as XLSX; every cell is text, so nothing in it is ever calculated."""
    with xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Ditolak")
        text = book.add_format({"num_format": "@"})
        for number, row in enumerate(rows_of(path)):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:32_767], text)
        sheet.freeze_panes(1, 0)


def sent_before(earlier: Import) -> str:
    """The sentence for a file that came before, byte for byte."""
    when = formats.moment(earlier.finished_at)
    return (
        f"Berkas yang persis sama sudah dimasukkan pada {when} (impor {earlier.pk}). Tidak ada yang diubah."
    )
