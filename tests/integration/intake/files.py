"""Files to send: a person who is right in every answer, and tables written as CSV, XLSX or Parquet."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from natapraja.mcd.intake import actions
from natapraja.mcd.intake.queries import Report
from tests.builders import regency

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
PERSON = {
    "person_no": "w1",
    "area": regency.RT,
    "nik": "3309010203909001",
    "name": "Contoh Satu",
    "birth_date": "1990-03-02",
    "sex": "L",
}

Row = Mapping[str, object]


def person(**answers: object) -> dict[str, object]:
    """The person who is right in every answer, with these answers instead."""
    return {**PERSON, **answers}


def people(count: int, **answers: object) -> list[dict[str, object]]:
    """That many people, each with a number and a NIK of their own."""
    return [
        person(person_no=f"w{n}", nik=f"330901020390{9000 + n}", name=f"Contoh {n}", **answers)
        for n in range(1, count + 1)
    ]


def headings(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def as_csv(path: Path, rows: list[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings(rows), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_xlsx(path: Path, rows: list[Row]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(headings(rows)):
            sheet.write_string(0, place, name)
            for number, row in enumerate(rows, 1):
                cell = row.get(name)
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    return path


def as_parquet(path: Path, rows: list[Row]) -> Path:
    pq.write_table(pa.table({name: [row.get(name) for row in rows] for name in headings(rows)}), path)
    return path


def send(
    path: Path, *, register: str = "people", at: datetime = AT, by: str = "user:1", **more: object
) -> Report:
    """Import a file as an officer would."""
    return actions.import_file(register=register, path=path, by=by, at=at, **more)  # type: ignore[arg-type]


def said(report: Report) -> dict[str, str]:
    """Code of each finding → the sentences an officer reads."""
    return {one.code: f"{one.reason} {one.remedy}" for one in report.findings}
