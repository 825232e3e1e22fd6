"""Coming and going: households that leave, arrive or move, young people who leave, weddings, new homes."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, Values, about, choose, rank_in_group, sample
from .events import CONFIRMED, IN_KIND, OUT_KIND, tell
from .families import CHILD, HEAD, MARRIED, SINGLE, SPOUSE
from .founding import blank
from .homes import like_another
from .persons import NEIGHBOURS
from .presence import end_people, free, members_of, move_people, note_leaving
from .versions import CHANGED, EVENT, MOVED_IN, MOVED_OUT
from .welfare import like_others
from .world import World

NEWS_DAYS = 30


def take_houses(world: World, rt: Array, valid: Array, known: Array, random: Random) -> Array:
    """A house in each of these RT, free from that day: an empty one if there is one, else a new one."""
    houses = world.houses
    empty = np.flatnonzero(houses["alive"] & (houses["occupied"] == 0))
    empty = empty[houses["known_from"][empty] < (known.min() if len(known) else 0)]
    empty = empty[houses["valid_from"][empty] <= (valid.min() if len(valid) else 0)]
    house = np.full(len(rt), UNKNOWN, dtype=np.int64)
    # The n-th who wants to live in an RT takes its n-th empty house.
    have = houses["area"][empty].astype(np.int64) * 1_000_000 + rank_in_group(houses["area"][empty])
    want = rt.astype(np.int64) * 1_000_000 + rank_in_group(rt)
    order = np.argsort(have)
    spot = np.searchsorted(have[order], want)
    found = spot < len(have)
    found[found] &= have[order][spot[found]] == want[found]
    house[found] = empty[order][spot[found]]
    houses.change(house[found], valid[found], known[found], CHANGED)
    houses["occupied"][house[found]] = 1
    new = ~found
    values = blank(houses) | like_another(world, int(new.sum()), random) | {"occupied": 1}
    house[new] = houses.add(values, int(new.sum()), rt[new], valid[new], known[new], EVENT, CHANGED)
    return house


def pick_households(world: World, count: int, random: Random, largest: int = 99) -> Array:
    """Households of one family that can be moved: present, and holding no double entry."""
    households = world.households
    families = np.bincount(world.families["household"][world.families["alive"]], minlength=households.count)
    people = world.people
    size = np.bincount(people["household"][people["alive"]], minlength=households.count)
    fits = households["alive"] & ~households["pinned"] & (families == 1) & (size > 0) & (size <= largest)
    chance = np.where(size <= 4, 1.0, 0.4)
    return sample(np.flatnonzero(fits & (random.random(households.count) < chance)), count, random)


def all_free(world: World, chosen: Array, valid: Array, known: Array) -> tuple[Array, Array, Array]:
    """(households, their people, their families) of those chosen where everybody can go at that moment.

    `valid` and `known` have one entry per household of the register.
    """
    households, families, people = world.households, world.families, world.people
    marked = np.zeros(households.count, dtype=bool)
    marked[chosen] = households.ready(chosen, valid[chosen], known[chosen])
    member = members_of(world, marked)
    home = people["household"][member]
    stuck = ~free(world, member, valid[home], known[home])
    marked[home[stuck]] = False
    family = np.flatnonzero(families["alive"] & marked[families["household"]])
    of = families["household"][family]
    marked[of[~families.ready(family, valid[of], known[of])]] = False
    member = member[marked[people["household"][member]]]
    return np.flatnonzero(marked), member, family[marked[families["household"][family]]]


def _when(world: World, chosen: Array, first: int, last: int, random: Random) -> tuple[Array, Array]:
    """Day and moment of each chosen household, laid out over the whole register."""
    valid = np.zeros(world.households.count, dtype=np.int64)
    known = np.zeros(world.households.count, dtype=np.int64)
    valid[chosen] = random.integers(first, last + 1, len(chosen))
    known[chosen] = world.moments(valid[chosen], NEWS_DAYS, random)
    return valid, known


def leave(world: World, first: int, last: int, random: Random) -> None:
    """Households and single young people who leave the regency in a month."""
    people = world.people
    going = world.calibration.fact("departures_per_1000") / 12_000 * float(people["alive"].sum())
    chosen = pick_households(world, about(0.45 * going / 2.6, random), random)
    valid, known = _when(world, chosen, first, last, random)
    _, member, _ = all_free(world, chosen, valid, known)
    home = people["household"][member]
    _depart(world, member, valid[home], known[home])
    single = np.flatnonzero(
        people["alive"] & (people["marital_status"] == SINGLE) & (people["relation"] == CHILD)
        & (people["same_as"] < 0) & (people["school_participation"] != 2)
    )  # fmt: skip
    age = world.ages(single, last)
    chosen = sample(single[(age >= 18) & (age < 33)], about(0.55 * going, random), random)
    day = random.integers(first, last + 1, len(chosen))
    moment = world.moments(day, NEWS_DAYS, random)
    fits = free(world, chosen, day, moment)
    _depart(world, chosen[fits], day[fits], moment[fits])


def _depart(world: World, who: Array, valid: Array, known: Array) -> None:
    tell(world, OUT_KIND, who, valid, known, CONFIRMED)
    end_people(world, who, valid, known, MOVED_OUT)


def arrive(world: World, first: int, last: int, random: Random) -> None:
    """Households from elsewhere; in make-up and age they are like households that live here."""
    people, households = world.people, world.households
    coming = world.calibration.fact("arrivals_per_1000") / 12_000 * float(people["alive"].sum())
    model = pick_households(world, about(coming / 2.6, random), random, largest=5)
    valid = random.integers(first, last + 1, len(model))
    known = world.moments(valid, NEWS_DAYS, random)
    heard = world.heard(known)
    model, valid, known = model[heard], valid[heard], known[heard]
    rt = _somewhere(world, len(model), random)
    house = take_houses(world, rt, valid, known, random)
    size = len(model)
    home = households.add(
        blank(households) | like_others(world, size, random) | {"house": house},
        size, rt, valid, known, EVENT, MOVED_IN,
    )  # fmt: skip
    family = _new_families(world, rt, house, home, valid, known, MOVED_IN)
    position = np.full(households.count, UNKNOWN)
    position[model] = np.arange(size)
    marked = np.zeros(households.count, dtype=bool)
    marked[model] = True
    template = members_of(world, marked)
    of = position[people["household"][template]]
    _add_arrivals(world, template, rt[of], family[of], home[of], valid[of], known[of], random)


def _add_arrivals(
    world: World,
    template: Array,
    rt: Array,
    family: Array,
    home: Array,
    valid: Array,
    known: Array,
    random: Random,
) -> None:
    people = world.people
    size = len(template)
    values: Values = {name: people[name][template] for name in (*people.columns, *people.notes)}
    place = np.full(people.count, UNKNOWN)
    place[template] = np.arange(size)
    partner = values["spouse"]
    with_me = (partner >= 0) & (place[partner] >= 0)
    birth = np.minimum(values["birth_date"] + random.integers(-200, 200), valid - 40)
    values |= {
        "family": family, "household": home, "birth_date": birth, "born": birth, "child": UNKNOWN,
        "due": -100,
        "pregnant": np.where(values["pregnant"] == 1, 0, values["pregnant"]), "nik": 1,
        "origin": choose(np.array(NEIGHBOURS), np.ones(len(NEIGHBOURS)), size, random) * 100
        + random.integers(1, 12, size),
        "spouse": np.where(with_me, people.count + place[partner], UNKNOWN), "lives_here": 1,
    }  # fmt: skip
    new = people.add(values, size, rt, valid, known, EVENT, MOVED_IN)
    tell(world, IN_KIND, new, valid, known, CONFIRMED)


def _somewhere(world: World, count: int, random: Random) -> Array:
    """RT drawn by their people, a little more often in town."""
    place = world.neighbourhoods
    pull = place.people * (0.6 + 0.8 * world.district_trait("urban", np.arange(len(place))))
    return choose(np.arange(len(place), dtype=np.int32), pull, count, random)


def _new_families(
    world: World, rt: Array, house: Array, household: Array, valid: Array, known: Array, event: int
) -> Array:
    values = blank(world.families) | {
        "house": house, "household": household, "issued": valid, "registered_here": 1,
    }  # fmt: skip
    return world.families.add(values, len(rt), rt, valid, known, EVENT, event)


def relocate(world: World, first: int, last: int, random: Random) -> None:
    """Whole households that move within the regency, half of them within their village."""
    people, households, families, houses = world.people, world.households, world.families, world.houses
    moving = world.calibration.fact("moves_within_per_1000") / 12_000 * float(people["alive"].sum())
    chosen = pick_households(world, about(moving / 2.8, random), random)
    valid, known = _when(world, chosen, first, last, random)
    home, member, family = all_free(world, chosen, valid, known)
    if not len(home):
        return
    target = np.zeros(households.count, dtype=np.int32)
    target[home] = np.where(
        random.random(len(home)) < 0.5,
        _nearby(world, households["area"][home], random),
        _somewhere(world, len(home), random),
    )
    house = np.full(households.count, UNKNOWN, dtype=np.int64)
    note_leaving(houses, households["house"][home], valid[home], known[home])
    house[home] = take_houses(world, target[home], valid[home], known[home], random)
    households.move(home, valid[home], known[home], target[home])
    households["house"][home] = house[home]
    of = families["household"][family]
    families.move(family, valid[of], known[of], target[of])
    families["house"][family] = house[of]
    at = people["household"][member]
    tell(world, OUT_KIND, member, valid[at], known[at], CONFIRMED)
    move_people(world, member, valid[at], known[at], target[at])
    tell(world, IN_KIND, member, valid[at], known[at], CONFIRMED)


def _nearby(world: World, rt: Array, random: Random) -> Array:
    """An RT of the same village."""
    village = world.neighbourhoods.village
    first = np.searchsorted(village, village[rt])
    number = np.bincount(village)[village[rt]]
    return (first + (random.random(len(rt)) * number).astype(np.int64)).astype(np.int32)


def set_up_house(world: World, first: int, last: int, random: Random) -> None:
    """Families that shared a household with their parents and now have their own, in the same RT."""
    people, households, families = world.people, world.households, world.families
    present = np.flatnonzero(families["alive"] & ~households["pinned"][families["household"]])
    shared = present[
        np.bincount(families["household"][present], minlength=households.count)[
            families["household"][present]
        ]
        > 1
    ]
    members = np.bincount(people["family"][people["alive"]], minlength=families.count)
    # The last family of the household is the youngest; only one of a household goes at a time.
    _, newest = np.unique(families["household"][shared][::-1], return_index=True)
    family = shared[::-1][newest]
    family = family[members[family] > 0]
    rate = world.calibration.fact("splits_per_1000_households") / 12_000 * float(households["alive"].sum())
    family = sample(family, about(rate, random), random)
    if not len(family):
        return
    valid = random.integers(first, last + 1, len(family))
    known = world.moments(valid, NEWS_DAYS, random)
    spot = np.full(families.count, UNKNOWN)
    spot[family] = np.arange(len(family))
    member = np.flatnonzero(people["alive"] & (spot[people["family"]] >= 0))
    of = spot[people["family"][member]]
    fits = families.ready(family, valid, known) & (
        households["since_known"][families["household"][family]] < known
    )
    fits[of[~free(world, member, valid[of], known[of])]] = False
    member, of = member[fits[of]], of[fits[of]]
    rt = families["area"][family[fits]]
    house = np.full(len(family), UNKNOWN, dtype=np.int64)
    home = np.full(len(family), UNKNOWN, dtype=np.int64)
    house[fits] = take_houses(world, rt, valid[fits], known[fits], random)
    size = int(fits.sum())
    values = blank(households) | like_others(world, size, random) | {"house": house[fits]}
    home[fits] = households.add(values, size, rt, valid[fits], known[fits], EVENT, CHANGED)
    note_leaving(households, families["household"][family[fits]], valid[fits], known[fits])
    families.change(family[fits], valid[fits], known[fits], CHANGED)
    families["house"][family[fits]], families["household"][family[fits]] = house[fits], home[fits]
    people.change(member, valid[of], known[of], CHANGED)
    people["household"][member] = home[of]


def marry(world: World, first: int, last: int, random: Random) -> None:
    """Weddings: a new family card in the household of his parents; she comes to live there."""
    people, households = world.people, world.households
    single = np.flatnonzero(
        people["alive"] & (people["marital_status"] == SINGLE) & (people["relation"] == CHILD)
        & (people["same_as"] < 0) & (people["school_participation"] != 2)
    )  # fmt: skip
    age = world.ages(single, last)
    man = people["sex"][single] == 0
    wanted = about(
        world.calibration.fact("marriages_per_1000") / 12_000 * float(people["alive"].sum()), random
    )
    groom = sample(single[man & (age >= 21) & (age <= 36)], wanted, random)
    bride = sample(single[~man & (age >= 19) & (age <= 33)], wanted, random)
    pairs = min(len(groom), len(bride))
    if not pairs:
        return
    groom, bride = random.permutation(groom)[:pairs], random.permutation(bride)[:pairs]
    groom = groom[np.argsort(people["birth_date"][groom])]
    bride = bride[np.argsort(people["birth_date"][bride] + random.normal(0, 700, pairs))]
    valid = random.integers(first, last + 1, pairs)
    known = world.moments(valid, NEWS_DAYS, random)
    home = people["household"][groom]
    fits = free(world, groom, valid, known) & free(world, bride, valid, known)
    fits &= (people["household"][bride] != home) & ~households["pinned"][home]
    fits &= (households["since"][home] <= valid) & (households["since_known"][home] < known)
    groom, bride, valid, known, home = (part[fits] for part in (groom, bride, valid, known, home))
    rt = people["area"][groom]
    family = _new_families(world, rt, households["house"][home], home, valid, known, CHANGED)
    note_leaving(world.families, people["family"][groom], valid, known)
    people.change(groom, valid, known, CHANGED)
    tell(world, OUT_KIND, bride, valid, known, CONFIRMED)
    move_people(world, bride, valid, known, rt)
    people["family"][groom] = people["family"][bride] = family
    people["household"][bride] = home
    people["relation"][groom], people["relation"][bride] = HEAD, SPOUSE
    people["spouse"][groom], people["spouse"][bride] = bride, groom
    people["marital_status"][groom] = people["marital_status"][bride] = MARRIED
    tell(world, IN_KIND, bride, valid, known, CONFIRMED)
