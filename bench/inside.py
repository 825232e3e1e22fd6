"""Measurements that need the installation's own code and data: run as `python -m bench.inside NAME`, answers in JSON.

A process of their own, because settings are read once and the data folder differs from bench to bench.
"""

import json
import os
import statistics
import sys
import threading
import time
import uuid
from datetime import datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natapraja.config.settings")

PER_SECOND, REPORTS = 50, 500


def freshness() -> dict[str, float]:
    """Births reported at 50 a second all over the regency; how long after its commit each is in every figure."""
    from natapraja.foundation.access.reader import Grant, Reader
    from natapraja.foundation.kernel.clock import local_date, now
    from natapraja.mcd.registers import actions, rules
    from natapraja.mcd.registers.models import Outbox, Version

    reader, today = Reader(1, "bench", (Grant("operator_desa", "33.09"),)), local_date(now())
    homes = Version.objects.held_now().filter(register="households", valid_to__gt=today).order_by("?")
    chosen = list(homes.values_list("unit_id", "area__code")[:REPORTS])
    waiting: dict[datetime, float] = {}  # reports by their own moment: when each was committed
    waited: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set() or waiting:
            sent = list(waiting.items())
            left = set(Outbox.objects.filter(measured=False).values_list("at", flat=True))
            seen = time.time()
            for at, committed in sent:
                if at not in left:
                    del waiting[at]
                    waited.append(seen - committed)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    begun, spent = time.time(), []
    for number, (unit, area) in enumerate(chosen):
        time.sleep(max(0.0, begun + number / PER_SECOND - time.time()))
        own = uuid.uuid4()
        fields = {
            "name": f"Bayi Contoh {own.hex[:8]}", "sex": "P", "birth_date": today.isoformat(), "household": unit,
            "relation": "3",
        }  # fmt: skip
        before, at = time.perf_counter(), now()
        actions.report(
            report=actions.Report(own, rules.BORN, area, today, "people", None, fields),
            reader=reader, by="user:1", at=at,
        )  # fmt: skip
        spent.append(time.perf_counter() - before)
        waiting[at] = time.time()
    done.set()
    watcher.join(120)
    return {
        "p50": _share(waited, 0.5), "p95": _share(waited, 0.95), "commit_p95": _share(spent, 0.95),
        "rate": len(chosen) / (time.time() - begun), "seen": len(waited), "sent": len(chosen),
    }  # fmt: skip


def published() -> dict[str, float]:
    """Wait until the months of the first start are published, which a running installation does once."""
    from natapraja.foundation.kernel.clock import now
    from natapraja.mcd.indicators import months

    begun = time.perf_counter()
    while months.missing(now()):
        time.sleep(0.5)
    return {"seconds": time.perf_counter() - begun}


def recompute() -> dict[str, float]:
    """Measuring and storing every figure everywhere, against the same queries run by hand over the same files."""
    from natapraja.foundation.kernel.clock import now, today
    from natapraja.mcd.indicators import actions, catalogue
    from natapraja.mcd.indicators.compiler import Moment
    from natapraja.mcd.indicators.scanning import scan_of
    from natapraja.mcd.mart.engine import engine

    chosen, at, on = engine(), now(), today()
    day = catalogue.rules_of(on)
    scan = scan_of(chosen, None)
    queries = [each.sql(catalogue.schema(day), Moment(on, at), scan) for each in catalogue.plans(day)]
    by_hand, whole = [], []
    for _ in range(3):
        begun = time.perf_counter()
        for query in queries:
            chosen.table(query)
        by_hand.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        actions.refresh(on=on, at=now())
        whole.append(time.perf_counter() - begun)
    return {"by_hand": statistics.median(by_hand), "whole": statistics.median(whole)}


def _share(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"freshness": freshness, "published": published, "recompute": recompute}[sys.argv[1]]()))
