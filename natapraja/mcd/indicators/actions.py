"""Measuring and publishing: the only hands that write figures."""

import os
from collections.abc import Callable, Collection
from datetime import date, datetime
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction

from natapraja.foundation.kernel.canonical import digest
from natapraja.foundation.ledger.actions import record
from natapraja.mcd.mart import partitions
from natapraja.mcd.mart.engine import Engine, engine

from . import catalogue, slow, store
from .compiler import WHO_LMS, Moment
from .measure import Matrix, run
from .models import CurrentFigures, Publication, Pulse

Told = Callable[[str], None]


def scan_of(chosen: Engine, villages: Collection[str] | None) -> Callable[[str], str]:
    """How a query reads a register: the files of these villages, or of all."""

    def scan(name: str) -> str:
        if name == WHO_LMS:
            return chosen.scan([str(growth_standards())])
        return chosen.scan(partitions.files(name, villages))

    return scan


def growth_standards() -> Path:
    """The WHO growth table as Parquet beside the mart, by whole keys: completed months, or millimetres of height.

    At 24 months the tables overlap (lying and standing); the standing one holds there (Permenkes 2/2020). Between two
    half centimetres the parameters lie on the straight line between them.
    """
    target = partitions.home() / "reference" / f"{WHO_LMS}.parquet"
    source = Path(settings.DEFINITIONS) / "national" / "growth" / "who_lms_under5.csv"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{WHO_LMS}-{os.getpid()}.parquet")
        with duckdb.connect() as database:
            database.execute(f"COPY ({_GROWTH.format(source=source)}) TO '{aside}' (FORMAT parquet)")
        os.replace(aside, target)
    return target


_GROWTH = """
    WITH given AS (
        SELECT indicator, CASE WHEN sex = 'M' THEN 'L' ELSE 'P' END AS sex, x_name = 'month' AS monthly,
               CAST(round(CASE WHEN x_name = 'month' THEN x ELSE x * 10 END) AS BIGINT) AS x, L AS l, M AS m, S AS s,
               "table" AS span
        FROM read_csv('{source}')
    ), points AS (
        SELECT *, lead(x) OVER line AS next_x, lead(l) OVER line AS next_l, lead(m) OVER line AS next_m,
               lead(s) OVER line AS next_s
        FROM (SELECT *, row_number() OVER (PARTITION BY indicator, sex, x ORDER BY span DESC) AS choice FROM given)
        WHERE choice = 1
        WINDOW line AS (PARTITION BY indicator, sex ORDER BY x)
    )
    SELECT indicator, sex, x + step AS x, l + coalesce((next_l - l) * step / (next_x - x), 0) AS l,
           m + coalesce((next_m - m) * step / (next_x - x), 0) AS m,
           s + coalesce((next_s - s) * step / (next_x - x), 0) AS s
    FROM (
        SELECT *, unnest(range(CASE WHEN monthly OR next_x IS NULL THEN 1 ELSE next_x - x END)) AS step FROM points
    )
"""


def measure(
    *,
    on: date,
    known: datetime,
    rules_on: date | None = None,
    villages: Collection[str] | None = None,
    registers: Collection[str] | None = None,
    names: frozenset[str] | None = None,
) -> list[Matrix]:
    """The sums per RT, at one moment and under the rules of one day; only registers whose figures may have moved."""
    day = catalogue.rules_of(rules_on or on)
    chosen = engine()
    scan = scan_of(chosen, villages)
    moment = Moment(on, known)
    return [
        run(chosen, prepared, catalogue.schema(day), moment, scan, small=villages is not None)
        for prepared in catalogue.plans(day, names)
        if registers is None or prepared.needs & set(registers)
    ]


def refresh(
    *,
    on: date,
    at: datetime,
    villages: Collection[str] | None = None,
    registers: Collection[str] | None = None,
) -> None:
    """Bring the current figures up to date for these villages (None: everywhere) and tell open dashboards."""
    matrices = measure(on=on, known=at, villages=villages, registers=registers)
    with transaction.atomic():
        store.replace_villages(matrices, villages, on=on, known_at=at)
        Pulse.objects.create(at=at, villages=" ".join(sorted(villages or ())))


def publish(*, on: date, known: datetime, by: str, at: datetime) -> Publication:
    """Publish the figures of `on` as known at `known`; once published they stay. The ledger keeps their digest."""
    found = Publication.objects.filter(on=on).first()
    if found is not None:
        return found
    matrices = measure(on=on, known=known)
    with transaction.atomic():
        seal = digest(on.isoformat(), known.isoformat(), *(part for each in matrices for part in _contents(each)))
        entry = record(kind="figures.published", subject=on.isoformat(), digest=seal, by=by, at=at)
        publication = Publication.objects.create(on=on, known_at=known, entry=entry)
        store.publish(matrices, publication)
        store.replace_slow(slow.measure(on=on, known=known), on=on, known_at=known)
    return publication


def refresh_slow(*, on: date, at: datetime) -> None:
    """Recompute the figures that are no sums."""
    store.replace_slow(slow.measure(on=on, known=at), on=on, known_at=at)


def is_empty() -> bool:
    return not CurrentFigures.objects.exists()


def _contents(matrix: Matrix) -> tuple[str, bytes]:
    return matrix.register, matrix.values.tobytes()
