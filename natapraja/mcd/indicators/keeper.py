"""The keeper: hears what changed in the registers and brings mart, figures and dashboards up to date within a second."""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.mart import partitions
from natapraja.mcd.registers.models import Outbox

from . import actions, tasks
from .places import village_codes

_AT_ONCE = 2_000  # changes taken in one go: enough to catch up, few enough to answer within a second
_WHOLE_VILLAGE = 400  # from so many changed units on, reading the village again is quicker than merging


def today() -> date:
    """Today in the regency."""
    return now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def catch_up(*, at: datetime) -> int:
    """Copy and measure what is waiting in the outbox; gives how many changes were taken."""
    waiting = list(Outbox.objects.order_by("id")[:_AT_ONCE])
    if not waiting:
        return 0
    touched: dict[tuple[str, str], set[int] | None] = defaultdict(set)
    for change in waiting:
        key = (change.register, change.village)
        units = touched[key]
        if change.unit is None or units is None:
            touched[key] = None
        else:
            units.add(change.unit)
    sources = partitions.sources()
    for (register, village), units in touched.items():
        if units is None or len(units) > _WHOLE_VILLAGE:
            partitions.rebuild(sources[register], [village])
        else:
            partitions.merge(sources[register], village, units)
    villages = {village for _, village in touched}
    actions.refresh(on=today(), at=at, villages=villages, registers={register for register, _ in touched})
    # By number, not "up to": another transaction may still bring a lower one.
    Outbox.objects.filter(id__in=[change.id for change in waiting]).delete()
    return len(waiting)


def build_all(*, at: datetime, told: Callable[[str, int, int], None] | None = None) -> None:
    """Write the whole mart and measure everything: after a first load, or when definitions changed."""
    villages = village_codes()
    covered = list(Outbox.objects.filter(unit=None).values_list("id", flat=True))
    for source in partitions.sources().values():
        done = 0

        def step(count: int, name: str = source.id) -> None:
            nonlocal done
            done += count
            if told:
                told(name, done, len(villages))

        partitions.rebuild(source, villages, step)
    actions.refresh(on=today(), at=at)
    actions.refresh_slow(on=today(), at=at)
    for start in range(0, len(covered), _AT_ONCE):
        Outbox.objects.filter(id__in=covered[start : start + _AT_ONCE]).delete()


def keep(*, stop: Callable[[], bool], beat: Callable[[], None], pause: float = 0.05) -> None:
    """The worker's loop: catch up, start the new day, and say that it lives."""
    day = today()
    tasks.publish_missing.enqueue()
    stale = [source.id for source in partitions.sources().values() if not partitions.is_current(source)]
    if stale or actions.is_empty():
        build_all(at=now())
    last_beat = 0.0
    while not stop():
        if time.monotonic() - last_beat > 1:
            close_old_connections()
            beat()
            last_beat = time.monotonic()
        if today() != day:
            day = today()
            actions.refresh(on=day, at=now())
            actions.refresh_slow(on=day, at=now())
            tasks.publish_missing.enqueue()
        if not catch_up(at=now()):
            time.sleep(pause)
