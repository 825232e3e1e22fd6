"""The register of population events: one unit per event, first a claim where a second person is needed."""

import numpy as np

from .columns import UNKNOWN as UNANSWERED
from .draws import Array
from .founding import blank
from .growth import months_old
from .versions import BORN, DIED, DOUBLE, EVENT, MOVED_IN, MOVED_OUT, UNKNOWN
from .world import World

BORN_KIND, DIED_KIND, IN_KIND, OUT_KIND, DOUBLE_KIND, UNKNOWN_KIND = range(6)
CLAIM, CONFIRMED, REFUSED = range(3)
EVENT_OF_KIND = np.array([BORN, DIED, MOVED_IN, MOVED_OUT, DOUBLE, UNKNOWN])


def tell(
    world: World, kind: int, who: Array, day: Array, known: Array, state: int, area: Array | None = None,
    maternal: Array | int = UNANSWERED,
) -> Array:  # fmt: skip
    """Record an event of each person at the place where they are (or at `area`). Gives the event units."""
    people, store = world.people, world.stores["events"]
    values = blank(store) | {
        "kind": kind,
        "occurred_on": day,
        "person": who,
        "household": people["household"][who],
        "sex": people["sex"][who],
        "age_months": np.clip(months_old(people["birth_date"][who], day), 0, 1500),
        "state": state,
        "maternal": maternal,
    }
    place = people["area"][who] if area is None else area
    return store.add(values, len(who), place, day, known, EVENT, int(EVENT_OF_KIND[kind]))


def decide(world: World, events: Array, known: Array, state: int) -> None:
    """A second person confirmed or refused these claims."""
    store = world.stores["events"]
    store.restate(events, known, EVENT, EVENT_OF_KIND[store["kind"][events]])
    store["state"][events] = state
