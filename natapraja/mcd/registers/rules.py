"""How a register changes: pure rules over the versions of one unit.

A version is never edited. Each change names the versions it supersedes and the rows that replace them, so that
what was known at any moment stays readable (bitemporal tables: Snodgrass, "Developing Time-Oriented Database
Applications in SQL", 1999, chapter 10).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

OPEN_DATE = date.max
OPEN_TIME = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

EVENT, CORRECTION, IMPORT, DEFINITION = "event", "correction", "import", "definition"
CAUSES = (EVENT, CORRECTION, IMPORT, DEFINITION)

# Kinds an RT head reports. Those that take somebody off the list are claims until a second person confirms.
BORN, DIED, MOVED_IN, MOVED_OUT = "born", "died", "moved_in", "moved_out"
DOUBLE, UNKNOWN, MEASURED, CHANGED, CORRECTED = "double", "unknown", "measured", "changed", "corrected"
UNCHANGED = "unchanged"
KINDS = (BORN, DIED, MOVED_IN, MOVED_OUT, DOUBLE, UNKNOWN, MEASURED, CHANGED, CORRECTED, UNCHANGED)
NEEDS_SECOND_PERSON = frozenset({DIED, DOUBLE, UNKNOWN})
POPULATION_EVENTS = frozenset({BORN, DIED, MOVED_IN, MOVED_OUT, DOUBLE, UNKNOWN})
LATEST_REPORT = timedelta(days=366 * 2)  # an older event is a correction of the past: the village enters it


class Impossible(ValueError):
    """A change that cannot be true. `message` says where, what, and what to do; it names no person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Held:
    """One version as held now: valid over [valid_from, valid_to), not superseded."""

    id: int
    area: int
    valid_from: date
    valid_to: date
    data: Mapping[str, object]

    def covers(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Row:
    """A row to be written for a unit; `known_from` is the moment of the action."""

    area: int
    valid_from: date
    valid_to: date
    cause: str
    event: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """What an action does to one unit: versions superseded, rows that replace them."""

    supersedes: tuple[int, ...] = ()
    rows: tuple[Row, ...] = field(default=())


def begin(*, area: int, on: date, data: Mapping[str, object], event: str, cause: str = EVENT) -> Change:
    """A unit appears on `on` (a birth, an arrival, a first measurement)."""
    return Change(rows=(Row(area, on, OPEN_DATE, cause, event, dict(data)),))


def end(held: Iterable[Held], *, on: date, event: str, cause: str = EVENT) -> Change:
    """A unit is no longer there from `on` (a death, a departure, a double entry taken out), nor on any later day."""
    held = list(held)
    current = _current(held, on)
    gone = (current.id, *(version.id for version in held if version.valid_from > on))
    if current.valid_from == on:
        # It was never there for a day: what remains is its absence.
        return Change(supersedes=gone)
    return Change(
        supersedes=gone,
        rows=(Row(current.area, current.valid_from, on, cause, event, current.data),),
    )


def change(
    held: Iterable[Held],
    *,
    on: date,
    data: Mapping[str, object],
    event: str = CHANGED,
    area: int | None = None,
) -> Change:
    """The world moved on `on`: the past stays as it was, from that day the new state holds."""
    current = _current(held, on)
    there = current.area if area is None else area
    later = Row(there, on, current.valid_to, EVENT, event, {**current.data, **data})
    if current.valid_from == on:
        return Change(supersedes=(current.id,), rows=(later,))
    earlier = Row(current.area, current.valid_from, on, EVENT, event, current.data)
    return Change(supersedes=(current.id,), rows=(earlier, later))


def correct(held: Iterable[Held], *, on: date, data: Mapping[str, object]) -> Change:
    """We were wrong: the version valid on `on` is replaced over the same days."""
    current = _current(held, on)
    merged = {key: value for key, value in {**current.data, **data}.items() if value is not None}
    if merged == dict(current.data):
        return Change()
    return Change(
        supersedes=(current.id,),
        rows=(Row(current.area, current.valid_from, current.valid_to, CORRECTION, CORRECTED, merged),),
    )


def restore(superseded: Iterable[Held], written: Iterable[Held]) -> Change:
    """Take a change back: what it wrote is superseded, what it superseded holds again."""
    return Change(
        supersedes=tuple(version.id for version in written),
        rows=tuple(
            Row(old.area, old.valid_from, old.valid_to, CORRECTION, "withdrawn", old.data)
            for old in superseded
        ),
    )


def check_day(day: date, *, today: date, label: str = "Tanggal kejadian") -> None:
    """Refuse a day that has not come, or that is too long ago to be this month's news."""
    if day > today:
        raise Impossible("date", f"{label} belum tiba. Pilih hari ini atau hari yang sudah lewat.")
    if today - day > LATEST_REPORT:
        raise Impossible(
            "date",
            f"{label} lebih dari dua tahun yang lalu. Minta operator desa mencatatnya sebagai perbaikan data.",
        )


def _current(held: Iterable[Held], day: date) -> Held:
    for version in held:
        if version.covers(day):
            return version
    raise Impossible("unit", "Pada tanggal itu catatan ini tidak ada di daftar. Periksa tanggalnya.")
