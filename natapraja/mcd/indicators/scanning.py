"""How a query reads a register: the Parquet files of its villages, and the growth standards beside them."""

import os
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb
from django.conf import settings

from natapraja.mcd.mart import partitions
from natapraja.mcd.mart.engine import Engine

from .compiler import WHO_LMS


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
