"""The bitemporal book-keeping of one register in columns: every change leaves its rows, nothing is edited.

Only the open row of a unit (valid until further notice, not superseded) is ever touched, so by construction
the valid intervals of a unit are disjoint at every known time.
"""

from dataclasses import dataclass, field

import numpy as np

from .draws import Array, Values

FOREVER_DAY = 2932896  # 9999-12-31 as days since 1970-01-01
FOREVER_TIME = 253402300799999999  # 9999-12-31T23:59:59.999999 as microseconds since 1970-01-01
DAY = 86_400_000_000
SECOND = 1_000_000

CAUSES = ("event", "correction", "import", "definition")
EVENT, CORRECTION, IMPORT, DEFINITION = range(4)
EVENTS = (
    "", "born", "died", "moved_in", "moved_out", "double", "unknown", "measured", "changed", "corrected",
)  # fmt: skip
NONE, BORN, DIED, MOVED_IN, MOVED_OUT, DOUBLE, UNKNOWN, MEASURED, CHANGED, CORRECTED = range(10)

HEAD = {
    "unit": np.int32, "area": np.int32, "valid_from": np.int32, "valid_to": np.int32, "known_from": np.int64,
    "known_to": np.int64, "cause": np.int8, "event": np.int8,
}  # fmt: skip
TRACKED = ("area", "valid_from", "known_from", "cause", "event", "since", "since_known", "alive")


@dataclass
class Store:
    """A register while it is being made: current state in `now`, rows already final in `rows`.

    `now` holds one entry per unit: the fields (`columns`), what else the story needs (`notes`), and the
    book-keeping of TRACKED. `since` tells when the unit came to its place, `since_known` when we knew.
    """

    register: str
    columns: dict[str, np.dtype]
    notes: dict[str, np.dtype] = field(default_factory=dict)
    count: int = 0
    now: dict[str, Array] = field(default_factory=dict)
    rows: list[dict[str, Array]] = field(default_factory=list)

    def __post_init__(self) -> None:
        types: dict[str, np.dtype] = {
            **self.columns, **self.notes, "area": np.dtype(np.int32), "valid_from": np.dtype(np.int32),
            "known_from": np.dtype(np.int64), "cause": np.dtype(np.int8), "event": np.dtype(np.int8),
            "since": np.dtype(np.int32), "since_known": np.dtype(np.int64), "alive": np.dtype(bool),
        }  # fmt: skip
        self.now = {name: np.empty(0, dtype=kind) for name, kind in types.items()}

    def __getitem__(self, name: str) -> Array:
        """The current values of a column, for reading and for writing after `change`."""
        return self.now[name][: self.count]

    def __setitem__(self, name: str, values: Array | int | float | bool) -> None:
        """Set a whole column; only before the first change, when no row tells of the past yet."""
        self.now[name][: self.count] = values

    def add(
        self, values: Values, size: int, area: Array, valid: Array | int,
        known: Array | int, cause: int, event: int,
    ) -> Array:  # fmt: skip
        """New units; every column of the register must be given. Returns their indices."""
        self._reserve(size)
        place = slice(self.count, self.count + size)
        for name in (*self.columns, *self.notes):
            self.now[name][place] = values[name]
        tracked = (area, valid, known, cause, event, valid, known, True)
        for name, value in zip(TRACKED, tracked, strict=True):
            self.now[name][place] = value
        self.count += size
        return np.arange(self.count - size, self.count)

    def ready(self, units: Array, valid: Array | int, known: Array | int) -> Array:
        """Which units can change on this day, heard of at this moment: present, and not changed since."""
        return np.asarray(
            self["alive"][units] & (self["valid_from"][units] <= valid) & (self["known_from"][units] < known)
        )

    def later(self, units: Array, valid: Array, known: Array) -> tuple[Array, Array]:
        """The same day and moment, put off where the unit has changed since."""
        return (
            np.maximum(valid, self["valid_from"][units]),
            np.maximum(known, self["known_from"][units] + SECOND),
        )

    def change(
        self, units: Array, valid: Array, known: Array, event: int = CHANGED, leaving: int | None = None
    ) -> None:
        """The world moved: the past stays until `valid`; the caller then writes the new state."""
        self._supersede(units, known)
        self._keep_past(units, valid, known, EVENT, event if leaving is None else leaving)
        self._open(units, valid, known, EVENT, event)

    def move(self, units: Array, valid: Array, known: Array, area: Array) -> None:
        """`change` to another place: leaves the old area and arrives in the new one."""
        self.change(units, valid, known, MOVED_IN, MOVED_OUT)
        for name, value in (("area", area), ("since", valid), ("since_known", known)):
            self[name][units] = value

    def end(self, units: Array, valid: Array, known: Array, event: int, cause: int = EVENT) -> None:
        """No longer there from `valid`: only the past remains."""
        self._supersede(units, known)
        self._keep_past(units, valid, known, cause, event)
        self["alive"][units] = False

    def restate(
        self, units: Array, known: Array, cause: int = CORRECTION, event: Array | int = CORRECTED
    ) -> None:
        """We know better: the same days, another state, which the caller then writes into the columns."""
        self._supersede(units, known)
        self._open(units, self["valid_from"][units], known, cause, event)

    def withdraw(self, units: Array, known: Array) -> None:
        """It never was: the open row is superseded and nothing replaces it."""
        self._supersede(units, known)
        self["alive"][units] = False

    def finish(self) -> dict[str, Array]:
        """All rows, ordered by place, unit and time of knowing; the store is empty afterwards."""
        living = np.flatnonzero(self["alive"])
        self._write(living, self["valid_from"][living], FOREVER_DAY, self["known_from"][living], FOREVER_TIME,
                    self["cause"][living], self["event"][living])  # fmt: skip
        whole: dict[str, Array] = {}
        for name in (*HEAD, *self.columns):
            whole[name] = np.concatenate([block.pop(name) for block in self.rows])
        self.rows.clear()
        order = np.lexsort((whole["known_from"], whole["unit"], whole["area"]))
        return {name: values[order] for name, values in whole.items()}

    def _supersede(self, units: Array, known: Array) -> None:
        self._write(units, self["valid_from"][units], FOREVER_DAY, self["known_from"][units], known,
                    self["cause"][units], self["event"][units])  # fmt: skip

    def _keep_past(self, units: Array, valid: Array, known: Array, cause: int, event: int) -> None:
        past = self["valid_from"][units] < valid
        units, valid, known = (
            units[past],
            np.broadcast_to(valid, past.shape)[past],
            np.broadcast_to(known, past.shape)[past],
        )
        self._write(units, self["valid_from"][units], valid, known, FOREVER_TIME, cause, event)

    def _open(self, units: Array, valid: Array, known: Array, cause: int, event: Array | int) -> None:
        for name, value in (("valid_from", valid), ("known_from", known), ("cause", cause), ("event", event)):
            self[name][units] = value

    def _write(
        self, units: Array, valid_from: Array, valid_to: Array | int, known_from: Array,
        known_to: Array | int, cause: Array | int, event: Array | int,
    ) -> None:  # fmt: skip
        if not len(units):
            return
        head = (units, self["area"][units], valid_from, valid_to, known_from, known_to, cause, event)
        block = {
            name: np.array(np.broadcast_to(value, len(units)), dtype=kind)
            for (name, kind), value in zip(HEAD.items(), head, strict=True)
        }
        block.update({name: self[name][units] for name in self.columns})
        self.rows.append(block)

    def _reserve(self, size: int) -> None:
        have = len(self.now["alive"])
        if self.count + size <= have:
            return
        room = max(self.count + size, have + have // 16 + 1024)
        for name, values in self.now.items():
            wider = np.empty(room, dtype=values.dtype)
            wider[: self.count] = values[: self.count]
            self.now[name] = wider
