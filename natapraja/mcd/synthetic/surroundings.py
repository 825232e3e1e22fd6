"""Water, sanitation and waste of each household, and what an RT head says of the neighbourhood."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, choose, choose_by_row, top
from .world import World

BOTTLED, REFILLED, PIPED, BOREHOLE, WELL, OPEN_WELL, SPRING, OPEN_SPRING, SURFACE, RAIN = range(1, 11)
OWN, SHARED, COMMUNAL, PUBLIC, UNUSED, NOWHERE = range(1, 7)
SWAN_NECK, COVERED_SLIDE, SLIDE, PIT = range(1, 5)
SEPTIC_TANK, TREATMENT, WATERS, HOLE, FIELD = range(1, 6)
COLLECTED, COMPOSTED, RECYCLED, BURNED, BURIED, RIVER, OPEN = range(7)


def found_water(world: World, random: Random) -> None:
    """Drinking water: wells and pipes, springs on the slopes, rain and far wells in the dry north."""
    households = world.households
    count, rt = households.count, households["area"]
    dry, spring, urban = (world.district_trait(name, rt) for name in ("dry", "spring", "urban"))
    score = -0.5 * households["standing"] + 1.3 * dry + 0.5 * spring - 0.4 * urban
    score += 0.9 * world.trait("water", rt) + random.gumbel(0, 0.9, count)
    unimproved = top(score, 1 - world.calibration.share("water_improved"))
    weights = np.stack(
        [
            np.full(count, 0.02), 0.06 + 0.06 * urban, 0.14 + 0.24 * urban, 0.34 - 0.22 * spring,
            0.24 - 0.12 * dry, 0.02 + 0.55 * spring, 0.004 + 0.12 * dry,
        ],
        axis=1,
    )  # fmt: skip
    good = choose_by_row(np.array([BOTTLED, REFILLED, PIPED, BOREHOLE, WELL, SPRING, RAIN]), weights, random)
    bad = np.where(
        random.random(count) < 0.5 * spring,
        OPEN_SPRING,
        choose(np.array([OPEN_WELL, SURFACE]), np.array([0.9, 0.1]), count, random),
    )
    source = np.where(unimproved, bad, good)
    households["water_source"] = source
    far = np.isin(source, (WELL, OPEN_WELL, SPRING, OPEN_SPRING, SURFACE, BOREHOLE))
    outside = far & (random.random(count) < 0.10 + 0.22 * dry + 0.10 * (households["standing"] < -0.5))
    households["water_on_premises"] = ~outside
    minutes = np.round(np.exp(random.normal(2.5 + 0.4 * dry, 0.55, count)))
    households["water_minutes"] = np.where(outside, np.clip(minutes, 3, 120), 0)


def found_sanitation(world: World, random: Random) -> None:
    """Toilet, its kind, and where it drains to."""
    households = world.households
    count, rt = households.count, households["area"]
    score = -0.7 * households["standing"] + 0.7 * world.district_trait("dry", rt)
    score += 0.4 * world.district_trait("spring", rt) + 0.8 * world.trait("sanitation", rt)
    score += random.gumbel(0, 0.8, count)
    poor = top(score, 1 - world.calibration.share("sanitation_improved"))
    use = np.where(random.random(count) < 0.045, SHARED, OWN)
    use = np.where(random.random(count) < 0.006, COMMUNAL, use)
    kind = np.full(count, SWAN_NECK)
    drain = np.where(
        random.random(count) < 0.012 + 0.02 * world.district_trait("urban", rt), TREATMENT, SEPTIC_TANK
    )
    why = choose(np.arange(5), np.array([0.05, 0.34, 0.32, 0.10, 0.19]), count, random)
    kind = np.where(
        poor & np.isin(why, (1, 2)),
        choose(np.array([PIT, SLIDE, COVERED_SLIDE]), np.array([0.6, 0.2, 0.2]), count, random),
        kind,
    )
    drain = np.where(poor & (why == 0), HOLE, drain)
    drain = np.where(poor & (why == 1), np.where(random.random(count) < 0.12, HOLE, WATERS), drain)
    drain = np.where(poor & (why == 2), WATERS, drain)
    use = np.where(poor & (why == 3), PUBLIC, use)
    none = poor & (why == 4)
    use = np.where(none, np.where(random.random(count) < 0.2, UNUSED, NOWHERE), use)
    households["toilet_use"] = use
    households["toilet_type"] = np.where(use == NOWHERE, UNKNOWN, kind)
    households["sewage"] = np.where(none, np.where(random.random(count) < 0.6, WATERS, FIELD), drain)
    tank = households["sewage"] == SEPTIC_TANK
    emptied = random.random(count) < 0.07 + 0.10 * world.district_trait("urban", rt)
    households["septic_emptied"] = np.where(tank, emptied, UNKNOWN)


def found_waste(world: World, random: Random) -> None:
    """Collected in town, burned in the country; compost and recycling where a village took it up."""
    households = world.households
    count, rt = households.count, households["area"]
    urban = world.district_trait("urban", rt)
    score = (
        1.8 * urban
        + 1.0 * world.trait("waste", rt)
        + 0.2 * households["standing"]
        + random.logistic(0, 0.6, count)
    )
    managed = top(score, world.calibration.share("waste_managed"))
    good = choose_by_row(
        np.array([COLLECTED, COMPOSTED, RECYCLED]),
        np.stack([0.35 + 0.5 * urban, 0.35 - 0.25 * urban, np.full(count, 0.15)], axis=1), random,
    )  # fmt: skip
    other = choose(np.array([BURNED, BURIED, RIVER, OPEN]), np.array([0.78, 0.11, 0.05, 0.06]), count, random)
    households["waste_handling"] = np.where(managed, good, other)


def found_neighbourhoods(world: World, random: Random) -> None:
    """What an RT head answers about the neighbourhood itself (MCD groups A-F)."""
    store = world.stores["neighbourhoods"]
    count, rt = store.count, np.arange(store.count)
    traits = {name: world.trait(name, rt) for name in world.traits}
    welfare = 0.5 * world.district_trait("welfare", rt) + 0.3 * traits["welfare"]
    urban, dry = world.district_trait("urban", rt), world.district_trait("dry", rt)

    def likely(share: float, lean: Array) -> Array:
        return top(lean + random.logistic(0, 0.7, count), share)

    plan: dict[str, tuple[float, Array]] = {
        "head_appointed": (0.955, welfare), "structure_complete": (0.82, welfare),
        "books_kept": (0.74, traits["documents"]), "data_board": (0.46, traits["documents"]),
        "street_lit": (0.80, welfare + urban), "drainage_good": (0.64, welfare - dry),
        "security_post": (0.86, traits["work"]), "internet_signal": (0.90, traits["signal"] + urban),
        "open_defecation_free": (0.88, -traits["sanitation"] - dry),
        "waste_collected": (0.34, traits["waste"] + 2 * urban),
        "waste_bank": (0.24, traits["waste"]), "waste_sorted": (0.29, traits["waste"]),
        "social_fund": (0.83, traits["welfare"]), "reading_corner": (0.17, traits["schooling"]),
        "early_childhood": (0.79, traits["schooling"] + urban), "health_post": (0.55, traits["nutrition"]),
        "healthy_living": (0.49, traits["nutrition"]),
    }  # fmt: skip
    for name, (share, lean) in plan.items():
        store[name] = likely(share, lean)
    store["meetings_per_year"] = np.clip(random.poisson(10.5 + 1.2 * traits["documents"]), 0, 40)
    store["clean_ups_per_year"] = np.clip(random.poisson(np.maximum(8 + 2 * traits["waste"], 1)), 0, 40)
    store["road_m"] = np.round(np.exp(random.normal(6.6 - 0.3 * urban, 0.4)), -1)
    good = 1 / (1 + np.exp(-(1.3 + 0.9 * welfare + 0.5 * random.standard_normal(count))))
    store["road_good_m"] = np.round(store["road_m"] * good, -1)
    store["infiltration_wells"] = random.poisson(np.maximum(6 + 2 * traits["water"], 0.5))
    store["problem_cases"] = random.poisson(np.exp(0.3 - 0.5 * welfare))
    store["problem_cases_helped"] = random.binomial(store["problem_cases"], 0.68)
