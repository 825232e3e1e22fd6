"""What a real register has wrong, and how it is put right: doubles, strangers, wrong dates, misread scales.

One thing is wrong on purpose and is never put right: see `whitewash`.
"""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, Values, about, sample
from .events import CLAIM, CONFIRMED, DOUBLE_KIND, UNKNOWN_KIND, decide, tell
from .families import HEAD, OTHER
from .homes import break_down, declare_fit, failures, mend, unfit
from .presence import end_people, free, note_leaving
from .versions import CORRECTION, DAY, IMPORT, NONE, SECOND, Store
from .versions import UNKNOWN as STRANGER
from .world import World

DOUBLES_FOUND = 0.85  # of the double entries, over the story
WRONG_BIRTH_DATES = 0.004
MISREAD = 0.003  # heights read 20 cm too low
YEAR = 365


def found_errors(world: World, random: Random) -> None:
    """Double entries and wrong birth dates of the first import."""
    people, households = world.people, world.households
    age = world.ages(np.arange(people.count), world.clock.start)
    adult = np.flatnonzero((age >= 17) & (age < 80))
    wrong = sample(adult[age[adult] >= 20], about(WRONG_BIRTH_DATES * people.count, random), random)
    people["birth_date"][wrong] += np.where(random.random(len(wrong)) < 0.5, YEAR, -YEAR)
    twice = sample(adult, about(world.calibration.share("doubles") * people.count, random), random)
    home = random.integers(0, households.count, len(twice))
    elsewhere = home != people["household"][twice]
    twice, home = twice[elsewhere], home[elsewhere]
    # A double entry stands in the first family of some other household.
    first_family = np.searchsorted(world.families["household"], home)
    values: Values = {name: people[name][twice] for name in (*people.columns, *people.notes)}
    values |= {
        "family": first_family, "household": home, "relation": OTHER, "spouse": UNKNOWN, "child": UNKNOWN,
        "same_as": twice, "due": -100, "lives_here": 0, "nik": 1, "pregnant": UNKNOWN,
    }  # fmt: skip
    people["nik"][twice] = 1
    people.add(
        values, len(twice), households["area"][home], world.clock.start, world.clock.first_known, IMPORT, NONE
    )
    households["pinned"][home] = True


def find_doubles(world: World, month: int, first: int, last: int, random: Random) -> None:
    """Double entries found this month: never two people, so the entry is taken back as if it had not been."""
    people = world.people
    double = np.flatnonzero(people["alive"] & (people["same_as"] >= 0))
    if not 2 <= month < 18:
        return
    total = world.calibration.share("doubles") * float(people["alive"].sum()) * DOUBLES_FOUND
    found = sample(double, min(about(total / 16, random), len(double)), random)
    day = random.integers(first, last + 1, len(found))
    claimed = world.moments(day, 3, random)
    known = claimed + DAY + 3600 * SECOND
    fits = people.ready(found, day, known) & world.heard(known)
    found, day, claimed, known = (part[fits] for part in (found, day, claimed, known))
    decide(world, tell(world, DOUBLE_KIND, found, day, claimed, CLAIM), known, CONFIRMED)
    people.withdraw(found, known)
    note_leaving(world.households, people["household"][found], day, known)
    note_leaving(world.families, people["family"][found], day, known)


def find_strangers(world: World, first: int, last: int, random: Random) -> None:
    """People nobody in the RT knows any more: gone for months without a word."""
    people, calibration = world.people, world.calibration
    here = np.flatnonzero(
        people["alive"] & (people["same_as"] < 0) & (people["lives_here"] == 0) & (people["relation"] != HEAD)
    )
    rate = calibration.share("strangers") / calibration.settings.months * float(people["alive"].sum())
    found = sample(here, about(rate, random), random)
    noticed = random.integers(first, last + 1, len(found))
    day = np.maximum(noticed - random.integers(20, 200, len(found)), people["valid_from"][found])
    claimed = world.moments(noticed, 10, random)
    known = claimed + 2 * DAY
    fits = free(world, found, day, known) & (people["known_from"][found] < claimed)
    found, day, claimed, known = (part[fits] for part in (found, day, claimed, known))
    decide(world, tell(world, UNKNOWN_KIND, found, day, claimed, CLAIM), known, CONFIRMED)
    end_people(world, found, day, known, STRANGER, CORRECTION)


def correct_records(world: World, first: int, last: int, random: Random) -> None:
    """Birth dates put right by the certificate, and houses that were not as the form said."""
    people, houses = world.people, world.houses
    wrong = np.flatnonzero(people["alive"] & (people["born"] != people["birth_date"]))
    fixed = sample(wrong, about(0.03 * len(wrong), random), random)
    fixed, known = _moments(world, people, fixed, first, last, random)
    people.restate(fixed, known)
    people["birth_date"][fixed] = people["born"][fixed]
    lived_in = np.flatnonzero(houses["alive"] & (houses["occupied"] == 1))
    bad = unfit(houses, lived_in)
    better = sample(lived_in[bad], about(0.00016 * len(lived_in), random), random)
    worse = sample(
        lived_in[~bad & (houses["quality"][lived_in] < -0.6)], about(0.00012 * len(lived_in), random), random
    )
    for chosen, after in ((better, True), (worse, False)):
        which, known = _moments(world, houses, chosen, first, last, random)
        houses.restate(which, known)
        if after:
            mend(houses, which, None)
        else:
            break_down(houses, which, random)


def _moments(
    world: World, store: Store, chosen: Array, first: int, last: int, random: Random
) -> tuple[Array, Array]:
    known = world.moments(random.integers(first, last + 1, len(chosen)), 2, random)
    fits = (store["known_from"][chosen] < known) & world.heard(known)
    return chosen[fits], known[fits]


def misread(world: World, child: Array, random: Random) -> Array:
    """Some of these growth records get a height read 20 cm too low; gives those records."""
    growth = world.growth
    slipped = child[(random.random(len(child)) < MISREAD) & (growth["height_cm"][child] > 62)]
    growth["height_cm"][slipped] = np.round(growth["height_cm"][slipped] - 20, 1)
    return slipped


def reread(world: World, slipped: Array, random: Random) -> None:
    """Most misread heights are noticed within two weeks and put right."""
    growth = world.growth
    noticed = slipped[random.random(len(slipped)) < 0.7]
    known = growth["known_from"][noticed] + random.integers(2, 15, len(noticed)) * DAY
    fits = world.heard(known)
    growth.restate(noticed[fits], known[fits])
    growth["height_cm"][noticed[fits]] = np.round(growth["height_cm"][noticed[fits]] + 20, 1)


def whitewash(world: World, last: int, random: Random) -> Array:
    """The fault made on purpose: in one hour no house of one village has a bad roof, wall or floor.

    Cause correction; no event, no aid, no repair. The damaged frames and the empty year of aid contradict it.
    """
    houses, place = world.houses, world.neighbourhoods
    village = np.flatnonzero(place.village_code == world.calibration.settings.fault.village)
    here = np.isin(place.village[houses["area"]], village)
    which = np.flatnonzero(houses["alive"] & here)
    which = which[np.logical_or.reduce(failures(houses, which))]
    known = np.full(len(which), last, dtype=np.int64) * DAY + 2 * 3600 * SECOND
    known += np.sort(random.integers(0, 3600, len(which))) * SECOND
    which, known = which[houses["known_from"][which] < known], known[houses["known_from"][which] < known]
    houses.restate(which, known)
    declare_fit(houses, which)
    return which
