"""Two years, month by month: what happens, and in which order it is told."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, about, sample
from .errors import correct_records, find_doubles, find_strangers, misread, reread, whitewash
from .growth import fifth_birthday, grown_out, measure, rounds
from .homes import break_down, house_changes, mend
from .moves import arrive, leave, marry, relocate, set_up_house
from .persons import STATE_PAID, paper_changes
from .presence import close_empty
from .schooling import LEFT, new_school_year
from .versions import CHANGED, DAY, SECOND, Store
from .vital import bear, die, expect
from .welfare import other_failures, set_welfare, welfare_changes
from .work import job_changes, leave_school_for_work, stop_work, take_jobs
from .world import World, day_number, day_of

NEWS_DAYS = 25
SCHOOL_STARTS = (7, 15)  # 15 July


def live(world: World) -> None:
    """Tell all months of the story."""
    for month in range(world.calibration.settings.months):
        _month(world, month)


def _month(world: World, month: int) -> None:
    first, last = world.clock.month(month)

    def lot(subject: str) -> Random:
        return world.dice.stream(f"{subject} {month}")

    bear(world, month, first, last, lot("births"))
    die(world, first, last, lot("deaths"))
    expect(world, month, first, last, lot("pregnancies"))
    leave(world, first, last, lot("departures"))
    close_empty(world)
    relocate(world, first, last, lot("moves"))
    arrive(world, first, last, lot("arrivals"))
    marry(world, first, last, lot("weddings"))
    set_up_house(world, first, last, lot("setting up house"))
    close_empty(world)
    _weigh(world, month, first, last, lot("growth"))
    _school(world, first, last, lot("school"))
    _work(world, first, last, lot("work"))
    _households(world, month, first, last, lot("welfare"))
    _houses(world, month, first, last, lot("houses"))
    _papers(world, first, last, lot("papers"))
    find_doubles(world, month, first, last, lot("doubles"))
    find_strangers(world, first, last, lot("strangers"))
    correct_records(world, first, last, lot("corrections"))
    if month == world.calibration.settings.fault.month - 1:
        whitewash(world, last, lot("fault"))
    _neighbourhoods(world, first, last, lot("neighbourhoods"))


def _some_day(
    world: World, store: Store, chosen: Array, first: int, last: int, random: Random
) -> tuple[Array, Array, Array]:
    """Those of the chosen that can change this month, with day and moment."""
    valid = random.integers(first, last + 1, len(chosen))
    known = world.moments(valid, NEWS_DAYS, random)
    fits = store.ready(chosen, valid, known) & world.heard(known)
    return chosen[fits], valid[fits], known[fits]


def _change(world: World, store: Store, chosen: Array, first: int, last: int, random: Random) -> Array:
    """Open a new version of those that can change this month; gives those."""
    chosen, valid, known = _some_day(world, store, chosen, first, last, random)
    store.change(chosen, valid, known, CHANGED)
    return chosen


def _weigh(world: World, month: int, first: int, last: int, random: Random) -> None:
    child, day = rounds(world, month, first, last, random)
    if len(child):
        known = world.moments(day, 12, random)
        heard = world.heard(known)
        written = measure(world, child[heard], day[heard], known[heard], random)
        reread(world, misread(world, written, random), random)
    _end_childhood(world, last)


def _end_childhood(world: World, last: int) -> None:
    """A record of growth ends on the fifth birthday; that is known at the end of the month."""
    people, growth = world.people, world.growth
    child = grown_out(world, last)
    index = people["child"][child]
    day = np.maximum(fifth_birthday(people["birth_date"][child]), growth["valid_from"][index])
    known = np.maximum(last * DAY + 9 * 3600 * SECOND, growth["known_from"][index] + SECOND)
    heard = world.heard(known)
    growth.end(index[heard], day[heard], known[heard], CHANGED)
    people["child"][child[heard]] = UNKNOWN


def _school(world: World, first: int, last: int, random: Random) -> None:
    """The school year begins: entries, steps to the next level, and leaving."""
    start = day_number(day_of(last).replace(month=SCHOOL_STARTS[0], day=SCHOOL_STARTS[1]))
    if not first <= start <= last:
        return
    people = world.people
    who, values = new_school_year(world, start, random)
    valid = np.full(len(who), start)
    # The school tells everybody; where the person changed since, the news counts from then.
    valid, known = people.later(who, valid, world.moments(valid, 45, random))
    heard = world.heard(known)
    who, valid, known = who[heard], valid[heard], known[heard]
    people.change(who, valid, known, CHANGED)
    for name, value in values.items():
        people[name][who] = value[heard]
    leavers = who[(people["school_participation"][who] == LEFT)]
    leave_school_for_work(world, leavers, last, random)


def _work(world: World, first: int, last: int, random: Random) -> None:
    people = world.people
    lost, found, changed = job_changes(world, last, random)
    lost = _change(world, people, lost, first, last, random)
    stop_work(people, lost, 1)
    found = _change(world, people, np.union1d(found, changed), first, last, random)
    take_jobs(world, found, world.ages(found, last), random)


def _households(world: World, month: int, first: int, last: int, random: Random) -> None:
    households = world.households
    other = other_failures(world, last)
    rising, falling = welfare_changes(world, other, random)
    for chosen, poor in ((rising, False), (falling, True)):
        who = _change(world, households, chosen, first, last, random)
        set_welfare(world, who, poor, other, random)
    untouched = np.flatnonzero(households["alive"] & households["poor"] & (households["aid_ever"] == 0))
    lucky = sample(untouched, about(0.012 * len(untouched), random), random)
    helped = _change(world, households, lucky, first, last, random)
    households["aid_ever"][helped] = households["aid_food"][helped] = 1
    worse = np.flatnonzero(
        households["alive"] & (households["toilet_type"] > 1) & (households["toilet_use"] == 1)
    )
    better = sample(worse, about(0.006 * len(worse), random), random)
    better = _change(world, households, better, first, last, random)
    households["toilet_type"][better] = households["sewage"][better] = 1
    households["septic_emptied"][better] = 0
    ranked = np.flatnonzero(households["alive"] & (households["decile"] == UNKNOWN))
    if month % 3 == 2:
        ranked = _change(world, households, ranked, first, last, random)
        households["decile"][ranked] = np.where(
            households["poor"][ranked], 2, random.integers(3, 11, len(ranked))
        )
        households["decile_period"][ranked] = _period(world, last)


def _period(world: World, day: int) -> int:
    """The quarter of a decile list, as the place in `world.periods`."""
    when = day_of(day)
    name = f"{when.year}-Q{(when.month - 1) // 3 + 1}"
    if name not in world.periods:
        world.periods.append(name)
    return world.periods.index(name)


def _houses(world: World, month: int, first: int, last: int, random: Random) -> None:
    houses = world.houses
    aided, own, broken, faulty = house_changes(world, random)
    year = day_of(last).year
    for chosen, when in ((aided, year), (own, None)):
        mend(houses, _change(world, houses, chosen, first, last, random), when)
    break_down(houses, _change(world, houses, broken, first, last, random), random)
    faulty = _change(world, houses, faulty, first, last, random)
    houses["roof_damaged"][faulty] = 1


def _papers(world: World, first: int, last: int, random: Random) -> None:
    people = world.people
    for name, chosen in paper_changes(world, first, last, random).items():
        who = _change(world, people, chosen, first, last, random)
        if name == "birth_certificate":
            people["birth_certificate"][who] = people["nik"][who] = 1
        elif name == "identity_card":
            people["identity_card"][who], people["child_card"][who] = 1, UNKNOWN
        else:
            people["health_insurance"][who] = STATE_PAID


def _neighbourhoods(world: World, first: int, last: int, random: Random) -> None:
    """A few RT a month tell of something new: a waste bank, a lamp, a mended road."""
    store = world.stores["neighbourhoods"]
    who = sample(np.arange(store.count), about(0.02 * store.count, random), random)
    who = _change(world, store, who, first, last, random)
    gain = random.integers(0, 5, len(who))
    for index, name in enumerate(("waste_bank", "street_lit", "data_board", "open_defecation_free")):
        store[name][who[gain == index]] = 1
    mended = who[gain == 4]
    store["road_good_m"][mended] = np.minimum(
        np.round(store["road_good_m"][mended] * 1.15 + 20, -1), store["road_m"][mended]
    )
    store["problem_cases"][who] = random.poisson(1.2, len(who))
    store["problem_cases_helped"][who] = random.binomial(store["problem_cases"][who], 0.72)
