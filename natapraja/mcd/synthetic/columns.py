"""How the fields of each register are kept in columns while they are made, and how they become arrow columns.

The definitions say what a field is; this table says how it is packed. A test compares the two.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .versions import Store

Packing = Literal["code", "option", "flag", "whole", "number", "day", "reference", "personal"]
UNKNOWN = -1
UNKNOWN_DAY = -(2**31)

PACKED: dict[str, type] = {
    "code": np.int8,  # the number of a national code
    "option": np.int8,  # the place in `options`
    "flag": np.int8,  # 0 no, 1 yes
    "whole": np.int16,
    "number": np.float64,
    "day": np.int32,
    "reference": np.int32,  # the index of the unit within its register
    "personal": np.int8,  # 0 absent, 1 present; the text itself belongs to the unit (identity.py)
}


@dataclass(frozen=True)
class Column:
    name: str
    packing: Packing
    options: tuple[str, ...] = ()
    register: str = ""


SEX = ("L", "P")
WASTE = ("collected", "composted", "recycled", "burned", "buried", "river", "open")
INSURANCE = ("none", "pbi", "worker", "self_paid", "local")
POSITION = ("lying", "standing")
KIND = ("born", "died", "moved_in", "moved_out", "double", "unknown")
STATE = ("claim", "confirmed", "refused")


def _all(packing: Packing, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, packing) for name in names)


LAYOUT: dict[str, tuple[Column, ...]] = {
    "neighbourhoods": (
        *_all("flag", "head_appointed", "structure_complete", "books_kept"),
        *_all("whole", "meetings_per_year"),
        *_all("flag", "data_board"),
        *_all("number", "road_m", "road_good_m"),
        *_all("flag", "street_lit", "drainage_good", "security_post", "internet_signal"),
        *_all("flag", "open_defecation_free"),
        *_all("whole", "clean_ups_per_year"),
        *_all("flag", "waste_collected", "waste_bank", "waste_sorted"),
        *_all("whole", "infiltration_wells"),
        *_all("flag", "social_fund"),
        *_all("whole", "problem_cases", "problem_cases_helped"),
        *_all("flag", "reading_corner", "early_childhood", "health_post", "healthy_living"),
    ),
    "houses": (
        *_all("personal", "address", "longitude", "latitude"),
        *_all("flag", "occupied"),
        *_all("code", "tenure"),
        *_all("flag", "land_owned"),
        *_all("code", "floor", "wall", "roof"),
        *_all("flag", "roof_damaged", "wall_damaged", "frame_damaged", "ventilation_ok"),
        *_all("number", "floor_area_m2"),
        *_all("whole", "assisted_year"),
    ),
    "families": (
        *_all("personal", "kk_number"),
        Column("house", "reference", register="houses"),
        *_all("flag", "registered_here"),
    ),
    "households": (
        Column("house", "reference", register="houses"),
        *_all("code", "water_source"),
        *_all("whole", "water_minutes"),
        *_all("flag", "water_on_premises"),
        *_all("code", "toilet_use", "toilet_type", "sewage"),
        *_all("flag", "septic_emptied"),
        *_all("code", "lighting", "cooking_fuel"),
        Column("waste_handling", "option", WASTE),
        *_all("number", "monthly_income"),
        *_all("flag", "meals_ok", "clothing_ok", "information_ok", "internet", "refrigerator"),
        *_all("flag", "motorbike", "car", "television", "phone", "computer", "bicycle", "animal_cart"),
        *_all("flag", "radio", "child_death_5y"),
        *_all("whole", "decile"),
        Column("decile_period", "option"),  # its options depend on the days of the story
        *_all("flag", "aid_ever", "aid_family_hope", "aid_food"),
    ),
    "people": (
        *_all("personal", "nik", "name"),
        Column("family", "reference", register="families"),
        Column("household", "reference", register="households"),
        *_all("personal", "birth_place"),
        *_all("day", "birth_date"),
        Column("sex", "option", SEX),
        *_all("code", "relation", "marital_status", "religion", "school_participation", "school_level"),
        *_all("whole", "grade"),
        *_all("code", "highest_certificate"),
        *_all("flag", "can_read", "working", "seeking_work"),
        *_all("code", "job_status", "industry"),
        *_all("whole", "hours_per_week"),
        *_all("flag", "birth_certificate", "identity_card", "child_card"),
        Column("health_insurance", "option", INSURANCE),
        *_all("code", "chronic_illness", "disability"),
        *_all("flag", "pregnant", "lives_here"),
        *_all("personal", "phone"),
    ),
    "growth": (
        Column("person", "reference", register="people"),
        *_all("day", "measured_on"),
        *_all("number", "weight_kg", "height_cm"),
        Column("position", "option", POSITION),
        *_all("flag", "immunised_complete", "breastfed_exclusively"),
    ),
    "events": (
        Column("kind", "option", KIND),
        *_all("day", "occurred_on"),
        Column("person", "reference", register="people"),
        Column("household", "reference", register="households"),
        Column("sex", "option", SEX),
        *_all("whole", "age_months"),
        Column("state", "option", STATE),
        *_all("flag", "maternal"),
    ),
}  # fmt: skip

# What the story has to remember of a unit besides its fields.
NOTES: dict[str, dict[str, type]] = {
    "neighbourhoods": {},
    "houses": {"quality": np.float32, "last_day": np.int32, "last_known": np.int64},
    "families": {"household": np.int32, "issued": np.int32, "last_day": np.int32, "last_known": np.int64},
    "households": {
        "standing": np.float32,  # how well off, mean 0, standard deviation 1
        "poor": bool,
        "pinned": bool,  # holds a double entry, so it stays where it is
        "last_day": np.int32,
        "last_known": np.int64,
    },
    "people": {
        "spouse": np.int32,
        "child": np.int32,  # index in the register of growth, or UNKNOWN
        "due": np.int16,  # month of the story in which she gives birth, or UNKNOWN
        "schooling": np.int8,  # years since starting school, while attending
        "same_as": np.int32,  # the person this double entry repeats, or UNKNOWN
        "born": np.int32,  # true day of birth, which the NIK carries
        "origin": np.int32,  # region of first registration, "330903" as a number
        "short": np.float32,  # height for age in standard deviations, children only
        "thin": np.float32,  # weight for height in standard deviations, children only
    },
    "growth": {},
    "events": {},
}


def make_store(register: str) -> Store:
    """An empty store with the columns of a register."""
    return Store(
        register,
        {column.name: np.dtype(PACKED[column.packing]) for column in LAYOUT[register]},
        {name: np.dtype(kind) for name, kind in NOTES[register].items()},
    )
