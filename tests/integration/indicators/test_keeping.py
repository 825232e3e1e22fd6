"""The worker's care: files that lag, rules that changed while it slept, and only one who writes."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from random import Random
from types import SimpleNamespace

import pytest

from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.indicators import actions as figures
from natapraja.mcd.indicators import commands, keeper, store
from natapraja.mcd.indicators.models import CurrentFigures, Layout, Publication
from natapraja.mcd.registers.models import Outbox
from tests.builders import world
from tests.builders.regency import VILLAGES
from tests.builders.reports import PERSON, tell

from .test_living_figures import happen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


@pytest.mark.parametrize("register", ["houses", "households", "people"])
def test_a_file_that_comes_while_the_mart_lags_overwrites_nothing_newer(register: str):
    people = world.live(2)
    world.measure()
    keeping = keeper.Keeper()
    while keeping.hear(at=now()):
        keeping.copy()
    happen(people, Random(2))
    while keeping.hear(at=now()):
        keeping.copy(seconds=0)
    for village in VILLAGES:
        Outbox.objects.create(register=register, village=village, at=now())
    while keeping.hear(at=now()):
        pass
    keeping.copy()
    after = world.picture()
    world.measure()
    assert after == world.picture()


def once() -> Iterator[bool]:
    yield False
    while True:
        yield True


@pytest.fixture
def _no_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper.tasks, "publish_missing", SimpleNamespace(enqueue=lambda: None))


def made_by_other_rules() -> None:
    """As after a new version of an indicator: the stored vectors mean something else."""
    for layout in Layout.objects.all():
        old = Layout.objects.create(
            id=f"lama-{layout.register}", register=layout.register, cells=layout.cells, splits=layout.splits
        )
        CurrentFigures.objects.filter(layout=layout).update(layout=old)


@pytest.mark.usefixtures("_no_months")
def test_a_worker_that_wakes_under_other_rules_measures_everything_first():
    world.live(3)
    world.measure()
    made_by_other_rules()
    tell("moved_in", **PERSON)  # told while it slept
    assert figures.is_outdated(today())
    turns = once()
    keeper.keep(stop=lambda: next(turns), beat=lambda: None)
    assert not figures.is_outdated(today())
    assert not Outbox.objects.exists()
    kept = world.picture()
    world.measure()
    assert kept == world.picture()


def test_the_digest_of_the_rules_is_the_same_in_every_process():
    """Else every start would measure everything anew."""
    asked = (
        "import django; django.setup(); from datetime import date; "
        "from natapraja.mcd.indicators import catalogue, store; "
        "day = catalogue.rules_of(date(2026, 11, 20)); "
        "print([store.layout_id(each) for each in catalogue.plans(day)])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", asked], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, text=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1


def test_a_part_is_never_added_to_figures_by_other_rules():
    world.live(3)
    world.measure()
    made_by_other_rules()
    before = world.picture()
    tell("moved_in", **PERSON)
    with pytest.raises(store.OtherRules):
        world.catch_up()
    assert world.picture() == before
    assert Outbox.objects.filter(measured=False).exists()


def test_only_one_process_writes_the_mart():
    world.live(1)
    with keeper.alone(), pytest.raises(keeper.Busy):
        keeper.build_all(at=now())
    keeper.build_all(at=now())


@pytest.mark.parametrize("day", ["2099-01-31", "2026-11-22"])
def test_only_a_month_that_is_due_is_published(day: str, capsys: pytest.CaptureFixture[str]):
    world.live(1)
    world.measure()
    assert commands.run_publish(argparse.Namespace(on=date.fromisoformat(day))) == 1
    assert "bukan bulan yang menunggu terbit" in " ".join(capsys.readouterr().out.split())
    assert not Publication.objects.exists()
