"""Work: who takes part in the labour force, in which industry, and how jobs change from month to month."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, about, choose, sample, top
from .schooling import ATTENDING, NO_CERTIFICATE
from .versions import Store
from .world import World

WORKING_AGE = 15
ASKED_FROM = 10
TERTIARY = (18, 19, 20, 21, 22)
UPPER = (11, 12, 13, 14, 15, 16, 17)
CROPS, HORTICULTURE, PLANTATION, FISHERY, LIVESTOCK, FORESTRY = range(1, 7)
MANUFACTURING, CONSTRUCTION, TRADE, TRANSPORT, FOOD = 8, 11, 12, 13, 14
GOVERNMENT, EDUCATION, HEALTH = 20, 21, 22
OWN, WITH_FAMILY, EMPLOYER, EMPLOYEE, OFFICIAL, CASUAL_FARM, CASUAL, UNPAID = range(1, 9)

# Chance to take part by age (15, 20, 25, … 75) for those who do not go to school.
MEN = np.array([0.62, 0.90, 0.97, 0.98, 0.98, 0.98, 0.98, 0.96, 0.93, 0.84, 0.70, 0.52, 0.28])
WOMEN = np.array([0.45, 0.66, 0.62, 0.62, 0.66, 0.69, 0.70, 0.68, 0.63, 0.52, 0.38, 0.24, 0.10])


def found_work(world: World, random: Random) -> None:
    """Labour fields of everybody of ten and over on the first day."""
    people = world.people
    age = world.ages(np.arange(people.count), world.clock.start)
    asked = np.flatnonzero(age >= ASKED_FROM)
    people["working"][asked] = people["seeking_work"][asked] = 0
    adult = np.flatnonzero(age >= WORKING_AGE)
    band = np.minimum((age[adult] - 15) // 5, 12)
    chance = np.where(people["sex"][adult] == 0, MEN[band], WOMEN[band])
    pupil = people["school_participation"][adult] == ATTENDING
    chance = np.where(pupil, 0.06, chance)
    odds = np.log(chance / (1 - chance)) + 0.15 * world.trait("work", people["area"][adult])
    force = adult[top(odds + random.logistic(0, 1, len(adult)), world.calibration.share("participation"))]
    young = np.clip((32 - age[force]) / 12, 0, 1.2)
    certificate = people["highest_certificate"][force]
    leaning = (
        1.9 * young + 0.4 * np.isin(certificate, UPPER) + 0.15 * world.trait("work", people["area"][force])
    )
    idle = top(leaning + random.gumbel(0, 0.8, len(force)), world.calibration.share("unemployment"))
    people["seeking_work"][force[idle]] = 1
    take_jobs(world, force[~idle], age[force[~idle]], random)


def take_jobs(world: World, who: Array, age: Array, random: Random) -> None:
    """Give each a job that fits place, age and certificate, in the shares of the regency."""
    people, share = world.people, world.calibration.share
    certificate = people["highest_certificate"][who]
    tertiary, upper = np.isin(certificate, TERTIARY), np.isin(certificate, UPPER)
    farming = world.district_trait("farming", people["area"][who])
    factory = world.district_trait("factory", people["area"][who])
    on_land = 2.4 * farming + 0.045 * (age - 40) - 1.6 * upper - 3.0 * tertiary
    farmer = top(on_land + random.gumbel(0, 1, len(who)), share("agriculture"))
    in_factory = 1.8 * factory - 0.035 * (age - 35) + 0.4 * upper - 1.2 * tertiary
    in_factory += random.gumbel(0, 1, len(who))
    rest = np.flatnonzero(~farmer)
    part = share("manufacturing") / (1 - share("agriculture"))
    made = top(in_factory[rest], part)
    industry = np.empty(len(who), dtype=np.int8)
    industry[farmer] = _farm(world, people["area"][who[farmer]], random)
    industry[rest[made]] = MANUFACTURING
    others = rest[~made]
    industry[others] = _services(tertiary[others], random)
    people["working"][who] = 1
    people["seeking_work"][who] = 0
    people["industry"][who] = industry
    people["job_status"][who] = _status(
        industry, age, people["sex"][who], tertiary, share("informal"), random
    )
    people["hours_per_week"][who] = _hours(people["job_status"][who], random)


def _farm(world: World, rt: Array, random: Random) -> Array:
    dairy = world.district_trait("dairy", rt)
    spring = world.district_trait("spring", rt)
    lot = random.random(len(rt))
    other = choose(
        np.array([CROPS, HORTICULTURE, PLANTATION, FISHERY, FORESTRY]),
        np.array([0.80, 0.08, 0.07, 0.02, 0.03]), len(rt), random,
    )  # fmt: skip
    hill = (lot > 0.6) & (random.random(len(rt)) < spring)
    return np.where(lot < 0.10 + 0.35 * dairy, LIVESTOCK, np.where(hill, HORTICULTURE, other))


def _services(tertiary: Array, random: Random) -> Array:
    options = np.array(
        [TRADE, CONSTRUCTION, FOOD, TRANSPORT, GOVERNMENT, EDUCATION, HEALTH, 24, 16, 15, 25, 18, 10]
    )
    many = np.array([0.42, 0.20, 0.11, 0.08, 0.03, 0.02, 0.01, 0.07, 0.01, 0.01, 0.03, 0.005, 0.005])
    few = np.array([0.18, 0.03, 0.03, 0.02, 0.20, 0.30, 0.11, 0.03, 0.05, 0.02, 0.0, 0.03, 0.0])
    count = len(tertiary)
    return np.where(tertiary, choose(options, few, count, random), choose(options, many, count, random))


def _status(
    industry: Array, age: Array, sex: Array, tertiary: Array, informal: float, random: Random
) -> Array:
    """Informal by the chance of the industry, scaled so that the regency's share comes out."""
    base = np.full(27, 0.62)
    base[CROPS : FORESTRY + 1], base[MANUFACTURING], base[CONSTRUCTION], base[TRADE] = 0.96, 0.26, 0.72, 0.78
    base[[GOVERNMENT, EDUCATION, HEALTH, 16]] = 0.03, 0.06, 0.08, 0.1
    chance = base[industry]
    chance = np.clip(chance * informal / 0.585, 0, 0.99)
    loose = random.random(len(industry)) < chance
    farm = industry <= FORESTRY
    lot = random.random(len(industry))
    woman = sex == 1
    kind = np.where(
        farm,
        np.where(lot < np.where(woman, 0.45, 0.08), UNPAID, np.where(lot < 0.62, WITH_FAMILY, CASUAL_FARM)),
        np.where(lot < 0.45, OWN, np.where(lot < 0.62, WITH_FAMILY, np.where(lot < 0.86, CASUAL, UNPAID))),
    )
    kind = np.where((industry == CONSTRUCTION) & (lot < 0.8), CASUAL, kind)
    state = np.isin(industry, (GOVERNMENT, EDUCATION, HEALTH)) & (random.random(len(industry)) < 0.45)
    paid = np.where(state, OFFICIAL, np.where(lot < 0.05, EMPLOYER, EMPLOYEE))
    return np.where(loose, kind, paid)


def _hours(status: Array, random: Random) -> Array:
    usual = np.array([0, 42, 40, 48, 46, 42, 34, 40, 26])[status]
    return np.clip(np.round(random.normal(usual, 9)), 1, 98)


def job_changes(world: World, day: int, random: Random) -> tuple[Array, Array, Array]:
    """(those who lose work, those who find it, those who change it) in one month.

    As many find work as keeps unemployment at the published rate.
    """
    people = world.people
    here = people["alive"] & (people["same_as"] < 0)
    working = np.flatnonzero(here & (people["working"] == 1))
    seeking = np.flatnonzero(here & (people["seeking_work"] == 1))
    lost = sample(working, about(0.0006 * len(working), random), random)
    force = len(working) + len(seeking)
    surplus = len(seeking) + len(lost) - world.calibration.share("unemployment") * force
    found = sample(seeking, about(max(0.0, surplus), random), random)
    changed = sample(np.setdiff1d(working, lost), about(0.0005 * len(working), random), random)
    return lost, found, changed


def stop_work(people: Store, who: Array, seeking: Array | int) -> None:
    """No job any more."""
    people["working"][who] = 0
    people["seeking_work"][who] = seeking
    for name in ("industry", "job_status", "hours_per_week"):
        people[name][who] = UNKNOWN


def leave_school_for_work(world: World, who: Array, day: int, random: Random) -> None:
    """Labour fields of those who just left school: most of working age look for a job or find one."""
    people = world.people
    age = world.ages(who, day)
    lot = random.random(len(who))
    stop_work(people, who, ((age >= WORKING_AGE) & (lot > 0.62) & (lot < 0.78)).astype(np.int8))
    starts = (age >= WORKING_AGE) & (lot < 0.62) & (people["highest_certificate"][who] != NO_CERTIFICATE)
    take_jobs(world, who[starts], age[starts], random)
