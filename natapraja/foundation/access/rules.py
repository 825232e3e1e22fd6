"""Rules of the door: when a right reaches a place, an account is locked, a session is over. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without 0 o, 1 i l: read aloud over the telephone


def contains(grant_area: str, area: str) -> bool:
    """True for the area itself and everything below it, by the grammar of the codes."""
    return area == grant_area or area.startswith(grant_area + ".")


def depth(area: str) -> int:
    """0 regency, 1 district, 2 village, 3 RW, 4 RT."""
    return area.count(".") - 1


def outermost(areas: Sequence[str]) -> tuple[str, ...]:
    """The areas without those that lie in another one of them, sorted."""
    found = set(areas)
    return tuple(sorted(one for one in found if not any(contains(two, one) for two in found - {one})))


def locked_until(
    failures: Sequence[datetime], limit: int, window: timedelta, lock: timedelta
) -> datetime | None:
    """The end of the latest lock that `failures` (rising) ever caused, past or future; None for none.

    A lock begins with the last of `limit` failures that lie within `window` of each other.
    """
    ends = [
        failures[last] + lock
        for last in range(limit - 1, len(failures))
        if failures[last] - failures[last - limit + 1] <= window
    ]
    return max(ends, default=None)


Ending = Literal["idle", "absolute"]


def session_end(
    opened: datetime, seen: datetime, now: datetime, idle: timedelta, longest: timedelta
) -> Ending | None:
    """Why a session opened and last used at these moments is over at `now`; None while it lives."""
    if now - opened >= longest:
        return "absolute"
    return "idle" if now - seen >= idle else None


def spoken_password(numbers: Sequence[int]) -> str:
    """A first password one can read aloud, "k7mq-2hxd-9wpt", from twelve random numbers of any size."""
    letters = [_ALPHABET[number % len(_ALPHABET)] for number in numbers]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, len(letters), 4))
