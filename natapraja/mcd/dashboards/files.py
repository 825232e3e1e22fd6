"""Tables and drawings as files that can stand alone: each carries its passport, none carries a formula.

A cell that begins with = + - @ or a control character is taken for a formula by spreadsheets, so text like that is
written with an apostrophe before it (OWASP, "CSV Injection").
"""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from natapraja.foundation.web.charts import png
from natapraja.foundation.web.charts.flatcss import flattened
from natapraja.foundation.web.charts.markup import Markup

Cell = str | int | float | None
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_COLOURS = "style"
_SHEETS = ("base", "parts", "charts")
_DECIMALS = 6  # finer than any unit we publish, coarser than what adding leaves behind
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """Text that a spreadsheet will not run; numbers as they are meant: whole ones whole, none with the dust of sums."""
    if isinstance(cell, float):
        meant = round(cell, _DECIMALS)
        return int(meant) if meant.is_integer() else meant
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def table(
    kind: str,
    name: str,
    passport: Sequence[tuple[str, Cell]],
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> HttpResponse:
    """CSV or XLSX: the passport first, an empty line, then the table."""
    lines: list[Sequence[Cell]] = [[safe(cell) for cell in line] for line in passport]
    lines += [[], [safe(cell) for cell in head], *([safe(cell) for cell in row] for row in rows)]
    content = _csv(lines) if kind == "csv" else _xlsx(lines, len(passport) + 1)
    return answer(content, kind, name)


def drawing(kind: str, name: str, svg: Markup, heading: str, notes: Sequence[str]) -> HttpResponse:
    """PNG or SVG with its heading and passport written on it; one theme, for letters and slides."""
    framed = png.captioned(svg, heading=heading, notes=notes)
    if kind == "png":
        return answer(png.to_png(framed, _css(), font_files=_fonts()), kind, name)
    # A file that travels alone brings its colours with it; pages never hold any, and no page holds this file.
    styled = framed.replace(">", f"><{_COLOURS}>{flattened(_css())}</{_COLOURS}>", 1)
    named = (
        styled
        if " xmlns=" in styled[:200]
        else styled.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    )
    return answer(named.encode(), kind, name)


def answer(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(lines: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()  # the mark without which Excel reads UTF-8 wrongly


def _xlsx(lines: Sequence[Sequence[Cell]], head: int) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet, bold = book.add_worksheet("data"), book.add_format({"bold": True})
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line, bold if number == head else None)
        sheet.freeze_panes(head + 1, 0)
        sheet.set_column(0, 1, 28)
    return buffer.getvalue()


@cache
def _css() -> str:
    """The style sheets of the pages, as text."""
    paths = (finders.find(f"web/css/{name}.css") for name in _SHEETS)
    return "\n".join(Path(str(path)).read_text(encoding="utf-8") for path in paths)


@cache
def _fonts() -> tuple[str, ...]:
    return tuple(str(path) for path in sorted((Path(settings.DATA_DIR) / "fonts").glob("*.[ot]tf")))
