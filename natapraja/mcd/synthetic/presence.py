"""Being there: who can leave on a day, ending and moving people with their child record, and empty homes.

Kept together because references must always point to a unit that is present in the same village.
"""

import numpy as np

from .draws import Array
from .versions import CHANGED, EVENT, MOVED_OUT, Store
from .world import World


def free(world: World, who: Array, valid: Array | int, known: Array) -> Array:
    """Which people, with their record of growth, can change on this day and be heard of at this moment."""
    people, growth = world.people, world.growth
    fits = people.ready(who, valid, known) & (people["since_known"][who] < known) & world.heard(known)
    child = people["child"][who]
    tracked = child >= 0
    valid_there = np.broadcast_to(valid, who.shape)[tracked]
    fits[tracked] &= growth.ready(child[tracked], valid_there, known[tracked])
    return np.asarray(fits)


def end_people(world: World, who: Array, valid: Array, known: Array, event: int, cause: int = EVENT) -> None:
    """These people are no longer there; their family, household and house may be empty now."""
    people = world.people
    people.end(who, valid, known, event, cause)
    child = people["child"][who]
    tracked = child >= 0
    world.growth.end(child[tracked], valid[tracked], known[tracked], event, cause)
    note_leaving(world.households, people["household"][who], valid, known)
    note_leaving(world.families, people["family"][who], valid, known)


def note_leaving(store: Store, units: Array, valid: Array, known: Array) -> None:
    """Remember the last day somebody left, for when the unit turns out to be empty."""
    np.maximum.at(store["last_day"], units, valid)
    np.maximum.at(store["last_known"], units, known)


def move_people(world: World, who: Array, valid: Array, known: Array, area: Array) -> None:
    """These people live elsewhere; the caller writes their new family and household."""
    people = world.people
    note_leaving(world.households, people["household"][who], valid, known)
    note_leaving(world.families, people["family"][who], valid, known)
    people.move(who, valid, known, area)
    child = people["child"][who]
    tracked = child >= 0
    world.growth.move(child[tracked], valid[tracked], known[tracked], area[tracked])


def close_empty(world: World) -> None:
    """Families and households end with the last who left them; houses nobody lives in stand empty."""
    people = world.people
    living = np.flatnonzero(people["alive"])
    for store, column in ((world.families, "family"), (world.households, "household")):
        members = np.bincount(people[column][living], minlength=store.count)
        empty = np.flatnonzero(store["alive"] & (members == 0) & (store["last_known"] > 0))
        valid, known = store.later(empty, store["last_day"][empty], store["last_known"][empty])
        heard = world.heard(known)
        empty, valid, known = empty[heard], valid[heard], known[heard]
        store.end(empty, valid, known, MOVED_OUT)
        note_leaving(world.houses, store["house"][empty], valid, known)
    houses, households = world.houses, world.households
    used = np.bincount(households["house"][households["alive"]], minlength=houses.count)
    used += np.bincount(world.families["house"][world.families["alive"]], minlength=houses.count)
    empty = np.flatnonzero(
        houses["alive"] & (houses["occupied"] == 1) & (used == 0) & (houses["last_known"] > 0)
    )
    valid, known = houses.later(empty, houses["last_day"][empty], houses["last_known"][empty])
    heard = world.heard(known)
    houses.change(empty[heard], valid[heard], known[heard], CHANGED)
    houses["occupied"][empty[heard]] = 0


def members_of(world: World, marked: Array) -> Array:
    """People present in the marked households (a bool per household)."""
    people = world.people
    return np.flatnonzero(people["alive"] & marked[people["household"]])
