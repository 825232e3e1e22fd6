"""Households: how well off they are, income, the seven poverty indicators, aid, and how they change."""

from dataclasses import dataclass

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, about, choose, sample, steady, top_weighted
from .families import HEAD
from .homes import unfit
from .schooling import ATTENDING, NO_CERTIFICATE
from .world import World

FAILS_FOR_POVERTY = 3  # of seven; the threshold is ours, see [reference] in synthetic.toml
BY_THE_WAY = 0.004  # poverty that ends because a house is mended, somebody is insured, a household dissolves
FIRST_POVERTY = 1.09  # poverty on the first day, in terms of that on the last


def found_standing(world: World, random: Random) -> None:
    """How well off each household is: its place and itself. Everything about it leans on this."""
    households = world.households
    rt = households["area"]
    place = 0.9 * world.district_trait("welfare", rt) + 0.28 * world.trait("welfare", rt)
    households["standing"] = steady(place + random.normal(0, 0.9, households.count))


@dataclass(frozen=True)
class Means:
    """Monthly income and hardship (mean 0, standard deviation 1) of each household."""

    income: Array
    hardship: Array


def found_means(world: World, random: Random) -> Means:
    """What each household earns, how hard life is, and its decile; people and work must be known."""
    households = world.households
    size = np.bincount(world.people["household"], minlength=households.count)
    standing = households["standing"]
    head = np.flatnonzero(world.people["relation"] == HEAD)
    learned = np.zeros(households.count)
    learned[world.people["household"][head]] = ~np.isin(
        world.people["highest_certificate"][head], (3, 4, 2, 1, NO_CERTIFICATE)
    )
    earners = np.bincount(world.people["household"], world.people["working"] == 1, households.count) / size
    luck = random.standard_normal(households.count)
    earning = steady(0.62 * standing + 0.35 * learned + 0.45 * earners + 0.62 * luck)
    per_head = (3.5 / size) ** 0.4  # children eat but do not earn
    spread = _spread(earning, per_head, size, world.calibration.fact("gini"))
    income = world.calibration.fact("income_median") * np.exp(spread * earning) * per_head * size
    hardship = steady(-0.85 * earning - 0.35 * standing + 0.4 * random.standard_normal(households.count))
    _deciles(world, hardship, random)
    return Means(income, hardship)


def found_welfare(world: World, means: Means, random: Random) -> None:
    """The seven poverty indicators and aid on the first day; health insurance must be known already."""
    households = world.households
    size = np.bincount(world.people["household"], minlength=households.count)
    other = other_failures(world, world.clock.start)
    hardship = means.hardship + 6 * (other >= FAILS_FOR_POVERTY)
    poor = top_weighted(hardship, size, FIRST_POVERTY * world.calibration.share("poverty"))
    households["poor"] = poor
    _deprive(world, np.arange(households.count), means.income, poor, other, random)
    _aid(world, poor, random)


def _spread(earning: Array, per_head: Array, size: Array, gini: float) -> float:
    """How widely log income is spread so that the Gini of income per head comes out (bisection)."""
    low, high = 0.2, 1.2
    for _ in range(12):
        middle = (low + high) / 2
        amount = np.exp(middle * earning) * per_head
        order = np.argsort(amount, kind="stable")
        weight, amount = size[order], amount[order]
        rank = (np.cumsum(weight) - weight / 2) / weight.sum()
        found = 2 * (weight * amount * rank).sum() / (weight * amount).sum() - 1
        low, high = (middle, high) if found < gini else (low, middle)
    return (low + high) / 2 * 0.89  # the poor, set apart below, add a little inequality of their own


def other_failures(world: World, day: int) -> Array:
    """How many of dwelling, education and health each household fails (0-3)."""
    people, households = world.people, world.households
    count = households.count
    home = people["household"]
    alive = people["alive"]
    age = world.ages(np.arange(people.count), day)
    dwelling = unfit(world.houses, households["house"])
    lettered = (age >= 15) & (people["highest_certificate"] != NO_CERTIFICATE) & alive
    truant = (age >= 7) & (age <= 15) & (people["school_participation"] != ATTENDING) & alive
    education = (np.bincount(home, lettered, count) == 0) | (np.bincount(home, truant, count) > 0)
    health = np.bincount(home, (people["health_insurance"] == 0) & alive, count) > 0
    return np.asarray(dwelling.astype(np.int8) + education + health)


def _deprive(world: World, who: Array, income: Array, poor: Array, other: Array, random: Random) -> None:
    """Income, meals, clothing, information: the poor fail three or more of seven, nobody else does."""
    households, line = world.households, world.calibration.fact("income_poor")
    count = len(who)
    lot = random.random((4, count))
    fails = lot < np.where(
        poor, np.array([[0.97], [0.72], [0.55], [0.50]]), np.array([[2], [0.020], [0.015], [0.02]])
    )
    # Among the others a low income counts only while there is room for it below the threshold.
    fails[0] &= poor | (income < line)
    room = np.where(poor, 4, FAILS_FOR_POVERTY - 1 - other)
    for index in range(4):
        fails[index] &= room > 0
        room = room - fails[index]
    for index in (1, 0, 2, 3):
        fails[index] |= poor & (fails.sum(axis=0) + other < FAILS_FOR_POVERTY)
    low = line * (0.45 + 0.54 * random.random(count))
    high = np.maximum(income, line * (1.0 + 0.5 * random.random(count)))
    amount = np.where(fails[0], np.where(poor, low, np.minimum(income, line * 0.99)), high)
    households["monthly_income"][who] = np.round(amount, -4)
    for name, index in (("meals_ok", 1), ("clothing_ok", 2), ("information_ok", 3)):
        households[name][who] = ~fails[index]


def _deciles(world: World, hardship: Array, random: Random) -> None:
    """National welfare deciles as received; how many of each live here is an assumption."""
    local = np.array([0.085, 0.105, 0.115, 0.115, 0.115, 0.11, 0.105, 0.095, 0.085, 0.07])
    rank = np.argsort(np.argsort(-hardship + 0.6 * random.standard_normal(len(hardship)))) / len(hardship)
    world.households["decile"] = np.searchsorted(np.cumsum(local)[:-1], rank, side="right") + 1
    world.households["decile_period"] = 0


def _aid(world: World, poor: Array, random: Random) -> None:
    households = world.households
    count = households.count
    low = households["decile"]
    children = np.bincount(
        world.people["household"], world.people["birth_date"] > world.clock.start - 18 * 365, count
    )
    hope = (low <= 3) & (children > 0) & (random.random(count) < 0.42)
    food = (low <= 4) & (random.random(count) < np.where(poor, 0.62, 0.40))
    before = random.random(count) < np.clip(0.55 - 0.05 * low, 0.03, 0.6)
    households["aid_family_hope"] = hope
    households["aid_food"] = food
    households["aid_ever"] = hope | food | before


def welfare_changes(world: World, other: Array, random: Random) -> tuple[Array, Array]:
    """(households that leave poverty, that fall into it) in a month; `other`: see `other_failures`."""
    households = world.households
    here = households["alive"] & ~households["pinned"]
    poor = np.flatnonzero(here & households["poor"])
    able = poor[other[poor] < FAILS_FOR_POVERTY]
    total = int(here.sum())
    fall = (FIRST_POVERTY - 1) * world.calibration.share("poverty") - BY_THE_WAY
    fall = max(0.0, fall) / world.calibration.settings.months
    entering = 0.00025
    rising = sample(able, about((fall + entering) * total, random), random)
    near = np.flatnonzero(here & ~households["poor"] & (households["decile"] <= 4) & (other <= 1))
    return rising, sample(near, about(entering * total, random), random)


def set_welfare(world: World, who: Array, poor: bool, other: Array, random: Random) -> None:
    """The seven indicators after a change for better or worse."""
    line = world.calibration.fact("income_poor")
    income = line * (1.1 + 0.9 * random.random(len(who)))
    world.households["poor"][who] = poor
    _deprive(world, who, income, np.full(len(who), poor), other[who], random)


def found_amenities(world: World, random: Random) -> None:
    """Assets, light and fuel on the first day: more of them the better off the household."""
    households = world.households
    standing = households["standing"]
    count = households.count
    poor = households["poor"]
    urban = world.district_trait("urban", households["area"])
    shares = {
        "phone": 0.955, "television": 0.88, "motorbike": 0.88, "refrigerator": 0.70, "internet": 0.82,
        "computer": 0.19, "car": 0.13, "bicycle": 0.44, "radio": 0.15, "animal_cart": 0.01,
    }  # fmt: skip
    pull = {"bicycle": 0.1, "radio": 0.0, "animal_cart": -0.4}
    for name, share in shares.items():
        score = pull.get(name, 0.8) * (standing - 0.8 * poor) + 0.3 * urban + random.logistic(0, 0.55, count)
        if name == "internet":
            score += 0.25 * world.trait("signal", households["area"])
        households[name] = score > np.quantile(score, 1 - share)
    deaf = households["information_ok"] == 0
    for name in ("television", "phone", "internet", "radio", "computer"):
        households[name][deaf] = 0
    households["lighting"] = choose(np.array([1, 2]), np.array([0.955, 0.045]), count, random)
    dark = np.argsort(standing + random.normal(0, 0.5, count))[
        : round((1 - world.calibration.share("electricity")) * count)
    ]
    households["lighting"][dark] = 4
    households["lighting"][random.random(count) < 0.001] = 3
    wood = standing - 1.2 * poor + random.normal(0, 0.9, count) + 0.8 * urban < -1.15
    gas = choose(
        np.array([4, 2, 3, 1, 6, 0]), np.array([0.92, 0.03, 0.015, 0.01, 0.01, 0.015]), count, random
    )
    households["cooking_fuel"] = np.where(wood, 10, gas)
    households["child_death_5y"] = random.random(count) < 0.009


def like_others(world: World, size: int, random: Random) -> dict[str, Array]:
    """Fields and notes of new households: those of households that are not poor."""
    households = world.households
    model = random.choice(np.flatnonzero(households["alive"] & ~households["poor"]), size)
    return {
        name: households[name][model]
        for name in (*households.columns, *households.notes)
        if name not in ("house", "pinned", "last_day", "last_known")
    } | {
        "child_death_5y": np.zeros(size),
        "aid_family_hope": np.zeros(size),
        "decile": np.full(size, UNKNOWN),
        "decile_period": np.full(size, UNKNOWN),
    }
