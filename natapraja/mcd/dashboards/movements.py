"""Bridges worked out once: two publications never change, and a living day is worked out again after a minute."""

import threading
from collections import OrderedDict
from datetime import date, datetime

from django.conf import settings

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import bridge
from natapraja.mcd.indicators.bridge import Explained
from natapraja.mcd.indicators.models import Pulse
from natapraja.mcd.indicators.rules import Incomparable

_SECONDS = 60.0  # how long a bridge to a living day is kept although figures moved
_MOST = 200

_Key = tuple[object, ...]
_kept: OrderedDict[_Key, tuple[datetime, object, dict[str, Explained]]] = OrderedDict()
_busy = threading.Lock()


def explained(name: str, area: str, start: date, end: date) -> Explained:
    """One movement; raises Incomparable where a side cannot be measured."""
    found = explained_all((name,), area, start, end)
    if name not in found:
        raise Incomparable(
            "Angka ini belum dapat dihitung pada salah satu tanggal itu. Pilih tanggal yang lebih baru."
        )
    return found[name]


def explained_all(
    names: tuple[str, ...], area: str, start: date, end: date, level: str | None = None
) -> dict[str, Explained]:
    """Several movements from one measuring; only one page at a time works them out."""
    first, last = bridge.point_on(start), bridge.point_on(end)
    own = (str(settings.DATABASES["default"]["NAME"]), names, area, start, end, level)
    key: _Key = (*own, first.known if not first.is_now else None, last.known if not last.is_now else None)
    living = first.is_now or last.is_now
    with _busy:
        kept = _kept.get(key)
        pulse = Pulse.objects.order_by("-id").values_list("id", "at").first() if living else None
        fresh = kept and (not living or kept[1] == pulse or (now() - kept[0]).total_seconds() < _SECONDS)
        if kept and fresh:
            _kept.move_to_end(key)
            return kept[2]
        made = bridge.explain_all(names, area, first, last, level)
        _kept[key] = (now(), pulse, made)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
        return made
