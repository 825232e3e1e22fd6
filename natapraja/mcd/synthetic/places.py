"""Where people live: neighbourhoods (RT) in the real villages, as many as the population asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .calibration import Calibration
from .draws import Array, Random, apportion


@dataclass(frozen=True)
class Village:
    """A real village: code ("33.09.03.2004"), name, and a point inside it."""

    code: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class NamedNeighbourhood:
    """A real neighbourhood with its hamlet name."""

    code: str
    hamlet: str


@dataclass(frozen=True)
class Places:
    """The real places the invented people are put into."""

    villages: Sequence[Village]
    named: Sequence[NamedNeighbourhood] = ()


@dataclass(frozen=True)
class Neighbourhoods:
    """One entry per RT: code, hamlet, index of its village and of its district, people wanted there."""

    code: list[str]
    hamlet: list[str]
    village: Array
    district: Array
    people: Array
    village_code: Array
    village_district: Array

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class RtRow:
    """A row for `areas.actions.add_neighbourhoods`."""

    code: str
    name: str
    hamlet: str


def lay_out(people: int, places: Places, calibration: Calibration, random: Random) -> Neighbourhoods:
    """Divide `people` over districts, villages and RT, and give every RT its code."""
    codes = np.array([village.code for village in places.villages])
    known = calibration.districts["code"]
    district = np.searchsorted(known, np.array([code[:8] for code in codes]))
    demonstration = int(np.flatnonzero(codes == calibration.settings.demonstration.village)[0])
    in_village = _village_people(
        people, codes, district, demonstration, len(places.named), calibration, random
    )
    rt_count, rw_count = _units(people, in_village, district, demonstration, len(places.named), calibration)
    restarts = random.random(len(codes)) < 0.6
    rt_codes: list[str] = []
    hamlets: list[str] = []
    for index, code in enumerate(codes):
        if index == demonstration:
            rt_codes += [rt.code for rt in places.named]
            hamlets += [rt.hamlet for rt in places.named]
        else:
            rt_codes += _codes(str(code), int(rt_count[index]), int(rw_count[index]), bool(restarts[index]))
            hamlets += [""] * int(rt_count[index])
    village = np.repeat(np.arange(len(codes)), rt_count)
    size = random.lognormal(0, 0.2, len(village))
    size *= (in_village / np.bincount(village, size, len(codes)))[village]
    return Neighbourhoods(rt_codes, hamlets, village, district[village], size, codes, district)


def _village_people(
    people: int, codes: Array, district: Array, demonstration: int, named: int, calibration: Calibration,
    random: Random,
) -> Array:  # fmt: skip
    """People per village: district weights, known village figures, otherwise a lognormal lot."""
    weight = random.lognormal(0, 0.35, len(codes))
    given = np.array([calibration.villages.get(str(code), np.nan) for code in codes])
    weight = np.where(np.isnan(given), weight, given)
    wanted = calibration.districts["people"]
    wanted = wanted * (people / wanted.sum())
    size = weight * (wanted / np.bincount(district, weight, len(wanted)))[district]
    rule = calibration.settings.demonstration
    here = district[demonstration]
    floor = min(named * rule.persons_per_neighbourhood, rule.most_of_district * wanted[here])
    if size[demonstration] < floor:
        others = (district == here) & (np.arange(len(codes)) != demonstration)
        size[others] *= (wanted[here] - floor) / size[others].sum()
        size[demonstration] = floor
    return np.asarray(size)


def _units(
    people: int, in_village: Array, district: Array, demonstration: int, named: int, calibration: Calibration
) -> tuple[Array, Array]:
    """RT and RW per village. At full size the totals are exact; below it every village keeps at least one."""
    scale = min(1.0, people / calibration.fact("full_people"))
    free = np.arange(len(in_village)) != demonstration
    weight = np.where(free, in_village**0.6, 0.0)
    full_rt = np.zeros(len(in_village), dtype=np.int64)
    full_rw = np.zeros(len(in_village), dtype=np.int64)
    fixed = calibration.districts["neighbourhoods"]
    rest = free & np.isnan(fixed[district])
    full_rt[demonstration], full_rw[demonstration] = named, 2
    left_rt = int(calibration.fact("neighbourhoods")) - named
    left_rw = int(calibration.fact("communities")) - 2
    for index in np.flatnonzero(~np.isnan(fixed)):
        inside = free & (district == index)
        full_rt[inside] = apportion(weight[inside], int(fixed[index]))
        full_rw[inside] = apportion(weight[inside], int(calibration.districts["communities"][index]))
        left_rt -= int(fixed[index])
        left_rw -= int(calibration.districts["communities"][index])
    wanted = calibration.districts["people"]
    per_district = apportion(np.where(np.isnan(fixed), wanted, 0.0), left_rt + named)
    per_district[district[demonstration]] -= named
    for index in np.flatnonzero(np.isnan(fixed)):
        inside = rest & (district == index)
        full_rt[inside] = apportion(weight[inside], int(per_district[index]))
    full_rw[rest] = apportion(full_rt[rest], left_rw)
    if scale == 1.0:
        return full_rt, np.clip(full_rw, 1, full_rt)
    rt = np.maximum(1, np.floor(full_rt * scale).astype(np.int64))
    missing = round(int(calibration.fact("neighbourhoods")) * scale) - int(rt[free].sum()) - named
    if missing > 0:
        rt[np.argsort(-(full_rt * scale - rt) * free, kind="stable")[:missing]] += 1
    rt[demonstration] = named
    rw = np.clip(np.round(rt * full_rw / full_rt).astype(np.int64), 1, rt)
    return rt, rw


def _codes(village: str, rt_count: int, rw_count: int, restarts: bool) -> list[str]:
    """RT codes of a village: RT share RW evenly; numbers restart in each RW or run through the village."""
    block = np.array_split(np.arange(rt_count), rw_count)
    return [
        f"{village}.{rw + 1:03}.{(place if restarts else rt) + 1:03}"
        for rw, members in enumerate(block)
        for place, rt in enumerate(members)
    ]


def rt_rows(neighbourhoods: Neighbourhoods) -> list[RtRow]:
    """Every RT as the areas room wants it: code, name, hamlet."""
    return [
        RtRow(code=code, name=f"RT {code[18:21]}", hamlet=hamlet)
        for code, hamlet in zip(neighbourhoods.code, neighbourhoods.hamlet, strict=True)
    ]
