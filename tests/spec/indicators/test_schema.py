"""A definition that says too little, too much or nonsense is refused with what to do."""

from datetime import date

import msgspec
import pytest

from natapraja.mcd.indicators.definition import (
    Concept,
    ConceptVersion,
    Indicator,
    IndicatorVersion,
    Input,
    concept_faults,
    in_force,
    indicator_faults,
    parse_table,
    read_cell,
)

from .definitions_at_hand import indicators

FIRST, SECOND = date(2021, 10, 7), date(2026, 7, 1)
SOUND = indicators()["literacy"]


def changed(indicator: Indicator = SOUND, /, **parts: object) -> Indicator:
    """A sound indicator with one thing different; parts of a version go to its first version."""
    of_version = {name: value for name, value in parts.items() if name in IndicatorVersion.__struct_fields__}
    rest = {name: value for name, value in parts.items() if name not in of_version}
    versions = (msgspec.structs.replace(indicator.versions[0], **of_version),)
    return msgspec.structs.replace(indicator, **({"versions": versions} | rest))


def version(since: date, basis: str = "Contoh dasar") -> ConceptVersion:
    return ConceptVersion(since=since, basis=basis, expr="age < 5")


def concept(*versions: ConceptVersion) -> Concept:
    return Concept(id="contoh", register="people", title=SOUND.title, versions=versions)


def test_the_rule_of_a_day_is_the_latest_that_has_begun():
    old, late = version(FIRST), version(SECOND)
    assert in_force((late, old), date(2021, 10, 6)) is None
    assert in_force((late, old), date(2026, 6, 30)) is old
    assert in_force((late, old), date(2026, 7, 1)) is late


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (concept(), "Tidak ada versi"),
        (concept(version(FIRST, basis=" ")), "basis kosong"),
        (concept(version(FIRST), version(FIRST)), "bertumpang tindih"),
        (concept(ConceptVersion(since=FIRST, basis="Contoh", expr=" ")), "`expr` kosong"),
        (msgspec.structs.replace(concept(version(FIRST)), id="Contoh Salah"), "`id` harus huruf kecil"),
    ],
)
def test_a_faulty_concept_is_told_what_to_do(faulty: Concept, said: str):
    (fault,) = concept_faults(faulty)
    assert said in fault


PUBLISHED = Input(label=SOUND.title, source="BPS")
NOWHERE = Input(label=SOUND.title)


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (changed(denominator=None), "jenis ratio harus memiliki `denominator`"),
        (changed(kind="mean", numerator=None), "jenis mean harus memiliki `value`"),
        (changed(kind="median", numerator=None), "jenis median harus memiliki `value`"),
        (changed(kind="gini", numerator=None), "jenis gini harus memiliki `value`"),
        (changed(kind="count"), "jenis count tidak memakai `denominator`"),
        (changed(count_as="household", weight="size"), "`count_as` harus `person`"),
        (changed(sums=True, weight="size"), "`sums` tidak memakai `weight`"),
        (changed(group_by=("sex", "sex")), "menyebut satu nama dua kali"),
        (changed(small=-1), "`small` tidak boleh negatif"),
        (changed(basis=" "), "basis kosong"),
        (changed(register=""), "`register` harus diisi"),
        (changed(kind="formula", register="", inputs={"a": PUBLISHED}, expr="a"), "`expr` saja"),
        (
            changed(
                kind="formula", register="", numerator=None, denominator=None, inputs={"a": NOWHERE}, expr="a"
            ),
            "harus menyebut `indicator` atau `source`",
        ),
    ],
)
def test_a_faulty_indicator_is_told_what_to_do(faulty: Indicator, said: str):
    (fault,) = indicator_faults(faulty)
    assert said in fault


def test_a_table_is_lines_of_cells_and_an_empty_cell_is_unknown():
    assert parse_table(
        """
        key | area | sex
        a   | 1    | L
        b   | 2    |
        """
    ) == ({"key": "a", "area": "1", "sex": "L"}, {"key": "b", "area": "2", "sex": None})
    assert parse_table("") == ()


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="Baris 2 memiliki 1 sel, kepala tabel 2"):
        parse_table("key | area\na | 1\nb")


@pytest.mark.parametrize(
    ("text", "field_type", "expected"),
    [
        (None, "integer", None),
        ("ya", "boolean", True),
        ("tidak", "boolean", False),
        ("12", "integer", 12),
        ("7.2", "number", 7.2),
        ("2026-07-01", "date", SECOND),
        ("8", "code", "8"),
        ("h1", "reference", "h1"),
    ],
)
def test_a_cell_is_read_as_its_field_says(text, field_type, expected):
    assert read_cell(text, field_type) == expected


def test_a_cell_that_is_neither_yes_nor_no_is_refused():
    with pytest.raises(ValueError, match="bukan ya atau tidak"):
        read_cell("mungkin", "boolean")
