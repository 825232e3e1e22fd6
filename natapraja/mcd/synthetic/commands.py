"""`nata load`: an invented population with two years of history, for demonstration and tests."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db.models import Max
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from natapraja.foundation.areas import definition as areas
from natapraja.foundation.areas.actions import NeighbourhoodRow, add_neighbourhoods
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.mcd.registers.catalogue import registers
from natapraja.mcd.registers.history import load_history
from natapraja.mcd.registers.models import Unit

from .calibration import load_calibration
from .generator import Generated, RegisterHistory, generate
from .places import NamedNeighbourhood, Places, Village
from .who import load_growth_tables

BY = "system:synthetic"
NEIGHBOURHOODS = "neighbourhoods"
FEWEST, MOST = 1_000, 1_500_000
STEP = 10_000  # rows written at a time: the bar moves, and a step is one transaction


def register(verbs: Any) -> None:
    """Adds the verb."""
    parser = verbs.add_parser("load", help="memuat penduduk sintetis ke folder data")
    parser.add_argument("--people", type=int, metavar="N", help="jumlah penduduk sintetis (bawaan 55000)")
    parser.add_argument(
        "--seed",
        type=int,
        metavar="S",
        help="benih (bawaan 20260101); benih yang sama memberi penduduk yang sama",
    )
    parser.add_argument(
        "--yes", action="store_true", help="menambahkan penduduk sintetis walaupun register sudah berisi"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when loaded, 2 when it was refused."""
    console = Console(highlight=False)
    home = Path(settings.DEFINITIONS) / settings.REGENCY
    calibration = load_calibration(home)
    people = calibration.settings.people if args.people is None else args.people
    seed = calibration.settings.seed if args.seed is None else args.seed
    if not FEWEST <= people <= MOST:
        console.print(f"--people harus antara {FEWEST} dan {MOST}.")
        return 2
    last = Unit.objects.aggregate(last=Max("id"))["last"] or 0
    if last and not args.yes:
        console.print(
            "Register di folder data ini sudah berisi, jadi penduduk sintetis tidak dimuat. "
            "Pakai folder data baru (--data), atau tambahkan dengan --yes."
        )
        return 2
    with console.status(f"Membuat {people:,} penduduk sintetis ...".replace(",", ".")):
        made = generate(
            people=people, seed=seed, today=local_date(now()), areas=real_places(home),
            growth_tables=load_growth_tables(
                Path(settings.DEFINITIONS) / "national" / "growth" / "who_lms_under5.csv"
            ),
            calibration=calibration, first_unit=last + 1,
        )  # fmt: skip
    _load(console, made, adding=last > 0, named={rt.code for rt in real_places(home).named})
    console.print("Penduduk sintetis termuat. Semua orang karangan; tempatnya nyata.")
    return 0


def real_places(home: Path) -> Places:
    """The villages and named neighbourhoods of the area definitions."""
    places = areas.read(home / "areas").places
    return Places(
        villages=[
            Village(place.code, place.now.name, place.lon or 0.0, place.lat or 0.0)
            for place in places
            if place.level == "village"
        ],
        named=[NamedNeighbourhood(place.code, place.now.hamlet) for place in places if place.level == "rt"],
    )


def _load(console: Console, made: Generated, *, adding: bool, named: set[str]) -> None:
    """Neighbourhoods first, then register after register; an RT that is registered already keeps its rows."""
    at = now()
    with console.status("Menambahkan RT dan RW ..."):
        add_neighbourhoods(
            rows=[
                NeighbourhoodRow(rt.code, rt.name, rt.hamlet, made.since)
                for rt in made.neighbourhoods
                if rt.code not in named
            ],
            by=BY,
            at=at,
        )
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for history in made.registers:
            if adding and history.register == NEIGHBOURHOODS:
                continue
            title = registers()[history.register].title.id
            task = progress.add_task(title, total=history.count)
            load_history(
                register=history.register,
                rows=in_steps(history),
                by=BY,
                at=at,
                told=partial(progress.advance, task),
            )


def in_steps(history: RegisterHistory) -> Iterator[pa.Table]:
    """The rows of a register, some thousands at a time."""
    for table in history.rows:
        for start in range(0, table.num_rows, STEP):
            yield table.slice(start, STEP)
