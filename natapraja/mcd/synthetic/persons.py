"""Particulars of a person: religion, papers, health insurance, illness and disability."""

import numpy as np

from .columns import UNKNOWN
from .draws import Array, Random, Values, about, choose, sample, top, top_weighted
from .work import EMPLOYEE, OFFICIAL
from .world import World

ISLAM, PROTESTANT, CATHOLIC, HINDU, BUDDHIST, CONFUCIAN, BELIEF = range(1, 8)
UNINSURED, STATE_PAID, WAGE_EARNER, SELF_PAID, LOCAL_PAID = range(5)
ADULT = 17
HOME = 3309
NEIGHBOURS = (3310, 3308, 3322, 3314, 3315, 3372, 3373)  # regions where arrivals were first registered


def found_persons(world: World, random: Random) -> None:
    """Everything about a person that is neither family, school, work nor growth, on the first day."""
    people = world.people
    age = world.ages(np.arange(people.count), world.clock.start)
    found_religion(world, random)
    found_papers(world, age, random)
    found_health(world, age, random)
    away = (age >= 18) & (age <= 45) & (people["relation"] == 3) & (people["marital_status"] == 1)
    people["lives_here"] = random.random(people.count) >= np.where(away, 0.05, 0.004)
    district = world.neighbourhoods.district[people["area"]] + 1
    elsewhere = random.random(people.count) < 0.10
    people["origin"] = HOME * 100 + np.where(elsewhere, random.integers(1, 20, people.count), district)
    people["phone"] = (age >= ADULT) & (random.random(people.count) < 0.45)


def found_religion(world: World, random: Random) -> None:
    """One religion per family; the small ones live close to each other."""
    share = world.calibration.share
    members = np.bincount(world.people["family"], minlength=world.families.count)
    cluster = random.gumbel(0, 1.1, len(world.neighbourhoods))[world.families["area"]]
    religion = np.full(world.families.count, ISLAM)
    rest = np.ones(world.families.count, dtype=bool)
    catholic = 1 - sum(share(name) for name in ("islam", "protestant", "hindu", "buddha", "belief"))
    for code, part in (
        (PROTESTANT, share("protestant")), (CATHOLIC, catholic), (BUDDHIST, share("buddha")),
        (HINDU, share("hindu")), (BELIEF, share("belief")),
    ):  # fmt: skip
        score = np.where(
            rest, random.permutation(cluster) * 0.2 + cluster + random.gumbel(0, 0.8, len(rest)), -99.0
        )
        chosen = top_weighted(score, members, part)
        religion[chosen & rest] = code
        rest &= ~chosen
    world.people["religion"] = religion[world.people["family"]]


def found_papers(world: World, age: Array, random: Random) -> None:
    """Birth certificate, identity card, child card; the missing ones gather in poor and remote places."""
    people = world.people
    rt, standing = people["area"], world.households["standing"][people["household"]]
    lean = 0.5 * standing + 0.7 * world.trait("documents", rt) + random.logistic(0, 0.7, people.count)
    share = world.calibration.share
    child, minor = age < 18, age < ADULT
    people["birth_certificate"] = lean > np.quantile(lean, np.clip((age - 17) / 60, 0.05, 0.62))
    infant = np.flatnonzero(child)
    score = lean[infant] + 0.12 * np.minimum(age[infant], 8)
    people["birth_certificate"][infant] = top(score, share("birth_certificate"))
    people["identity_card"] = np.where(minor, UNKNOWN, 0)
    adult = np.flatnonzero(~minor)
    fresh = np.where(age[adult] == ADULT, -1.2, 0.0)
    people["identity_card"][adult] = top(lean[adult] + fresh, share("identity_card"))
    people["child_card"] = np.where(minor, 0, UNKNOWN)
    young = np.flatnonzero(minor)
    people["child_card"][young] = top(lean[young] + 0.08 * age[young], share("child_card"))
    no_nik = (age < 1) & (people["birth_certificate"] == 0) | (random.random(people.count) < 0.0004)
    people["nik"] = ~no_nik


def found_insurance(world: World, random: Random) -> None:
    """Health insurance by household; those without gather where a village lags behind."""
    people, households = world.people, world.households
    worker = people["household"][
        (people["working"] == 1) & np.isin(people["job_status"], (EMPLOYEE, OFFICIAL))
    ]
    formal = np.bincount(worker, minlength=households.count) > 0
    lot = random.random(households.count)
    low = households["decile"] <= 5
    segment = np.where(
        formal & (lot < 0.72),
        WAGE_EARNER,
        np.where(
            low, np.where(lot < 0.80, STATE_PAID, LOCAL_PAID), np.where(lot < 0.38, SELF_PAID, STATE_PAID)
        ),
    )
    segment = np.where(~low & (lot > 0.80), LOCAL_PAID, segment)
    size = np.bincount(people["household"], minlength=households.count)
    gap = (
        np.where(low, 0.0, 0.35)
        + 0.7 * world.trait("insurance", households["area"])
        + random.gumbel(0, 0.8, len(lot))
    )
    without = 1 - world.calibration.share("insured")
    bare = top_weighted(gap, size, 0.8 * without)
    insured = np.where(bare, UNINSURED, segment)[people["household"]]
    lapsed = random.random(people.count) < 0.2 * without
    people["health_insurance"] = np.where(lapsed, UNINSURED, insured)


def found_health(world: World, age: Array, random: Random) -> None:
    """The heaviest chronic illness and the heaviest difficulty of each person."""
    people, count = world.people, world.people.count
    hypertension = world.calibration.share("hypertension")
    rising = np.clip((age - 15) / 35.0, 0, 2.0)
    codes = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 18])
    ill = np.array([0, 1.0, 0.32, 0.05, 0.05, 0.16, 0.012, 0.05, 0.012, 0.008, 0.14, 0.06])
    lot = random.random(count)
    chance = rising * hypertension * 1.45 * ill.sum()
    kind = choose(codes[1:], ill[1:], count, random)
    asthma = (age < 30) & (random.random(count) < 0.011)
    people["chronic_illness"] = np.where(lot < np.clip(chance, 0, 0.9), kind, np.where(asthma, 4, 1))
    weight = np.exp(0.045 * np.maximum(age - 30, 0)) * 0.9
    score = (
        np.log(weight) + random.gumbel(0, 1, count) - 0.15 * world.households["standing"][people["household"]]
    )
    disabled = top(score, world.calibration.share("disability"))
    slight = top(np.where(disabled, -99.0, score), 0.05)
    grade = choose(np.array([1, 2]), np.array([0.25, 0.75]), count, random)
    people["disability"] = np.where(disabled, grade, np.where(slight, 3, 4))


def paper_changes(world: World, first: int, last: int, random: Random) -> dict[str, Array]:
    """Who gets a birth certificate, an identity card, a health insurance this month, by field."""
    people = world.people
    here = people["alive"] & (people["same_as"] < 0)
    child = here & (people["birth_date"] > last - 18 * 365) & (people["birth_date"] < first - 30)
    missing = np.flatnonzero(child & (people["birth_certificate"] == 0))
    turned = np.flatnonzero(
        here & (people["identity_card"] == UNKNOWN) & (last - people["birth_date"] >= ADULT * 365.2425)
    )
    bare = np.flatnonzero(here & (people["health_insurance"] == UNINSURED))
    return {
        "birth_certificate": sample(missing, about(0.012 * len(missing), random), random),
        "identity_card": turned[random.random(len(turned)) < 0.93],
        "health_insurance": sample(bare, about(0.004 * len(bare), random), random),
    }


def of_newborn(world: World, mothers: Array, random: Random) -> Values:
    """Particulars of a baby, taken over from its mother or not yet known."""
    people = world.people
    size = len(mothers)
    papers = random.random(size) < 0.91
    return {
        "religion": people["religion"][mothers],
        "marital_status": 1,
        "school_participation": 1,
        "birth_certificate": papers,
        "nik": papers,
        "child_card": papers & (random.random(size) < 0.65),
        "health_insurance": people["health_insurance"][mothers],
        "chronic_illness": 1,
        "disability": np.where(random.random(size) < 0.006, 2, 4),
        "lives_here": 1,
        "phone": 0,
        "origin": HOME * 100 + world.neighbourhoods.district[people["area"][mothers]] + 1,
    }
