"""The schema of concepts and indicators: what is counted, since when, on what basis, with an example."""

import re
from datetime import date
from typing import Literal

import msgspec

from natapraja.foundation.kernel.definitions import Text, Version, in_force, version_faults

__all__ = [
    "Answer", "Comparator", "Concept", "ConceptVersion", "Example", "Indicator", "IndicatorVersion", "Input",
    "Target", "concept_faults", "in_force", "indicator_faults", "parse_table", "read_cell",
]  # fmt: skip

Sector = Literal["population", "education", "health", "infrastructure", "economy", "welfare"]
Kind = Literal["count", "ratio", "mean", "median", "gini", "formula"]
CountAs = Literal["person", "house", "household", "family", "neighbourhood", "child", "event", "metre"]
Cell = str | int | float | bool | date | None

NAME = re.compile(r"[a-z][a-z0-9_]*")


class RuleVersion(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A dated version; `why` says what changed against the version before, or why it was chosen so."""

    why: str | None = None


class ConceptVersion(RuleVersion, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the concept means from `since` on."""

    expr: str


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named expression over one register, used in other expressions as if it were a field.

    Nearly always a condition; `type` says when it is a number instead (a score, a step of a ladder).
    """

    id: str
    register: str
    title: Text
    versions: tuple[ConceptVersion, ...] = msgspec.field(name="version")
    type: Literal["boolean", "integer", "number"] = "boolean"


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One value a formula takes: the count of another indicator, or a published value with its source.

    A published input without a value is not public yet: the figure is then not made, never guessed.
    """

    label: Text
    indicator: str | None = None
    value: float | None = None
    source: str | None = None


class IndicatorVersion(RuleVersion, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the figure is made from `since` on.

    count    how many rows have `numerator` true
    ratio    of the rows with `denominator` true, those with `numerator` true, each row counted `weight` times
    mean, median, gini   of `value` over the rows with `denominator` true (all rows when there is none)
    formula  `expr` over `inputs`; or `numerator` over `denominator`, both over `inputs`, and then it adds up

    With `sums`, numerator and denominator are numbers to add up instead of conditions to count.
    """

    numerator: str | None = None
    denominator: str | None = None
    sums: bool = False
    weight: str | None = None
    value: str | None = None
    inputs: dict[str, Input] = {}
    expr: str | None = None


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    year: int
    value: float
    basis: str


class Comparator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published series shown beside the figure, with the reason why the two are not the same number."""

    series: str
    why: Text
    category: str = "total"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the example must give, for all its areas together.

    `groups`: the numerator of each value of the first group_by field.
    """

    value: float
    numerator: float | None = None
    denominator: float | None = None
    base: float | None = None
    groups: dict[str, float] = {}


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A tiny population, one text table per register, and the answer with its sum written out."""

    on: date
    answer: Answer
    explain: str
    rows: dict[str, str] = {}
    inputs: dict[str, float] = {}


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    sector: Sector
    title: Text
    question: Text
    kind: Kind
    unit: Text
    count_as: CountAs
    direction: Literal["up", "down", "none"]
    owner: str
    versions: tuple[IndicatorVersion, ...] = msgspec.field(name="version")
    example: Example
    register: str = ""  # a formula has none: it stands on other figures
    per: Literal[1, 100, 1000] = 1
    decimals: int = 0
    group_by: tuple[str, ...] = ()
    small: int = 5
    reveals: tuple[
        str, ...
    ] = ()  # figures that follow from the parts of this one: withheld where one of them is
    targets: tuple[Target, ...] = msgspec.field(name="target", default=())
    comparators: tuple[Comparator, ...] = msgspec.field(name="comparator", default=())
    note: Text | None = None


def concept_faults(concept: Concept) -> list[str]:
    """What is wrong with a concept taken alone (its names are checked against the registers elsewhere)."""
    faults = _version_faults(concept.versions)
    if not NAME.fullmatch(concept.id):
        faults.append("`id` harus huruf kecil, angka, dan garis bawah.")
    if any(not version.expr.strip() for version in concept.versions):
        faults.append("`expr` kosong. Tulis syaratnya.")
    return faults


def indicator_faults(indicator: Indicator) -> list[str]:
    """What is wrong with an indicator taken alone, in sentences that say what to do."""
    faults = _version_faults(indicator.versions)
    if not NAME.fullmatch(indicator.id):
        faults.append("`id` harus huruf kecil, angka, dan garis bawah.")
    if bool(indicator.register) == (indicator.kind == "formula"):
        faults.append("`register` harus diisi, kecuali pada jenis formula.")
    if len(set(indicator.group_by)) != len(indicator.group_by):
        faults.append("`group_by` menyebut satu nama dua kali. Hapus salah satunya.")
    if indicator.small < 0:
        faults.append("`small` tidak boleh negatif.")
    for version in indicator.versions:
        where = f"Versi sejak {version.since}: "
        faults += [where + fault for fault in _shape_faults(indicator.kind, version)]
        if version.weight is not None and indicator.count_as != "person":
            faults.append(where + "ditimbang dengan `weight`, maka `count_as` harus `person`.")
    return faults


# kind -> (the parts a version must have, the parts it may have besides)
SHAPES: dict[Kind, tuple[set[str], set[str]]] = {
    "count": ({"numerator"}, set()),
    "ratio": ({"numerator", "denominator"}, {"sums", "weight"}),
    "mean": ({"value"}, {"denominator"}),
    "median": ({"value"}, {"denominator"}),
    "gini": ({"value"}, {"denominator"}),
    "formula": ({"inputs"}, {"expr", "numerator", "denominator"}),
}
PARTS = ("numerator", "denominator", "sums", "weight", "value", "inputs", "expr")


def _version_faults(versions: tuple[RuleVersion, ...]) -> list[str]:
    if not versions:
        return ["Tidak ada versi. Tambahkan sedikitnya satu [[version]]."]
    return [f"{where}: {what}. {remedy}." for where, what, remedy in version_faults(versions)]


def _shape_faults(kind: Kind, version: IndicatorVersion) -> list[str]:
    given = {part for part in PARTS if getattr(version, part)}
    must, may = SHAPES[kind]
    faults = [f"jenis {kind} harus memiliki `{part}`." for part in sorted(must - given)]
    faults += [f"jenis {kind} tidak memakai `{part}`. Hapus." for part in sorted(given - must - may)]
    if version.sums and version.weight is not None:
        faults.append("`sums` tidak memakai `weight`. Kalikan di dalam rumusnya.")
    if kind == "formula":
        if given & {"expr", "numerator", "denominator"} not in ({"expr"}, {"numerator", "denominator"}):
            faults.append("formula memakai `expr` saja, atau `numerator` dan `denominator`.")
        for name, given_input in version.inputs.items():
            if (given_input.indicator is None) == (given_input.source is None):
                faults.append(f"masukan `{name}` harus menyebut `indicator` atau `source`, salah satu.")
    return faults


def parse_table(text: str) -> tuple[dict[str, str | None], ...]:
    """Rows of an example table: cells between bars, the first line names the columns, empty means unknown.

    Raises ValueError when a row has more or fewer cells than the head.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    if not lines:
        return ()
    head, *rows = lines
    for number, row in enumerate(rows, start=1):
        if len(row) != len(head):
            raise ValueError(
                f"Baris {number} memiliki {len(row)} sel, kepala tabel {len(head)}. Samakan jumlah tanda |."
            )
    return tuple({name: cell or None for name, cell in zip(head, row, strict=True)} for row in rows)


YES_NO = {"ya": True, "tidak": False, "true": True, "false": False}


def read_cell(text: str | None, field_type: str) -> Cell:
    """A cell as the value of a field of that type: "ya"/"tidak" for yes and no, 2026-07-01 for a date.

    Raises ValueError when the text is not of that type.
    """
    if text is None:
        return None
    if field_type == "boolean":
        if text not in YES_NO:
            raise ValueError(f"Isi {text!r} bukan ya atau tidak. Tulis ya, tidak, atau kosongkan.")
        return YES_NO[text]
    if field_type == "integer":
        return int(text)
    if field_type == "number":
        return float(text)
    if field_type == "date":
        return date.fromisoformat(text)
    return text
