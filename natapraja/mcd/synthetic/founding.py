"""The first day: everybody seated in their RT, house, household and family, without particulars yet."""

import numpy as np

from .columns import LAYOUT, UNKNOWN, UNKNOWN_DAY
from .draws import Array, Random, Values, sample
from .families import MARRIED, Families, compose, seat
from .versions import IMPORT, NONE, Store
from .world import World

SHARED_HOUSES = 0.02
EMPTY_HOUSES = 0.03


def blank(store: Store) -> Values:
    """Every field unanswered and every note empty."""
    values: Values = {}
    for column in LAYOUT[store.register]:
        values[column.name] = {"number": np.nan, "day": UNKNOWN_DAY, "personal": 1}.get(
            column.packing, UNKNOWN
        )
    for name, kind in store.notes.items():
        values[name] = np.nan if kind.kind == "f" else UNKNOWN if kind.kind == "i" else False
    for name in ("last_day", "last_known"):
        if name in values:
            values[name] = 0
    return values


def found(world: World, people: int) -> None:
    """Fill the stores of houses, families, households and people as the first import finds them."""
    families = compose(people, world.calibration, world.dice.stream("families"))
    random = world.dice.stream("seats")
    rt = seat(families, world.neighbourhoods.people, 0.25 * world.traits["age"], random)
    by_place = np.argsort(rt, kind="stable")
    household_number = np.empty(len(rt), dtype=np.int64)
    household_number[by_place] = np.arange(len(rt))
    rt = rt[by_place].astype(np.int32)
    household_of = household_number[families.household_of_family]
    family_order = np.argsort(household_of, kind="stable")
    family_number = np.empty(len(household_of), dtype=np.int64)
    family_number[family_order] = np.arange(len(household_of))
    household_of = household_of[family_order]
    house = _houses(world, rt, random)
    _add(world.households, rt, world, house=house)
    _add(world.families, rt[household_of], world, household=household_of, house=house[household_of])
    world.families["registered_here"] = random.random(world.families.count) < 0.97
    _people(world, families, family_number, random)
    _neighbourhood_units(world)


def _add(store: Store, area: Array, world: World, **values: Array) -> Array:
    return store.add(
        blank(store) | values, len(area), area, world.clock.start, world.clock.first_known, IMPORT, NONE
    )


def _houses(world: World, rt: Array, random: Random) -> Array:
    """The house of each household: mostly its own, a few shared with the neighbours; some stand empty."""
    shares = (random.random(len(rt)) < SHARED_HOUSES) & np.concatenate(([False], rt[1:] == rt[:-1]))
    house = np.cumsum(~shares) - 1
    occupied = rt[~shares]
    empty = sample(np.arange(len(occupied)), round(EMPTY_HOUSES * len(occupied)), random)
    area = np.concatenate((occupied, occupied[empty]))
    _add(world.houses, area, world, occupied=np.arange(len(area)) < len(occupied))
    return house


def _people(world: World, families: Families, family_number: Array, random: Random) -> None:
    family = family_number[families.family]
    order = np.lexsort((-families.days, families.relation, family))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    spouse = families.spouse[order]
    family = family[order]
    household = world.families["household"][family]
    birth = world.clock.start - families.days[order]
    _add(
        world.people,
        world.households["area"][household],
        world,
        family=family,
        household=household,
        birth_date=birth,
        born=birth,
        sex=families.sex[order],
        relation=families.relation[order],
        marital_status=families.marital[order],
        spouse=np.where(spouse >= 0, number[spouse], UNKNOWN),
        pregnant=np.where((families.sex[order] == 1) & (families.age[order] >= 10), 0, UNKNOWN),
    )
    heads = world.families["household"]
    world.families["issued"] = world.clock.start - random.integers(30, 12 * 365, len(heads))


def _neighbourhood_units(world: World) -> None:
    store = world.stores["neighbourhoods"]
    _add(store, np.arange(len(world.neighbourhoods), dtype=np.int32), world)


def couples(world: World) -> tuple[Array, Array]:
    """(wives, husbands) who are both present."""
    people = world.people
    wives = np.flatnonzero(
        people["alive"]
        & (people["sex"] == 1)
        & (people["marital_status"] == MARRIED)
        & (people["spouse"] >= 0)
    )
    husbands = people["spouse"][wives]
    present = people["alive"][husbands]
    return wives[present], husbands[present]
