"""Houses: what they are built of, which are unfit, and how they are repaired, damaged and built."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, about, choose, sample, steady, top
from .versions import Store
from .world import World, day_of

MARBLE, CERAMIC, VINYL, TILE, WOOD_FLOOR, CEMENT, BAMBOO_FLOOR, EARTH = range(1, 9)
BRICK, PLASTERED, BOARD, PLAITED, LOGS, BAMBOO = range(1, 7)
CONCRETE, ROOF_TILE, ZINC, ASBESTOS, BAMBOO_ROOF, SHINGLE, THATCH = range(1, 8)
OWNED, RENTED, FREE, OFFICIAL = range(1, 5)
BAD_FLOORS, BAD_WALLS, BAD_ROOFS = (BAMBOO_FLOOR, EARTH, 9), (PLAITED, BAMBOO, 7), (BAMBOO_ROOF, THATCH, 8)
CONDITIONS = (
    "floor", "wall", "roof", "roof_damaged", "wall_damaged", "frame_damaged", "ventilation_ok",
    "assisted_year",
)  # fmt: skip
MATERIALS = ("tenure", "land_owned", "floor_area_m2", *CONDITIONS, "quality")


def failures(houses: Store, which: Array) -> tuple[Array, Array, Array]:
    """(roof fails, wall fails, floor fails) by the rule two of three."""
    return (
        np.isin(houses["roof"][which], BAD_ROOFS) | (houses["roof_damaged"][which] == 1),
        np.isin(houses["wall"][which], BAD_WALLS) | (houses["wall_damaged"][which] == 1),
        np.isin(houses["floor"][which], BAD_FLOORS),
    )


def unfit(houses: Store, which: Array) -> Array:
    """Fails at least two of roof, wall and floor."""
    return np.asarray(sum(part.astype(np.int8) for part in failures(houses, which)) >= 2)


def found_houses(world: World, random: Random) -> None:
    """Every house on the first day; empty ones are as good as their neighbours."""
    houses = world.houses
    count = houses.count
    which = np.arange(count)
    rt = houses["area"]
    people = np.zeros(count)
    size = np.bincount(world.people["household"], minlength=world.households.count)
    np.add.at(people, world.households["house"], size)
    well_off = random.normal(0, 1, count)
    well_off[world.households["house"]] = world.households["standing"]
    quality = 0.8 * well_off + 0.35 * world.trait("houses", rt) - 0.25 * world.district_trait("dry", rt)
    quality = steady(quality + random.normal(0, 0.6, count))
    houses["quality"] = quality
    houses["tenure"] = choose(np.arange(1, 6), np.array([0.925, 0.02, 0.045, 0.006, 0.004]), count, random)
    houses["land_owned"] = (houses["tenure"] == OWNED) & (random.random(count) < 0.95)
    area = np.exp(random.normal(0, 0.38, count) + 0.22 * quality) * (34 + 9.5 * np.maximum(people, 2))
    houses["floor_area_m2"] = np.clip(np.round(area), 9, 600)
    _materials(world, which, quality, random)
    year = day_of(world.clock.start).year
    helped = random.random(count) < np.where(quality < 0, 0.13, 0.03)
    houses["assisted_year"] = np.where(helped, year - random.integers(0, 12, count), UNKNOWN)
    _make_unfit(world, quality, random)


def _materials(world: World, which: Array, quality: Array, random: Random) -> None:
    """Sound materials first: nothing here fails."""
    houses, count = world.houses, len(which)
    dry = world.district_trait("dry", houses["area"][which])
    step = quality + random.normal(0, 0.7, count)
    houses["floor"][which] = np.select(
        [step > 2.6, step > -0.35, step > -0.75, random.random(count) < 0.012],
        [MARBLE, CERAMIC, TILE, VINYL], CEMENT,
    )  # fmt: skip
    wooden = quality + random.normal(0, 0.8, count) - 0.9 * dry < -1.35
    thin = random.random(count) < 0.012
    houses["wall"][which] = np.where(wooden, BOARD, np.where(thin, PLASTERED, BRICK))
    houses["roof"][which] = choose(
        np.array([ROOF_TILE, ZINC, ASBESTOS, CONCRETE, SHINGLE]),
        np.array([0.935, 0.025, 0.025, 0.012, 0.003]), count, random,
    )  # fmt: skip
    for name in ("roof_damaged", "wall_damaged", "frame_damaged"):
        houses[name][which] = 0
    houses["ventilation_ok"][which] = quality + random.normal(0, 0.8, count) > -1.5


def _make_unfit(world: World, quality: Array, random: Random) -> None:
    """The worst houses fail two or three of three; some others fail one."""
    houses = world.houses
    lived_in = np.flatnonzero(houses["occupied"] == 1)
    score = -quality[lived_in] + random.gumbel(0, 0.45, len(lived_in))
    codes = world.neighbourhoods.village_code[world.neighbourhoods.village[houses["area"][lived_in]]]
    rule = world.calibration.settings.fault
    chosen = np.flatnonzero(codes == rule.village)
    elsewhere = np.flatnonzero(codes != rule.village)
    bad = np.zeros(len(lived_in), dtype=bool)
    bad[chosen] = top(score[chosen], rule.unfit_share)
    bad[elsewhere] = top(score[elsewhere], world.calibration.share("unfit_houses_first"))
    break_down(houses, lived_in[bad], random)
    houses["assisted_year"][lived_in[bad & (random.random(len(bad)) < 0.95)]] = UNKNOWN
    _single_faults(houses, lived_in[~bad], quality, random)


def break_down(houses: Store, which: Array, random: Random) -> None:
    """Make these fail two or three of three."""
    count = len(which)
    pattern = choose(np.arange(4), np.array([0.34, 0.24, 0.20, 0.22]), count, random)
    roof, wall, floor = pattern != 2, pattern != 1, pattern != 0
    thatched = random.random(count) < 0.06
    houses["roof"][which[roof & thatched]] = BAMBOO_ROOF
    houses["roof_damaged"][which[roof & ~thatched]] = 1
    plaited = random.random(count) < 0.55
    houses["wall"][which[wall & plaited]] = PLAITED
    houses["wall"][which[wall & plaited & (random.random(count) < 0.2)]] = BAMBOO
    houses["wall_damaged"][which[wall & ~plaited]] = 1
    houses["floor"][which[floor]] = np.where(random.random(int(floor.sum())) < 0.985, EARTH, BAMBOO_FLOOR)
    houses["frame_damaged"][which] = random.random(count) < 0.6
    houses["ventilation_ok"][which] = random.random(count) < 0.35


def _single_faults(houses: Store, which: Array, quality: Array, random: Random) -> None:
    """One weak spot in some of the others, the poorer the likelier."""
    weak = which[top(-quality[which] + random.gumbel(0, 0.8, len(which)), 0.085)]
    kind = choose(np.arange(3), np.array([0.5, 0.2, 0.3]), len(weak), random)
    houses["roof_damaged"][weak[kind == 0]] = 1
    houses["wall_damaged"][weak[kind == 1]] = 1
    houses["floor"][weak[kind == 2]] = EARTH
    houses["frame_damaged"][which[random.random(len(which)) < 0.006]] = 1


def mend(houses: Store, which: Array, assisted_year: int | None) -> None:
    """After a repair nothing fails any more."""
    for name in ("roof_damaged", "wall_damaged", "frame_damaged"):
        houses[name][which] = 0
    _replace(houses, which)
    houses["ventilation_ok"][which] = 1
    if assisted_year is not None:
        houses["assisted_year"][which] = assisted_year


def declare_fit(houses: Store, which: Array) -> None:
    """What a pen can do: the three parts are said to be good; frame, air and aid still tell the truth."""
    for name in ("roof_damaged", "wall_damaged"):
        houses[name][which] = 0
    _replace(houses, which)


def _replace(houses: Store, which: Array) -> None:
    for name, bad, good in (
        ("floor", BAD_FLOORS, CEMENT),
        ("wall", BAD_WALLS, PLASTERED),
        ("roof", BAD_ROOFS, ROOF_TILE),
    ):
        houses[name][which[np.isin(houses[name][which], bad)]] = good


def house_changes(world: World, random: Random) -> tuple[Array, Array, Array, Array]:
    """(repaired with aid, repaired by the owner, newly unfit, newly with one fault) in one month.

    The share of unfit houses moves from `unfit_houses_first` to `unfit_houses` over the story.
    """
    houses, calibration = world.houses, world.calibration
    lived_in = np.flatnonzero(houses["alive"] & (houses["occupied"] == 1))
    bad = unfit(houses, lived_in)
    spoiled, sound = lived_in[bad], lived_in[~bad]
    fall = calibration.share("unfit_houses_first") - calibration.share("unfit_houses")
    fall -= 0.0010  # what corrections take away (errors.py)
    damaged = about(0.00022 * len(lived_in), random)
    repaired = about(fall / calibration.settings.months * len(lived_in), random) + damaged
    never = spoiled[houses["assisted_year"][spoiled] == UNKNOWN]
    aided = sample(never, round(0.7 * repaired), random)
    own = sample(np.setdiff1d(spoiled, aided), repaired - len(aided), random)
    weak = sound[houses["quality"][sound] < -0.3]
    broken = sample(weak, damaged, random)
    faulty = sample(np.setdiff1d(sound, broken), about(0.0004 * len(lived_in), random), random)
    return aided, own, broken, faulty


def like_another(world: World, size: int, random: Random) -> dict[str, Array]:
    """Materials of new houses: those of sound houses that stand already."""
    houses = world.houses
    sound = np.flatnonzero(houses["alive"] & (houses["quality"] > -0.3))
    model = random.choice(sound[~unfit(houses, sound)], size)
    values: dict[str, Array] = {name: houses[name][model] for name in MATERIALS}
    values["assisted_year"] = np.full(size, UNKNOWN)
    return values
