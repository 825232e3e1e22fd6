"""Children under five on the scales: leanings of each child, rounds of weighing, and where they end."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, Values
from .versions import EVENT, IMPORT, MEASURED, NONE
from .who import OLDEST_MONTHS, TURN, height_for, weight_for
from .world import World

LYING, STANDING = 0, 1
SHIFT_CM = 0.7
VISITS_EVERY = (4, 6)  # months, below and from the second birthday


def months_old(birth: Array, day: Array | int) -> Array:
    """Completed months, as the indicators count them."""
    born = np.asarray(birth).astype("datetime64[D]")
    then = np.broadcast_to(np.asarray(day), born.shape).astype("datetime64[D]")
    born_month, then_month = born.astype("datetime64[M]"), then.astype("datetime64[M]")
    born_day = (born - born_month.astype("datetime64[D]")).astype(np.int64)
    then_day = (then - then_month.astype("datetime64[D]")).astype(np.int64)
    return np.asarray((then_month - born_month).astype(np.int64) - (then_day < born_day))


def found_children(world: World, random: Random) -> None:
    """Leanings of all children under five, shifted to the published shares, and their last measurement."""
    people = world.people
    months = months_old(people["birth_date"], world.clock.start)
    child = np.flatnonzero(months < OLDEST_MONTHS)
    people["short"][child], people["thin"][child] = leanings(world, child, random)
    _shift_to_shares(world, child, months[child])
    came = child[random.random(len(child)) < world.calibration.share("measured")]
    day = np.maximum(world.clock.start - random.integers(1, 85, len(came)), people["birth_date"][came])
    values = measurement(world, came, day, random)
    known = np.full(len(came), world.clock.first_known)
    index = world.growth.add(
        values | {"immunised_complete": random.random(len(came)) < world.calibration.share("immunised")},
        len(came), people["area"][came], world.clock.start, known, IMPORT, NONE,
    )  # fmt: skip
    people["child"][came] = index
    _breastfed(world, index, came, day, random)


def leanings(world: World, child: Array, random: Random) -> tuple[Array, Array]:
    """(height for age, weight for height) of each child in standard deviations, before the shift."""
    people = world.people
    rt, standing = people["area"][child], world.households["standing"][people["household"][child]]
    poor = world.households["poor"][people["household"][child]]
    place = 0.25 * world.trait("nutrition", rt) + 0.25 * world.district_trait("welfare", rt)
    own = random.standard_normal((2, len(child)))
    short = place + 0.16 * standing - 0.25 * poor + 0.93 * own[0]
    thin = 0.3 * place + 0.05 * standing + 0.32 * own[0] + 0.92 * own[1]
    return short + world.shift[0], thin + world.shift[1]


def _age_effect(months: Array) -> Array:
    """Children fall behind in height from birth to the end of the second year."""
    return np.asarray(0.3 - 0.45 * np.clip(months / 20.0, 0, 1))


def _shift_to_shares(world: World, child: Array, months: Array) -> None:
    people = world.people
    noise = 1.02  # the play between two measurements widens the spread a little
    short = people["short"][child] * noise + _age_effect(months)
    shift = -2 - np.quantile(short, world.calibration.share("stunting"))
    thin = people["thin"][child] * noise
    shift_thin = -2 - np.quantile(thin, world.calibration.share("wasting"))
    world.shift = (float(shift), float(shift_thin))
    people["short"][child] += shift
    people["thin"][child] += shift_thin


def measurement(world: World, child: Array, day: Array, random: Random) -> Values:
    """Fields of one visit to the posyandu. A few children are measured the wrong way round; the cm say so."""
    people = world.people
    months = np.clip(months_old(people["birth_date"][child], day), 0, OLDEST_MONTHS)
    sex = people["sex"][child].astype(np.int64)
    short = people["short"][child] + _age_effect(months) + random.normal(0, 0.15, len(child))
    thin = people["thin"][child] + random.normal(0, 0.2, len(child))
    height = np.round(height_for(world.growth_tables, sex, months, np.clip(short, -4.5, 4.5)), 1)
    weight = weight_for(world.growth_tables, sex, months, height, np.clip(thin, -4.2, 4.2))
    usual = np.where(months < TURN, LYING, STANDING)
    turned = random.random(len(child)) < 0.03
    position = np.where(turned, 1 - usual, usual)
    height = height + np.where(turned, np.where(months < TURN, -SHIFT_CM, SHIFT_CM), 0.0)
    return {
        "person": child,
        "measured_on": day,
        "weight_kg": np.round(np.maximum(weight, 1.5), 1),
        "height_cm": np.round(height, 1),
        "position": position,
        "immunised_complete": np.full(len(child), UNKNOWN),
        "breastfed_exclusively": np.full(len(child), UNKNOWN),
    }


def _breastfed(world: World, index: Array, child: Array, day: Array, random: Random) -> None:
    """Known from the sixth month on, then kept."""
    growth = world.growth
    old = months_old(world.people["birth_date"][child], day) >= 6
    new = index[old & (growth["breastfed_exclusively"][index] == UNKNOWN)]
    growth["breastfed_exclusively"][new] = random.random(len(new)) < world.calibration.share("breastfed")


def rounds(world: World, month: int, first: int, last: int, random: Random) -> tuple[Array, Array]:
    """(children, day) measured in a month: each every four months, from the second birthday on every six."""
    people = world.people
    birth = people["birth_date"]
    months = months_old(birth, first)
    young = people["alive"] & (people["same_as"] < 0) & (months < OLDEST_MONTHS - 1) & (birth < first)
    turn = (np.arange(people.count) + month) % np.where(months < TURN, *VISITS_EVERY) == 0
    child = np.flatnonzero(young & turn)
    child = child[random.random(len(child)) < world.calibration.share("measured")]
    return child, random.integers(first, last + 1, len(child))


def measure(world: World, child: Array, day: Array, known: Array, random: Random) -> Array:
    """Write a round: a first row for the new, a change for those measured before; not ready ones stay away.

    Gives the records written.
    """
    people, growth = world.people, world.growth
    index = people["child"][child]
    have = index >= 0
    fits = people.ready(child, day, known) & (known > people["since_known"][child])
    fits[have] &= growth.ready(index[have], day[have], known[have])
    child, day, known, index, have = (part[fits] for part in (child, day, known, index, have))
    values = measurement(world, child, day, random)
    old = index[have]
    growth.change(old, day[have], known[have], MEASURED)
    for name in ("measured_on", "weight_kg", "height_cm", "position"):
        growth[name][old] = values[name][have]
    caught_up = (growth["immunised_complete"][old] == 0) & (random.random(len(old)) < 0.12)
    growth["immunised_complete"][old[caught_up]] = 1
    fresh: Values = {name: part[~have] for name, part in values.items()}
    fresh["immunised_complete"] = random.random(int((~have).sum())) < world.calibration.share("immunised")
    new = growth.add(
        fresh, int((~have).sum()), people["area"][child[~have]], day[~have], known[~have], EVENT, MEASURED
    )
    people["child"][child[~have]] = new
    _breastfed(world, np.concatenate((old, new)), np.concatenate((child[have], child[~have])),
               np.concatenate((day[have], day[~have])), random)  # fmt: skip
    return np.concatenate((old, new))


def grown_out(world: World, last: int) -> Array:
    """Children whose record of growth ends this month: they turned five."""
    people = world.people
    tracked = np.flatnonzero(people["alive"] & (people["child"] >= 0))
    return tracked[months_old(people["birth_date"][tracked], last) >= OLDEST_MONTHS]


def fifth_birthday(birth: Array) -> Array:
    """The day a child turns five (29 February counts as 1 March)."""
    born = birth.astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    into = born - month.astype("datetime64[D]")
    return np.asarray(((month + OLDEST_MONTHS).astype("datetime64[D]") + into).astype(np.int64))
