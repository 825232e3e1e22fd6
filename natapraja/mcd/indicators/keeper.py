"""The keeper: hears what changed in the registers and brings figures, dashboards and mart up to date within a second."""

import fcntl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, transaction

from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.mart import partitions
from natapraja.mcd.registers.models import Outbox

from . import actions, kin, tasks
from .live import LiveMeasure
from .places import village_codes

_AT_ONCE = 200  # changes measured in one go: enough to keep up, few enough to answer within a second
_WHOLE_VILLAGE = 400  # from so many changed units on, reading the village again is quicker than merging
_COPYING = 0.05  # seconds for the mart between two looks at the outbox


class Keeper:
    """Figures first, files after: a line is marked when it is measured and leaves the outbox when the mart holds it."""

    def __init__(self) -> None:
        self._uncopied: dict[tuple[str, str], list[Outbox]] = defaultdict(list)
        self._remember(Outbox.objects.filter(measured=True))
        self._kin: kin.Kin | None = None
        self._live: LiveMeasure | None = None

    def hear(self, *, at: datetime) -> int:
        """Measure what is new in the outbox; gives how many changes that were."""
        fresh = list(Outbox.objects.filter(measured=False).order_by("id")[:_AT_ONCE])
        if loads := [change for change in fresh if change.unit is None]:
            self._measure_villages(loads, at)
        elif fresh:
            self._measure_units(fresh, at)
        return len(loads or fresh)

    def copy(self, seconds: float | None = None) -> bool:
        """Bring the files of the mart up to date, for about so long (None: to the end); says whether some remain."""
        copied: list[int] = []
        sources, begun = partitions.sources(), time.monotonic()
        while self._uncopied and (seconds is None or time.monotonic() - begun < seconds):
            (register, village), changes = next(iter(self._uncopied.items()))
            units = {change.unit for change in changes if change.unit is not None}
            if len(units) > _WHOLE_VILLAGE:
                partitions.rebuild(sources[register], [village])
            else:
                partitions.merge(sources[register], village, units)
            del self._uncopied[register, village]
            copied += [change.id for change in changes]
        _forget(copied)
        return bool(self._uncopied)

    def settle(self) -> None:
        """Measure and copy everything that was told before this moment."""
        before = now()
        while Outbox.objects.filter(at__lt=before).exists():
            self.hear(at=now())
            self.copy()

    def _measure_villages(self, loads: list[Outbox], at: datetime) -> None:
        """Whole villages came in from a file: their partitions are written anew and measured."""
        self.copy()  # they are measured from the files, which must hold what was measured without them
        sources = partitions.sources()
        for register, village in {(change.register, change.village) for change in loads}:
            partitions.rebuild(sources[register], [village])
        villages, registers = {each.village for each in loads}, {each.register for each in loads}
        actions.refresh(on=today(), at=at, villages=villages, registers=registers)
        self._kin = None  # whoever came may refer to anybody
        _forget(each.id for each in loads)

    def prepare(self) -> tuple[LiveMeasure, kin.Kin]:
        """What measuring single units needs; made anew for every day, and after whole villages came in."""
        if self._live is None or self._live.on != today():
            self._live = LiveMeasure(today())
            self._kin = None
        if self._kin is None:
            self.copy()  # references are read from the mart
            self._kin = kin.of_mart(self._live.on, self._live.references)
        return self._live, self._kin

    def _measure_units(self, changes: list[Outbox], at: datetime) -> None:
        changed: dict[str, set[int]] = defaultdict(set)
        for change in changes:
            if change.unit is not None:
                changed[change.register].add(change.unit)
        live, relatives = self.prepare()
        matrices, areas = live.measure(changed, relatives)
        with transaction.atomic():
            actions.replace(matrices, areas, on=live.on, at=at)
            Outbox.objects.filter(id__in=[change.id for change in changes]).update(measured=True)
        self._remember(changes)

    def _remember(self, changes: Iterable[Outbox]) -> None:
        for change in changes:
            self._uncopied[change.register, change.village].append(change)


def _forget(numbers: Iterable[int]) -> None:
    """Take lines off the outbox. By number, not "up to": another transaction may still bring a lower one."""
    Outbox.objects.filter(id__in=list(numbers)).delete()


class Busy(Exception):
    """Another process keeps the figures of this data folder."""


@contextmanager
def alone() -> Iterator[None]:
    """Only one process at a time writes the mart and the figures of a data folder; raises Busy beside another."""
    with (Path(settings.DATA_DIR) / "keeper.lock").open("w") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def build_all(*, at: datetime, told: Callable[[str, int, int], None] | None = None) -> None:
    """Write the whole mart and measure everything; raises Busy while a worker does its work."""
    with alone():
        _build(at=at, told=told)


def _build(*, at: datetime, told: Callable[[str, int, int], None] | None = None) -> None:
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
    for start in range(0, len(covered), 1000):
        Outbox.objects.filter(id__in=covered[start : start + 1000]).delete()


def keep(*, stop: Callable[[], bool], beat: Callable[[], None], pause: float = 0.02) -> None:
    """The worker's loop: start the day, catch up, and say that it lives; the first time when all stands ready."""
    with alone():
        _keep(stop, beat, pause)


def _keep(stop: Callable[[], bool], beat: Callable[[], None], pause: float) -> None:
    if actions.measured_on() is None or not all(
        partitions.is_current(each) for each in partitions.sources().values()
    ):
        _build(at=now())
    keeper, day, last_beat = Keeper(), None, 0.0
    while not stop():
        if today() != day:
            day = today()
            if outdated := actions.measured_on() != day or actions.is_outdated(day):
                keeper.copy()
                actions.refresh(on=day, at=now())  # first: no report can be added to figures by other rules
            keeper.settle()
            if outdated:
                actions.refresh_slow(on=day, at=now())
            tasks.publish_missing.enqueue()  # a month is published from files that hold all that was known
        if time.monotonic() - last_beat > 1:
            close_old_connections()
            beat()
            last_beat = time.monotonic()
        heard = keeper.hear(at=now())
        if not keeper.copy(_COPYING) and not heard:
            keeper.prepare()  # now, not when somebody waits for the figures of a report
            time.sleep(pause)
