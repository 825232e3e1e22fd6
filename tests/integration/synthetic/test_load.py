"""`nata load` puts an invented regency into an empty installation, and only there."""

import argparse
import tomllib
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection

from natapraja.config.cli import full_parser
from natapraja.foundation.areas.actions import load_areas
from natapraja.foundation.areas.models import Area
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers.models import Unit, Version
from natapraja.mcd.synthetic.commands import run

pytestmark = pytest.mark.django_db
OPEN = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def load(*words: str) -> int:
    return run(full_parser()[0].parse_args(["load", *words]))


@pytest.fixture
def places() -> None:
    load_areas(definitions=settings.DEFINITIONS, by="system:uji", at=datetime(2026, 11, 22, 3, tzinfo=UTC))


@pytest.fixture
def loaded(places: None) -> None:
    assert load("--people", "1000", "--seed", "1") == 0


def people_now() -> int:
    present = Version.objects.filter(register="people", known_to=OPEN, valid_to=OPEN.date())
    return present.count()


def test_everybody_is_loaded_into_neighbourhoods_that_exist(loaded: None) -> None:
    assert people_now() == pytest.approx(1_000, rel=0.05)
    registers = set(Version.objects.values_list("register", flat=True).distinct())
    assert registers == {"neighbourhoods", "houses", "families", "households", "people", "growth", "events"}
    assert Area.objects.filter(level="rt").count() == Unit.objects.filter(register="neighbourhoods").count()


def test_loading_is_told_to_the_ledger_without_a_name(loaded: None) -> None:
    entries = Entry.objects.filter(kind="register.history_loaded")
    assert {entry.actor for entry in entries} == {"system:synthetic"}
    assert sum(entry.detail.count("versions") for entry in entries) == entries.count() > 0
    assert not any("Contoh" in entry.detail for entry in entries)


def test_a_register_that_is_filled_is_left_alone(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = Version.objects.count()
    assert load("--people", "1000") == 2
    assert Version.objects.count() == before
    assert "sudah berisi" in capsys.readouterr().out


def test_with_yes_more_people_are_added_beside_those_who_are_there(loaded: None) -> None:
    before = people_now()
    assert load("--people", "1000", "--seed", "2", "--yes") == 0
    assert people_now() == pytest.approx(2 * before, rel=0.05)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT key) FROM registers_unit WHERE register = 'people'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("people", ["0", "999", "2000000"])
def test_an_impossible_number_of_people_is_refused(
    places: None, people: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load("--people", people) == 2
    assert "--people harus antara 1000 dan 1500000" in capsys.readouterr().out
    assert not Version.objects.exists()


def test_without_a_number_the_definition_says_how_many() -> None:
    args: argparse.Namespace = full_parser()[0].parse_args(["load"])
    assert (args.people, args.seed, args.yes) == (None, None, False)


@pytest.mark.parametrize("verb", ["load", "run"])
def test_help_names_the_numbers_of_the_definition(verb: str) -> None:
    decided = tomllib.loads((settings.DEFINITIONS / settings.REGENCY / "synthetic.toml").read_text())
    said = " ".join(full_parser()[1].choices[verb].format_help().split())
    assert f"(bawaan {decided['people']})" in said
    assert f"(bawaan {decided['seed']})" in said
