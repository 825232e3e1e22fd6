"""Births and deaths, and what they change in a family: widows, new heads, an empty chair."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, about, sample, top
from .events import BORN_KIND, CLAIM, CONFIRMED, DIED_KIND, REFUSED, decide, tell
from .families import CHILD, GRANDCHILD, HEAD, OLDEST, OTHER, SPOUSE, WIDOWED, mortality
from .founding import blank
from .growth import leanings
from .persons import of_newborn
from .presence import end_people, free
from .versions import BORN, CHANGED, DIED, EVENT
from .world import World

NEWS_DAYS = 40  # a birth or death is heard of within
FIRST_FERTILE, LAST_FERTILE = 17, 46
MONTHS_KNOWN = 7  # a pregnancy is known so many months before the birth


def conceive(world: World, month: int, day: int, count: float, random: Random) -> Array:
    """Women who will give birth in `month`: married, of the age, not expecting, no baby yet this year."""
    people = world.people
    age = ((day - people["birth_date"]) / 365.2425).astype(np.int16)
    can = (
        people["alive"] & (people["sex"] == 1) & (people["marital_status"] == 2) & (people["same_as"] < 0)
        & (age >= FIRST_FERTILE) & (age <= LAST_FERTILE) & (people["due"] < month - 14)
    )  # fmt: skip
    woman = np.flatnonzero(can)
    lean = -((age[woman] - 27.5) ** 2) / 60 - 0.1 * world.households["standing"][people["household"][woman]]
    lean += random.gumbel(0, 1, len(woman))
    return woman[top(lean, min(1.0, about(count, random) / max(len(woman), 1)))]


def found_expecting(world: World, random: Random) -> None:
    """Who is pregnant on the first day, and when the children will come."""
    people = world.people
    people["due"] = -100
    for month in range(MONTHS_KNOWN):
        mother = conceive(world, month, world.clock.start, births_per_month(world), random)
        people["due"][mother] = month
        people["pregnant"][mother] = 1


def births_per_month(world: World) -> float:
    return world.calibration.fact("births_per_1000") / 12_000 * float(world.people["alive"].sum())


def expect(world: World, month: int, first: int, last: int, random: Random) -> None:
    """New pregnancies known this month."""
    mother = conceive(world, month + MONTHS_KNOWN, last, births_per_month(world), random)
    valid = random.integers(first, last + 1, len(mother))
    known = world.moments(valid, 20, random)
    fits = free(world, mother, valid, known)
    mother = mother[fits]
    world.people.change(mother, valid[fits], known[fits], CHANGED)
    world.people["pregnant"][mother] = 1
    world.people["due"][mother] = month + MONTHS_KNOWN


def bear(world: World, month: int, first: int, last: int, random: Random) -> None:
    """Births of a month: the mother is no longer pregnant, the family has one more member."""
    people, households = world.people, world.households
    mother = np.flatnonzero(people["alive"] & (people["due"] == month) & (people["pregnant"] == 1))
    valid = np.maximum(random.integers(first, last + 1, len(mother)), people["since"][mother])
    known = world.moments(valid, NEWS_DAYS, random)
    home = people["household"][mother]
    fits = free(world, mother, valid, known)
    fits &= (households["since_known"][home] < known) & (households["since"][home] <= valid)
    late = mother[~fits]
    people["due"][late] = month + 1
    mother, valid, known = mother[fits], valid[fits], known[fits]
    people.change(mother, valid, known, CHANGED)
    people["pregnant"][mother] = 0
    baby = _add_babies(world, mother, valid, known, random)
    tell(world, BORN_KIND, baby, valid, known, CONFIRMED)


def _add_babies(world: World, mother: Array, valid: Array, known: Array, random: Random) -> Array:
    people = world.people
    size = len(mother)
    relation = people["relation"][mother]
    sex = (random.random(size) < 0.488).astype(np.int8)
    values = blank(people) | of_newborn(world, mother, random)
    values |= {
        "family": people["family"][mother],
        "household": people["household"][mother],
        "birth_date": valid,
        "born": valid,
        "sex": sex,
        "relation": np.where(
            np.isin(relation, (HEAD, SPOUSE)), CHILD, np.where(np.isin(relation, (3, 4)), GRANDCHILD, OTHER)
        ),
        "due": -100,
    }
    baby = people.add(values, size, people["area"][mother], valid, known, EVENT, BORN)
    people["short"][baby], people["thin"][baby] = leanings(world, baby, random)
    return baby


def die(world: World, first: int, last: int, random: Random) -> None:
    """Deaths of a month. Each is a claim first; a second person confirms it some days later."""
    people = world.people
    living = np.flatnonzero(people["alive"] & (people["same_as"] < 0))
    hazard = mortality(world.calibration) / 12
    age = np.clip(world.ages(living, last), 0, OLDEST - 1)
    chance = hazard[people["sex"][living], age] * np.exp(
        -0.12 * world.households["standing"][people["household"][living]]
    )
    died = random.random(len(living)) < chance
    dead = living[died]
    valid = np.maximum(random.integers(first, last + 1, len(dead)), people["birth_date"][dead])
    claimed = world.moments(valid, NEWS_DAYS, random)
    confirmed = claimed + (random.random(len(dead)) * 12 * 86_400_000_000).astype(np.int64) + 3_600_000_000
    sure = free(world, dead, valid, confirmed)
    pending = (
        ~sure
        & (claimed >= 0)
        & world.heard(claimed)
        & ~world.heard(confirmed)
        & people.ready(dead, valid, claimed)
    )
    maternal = _maternal(
        world, dead, age[died], float(chance[_fertile(people["sex"][living], age)].sum()), random
    )
    told = tell(world, DIED_KIND, dead[sure], valid[sure], claimed[sure], CLAIM, maternal=maternal[sure])
    decide(world, told, confirmed[sure], CONFIRMED)
    tell(world, DIED_KIND, dead[pending], valid[pending], claimed[pending], CLAIM, maternal=maternal[pending])
    _false_alarms(world, living, first, last, random)
    dead, valid, confirmed = dead[sure], valid[sure], confirmed[sure]
    end_people(world, dead, valid, confirmed, DIED)
    _bereave(world, dead, valid, confirmed)
    _lost_child(world, dead, valid, confirmed)


def _fertile(sex: Array, age: Array) -> Array:
    return np.asarray((sex == 1) & (age >= FIRST_FERTILE) & (age <= LAST_FERTILE))


def _maternal(world: World, dead: Array, age: Array, expected: float, random: Random) -> Array:
    """Which deaths of women of child-bearing age are maternal: as many as the births imply."""
    wanted = births_per_month(world) * world.calibration.fact("maternal_deaths_per_100000_births") / 100_000
    sex = world.people["sex"][dead]
    maternal = _fertile(sex, age) & (random.random(len(dead)) < wanted / max(expected, 1e-9))
    return np.where(sex == 1, maternal, UNKNOWN)


def _false_alarms(world: World, living: Array, first: int, last: int, random: Random) -> None:
    """Now and then somebody is reported dead who is alive: the claim is refused."""
    people = world.people
    who = sample(living[world.ages(living, last) > 60], about(len(living) * 0.0000015, random), random)
    valid = random.integers(first, last + 1, len(who))
    claimed = world.moments(valid, 10, random)
    refused = claimed + 86_400_000_000
    fits = people.ready(who, valid, claimed) & world.heard(refused)
    decide(
        world, tell(world, DIED_KIND, who[fits], valid[fits], claimed[fits], CLAIM), refused[fits], REFUSED
    )


def _bereave(world: World, dead: Array, valid: Array, known: Array) -> None:
    """The spouse is widowed, and every family that lost its head has another: the spouse, or the oldest."""
    people = world.people
    spouse = people["spouse"][dead]
    left = spouse >= 0
    left[left] &= people["alive"][spouse[left]]
    when = {"valid": np.zeros(people.count, dtype=np.int64), "known": np.zeros(people.count, dtype=np.int64)}
    widowed = spouse[left]
    when["valid"][widowed], when["known"][widowed] = valid[left], known[left]
    headless = people["relation"][dead] == HEAD
    family_when = np.zeros((2, world.families.count), dtype=np.int64)
    family_when[:, people["family"][dead[headless]]] = valid[headless], known[headless]
    heir = _heirs(world, family_when[1] > 0)
    family = people["family"][heir]
    when["valid"][heir], when["known"][heir] = family_when[0][family], family_when[1][family]
    touched = np.union1d(widowed, heir)
    day, moment = people.later(touched, when["valid"][touched], when["known"][touched])
    heard = world.heard(moment)
    touched = touched[heard]
    people.change(touched, day[heard], moment[heard], CHANGED)
    people["marital_status"][np.intersect1d(touched, widowed)] = WIDOWED
    people["relation"][np.intersect1d(touched, heir)] = HEAD


def _heirs(world: World, headless: Array) -> Array:
    """For each marked family the spouse of the head, or else the oldest member; none when it is empty."""
    people = world.people
    member = np.flatnonzero(people["alive"] & headless[people["family"]] & (people["same_as"] < 0))
    order = np.lexsort(
        (people["birth_date"][member], people["relation"][member] != SPOUSE, people["family"][member])
    )
    member = member[order]
    _, first = np.unique(people["family"][member], return_index=True)
    return np.asarray(member[first])


def _lost_child(world: World, dead: Array, valid: Array, known: Array) -> None:
    """A household that lost a child under 18 says so for five years."""
    people, households = world.people, world.households
    child = people["birth_date"][dead] > valid - 18 * 365
    home, first = np.unique(people["household"][dead[child]], return_index=True)
    fits = households["alive"][home]
    home, first = home[fits], first[fits]
    day, moment = households.later(home, valid[child][first], known[child][first])
    heard = world.heard(moment)
    households.change(home[heard], day[heard], moment[heard], CHANGED)
    households["child_death_5y"][home[heard]] = 1
