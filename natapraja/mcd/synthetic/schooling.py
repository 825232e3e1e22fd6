"""Going to school, leaving it, and the certificates people hold."""

import numpy as np

from .calibration import Calibration
from .columns import UNKNOWN
from .draws import Array, Random, choose, normal_cuts
from .versions import Store
from .world import World, day_number, day_of

NEVER, ATTENDING, LEFT = 1, 2, 3
NO_CERTIFICATE = 23
PRIMARY_YEARS, LOWER_YEARS, UPPER_YEARS, ALL_YEARS = 6, 9, 12, 16
COMPLETED = 8  # the grade of one who finished the level
LEVELS = {
    "primary": (np.array([3, 4, 2]), np.array([0.80, 0.195, 0.005])),
    "lower": (np.array([8, 9, 7]), np.array([0.74, 0.255, 0.005])),
    "upper": (np.array([13, 14, 15, 11]), np.array([0.33, 0.12, 0.53, 0.02])),
    "tertiary": (np.array([18, 19, 21]), np.array([0.22, 0.74, 0.04])),
}
EARLY = 0.06  # start at six
LATE = 0.008  # start at eight


def school_age(birth: Array, day: int) -> Array:
    """Completed years on the last 1 July before or on `day`."""
    when = day_of(day)
    july = day_number(when.replace(month=7, day=1))
    if july > day:
        july = day_number(when.replace(year=when.year - 1, month=7, day=1))
    return np.asarray(((july - birth) / 365.2425).astype(np.int16))


def found_schooling(world: World, random: Random) -> None:
    """Participation, level and certificate of everybody on the first day."""
    people = world.people
    count = people.count
    age = school_age(people["birth_date"], world.clock.start)
    # One leaning per person: family background, place, and chance.
    background = world.households["standing"][people["household"]]
    leaning = 0.5 * background + np.sqrt(1 - 0.25) * random.standard_normal(count)
    lot = random.random(count)
    started = np.where(lot < EARLY, 6, np.where(lot > 1 - LATE, 8, 7))
    years = age - started
    _pupils(people, years, age, leaning, world.calibration, random)
    _grown(people, age, leaning, world, random)


def _pupils(
    people: Store, years: Array, age: Array, leaning: Array, calibration: Calibration, random: Random
) -> None:
    """Those of school age: how far they came, and whether they still go."""
    young = np.flatnonzero((age >= 4) & (age < 24))
    years, leaning = years[young], leaning[young]
    rank = np.argsort(np.argsort(leaning + random.normal(0, 0.9, len(young)))) / max(len(young), 1)
    # The share of each age that has already left grows with every step; the weakest leave first.
    steps = np.zeros(20)
    steps[: PRIMARY_YEARS + 1] = 1 - calibration.share("attending_primary")
    steps[7:] += 0.001
    steps[PRIMARY_YEARS:] += 1 - calibration.share("continue_lower")
    steps[LOWER_YEARS:] += 1 - calibration.share("continue_upper")
    steps[LOWER_YEARS + 1 :] += 0.006
    steps[LOWER_YEARS + 2 :] += 0.006
    reach = np.clip(years, 0, 19)
    gone = rank < steps[reach]
    past = reach >= UPPER_YEARS
    gone = np.where(past, rank < 1 - calibration.share("continue_tertiary"), gone) | (reach >= ALL_YEARS)
    # How many years they had when they left: at one of the ends of a level.
    end = np.searchsorted(steps[: UPPER_YEARS + 1], rank, side="right")
    done = np.where(
        gone, np.minimum(np.where(past & (rank > steps[UPPER_YEARS]), UPPER_YEARS, end), reach), reach
    )
    done = np.where(
        (reach >= ALL_YEARS) & (rank >= 1 - calibration.share("continue_tertiary")), ALL_YEARS, done
    )
    never = gone & (done == 0)
    before = years < 0
    participation = np.where(before | never, NEVER, np.where(gone, LEFT, ATTENDING))
    people["school_participation"][young] = participation
    people["schooling"][young] = np.where(participation == ATTENDING, reach + 1, UNKNOWN)
    year = np.where(before | never, 0, done + (participation == ATTENDING))
    people["school_level"][young] = _level_of(year, random)
    people["highest_certificate"][young] = _certificate_of(done, random)
    people["grade"][young] = np.where(participation == LEFT, COMPLETED, UNKNOWN)
    people["can_read"][young] = np.where(years >= 1, done >= 1, UNKNOWN)
    infant = np.flatnonzero(age < 4)
    people["school_participation"][infant] = NEVER


def _level_of(year: Array, random: Random) -> Array:
    """Level of the school year attended now or last, counted from 1; UNKNOWN for 0."""
    level = np.full(len(year), UNKNOWN)
    for name, low, high in (("primary", 1, 6), ("lower", 7, 9), ("upper", 10, 12), ("tertiary", 13, 99)):
        here = (year >= low) & (year <= high)
        level[here] = choose(*LEVELS[name], int(here.sum()), random)
    return level


def _certificate_of(done: Array, random: Random) -> Array:
    """Highest certificate after so many school years."""
    certificate = np.full(len(done), NO_CERTIFICATE)
    for name, low, high in (("primary", 6, 8), ("lower", 9, 11), ("upper", 12, 15), ("tertiary", 16, 99)):
        here = (done >= low) & (done <= high)
        certificate[here] = choose(*LEVELS[name], int(here.sum()), random)
    return certificate


def _grown(people: Store, age: Array, leaning: Array, world: World, random: Random) -> None:
    """Adults: certificate by age and background; they no longer go to school."""
    adult = np.flatnonzero(age >= 24)
    table = world.calibration.schooling
    shares = np.stack([table[name] for name in ("none", "primary", "lower", "upper", "tertiary")], axis=1)
    band = np.searchsorted(table["age"], age[adult], side="right") - 1
    woman = people["sex"][adult] == 1
    score = leaning[adult] - np.where(woman & (age[adult] > 45), 0.25, 0.0)
    step = (score[:, None] > normal_cuts(shares)[band]).sum(axis=1)
    done = np.array([0, 6, 9, 12, 16])[step]
    people["highest_certificate"][adult] = _certificate_of(done, random)
    unschooled = (step == 0) & (random.random(len(adult)) < np.clip((age[adult] - 35) / 60, 0.02, 0.6))
    started = np.where(step == 0, 3, done)
    people["school_participation"][adult] = np.where(unschooled, NEVER, LEFT)
    people["school_level"][adult] = _level_of(np.where(unschooled, 0, started), random)
    people["grade"][adult] = np.where(unschooled, UNKNOWN, np.where(step == 0, 3, COMPLETED))
    unread = unschooled & (random.random(len(adult)) < 0.75) | (step == 0) & (
        random.random(len(adult)) < 0.12
    )
    people["can_read"][adult] = ~unread


def new_school_year(world: World, day: int, random: Random) -> tuple[Array, dict[str, Array]]:
    """What the school year that begins on `day` changes: (people, new values), for steps between levels only.

    The years of all who go on are counted up here; those who merely move up a class get no version.
    """
    people, calibration = world.people, world.calibration
    here = np.flatnonzero(people["alive"] & (people["same_as"] < 0))
    age = school_age(people["birth_date"][here], day)
    going = people["school_participation"][here] == ATTENDING
    lot = random.random(len(here)) - 0.02 * world.households["standing"][people["household"][here]]
    years = people["schooling"][here] + going
    people["schooling"][here] = years
    new = (people["school_participation"][here] == NEVER) & (
        ((age == 7) & (lot < 0.985)) | ((age == 6) & (lot < EARLY)) | ((age == 8) & (lot < 0.7))
    )
    stops = going & (
        ((years == PRIMARY_YEARS + 1) & (lot > calibration.share("continue_lower")))
        | ((years == LOWER_YEARS + 1) & (lot > calibration.share("continue_upper")))
        | ((years == UPPER_YEARS + 1) & (lot > calibration.share("continue_tertiary")))
        | ((years > LOWER_YEARS + 1) & (years <= UPPER_YEARS) & (lot > 0.994))
        | (years > ALL_YEARS)
    )
    moves = going & np.isin(years, (PRIMARY_YEARS + 1, LOWER_YEARS + 1, UPPER_YEARS + 1))
    touched = np.flatnonzero(new | stops | moves)
    years = np.where(new, 1, years)[touched]
    return here[touched], _next_level(people, here[touched], years, new[touched], stops[touched], random)


def _next_level(
    people: Store, who: Array, years: Array, new: Array, stops: Array, random: Random
) -> dict[str, Array]:
    finished = np.isin(years, (PRIMARY_YEARS + 1, LOWER_YEARS + 1, UPPER_YEARS + 1, ALL_YEARS + 1)) & ~new
    level = people["school_level"][who]
    return {
        "school_participation": np.where(stops, LEFT, ATTENDING),
        "school_level": np.where(stops, level, _level_of(years, random)),
        "highest_certificate": np.where(finished, level, people["highest_certificate"][who]),
        "schooling": np.where(stops, UNKNOWN, years),
        "grade": np.where(stops, np.where(finished, COMPLETED, (years - 2) % 3 + 1), UNKNOWN),
        "can_read": np.where(years > 1, 1, people["can_read"][who]),
    }
