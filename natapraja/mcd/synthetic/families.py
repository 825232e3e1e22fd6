"""Who lives with whom: couples, their children, the old and the single, in families (KK) and households.

People are drawn first, so that age, sex and marital status fit exactly; then each child looks for a mother
of a plausible age, each old parent for a child's family, some young families for their parents' household.
"""

from dataclasses import dataclass

import numpy as np

from .calibration import Calibration
from .draws import Array, Random, about, apportion, parent_of

OLDEST = 95
SINGLE, MARRIED, DIVORCED, WIDOWED = 1, 2, 3, 4
HEAD, SPOUSE, CHILD, IN_LAW, GRANDCHILD, PARENT, SERVANT, OTHER = range(1, 9)
FEWEST_DAYS_BETWEEN_BIRTHS = 290


@dataclass
class Families:
    """People (sex 0 man, 1 woman; age in years and in days) with family, relation and spouse (-1: none)."""

    sex: Array
    age: Array
    days: Array
    marital: Array
    family: Array
    relation: Array
    spouse: Array
    household_of_family: Array

    @property
    def household(self) -> Array:
        return np.asarray(self.household_of_family[self.family])


def pyramid(people: int, calibration: Calibration, years_before: int) -> tuple[Array, Array]:
    """(sex, age) of everybody, such that `years_before` years later the published age structure is met."""
    wanted = np.zeros((2, OLDEST))
    for sex, column in enumerate(("male", "female")):
        shares = calibration.ages[column]
        wanted[sex, :75] = np.repeat(shares[:15] / 5, 5)
        fading = np.exp(-0.16 * np.arange(OLDEST - 75))
        wanted[sex, 75:] = shares[15] * fading / fading.sum()
    ages = np.arange(OLDEST)
    hazard = mortality(calibration)
    before = np.zeros_like(wanted)
    last = OLDEST - years_before
    survived = (1 - hazard[:, : OLDEST - years_before]) ** years_before
    before[:, :last] = wanted[:, years_before:] / survived
    counts = apportion(before.ravel(), people)
    return np.repeat(np.repeat([0, 1], OLDEST), counts).astype(np.int8), np.repeat(
        np.tile(ages, 2), counts
    ).astype(np.int16)


def mortality(calibration: Calibration) -> Array:
    """Chance to die within a year by sex and age (2 x OLDEST): Gompertz, the first years from the record."""
    ages = np.arange(OLDEST)
    hazard = 0.00003 * np.exp(0.098 * ages) * np.array([[1.25], [0.85]]) + 0.0002
    infant = calibration.fact("under5_deaths_per_1000_births") / 1000
    hazard[:, 0] = infant * 0.8
    hazard[:, 1:5] = infant * 0.05
    weight = np.stack([np.repeat(calibration.ages[c] / 5, 5) for c in ("male", "female")])
    weight = np.pad(weight, ((0, 0), (0, OLDEST - weight.shape[1])))
    adult = ages >= 5
    wanted = calibration.fact("deaths_per_1000") - (weight * hazard)[:, ~adult].sum()
    hazard[:, adult] *= wanted / (weight * hazard)[:, adult].sum()
    return np.asarray(np.minimum(hazard, 0.5))


def compose(people: int, calibration: Calibration, random: Random) -> Families:
    """The whole population in families and households, not yet anywhere."""
    sex, age = pyramid(people, calibration, calibration.settings.months // 12)
    mixed = random.permutation(people)
    sex, age = sex[mixed], age[mixed]
    days = (age * 365.2425 + random.random(people) * 365.2425).astype(np.int32)
    marital = _marital(sex, age, calibration, random)
    husbands, wives = _couples(sex, age, marital, random)
    spouse = np.full(people, -1, dtype=np.int32)
    spouse[husbands], spouse[wives] = wives, husbands
    return _gather(sex, age, days, marital, spouse, husbands, wives, calibration, random)


def _marital(sex: Array, age: Array, calibration: Calibration, random: Random) -> Array:
    group = np.minimum(age // 5, 15)
    never = np.stack([calibration.ages["never_married_male"], calibration.ages["never_married_female"]])
    bereaved = np.stack([calibration.ages["bereaved_male"], calibration.ages["bereaved_female"]])
    lot = random.random(len(age))
    single = never[sex, group]
    left = single + bereaved[sex, group]
    young = np.clip((70 - age) / 40, 0.08, 0.95)  # the young are divorced, the old are widowed
    alone = np.where(random.random(len(age)) < young, DIVORCED, WIDOWED)
    marital = np.where(lot < single, SINGLE, np.where(lot < left, alone, MARRIED))
    marital[age < 19] = SINGLE
    return marital.astype(np.int8)


def _couples(sex: Array, age: Array, marital: Array, random: Random) -> tuple[Array, Array]:
    """Pairs husbands and wives by rank of age with some play; who is left over is bereaved instead."""
    men = np.flatnonzero((marital == MARRIED) & (sex == 0))
    women = np.flatnonzero((marital == MARRIED) & (sex == 1))
    pairs = min(len(men), len(women))
    for group in (men, women):
        if len(group) > pairs:
            extra = group[np.argsort(-age[group] + random.normal(0, 12, len(group)))[: len(group) - pairs]]
            marital[extra] = np.where(age[extra] < 45, DIVORCED, WIDOWED)
    men, women = men[marital[men] == MARRIED], women[marital[women] == MARRIED]
    men = men[np.argsort(age[men] + random.normal(0, 2.2, pairs), kind="stable")]
    women = women[np.argsort(age[women] + random.normal(0, 2.2, pairs), kind="stable")]
    return men, women


def _gather(
    sex: Array, age: Array, days: Array, marital: Array, spouse: Array, husbands: Array, wives: Array,
    calibration: Calibration, random: Random,
) -> Families:  # fmt: skip
    people = len(sex)
    wanted = about(people / (calibration.fact("persons_per_family") * 1.008), random)
    lodging = np.flatnonzero((age[wives] < 32) & (random.random(len(wives)) < 0.10))  # in the parents' KK
    own = np.setdiff1d(np.arange(len(husbands)), lodging)
    alone = _single_heads(wanted - len(own), age, marital, random)
    heads = np.concatenate((husbands[own], alone))
    family = np.full(people, -1, dtype=np.int32)
    relation = np.full(people, OTHER, dtype=np.int8)
    family[heads], relation[heads] = np.arange(len(heads)), HEAD
    family[wives[own]], relation[wives[own]] = np.arange(len(own)), SPOUSE
    # A slot is a possible parent: the mother of the family, or its head when there is none.
    slot = np.concatenate((wives[own], alone))
    slot_age = np.where(sex[slot] == 1, age[slot], age[slot] - 3)
    weight = np.where(marital[slot] == SINGLE, 0.0, np.where(sex[slot] == 1, 0.7, 0.35))
    weight[: len(own)] = 1.0
    weight *= random.gamma(6.0, 1 / 6, len(slot))
    grown = random.random(len(lodging)) < 0.5  # whose parents they lodge with: hers or his
    young = np.where(grown, wives[lodging], husbands[lodging])
    other = np.where(grown, husbands[lodging], wives[lodging])
    host = parent_of(age[young] + _childbearing(len(young), random), slot_age, weight, random, 38)
    family[young], relation[young] = host, CHILD
    family[other], relation[other] = host, IN_LAW
    _place_bereaved(family, relation, age, marital, slot_age, weight, random)
    parents = np.concatenate((slot, wives[lodging]))
    home = np.concatenate((np.arange(len(slot)), host))
    weights = np.concatenate((weight, random.gamma(6.0, 1 / 6, len(lodging))))
    _place_children(family, relation, days, age, parents, home, weights, len(slot), sex, random)
    household = _households(age[slot], weight, len(own), marital[slot], people, calibration, random)
    return Families(sex, age, days, marital, family, relation, spouse, household)


def _single_heads(count: int, age: Array, marital: Array, random: Random) -> Array:
    """Heads without a spouse: most of the bereaved first, then single adults, the older the likelier."""
    alone = np.flatnonzero((marital == DIVORCED) | (marital == WIDOWED) | ((marital == SINGLE) & (age >= 22)))
    score = np.where(marital[alone] == SINGLE, np.minimum(age[alone], 45) / 30.0, 2.0)
    score += random.gumbel(0, 0.8, len(alone))
    if count >= len(alone):
        return alone
    return alone[np.argsort(-score, kind="stable")[: max(count, 0)]]


def _childbearing(count: int, random: Random) -> Array:
    """Age of the mother at birth in whole years."""
    return np.clip(random.normal(26.8, 5.6, count), 17.5, 44).astype(np.int64)


def _place_bereaved(
    family: Array, relation: Array, age: Array, marital: Array, slot_age: Array, weight: Array, random: Random
) -> None:
    """Widowed and divorced people who head no family live with a child, the young ones with a parent."""
    left = np.flatnonzero((family < 0) & (marital != SINGLE))
    gap = _childbearing(len(left), random)
    old = age[left] >= 46
    host = parent_of(np.where(old, age[left] - gap, age[left] + gap), slot_age, weight, random)
    family[left], relation[left] = host, np.where(old, PARENT, CHILD)


def _place_children(
    family: Array, relation: Array, days: Array, age: Array, parents: Array, home: Array, weight: Array,
    slots: int, sex: Array, random: Random,
) -> None:  # fmt: skip
    """Every single person without a family finds a mother; children of one mother are not born too close."""
    child = np.flatnonzero(family < 0)
    parent_age = np.where(sex[parents] == 1, age[parents], age[parents] - 3)
    own = np.zeros(len(child), dtype=np.int64)
    again = np.arange(len(child))
    for _ in range(4):
        wanted = age[child[again]] + _childbearing(len(again), random)
        aged = wanted > 76  # no mother is left: they live with kin of any age
        wanted[aged] = random.integers(35, 70, int(aged.sum()))
        own[again] = parent_of(wanted, parent_age, weight, random)
        order = np.lexsort((days[child], own))
        close = (np.diff(own[order]) == 0) & (np.diff(days[child][order]) < FEWEST_DAYS_BETWEEN_BIRTHS)
        again = order[1:][close]
    young = (age[child] < 15) & (random.random(len(child)) < 0.02)  # raised by grandparents
    far = parent_of(age[child] + 26 + _childbearing(len(child), random), parent_age, weight, random, 44)
    own = np.where(young & (far < slots), far, own)
    family[child] = home[own]
    relation[child] = np.where(young | (own >= slots), GRANDCHILD, CHILD)
    kin = age[child] >= parent_age[own] - 15
    relation[child[kin]] = OTHER


def _households(
    head_age: Array, weight: Array, couples: int, marital: Array, people: int, calibration: Calibration,
    random: Random,
) -> Array:  # fmt: skip
    """Household of each family: some young families share one with their parents' family."""
    families = len(head_age)
    wanted = about(people / (calibration.fact("persons_per_household") * 1.006), random)
    pairs = families - wanted
    is_couple = np.arange(families) < couples
    fitting = np.where(is_couple & (head_age < 46), np.exp(-((head_age - 28.0) ** 2) / 200), 0.0)
    young = _lottery(fitting, pairs, random)
    older = head_age[young] + _childbearing(len(young), random)
    need = np.bincount(np.clip(older, 40, 90), minlength=OLDEST + 10).astype(float)
    have = np.bincount(np.clip(head_age, 0, OLDEST), minlength=OLDEST + 10)
    free = np.ones(families, dtype=bool)
    free[young] = False
    leaning = np.where(marital == WIDOWED, 2.5, 1.0) * (marital != SINGLE)
    chance = np.where(free & (head_age >= 40), need[head_age] / np.maximum(have[head_age], 1), 0.0) * leaning
    old = _lottery(chance, pairs, random)
    young, old = young[: len(old)], old[: len(young)]
    young = young[np.argsort(head_age[young] + random.normal(0, 2, len(young)), kind="stable")]
    old = old[np.argsort(head_age[old], kind="stable")]
    leader = np.arange(families)
    fits = head_age[old] - head_age[young] >= 17
    leader[young[fits]] = old[fits]
    return np.unique(leader, return_inverse=True)[1].astype(np.int32)


def _lottery(weight: Array, count: int, random: Random) -> Array:
    """`count` different indices, drawn one by one with these weights (Efraimidis and Spirakis 2006)."""
    with np.errstate(divide="ignore"):
        keys = np.log(random.random(len(weight))) / weight
    keys[weight <= 0] = -np.inf
    count = min(count, int((weight > 0).sum()))
    return np.argpartition(-keys, count)[:count] if count < len(keys) else np.arange(len(keys))


def household_kind(families: Families) -> Array:
    """Per household 0: has children under 15, 1: neither, 2: only people of 55 and over."""
    household = families.household
    count = int(household.max()) + 1
    size = np.bincount(household, minlength=count)
    children = np.bincount(household, families.age < 15, count)
    old = np.bincount(household, families.age >= 55, count)
    return np.where(children > 0, 0, np.where(old == size, 2, 1))


def seat(families: Families, neighbourhoods_people: Array, leaning: Array, random: Random) -> Array:
    """The RT of each household: every RT gets its people, the old rather where `leaning` is high.

    `neighbourhoods_people` and `leaning` have one entry per RT.
    """
    size = np.bincount(families.household)
    kind = household_kind(families)
    share = np.stack([np.exp(-0.5 * leaning), np.ones_like(leaning), np.exp(leaning)])
    per_kind = np.bincount(kind, size, 3)
    wanted = neighbourhoods_people * (size.sum() / neighbourhoods_people.sum())
    for _ in range(12):
        share *= wanted / share.sum(axis=0)
        share *= (per_kind / np.maximum(share.sum(axis=1), 1e-9))[:, None]
    rt = np.zeros(len(size), dtype=np.int32)
    for index in range(3):
        members = random.permutation(np.flatnonzero(kind == index))
        edges = np.cumsum(share[index])
        middle = np.cumsum(size[members]) - size[members] / 2
        rt[members] = np.minimum(np.searchsorted(edges, middle), len(edges) - 1)
    return rt
