"""An invented Boyolali with two years of history: the same for the same people, seed and day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from .calibration import Calibration
from .columns import LAYOUT
from .draws import Dice
from .errors import found_errors
from .founding import found
from .growth import found_children
from .homes import found_houses
from .identity import identities
from .persons import found_insurance, found_persons
from .places import Places, RtRow, lay_out, rt_rows
from .schooling import found_schooling
from .story import live
from .surroundings import found_neighbourhoods, found_sanitation, found_waste, found_water
from .tables import Numbering, chunks
from .vital import found_expecting
from .welfare import found_amenities, found_means, found_standing, found_welfare
from .who import GrowthTables
from .work import found_work
from .world import Clock, World, day_of, make_traits


@dataclass(frozen=True)
class RegisterHistory:
    """All versions of one register: `rows` arrow tables of at most 200,000, `count` versions in all."""

    register: str
    count: int
    rows: Iterator[pa.Table]


@dataclass(frozen=True)
class Generated:
    """The neighbourhoods to add first, then the registers in an order in which references are known."""

    neighbourhoods: list[RtRow]
    since: date
    registers: Iterator[RegisterHistory]


def generate(
    *, people: int, seed: int, today: date, areas: Places, growth_tables: GrowthTables,
    calibration: Calibration, first_unit: int = 1,
) -> Generated:  # fmt: skip
    """Make about `people` people (those present today) with their history of the months before.

    Units and keys are numbered from `first_unit` on.

    Memory stays below 3 GB at 1.1 million. Read a register's rows before asking for the next register.
    """
    dice = Dice(people, seed)
    neighbourhoods = lay_out(people, areas, calibration, dice.stream("places"))
    clock = Clock.until(today, calibration.settings.months)
    world = World(
        calibration, dice, areas, neighbourhoods, clock, growth_tables, make_traits(neighbourhoods, dice)
    )
    _first_day(world, people)
    live(world)
    return Generated(rt_rows(neighbourhoods), day_of(clock.start), _histories(world, first_unit))


def _first_day(world: World, people: int) -> None:
    fact = world.calibration.fact
    growth = (
        fact("births_per_1000")
        - fact("deaths_per_1000")
        + fact("arrivals_per_1000")
        - fact("departures_per_1000")
    )
    years = world.calibration.settings.months / 12
    found(world, round(people * (1 - years * growth / 1000)))
    start = day_of(world.clock.start)
    world.periods.append(f"{start.year}-Q{(start.month - 1) // 3 + 1}")
    stream = world.dice.stream
    found_standing(world, stream("standing"))
    found_schooling(world, stream("schooling"))
    found_work(world, stream("work"))
    found_houses(world, stream("houses"))
    means = found_means(world, stream("means"))
    found_insurance(world, stream("insurance"))
    found_welfare(world, means, stream("welfare"))
    found_persons(world, stream("persons"))
    found_amenities(world, stream("amenities"))
    found_water(world, stream("water"))
    found_sanitation(world, stream("sanitation"))
    found_waste(world, stream("waste"))
    found_neighbourhoods(world, stream("neighbourhoods"))
    found_expecting(world, stream("expecting"))
    found_children(world, stream("children"))
    found_errors(world, stream("errors"))


def _histories(world: World, first_unit: int) -> Iterator[RegisterHistory]:
    personal = identities(world)
    numbering = Numbering.of(world, first_unit)
    for register in LAYOUT:
        rows = world.stores[register].finish()
        yield RegisterHistory(
            register, len(rows["unit"]), chunks(world, register, rows, personal.get(register, {}), numbering)
        )
