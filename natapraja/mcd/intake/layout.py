"""The layout of a register's file: which columns it has, and which heading means which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from natapraja.mcd.registers.catalogue import code_lists, registers
from natapraja.mcd.registers.definition import Field, FieldType, Register

from . import rules
from .rules import Unreadable

Role = Literal["key", "area", "valid_from", "field"]

AREA, VALID_FROM = "area", "valid_from"
_AREA_NAMES: Final = ("area", "Kode RT", "Kode wilayah", "RT code")
_SINCE_NAMES: Final = ("valid_from", "Berlaku sejak", "Valid from")
_NEAR: Final = 0.75
_TITLES: Final = {
    "key": _("Nomor register"),
    "area": _("Kode RT"),
    "valid_from": _("Berlaku sejak"),
}


@dataclass(frozen=True)
class Column:
    """One column of the layout; `field` is empty for the key, the place and the date."""

    name: str
    role: Role
    field: Field | None = None

    @property
    def type(self) -> FieldType:
        if self.field is not None:
            return self.field.type
        return "date" if self.role == "valid_from" else "text"

    @property
    def required(self) -> bool:
        return self.role in ("key", "area") or (self.field is not None and self.field.required)

    @property
    def minimum(self) -> float | None:
        return self.field.minimum if self.field else None

    @property
    def maximum(self) -> float | None:
        return self.field.maximum if self.field else None

    def label(self) -> str:
        """What the column is called, in the reader's language."""
        if self.field is None:
            return gettext(_TITLES[self.role])
        return self.field.label.of(get_language() or "id")

    def other(self) -> str:
        """The register a reference points to, by its title."""
        if self.field is None or self.field.register is None:
            return ""
        return registers()[self.field.register].title.of(get_language() or "id")

    def headings(self) -> tuple[str, ...]:
        """Everything this column may be called in a file."""
        match self.role:
            case "area":
                return _AREA_NAMES
            case "valid_from":
                return _SINCE_NAMES
            case "key":
                return (self.name,)
        label = self.field.label if self.field else None
        return (self.name, *((label.id, label.en) if label else ()))


def columns(register: Register) -> tuple[Column, ...]:
    """Every column of the register's file, in the order of an empty form."""
    head = (Column(register.key, "key"), Column(AREA, "area"), Column(VALID_FROM, "valid_from"))
    return head + tuple(Column(field.name, "field", field) for field in register.fields)


def nowhere(register: Register) -> Column:
    """What a finding about the row as a whole is said of."""
    return Column(register.key, "key")


def headings(register: Register) -> dict[str, Column]:
    """Heading as compared → its column. Names win over labels; a label of two columns names neither."""
    layout = columns(register)
    found = {rules.plain(column.name): column for column in layout}
    labels: dict[str, set[str]] = {}
    for column in layout:
        for text in column.headings()[1:]:
            labels.setdefault(rules.plain(text), set()).add(column.name)
    named = {column.name: column for column in layout}
    for text, owners in labels.items():
        if len(owners) == 1:
            found.setdefault(text, named[next(iter(owners))])
    return found


def match(register: Register, header: Sequence[str]) -> tuple[Column | None, ...]:
    """The column of each heading, None for one that is left aside. Raises Unreadable with what to mend."""
    if len(header) > rules.COLUMN_LIMIT:
        raise Unreadable(
            f"Berkas ini punya lebih dari {rules.COLUMN_LIMIT} kolom. Hapus kolom yang tidak termasuk register ini."
        )
    known = headings(register)
    notes = {rules.plain(note) for note in rules.NOTES}
    texts = [rules.plain(cell) for cell in header]
    recognised = sum(text in known for text in texts)
    if recognised < max(1, sum(text not in notes for text in texts if text) / 2):
        # Not quoted: where there is no heading, the first line is a person.
        raise Unreadable(
            f"Baris pertama berkas ini bukan judul kolom register {register.title.id}. "
            "Unduh berkas kosongnya, lalu pakai baris judulnya."
        )
    found: list[Column | None] = []
    for place, text in enumerate(texts):
        if (not text and not header[place].strip()) or text in notes:
            found.append(None)
        elif text in known:
            found.append(known[text])
        else:
            raise Unreadable(_unknown(register, header[place], known))
    _refuse_doubled(found)
    _refuse_missing(register, found)
    return tuple(found)


def _unknown(register: Register, heading: str, known: dict[str, Column]) -> str:
    # Nearer than for the names in a definition: a heading half alike is usually another column, not a slip.
    near = next(iter(get_close_matches(rules.plain(heading), known, n=1, cutoff=_NEAR)), None)
    shown = rules.shown_heading(heading)
    sentence = f"Kolom “{shown}” tidak ada di register {register.title.id}."
    if near is None:
        return f"{sentence} Hapus kolom itu, atau samakan namanya dengan berkas kosong."
    column = known[near]
    return f"{sentence} Mungkin maksudnya “{column.name}” ({column.label()})."


def _refuse_doubled(found: Sequence[Column | None]) -> None:
    names = [column.name for column in found if column]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(f"Kolom “{name}” ada lebih dari sekali. Sisakan satu saja.")


def _refuse_missing(register: Register, found: Sequence[Column | None]) -> None:
    present = {column.name for column in found if column}
    missing = [column for column in columns(register) if column.required and column.name not in present]
    if missing:
        names = ", ".join(f"“{column.name}” ({column.label()})" for column in missing)
        raise Unreadable(f"Kolom yang wajib ada belum ada: {names}. Tambahkan kolomnya, lalu kirim lagi.")


def codes_of(column: Column) -> list[tuple[str, str]]:
    """(code, word) of a code column in the reader's language; empty for the others."""
    if column.field is None or column.field.codes is None:
        return []
    listed = code_lists()[column.field.codes]
    language = get_language() or "id"
    return [(code.value, listed.label(code.value, language)) for code in listed.codes]
