"""Empty files to fill in: the headings of a register, and a sheet that explains every column and its codes."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from natapraja.mcd.registers.definition import Register

from . import layout
from .layout import Column
from .returning import DELIMITER

_HOW = {
    "text": _("teks, paling panjang 200 huruf"),
    "integer": _("bilangan bulat"),
    "number": _("bilangan, boleh dengan koma"),
    "boolean": _("ya atau tidak"),
    "date": _("tanggal, misalnya 2026-11-20 atau 20/11/2026"),
    "code": _("kode atau kata dari daftar di bawahnya"),
    "reference": _("nomor di register %(other)s"),
    "nik": _("16 angka, sebagai teks"),
    "family_card_number": _("16 angka, sebagai teks"),
}
_HOW_ROLE = {
    "key": _("nomor tetap di register ini, bukan NIK"),
    "area": _("kode RT, misalnya 33.09.03.2004.001.007"),
    "valid_from": _(
        "sejak kapan keadaan baris ini berlaku; kosongkan bila membetulkan baris yang sudah ada, isi bila barisnya dulu "
        "terlewat: baris baru tanpa tanggal dianggap berlaku sejak hari ini"
    ),
}


def as_text(register: Register) -> bytes:
    """The headings as CSV."""
    target = io.StringIO()
    csv.writer(target, delimiter=DELIMITER).writerow(column.name for column in layout.columns(register))
    return target.getvalue().encode("utf-8-sig")


def as_workbook(register: Register) -> bytes:
    """The headings as XLSX, every column as text so that no zero is lost, with the sheet that explains them."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(gettext("Isian"))
        for place, column in enumerate(layout.columns(register)):
            sheet.set_column(place, place, max(12, len(column.name) + 2), text)
            sheet.write_string(0, place, column.name, head)
        sheet.freeze_panes(1, 1)
        notes = book.add_worksheet(gettext("Keterangan"))
        notes.set_column(0, 0, 24)
        notes.set_column(1, 5, 36)
        for number, row in enumerate(explained(register)):
            for place, cell in enumerate(row):
                notes.write_string(number, place, cell, head if number == 0 else text)
        notes.freeze_panes(1, 0)
    return target.getvalue()


def explained(register: Register) -> list[tuple[str, str, str, str, str, str]]:
    """What each column means, line by line; below a code column, one line for each code."""
    heading = (_("Kolom"), _("Arti"), _("Wajib"), _("Cara mengisi"), _("Kode"), _("Kata"))
    found: list[tuple[str, str, str, str, str, str]] = [tuple(map(gettext, heading))]  # type: ignore[list-item]
    for column in layout.columns(register):
        must = gettext("ya") if column.required else gettext("tidak")
        found.append((column.name, column.label(), must, _how(column), "", ""))
        found += [(column.name, "", "", "", code, word) for code, word in layout.codes_of(column)]
    return found


def _how(column: Column) -> str:
    if column.field is None:
        return gettext(_HOW_ROLE[column.role])
    said = gettext(_HOW[column.type])
    if column.type == "reference":
        said %= {"other": column.other()}
    bounds = [
        f"{sign} {limit:g}"
        for sign, limit in (("≥", column.minimum), ("≤", column.maximum))
        if limit is not None
    ]
    return ", ".join([said, *bounds])
