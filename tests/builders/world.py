"""A tiny living regency: houses, households and people in every RT, ready to be measured."""

from datetime import date
from random import Random

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import keeper
from natapraja.mcd.indicators.models import CurrentFigures

from . import regency
from .reports import rows

FIT = {
    "floor": "2",
    "wall": "1",
    "roof": "2",
    "roof_damaged": False,
    "wall_damaged": False,
    "frame_damaged": False,
}
UNFIT = FIT | {"floor": "8", "wall": "4"}  # earth and bamboo: unfit by the rule of 2021 and by that of 2026
DOUBTFUL = FIT | {"floor": "8"}  # an earth floor alone: unfit only since July 2026


def live(seed: int = 1, households: int = 4, villages: tuple[str, ...] = regency.VILLAGES) -> list[int]:
    """Build the regency and let people live in it; gives the numbers of the people."""
    regency.build(villages)
    chance = Random(seed)
    places = [
        f"{village}.001.00{number}" for village in villages for number in (1, 2) for _ in range(households)
    ]
    houses = rows(
        "houses", [{"area": place, "occupied": True, **chance.choice([FIT, UNFIT])} for place in places]
    )
    homes = rows(
        "households",
        [
            {
                "area": place,
                "house": house,
                "internet": chance.random() < 0.5,
                "monthly_income": 1e6 * chance.random(),
            }
            for place, house in zip(places, houses, strict=True)
        ],
    )
    people = [
        {
            "area": place, "household": home, "name": "Contoh Warga", "sex": chance.choice("LP"), "lives_here": True,
            "birth_date": str(date(1950 + chance.randrange(75), 1 + chance.randrange(12), 3)),
        }
        for place, home in zip(places, homes, strict=True)
        for _ in range(chance.randint(2, 5))
    ]  # fmt: skip
    return rows("people", people)


def measure() -> None:
    """Write the mart and measure everything."""
    keeper.build_all(at=now())


def catch_up() -> int:
    """Measure and copy what is waiting in the outbox; gives how many changes were taken."""
    keeping, taken = keeper.Keeper(), 0
    while heard := keeping.hear(at=now()):
        taken += heard
    keeping.copy()
    return taken


def picture() -> dict[tuple[str, str], bytes]:
    """The stored sums of every area and register, bit for bit."""
    found = CurrentFigures.objects.values_list("area", "register", "layout", "values")
    return {(area, register): layout.encode() + bytes(values) for area, register, layout, values in found}
