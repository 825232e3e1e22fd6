"""Which heading means which column of a register's file."""

import re
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.utils import translation

from natapraja.foundation.kernel.definitions import Text
from natapraja.mcd.intake import forms, layout, rules, wording
from natapraja.mcd.registers.catalogue import registers

REGISTERS = sorted(registers())


@pytest.mark.parametrize("name", REGISTERS)
def test_every_column_is_known_by_its_own_name(name: str) -> None:
    known = layout.headings(registers()[name])
    for column in layout.columns(registers()[name]):
        assert known[rules.plain(column.name)] == column


@pytest.mark.parametrize("name", REGISTERS)
def test_nearly_every_column_is_known_by_its_indonesian_label(name: str) -> None:
    register = registers()[name]
    known = layout.headings(register)
    fields = [column for column in layout.columns(register) if column.field]
    found = [column for column in fields if known.get(rules.plain(column.field.label.id)) == column]  # type: ignore[union-attr]
    assert len(found) >= 0.9 * len(fields)


def test_columns_and_registers_are_called_by_their_names_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = Text(id="Rumah", en="House", jv="Griya")
    field = msgspec.structs.replace(registers()["people"].fields[0], label=text, register="houses")
    houses = msgspec.structs.replace(registers()["houses"], title=text)
    monkeypatch.setitem(registers(), "houses", houses)
    column = layout.Column("house", "field", field)
    for language, said in (("id", "Rumah"), ("en", "House"), ("en-us", "House"), ("jv", "Griya")):
        with translation.override(language):
            assert [column.label(), column.other(), dict(forms.choices())["houses"]] == [said] * 3, language


@pytest.mark.parametrize("name", REGISTERS)
def test_the_headings_of_an_empty_file_are_a_whole_layout(name: str) -> None:
    columns = layout.columns(registers()[name])
    assert layout.match(registers()[name], [column.name for column in columns]) == columns


def test_the_columns_we_add_to_refused_rows_are_left_aside() -> None:
    people = registers()["people"]
    header = [
        "baris",
        "kolom",
        "alasan",
        "cara memperbaiki",
        "person_no",
        "area",
        "name",
        "birth_date",
        "sex",
    ]
    assert [column.name if column else None for column in layout.match(people, header)] == [
        None, None, None, None, "person_no", "area", "name", "birth_date", "sex",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "seconds", "said"),
    [
        (38_400, 206.0, "38.400 dari 60.742 baris, kira-kira 2 menit lagi"),
        (60_000, 600.0, "60.000 dari 60.742 baris, kira-kira 10 detik lagi"),
        (60_742, 600.0, "60.742 dari 60.742 baris"),
        (0, 0.0, "0 dari 60.742 baris"),
    ],
)
def test_progress_is_said_in_rows_and_minutes(done: int, seconds: float, said: str) -> None:
    assert wording.rows(done, 60_742, seconds) == said


def test_the_rt_that_serves_as_an_example_is_one_that_exists() -> None:
    listed = (settings.DEFINITIONS / settings.REGENCY / "areas" / "neighbourhoods.csv").read_text()
    room = Path(rules.__file__).parent
    named = {code for path in room.glob("*.py") for code in re.findall(r"33(?:\.\d+){5}", path.read_text())}
    assert named
    assert {code for code in named if f"\n{code}," not in listed} == set()
