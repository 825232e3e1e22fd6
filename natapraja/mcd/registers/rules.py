"""How a register changes: pure rules over the versions of one unit.

A version is never edited. Each change names the versions it supersedes and the rows that replace them, so that
what was known at any moment stays readable (bitemporal tables: Snodgrass, "Developing Time-Oriented Database
Applications in SQL", 1999, chapter 10).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from natapraja.foundation.kernel.spoken import Spoken

_ = str  # marks a sentence that the page which shows it translates

OPEN_DATE = date.max
OPEN_TIME = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

EVENT, CORRECTION, IMPORT, DEFINITION = "event", "correction", "import", "definition"
CAUSES = (EVENT, CORRECTION, IMPORT, DEFINITION)

# Kinds an RT head reports. Those that take somebody off the list are claims until a second person confirms.
BORN, DIED, MOVED_IN, MOVED_OUT = "born", "died", "moved_in", "moved_out"
DOUBLE, UNKNOWN, MEASURED, CHANGED, CORRECTED = "double", "unknown", "measured", "changed", "corrected"
UNCHANGED = "unchanged"
NEEDS_SECOND_PERSON = frozenset({DIED, DOUBLE, UNKNOWN})
ENDS = frozenset({DIED, MOVED_OUT, DOUBLE, UNKNOWN})
POPULATION_EVENTS = frozenset({BORN, DIED, MOVED_IN, MOVED_OUT, DOUBLE, UNKNOWN})
REASON_LENGTH = 300
OLDEST = 120  # years of age beyond which a year of birth is a slip of the pen
NEWBORN = timedelta(days=31)  # what is told later of a child is told as of its first day
LATEST_REPORT = timedelta(days=366 * 2)  # an older event is a correction of the past: the village enters it


class Impossible(Spoken, ValueError):
    """A change that cannot be true: where, what, and what to do; no person is named."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class Held:
    """One version as held now: valid over [valid_from, valid_to), not superseded."""

    id: int
    area: int
    valid_from: date
    valid_to: date
    data: Mapping[str, object]
    event: str = ""

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
    """A unit is no longer there from `on` (a death, a departure), nor on any later day."""
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


def strike(held: Iterable[Held]) -> Change:
    """A unit that never was, such as a double entry: it is taken back on every day, so figures are corrected by it."""
    return Change(supersedes=tuple(version.id for version in held))


def change(
    held: Iterable[Held],
    *,
    on: date,
    data: Mapping[str, object],
    event: str = CHANGED,
    area: int | None = None,
    onward: bool = True,
) -> Change:
    """The world moved on `on`: the past stays as it was, from that day the new answers hold.

    Each answer holds until the next recorded change of the same field: later versions keep what they themselves
    changed and take over what they merely carried on. Without `onward` all ends with the version of that day, as
    it must where every version is a finding of its own (a measurement).
    """
    held = list(held)
    current = _current(held, on)
    there = current.area if area is None else area
    rows = [Row(there, on, current.valid_to, EVENT, _told(current, event), _with(current.data, data))]
    if current.valid_from < on:
        rows.insert(0, Row(current.area, current.valid_from, on, EVENT, event, current.data))
    supersedes = [current.id]
    for version, answers, place in _carrying(held, current, data, area) if onward else ():
        moved = _with(version.data, answers)
        supersedes.append(version.id)
        rows.append(Row(place, version.valid_from, version.valid_to, EVENT, _told(version, event), moved))
    return Change(tuple(supersedes), tuple(rows))


def correct(held: Iterable[Held], *, on: date, data: Mapping[str, object], onward: bool = True) -> Change:
    """We were wrong: the version valid on `on` is replaced over the same days.

    Later versions that merely carried a wrong answer on are mended too (not without `onward`: see `change`).
    """
    held = list(held)
    current = _current(held, on)
    if _with(current.data, data) == _with(current.data, {}):
        return Change()
    later = _carrying(held, current, data) if onward else ()
    mended = [(current, data), *((version, answers) for version, answers, _ in later)]
    return Change(
        supersedes=tuple(version.id for version, _ in mended),
        rows=tuple(
            Row(
                version.area, version.valid_from, version.valid_to, CORRECTION, _told(version, CORRECTED),
                _with(version.data, answers),
            )
            for version, answers in mended
        ),
    )  # fmt: skip


def restore(superseded: Iterable[Held], written: Iterable[Held]) -> Change:
    """Take a change back: what it wrote is superseded, what it superseded holds again."""
    return Change(
        supersedes=tuple(version.id for version in written),
        rows=tuple(
            Row(old.area, old.valid_from, old.valid_to, CORRECTION, _told(old, "withdrawn"), old.data)
            for old in superseded
        ),
    )


def check_day(day: date, *, today: date) -> None:
    """Refuse a day that has not come, or that is too long ago to be this month's news."""
    if day > today:
        raise Impossible("date", _("Tanggal kejadian belum tiba. Pilih hari ini atau hari yang sudah lewat."))
    if today - day > LATEST_REPORT:
        raise Impossible(
            "date",
            _(
                "Tanggal kejadian lebih dari dua tahun yang lalu. Minta operator desa mencatatnya sebagai perbaikan data."
            ),
        )


def check_birth(born: date, *, kind: str, on: date) -> None:
    """Refuse a day of birth that cannot go with an event of that kind on the day `on`."""
    if born > on:
        raise Impossible(
            "birth_date", _("Tanggal lahir sesudah hari kejadian. Periksa kedua tanggalnya, lalu betulkan.")
        )
    if born.year < on.year - OLDEST:
        raise Impossible(
            "birth_date",
            _("Tanggal lahir lebih dari %(years)s tahun yang lalu. Periksa tahunnya, lalu betulkan."),
            years=OLDEST,
        )
    if kind == BORN and on - born > NEWBORN:
        raise Impossible(
            "birth_date",
            _("Kelahiran dicatat pada hari lahirnya. Samakan tanggal kejadian dengan tanggal lahir."),
        )


def check_measuring(measured: date, *, on: date, born: date | None) -> None:
    """Refuse a measurement of a day after the report's, or from before the child was born."""
    if measured > on:
        raise Impossible(
            "measured_on", _("Tanggal ukur sesudah hari laporan. Periksa kedua tanggalnya, lalu betulkan.")
        )
    if born is not None and measured < born:
        raise Impossible(
            "measured_on", _("Tanggal ukur sebelum anak ini lahir. Periksa tanggalnya, lalu betulkan.")
        )


def check_standing(held: Iterable[Held], *, on: date, field: str, label: object) -> Held:
    """What an answer refers to as it stood on that day; refused when it was not there yet, or no longer."""
    for version in held:
        if version.covers(on):
            return version
    raise Impossible(
        field,
        _("%(label)s: pada tanggal itu tidak ada di daftar. Periksa tanggalnya, atau pilih yang lain."),
        label=label,
    )


def check_looked_at(held: Iterable[Held], *, on: date, area: int) -> None:
    """Refuse to say that nothing changed about what is not in the list of that RT on that day."""
    if not any(version.covers(on) and version.area == area for version in held):
        raise Impossible(
            "unit", _("Catatan ini tidak ada di RT itu pada tanggal itu. Buka lagi daftarnya, lalu pilih.")
        )


def check_new_child(child: Mapping[str, object], listed: Iterable[Mapping[str, object]]) -> None:
    """Refuse a child that is already listed in its household; twins have different names."""
    if child.get("household") is not None and _child(child) in map(_child, listed):
        raise Impossible(
            "name",
            _(
                "Bayi dengan nama, tanggal lahir, dan jenis kelamin ini sudah tercatat di rumah tangga itu. "
                "Bila kembar, bedakan namanya, misalnya Bayi 1 dan Bayi 2."
            ),
        )


def _child(data: Mapping[str, object]) -> tuple[object, ...]:
    name = " ".join(str(data.get("name", "")).casefold().split())
    return data.get("household"), data.get("birth_date"), data.get("sex"), name


def _carrying(
    held: Iterable[Held], current: Held, data: Mapping[str, object], area: int | None = None
) -> Iterator[tuple[Held, dict[str, object], int]]:
    """The versions after `current` that carried something on of what is now said otherwise: (version, answers, area).

    To carry on is to follow without a gap and to say the same as `current`; one version that says something else, or a
    day on which the unit was not there, ends it for all that come after.
    """
    left = {name: value for name, value in data.items() if value != current.data.get(name)}
    area = None if area == current.area else area
    until = current.valid_to
    for version in sorted(held, key=lambda version: version.valid_from):
        if version.valid_from < current.valid_to:
            continue
        left = {name: left[name] for name in left if version.data.get(name) == current.data.get(name)}
        area = area if version.area == current.area else None
        if version.valid_from != until or not (left or area):
            return
        yield version, left, version.area if area is None else area
        until = version.valid_to


def _with(data: Mapping[str, object], answers: Mapping[str, object]) -> dict[str, object]:
    """The data with these answers; an answer of None takes one away."""
    return {name: value for name, value in {**data, **answers}.items() if value is not None}


def _told(version: Held, event: str) -> str:
    """The event of a version written in the place of another: how a unit went is not forgotten over a mended answer."""
    return version.event if version.event in ENDS and version.valid_to < OPEN_DATE else event


def _current(held: Iterable[Held], day: date) -> Held:
    for version in held:
        if version.covers(day):
            return version
    raise Impossible("unit", _("Pada tanggal itu catatan ini tidak ada di daftar. Periksa tanggalnya."))
