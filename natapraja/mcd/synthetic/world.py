"""The invented regency as it stands: its stores, the clock of the story, what differs between places."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from .calibration import Calibration
from .columns import LAYOUT, make_store
from .draws import Array, Dice, Random
from .places import Neighbourhoods, Places
from .versions import DAY, SECOND, Store
from .who import GrowthTables

EPOCH = date(1970, 1, 1)
TRAITS = (
    "welfare", "schooling", "houses", "water", "sanitation", "waste", "nutrition", "documents", "insurance",
    "work", "age", "signal",
)  # fmt: skip


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the 28th where the month is short, so many months earlier."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28))


@dataclass(frozen=True)
class Clock:
    """Two years of months ending today; all days as numbers."""

    start: int
    today: int
    edges: tuple[int, ...]

    @classmethod
    def until(cls, today: date, months: int) -> "Clock":
        edges = tuple(day_number(months_before(today, months - index)) for index in range(months))
        return cls(edges[0], day_number(today), (*edges, day_number(today)))

    @property
    def first_known(self) -> int:
        """When the first import was done: 08.00 WIB of the first day."""
        return self.start * DAY + 3600 * SECOND

    def month(self, index: int) -> tuple[int, int]:
        """First and last day of a month of the story."""
        return self.edges[index] + 1, self.edges[index + 1]


@dataclass
class World:
    """Everything the story reads and changes."""

    calibration: Calibration
    dice: Dice
    places: Places
    neighbourhoods: Neighbourhoods
    clock: Clock
    growth_tables: GrowthTables
    traits: dict[str, Array]
    stores: dict[str, Store] = field(default_factory=lambda: {name: make_store(name) for name in LAYOUT})
    periods: list[str] = field(default_factory=list)  # of the deciles; households name them by place
    shift: tuple[float, float] = (0.0, 0.0)  # makes stunting and wasting come out as published

    @property
    def people(self) -> Store:
        return self.stores["people"]

    @property
    def households(self) -> Store:
        return self.stores["households"]

    @property
    def families(self) -> Store:
        return self.stores["families"]

    @property
    def houses(self) -> Store:
        return self.stores["houses"]

    @property
    def growth(self) -> Store:
        return self.stores["growth"]

    def district_trait(self, name: str, rt: Array) -> Array:
        """A column of districts_estimate.csv for these RT."""
        return np.asarray(self.calibration.districts[name][self.neighbourhoods.district[rt]])

    def trait(self, name: str, rt: Array) -> Array:
        """How far these RT differ from the average, with their village (standard deviation about 1)."""
        return np.asarray(self.traits[name][rt])

    def ages(self, people: Array, day: int) -> Array:
        """Completed years on a day (to within a day)."""
        return np.asarray(((day - self.people["birth_date"][people]) / 365.2425).astype(np.int16))

    def moments(self, valid: Array, slowest: int, random: Random, quickest: int = 0) -> Array:
        """When it became known: some days later, in office hours (08.00-16.00 WIB), skewed to soon."""
        size = len(valid)
        delay = quickest + ((slowest - quickest + 1) * random.random(size) ** 2).astype(np.int64)
        second = 3600 + (random.random(size) * 8 * 3600).astype(np.int64)
        return (valid.astype(np.int64) + delay) * DAY + second * SECOND

    def heard(self, known: Array) -> Array:
        """Which of these moments lie before today."""
        return np.asarray(known < self.clock.today * DAY)


def make_traits(neighbourhoods: Neighbourhoods, dice: Dice) -> dict[str, Array]:
    """For each trait one number per RT: the village's, and a smaller one of the RT itself."""
    villages = len(neighbourhoods.village_code)
    found = {}
    for name in TRAITS:
        random = dice.stream(f"trait {name}")
        of_village = random.normal(0, 0.9, villages)
        found[name] = of_village[neighbourhoods.village] + random.normal(0, 0.45, len(neighbourhoods))
    return found
