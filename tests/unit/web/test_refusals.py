"""What a page refuses, it refuses in its reader's language: each sentence is marked, and each has its English."""

import ast
import pickle
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from natapraja.foundation.areas.queries import UnknownArea
from natapraja.foundation.kernel.identifiers import AreaCode, Malformed, Nik
from natapraja.foundation.web import i18n
from natapraja.mcd.dashboards import wording
from natapraja.mcd.registers import rules
from natapraja.mcd.registers.catalogue import register
from natapraja.mcd.registers.checks import checked, checked_fields

REFUSALS = {"Impossible", "Malformed", "UnknownArea"}
ROOMS = ("foundation/areas", "foundation/kernel", "mcd/registers")
MODULES = [path for room in ROOMS for path in (i18n.PACKAGE / room).glob("*.py")]


def unmarked(source: str) -> list[str]:
    """Sentences given to a refusal without the mark by which they are found; the field of one is no sentence."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not called(node) & REFUSALS:
            continue
        given = node.args if "UnknownArea" in called(node) else node.args[1:]
        found += [
            each.value for arg in given for each in plain(arg)
            if isinstance(each.value, str) and " " in each.value
        ]  # fmt: skip
        found += [ast.unparse(arg) for arg in given if isinstance(arg, ast.JoinedStr)]
    return found


def called(node: ast.Call) -> set[str]:
    return {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}


def plain(node: ast.AST) -> list[ast.Constant]:
    """Literals of an expression that stand in no call, such as the mark."""
    if isinstance(node, ast.Call | ast.JoinedStr):
        return []
    if isinstance(node, ast.Constant):
        return [node]
    return [each for child in ast.iter_child_nodes(node) for each in plain(child)]


def test_a_sentence_without_its_mark_is_noticed() -> None:
    assert unmarked('Impossible("date", "Belum tiba.")') == ["Belum tiba."]
    assert unmarked('rules.Impossible("date", f"{label} belum tiba.")') == ["f'{label} belum tiba.'"]
    assert unmarked('UnknownArea(_("Belum dimuat."))') == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_of_a_refusal_is_marked(path: Path) -> None:
    assert unmarked(path.read_text()) == []


def test_every_marked_sentence_has_its_english() -> None:
    lacking = i18n.missing("en")
    assert {room: lacking.get(room, []) for room in ROOMS} == {room: [] for room in ROOMS}


def test_a_refusal_is_said_with_the_words_of_the_definition_in_the_language_of_the_page() -> None:
    people = register("people")
    with pytest.raises(rules.Impossible) as refused:
        checked_fields("people", {"sex": "L", "birth_date": "1980-01-01"}, partial=False)
    label = people.field("name").label  # type: ignore[union-attr]
    assert str(refused.value) == f"{label.id} belum diisi."
    with translation.override("en"):
        assert wording.refused(refused.value) == f"{label.en} has not been filled in."


def test_a_refused_number_says_in_english_what_is_wrong_and_what_to_do_without_the_number() -> None:
    nik = register("people").field("nik")
    assert nik is not None
    with pytest.raises(rules.Impossible) as refused:
        checked(nik, "330903")
    assert str(refused.value) == "NIK: terdiri dari 6 angka. NIK selalu 16 angka; periksa kartunya."
    with translation.override("en"):
        said = wording.refused(refused.value)
    assert said == "NIK: has 6 digits. The NIK always has 16 digits; check the card."


def test_days_areas_and_codes_are_refused_in_english() -> None:
    with pytest.raises(rules.Impossible) as day:
        rules.check_day(date(2026, 11, 23), today=date(2026, 11, 22))
    with pytest.raises(Malformed) as code:
        AreaCode.parse("33")
    refusals = [day.value, code.value, UnknownArea("Wilayah belum dimuat. Jalankan: nata areas load.")]
    with translation.override("en"):
        assert [wording.refused(each) for each in refusals] == [
            "The date of the event has not come yet. Choose today or a day that has passed.",
            "Area code: is not built like a code of the Ministry of Home Affairs. "
            "Write it like 33.09.03.2014, or 33.09.03.2014.002.007 for an RT.",
            "The areas have not been loaded. Run: nata areas load.",
        ]


def test_a_refusal_survives_the_way_between_two_workers() -> None:
    with pytest.raises(Malformed) as refused:
        Nik.parse("12")
    copied = pickle.loads(pickle.dumps(refused.value))
    assert (str(copied), copied.reason) == (str(refused.value), "terdiri dari 2 angka")
