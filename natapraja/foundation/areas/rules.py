"""How the names and codes of a place change: pure rules over the periods it has had.

What the definition files say is the wish, what the tables hold is the present; `reconciled` gives the wished
periods and `changes` the smallest set of rows to close and to open. Nothing is ever overwritten.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from natapraja.foundation.kernel import canonical

OPEN_START = date.min  # held since before our record begins
OPEN_END = date.max  # holds until further notice
SCHEMATIC = "skematik"  # shape_source of a map that was drawn from points

KIND_WORDS = {
    "kabupaten": "Kabupaten",
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "desa": "Desa",
    "kelurahan": "Kelurahan",
}
KINDS = {
    "regency": ("kabupaten", "kota"),
    "district": ("kecamatan",),
    "village": ("desa", "kelurahan"),
    "rw": ("rw",),
    "rt": ("rt",),
}
_SHORT_WORDS = {
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "ds": "desa",
    "dk": "",
    "dukuh": "",
}


@dataclass(frozen=True)
class Period:
    """Code and name of a place over [valid_from, valid_to)."""

    code: str
    name: str
    hamlet: str = ""
    valid_from: date = OPEN_START
    valid_to: date = OPEN_END
    basis: str = ""
    confidence: str = "sure"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Changes:
    """`close` holds (position among the held periods, new end); `open` the periods to add."""

    close: tuple[tuple[int, date], ...] = ()
    open: tuple[Period, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.close or self.open)


def reconciled(
    past: Iterable[Period], now: Period, held: Iterable[Period], today: date
) -> tuple[Period, ...]:
    """The periods a place should have, without gaps, oldest first.

    `past` are the periods under other codes or names that the files date (each with its end); `now` is the
    present code and name with the first and last day of the place. Names held earlier under the present code
    are kept; a name that differs from the last one begins `today`, or replaces it when it began today. Raises
    ValueError when the dates run backwards.
    """
    start = now.valid_from
    found: list[Period] = []
    for earlier in sorted(past, key=lambda period: period.valid_to):
        if earlier.valid_to <= start:
            raise ValueError("a code ends before it begins")
        found.append(replace(earlier, valid_from=start))
        start = earlier.valid_to
    if now.valid_to <= start:
        raise ValueError("a place ends before its last code begins")
    names = [period for period in held if period.code == now.code and _lasts_beyond(period, start)]
    steps = sorted(names, key=lambda period: period.valid_from)
    if steps:
        steps[0] = replace(steps[0], valid_from=start)
    if steps and (steps[-1].name, steps[-1].hamlet) != (now.name, now.hamlet):
        steps = [step for step in steps if step.valid_from < today] + [
            replace(now, valid_from=max(today, start))
        ]
    steps = _joined(steps or [replace(now, valid_from=start)])
    steps[-1] = replace(now, valid_from=steps[-1].valid_from)
    ends = [*(step.valid_from for step in steps[1:]), now.valid_to]
    found += [replace(step, valid_to=end) for step, end in zip(steps, ends, strict=True)]
    return tuple(found)


def _lasts_beyond(period: Period, day: date) -> bool:
    return period.valid_to > max(day, period.valid_from)


def _joined(steps: Iterable[Period]) -> list[Period]:
    """Without steps that repeat the name before them."""
    kept: list[Period] = []
    for step in steps:
        if not kept or (kept[-1].name, kept[-1].hamlet) != (step.name, step.hamlet):
            kept.append(step)
    return kept


def recoded(held: Iterable[Period], old: str, new: str, on: date, basis: str) -> tuple[Period, ...]:
    """The periods of a place below one whose code changed from `old` to `new` on `on`."""
    found: list[Period] = []
    for period in sorted(held, key=lambda period: period.valid_from):
        if period.valid_to <= on or not period.code.startswith(f"{old}."):
            found.append(period)
            continue
        if period.valid_from < on:
            found.append(replace(period, valid_to=on))
        code = new + period.code.removeprefix(old)
        found.append(replace(period, code=code, valid_from=max(on, period.valid_from), basis=basis))
    return tuple(found)


def changes(held: Sequence[Period], wanted: Iterable[Period]) -> Changes:
    """What to close and what to open so that `wanted` holds; what covers no day is left alone."""
    missing = list(wanted)
    close: list[tuple[int, date]] = []
    for position, period in enumerate(held):
        if period.valid_from >= period.valid_to:
            continue
        same = next((other for other in missing if replace(other, valid_to=period.valid_to) == period), None)
        if same is None or (same.valid_to != period.valid_to and period.valid_to != OPEN_END):
            close.append((position, period.valid_from))  # withdrawn: it covers no day any more
            continue
        missing.remove(same)
        if same.valid_to != period.valid_to:
            close.append((position, same.valid_to))
    return Changes(tuple(close), tuple(missing))


def label(kind: str, name: str, hamlet: str = "") -> str:
    """How people say it: "Kecamatan Cepogo", "Desa Sumbung", "RT 007 Sambirejo"."""
    words = (KIND_WORDS.get(kind, ""), name, hamlet)
    return " ".join(word for word in words if word)


def asked(text: str) -> tuple[str, str]:
    """(kind or "", name) of what a person typed: "kec. Boyolali" asks for the kecamatan of that name."""
    words = re.sub(r"[.,\s]+", " ", text.strip().casefold()).split()
    if len(words) > 1:
        first = _SHORT_WORDS.get(words[0], words[0])
        if first in KIND_WORDS or not first:
            return first, " ".join(words[1:])
    return "", " ".join(words)


def squeezed(name: str) -> str:
    """A name without blanks, hyphens and capitals: "Tunggul Wulung" and "tunggulwulung" are one."""
    return re.sub(r"[\s\-'.]+", "", name).casefold()


# Digest of a ledger entry of kind "areas.named": lines of what it opened, closed and added as an alias.
def opened_line(area: int, period: Period) -> bytes:
    return canonical.encode(
        "open",
        area,
        period.code,
        period.name,
        period.hamlet,
        period.valid_from.isoformat(),
        period.basis,
        period.confidence,
    )


def closed_line(area: int, period: Period, end: date) -> bytes:
    return canonical.encode(
        "close", area, period.code, period.name, period.valid_from.isoformat(), end.isoformat()
    )


def alias_line(area: int, name: str, source: str) -> bytes:
    return canonical.encode("alias", area, name, source)


def digest(lines: Iterable[bytes]) -> bytes:
    """SHA-256 over the sorted lines: it does not depend on the order of rows in a database."""
    return canonical.digest(*sorted(lines))
