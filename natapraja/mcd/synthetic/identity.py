"""Names, numbers and addresses: invented, and always to be seen as invented.

Every name ends with a marker; every NIK and KK number has a serial from 9001 on (PPKKCC DDMMYY 9NNN).
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .calibration import Generation, Names
from .draws import Array, Random, choose, rank_in_group
from .persons import HOME
from .world import World

FIRST_SERIAL = 9001
LAST_SERIAL = 9999
FEMALE_DAY = 40
BIRTH_PLACES = ("Boyolali", "Surakarta", "Klaten", "Semarang", "Sragen", "Karanganyar", "Salatiga")
Texts = dict[str, "pa.Array"]


def identities(world: World) -> dict[str, Texts]:
    """The personal columns of each register: one arrow array with an entry per unit."""
    return {
        "people": _people(world, world.dice.stream("identity of people")),
        "families": {"kk_number": _family_cards(world)},
        "houses": _addresses(world, world.dice.stream("identity of houses")),
    }


def _people(world: World, random: Random) -> Texts:
    people = world.people
    same_as = people["same_as"]
    self_or_first = np.where(same_as >= 0, same_as, np.arange(people.count))
    born = people["born"].astype("datetime64[D]")
    names = full_names(
        world.calibration.names, born.astype("datetime64[Y]").astype(int) + 1970, people["sex"], random
    )
    place = choose(
        np.arange(len(BIRTH_PLACES)),
        np.array([0.8, 0.06, 0.04, 0.04, 0.02, 0.02, 0.02]),
        people.count,
        random,
    )
    phone = pc.binary_join_element_wise(
        pa.scalar("0000"), pc.utf8_lpad(_text(random.integers(0, 1_000_000, people.count)), 6, "0"), "-"
    )
    who = pa.array(self_or_first)
    return {
        "nik": _niks(world, random).take(who),
        "name": names.take(who),
        "birth_place": pa.array(np.array(BIRTH_PLACES)[place]).take(who),
        "phone": phone.take(who),
    }


def full_names(names: Names, year: Array, sex: Array, random: Random) -> "pa.Array":
    """One to three words of the generation and a marker."""
    generation = np.searchsorted([part.until for part in names.generations], year, side="right")
    generation = np.minimum(generation, len(names.generations) - 1)
    words: list[str] = []
    first, second, third = (np.full(len(year), -1) for _ in range(3))
    for index, part in enumerate(names.generations):
        for gender in (0, 1):
            here = np.flatnonzero((generation == index) & (sex == gender))
            given, further = _vocabulary(part, gender)
            first[here] = len(words) + random.integers(0, len(given), len(here))
            words += given
            if further:
                lot = random.random(len(here))
                start = len(words)
                drawn = random.integers(0, len(further), (2, len(here)))
                second[here] = np.where((part.words > 2) | (lot < 0.75), start + drawn[0], -1)
                extra = (part.words > 2) & (lot < 0.35) & (drawn[0] != drawn[1])
                third[here] = np.where(extra, start + drawn[1], -1)
                words += further
    marker = len(words) + random.integers(0, len(names.markers), len(year))
    vocabulary = pa.array([*words, *names.markers])
    parts = [vocabulary.take(pa.array(index, mask=index < 0)) for index in (first, second, third, marker)]
    return pc.binary_join_element_wise(*parts, " ", null_handling="skip")


def _vocabulary(generation: Generation, gender: int) -> tuple[list[str], list[str]]:
    if gender == 0:
        return list(generation.male_first), list(generation.male_second)
    return list(generation.female_first), list(generation.female_second)


def _text(numbers: Array) -> "pa.Array":
    return pa.array(numbers).cast(pa.string())


def _niks(world: World, random: Random) -> "pa.Array":
    """Region of first registration, true birth date (+40 for women), serial; with a few real-life faults."""
    people = world.people
    sex = people["sex"].astype(np.int64)
    sex = np.where(random.random(people.count) < 0.0003, 1 - sex, sex)
    numbers = numbered(people["origin"], people["born"], FEMALE_DAY * sex)
    borrowed = np.flatnonzero(random.random(people.count) < 0.0001)  # two people with one NIK
    numbers[borrowed] = numbers[np.maximum(borrowed - 1, 0)]
    return _text(numbers)


def _family_cards(world: World) -> "pa.Array":
    families = world.families
    district = world.neighbourhoods.district[families["area"]] + 1
    return _text(
        numbered(HOME * 100 + district, families["issued"], np.zeros(families.count, dtype=np.int64))
    )


def numbered(region: Array, day: Array, added_to_day: Array) -> Array:
    """PPKKCC DDMMYY 9NNN as whole numbers; unique as long as fewer than a thousand share region and date."""
    when = day.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    year = when.astype("datetime64[Y]")
    in_month = (when - month.astype("datetime64[D]")).astype(np.int64) + 1 + added_to_day
    in_year = (month - year.astype("datetime64[M]")).astype(np.int64) + 1
    short_year = (year.astype(np.int64) + 1970) % 100
    prefix = ((region.astype(np.int64) * 100 + in_month) * 100 + in_year) * 100 + short_year
    serial = FIRST_SERIAL + rank_in_group(prefix)
    if len(serial) and int(serial.max()) > LAST_SERIAL:
        raise ValueError("terlalu banyak orang dengan wilayah dan tanggal yang sama; kurangi --people")
    return np.asarray(prefix * 10_000 + serial)


def _addresses(world: World, random: Random) -> Texts:
    houses, place = world.houses, world.neighbourhoods
    rt = houses["area"]
    codes = pa.array(place.code)
    number = rank_in_group(rt) + 1
    address = pc.binary_join_element_wise(
        pa.scalar("RT"), pc.utf8_slice_codeunits(codes, 18, 21).take(pa.array(rt)),
        pa.scalar("RW"), pc.utf8_slice_codeunits(codes, 14, 17).take(pa.array(rt)),
        pa.scalar("rumah"), _text(number), pa.scalar("(alamat sintetis)"), " ",
    )  # fmt: skip
    point = np.array([(village.lon, village.lat) for village in world.places.villages])
    centre = point[place.village] + random.normal(0, 0.004, (len(place), 2))
    spot = centre[rt] + random.normal(0, 0.0012, (houses.count, 2))
    return {
        "address": address,
        "longitude": pa.array(np.round(spot[:, 0], 6)),
        "latitude": pa.array(np.round(spot[:, 1], 6)),
    }
