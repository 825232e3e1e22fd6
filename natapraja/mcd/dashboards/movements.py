"""Bridges worked out once: those between two publications never change; one that ends today is renewed behind the page.

A page never waits for a bridge shown within the hour: it shows that one, dated, while a thread makes the next.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import bridge
from natapraja.mcd.indicators.bridge import Explained, Point
from natapraja.mcd.indicators.rules import UNMEASURED, Incomparable
from natapraja.mcd.indicators.sums import pulse

log = logging.getLogger(__name__)

_SECONDS = 60.0  # how long a bridge to a living day is good enough although figures moved
_AN_HOUR = 3600.0  # how old a bridge may be that is shown while the next is made
_MOST = 200

_Key = tuple[object, ...]


@dataclass(frozen=True)
class Told:
    """Movements by indicator, and when they were worked out."""

    at: datetime
    pulse: object
    found: Mapping[str, Explained]


_kept: OrderedDict[_Key, Told] = OrderedDict()
_busy: dict[_Key, threading.Lock] = {}
_door = threading.Lock()


def explained(name: str, area: str, start: date, end: date) -> tuple[Explained, datetime]:
    """One movement and when it was worked out; raises Incomparable where a side cannot be measured."""
    told = explained_all((name,), area, start, end)
    if name not in told.found:
        raise Incomparable(UNMEASURED)
    return told.found[name], told.at


def explained_all(
    names: tuple[str, ...], area: str, start: date, end: date, level: str | None = None
) -> Told:
    """Several movements from one measuring; each is worked out by one thread at a time."""
    first, last = bridge.point_on(start), bridge.point_on(end)
    living = first.is_now or last.is_now
    ends = tuple(None if point.is_now else point.known for point in (first, last))
    key: _Key = (str(settings.DATABASES["default"]["NAME"]), names, area, start, end, level, *ends)
    kept = _kept.get(key)
    if kept is not None and (not living or _is_fresh(kept)):
        return kept
    with _door:
        lock = _busy.setdefault(key, threading.Lock())
    if kept is not None and (now() - kept.at).total_seconds() < _AN_HOUR:
        threading.Thread(
            target=_renew, args=(lock, key, names, area, first, last, level), daemon=True
        ).start()
        return kept
    with lock:
        again = _kept.get(key)
        return (
            again
            if again is not None and again is not kept
            else _work_out(key, names, area, first, last, level)
        )


def forget() -> None:
    """Nothing is remembered any more: for tests, whose databases share their numbers."""
    _kept.clear()


def _is_fresh(kept: Told) -> bool:
    return (now() - kept.at).total_seconds() < _SECONDS or kept.pulse == pulse()


def _renew(
    lock: threading.Lock,
    key: _Key,
    names: tuple[str, ...],
    area: str,
    first: Point,
    last: Point,
    level: str | None,
) -> None:
    if not lock.acquire(blocking=False):
        return  # another thread is at it
    try:
        _work_out(key, names, area, first, last, level)
    except Exception:
        log.exception("bridge of %s not renewed", area)
    finally:
        lock.release()
        connection.close()


def _work_out(
    key: _Key, names: tuple[str, ...], area: str, first: Point, last: Point, level: str | None
) -> Told:
    told = Told(now(), pulse(), bridge.explain_all(names, area, first, last, level))
    _kept[key] = told
    while len(_kept) > _MOST:
        oldest, _ = _kept.popitem(last=False)
        _busy.pop(oldest, None)
    return told
