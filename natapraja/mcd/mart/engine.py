"""The columnar engines: DuckDB inside the process (default), Spark on a cluster. Neither owns the files.

Queries are written in DuckDB's dialect; sqlglot translates them for Spark.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import sqlglot
from django.conf import settings
from sqlglot import exp

from natapraja.foundation.kernel.identifiers import Malformed


class Engine(Protocol):
    name: str

    def table(self, sql: str) -> pa.Table:
        """The answer of one query, columns named as in the query."""

    def scan(self, paths: list[str]) -> str:
        """SQL (in DuckDB's dialect) of a table expression over these Parquet files."""


class DuckDBEngine:
    """One embedded database per process, one cursor per thread; nothing is kept in it."""

    name = "duckdb"

    def __init__(self, *, threads: int = 2, memory: str = "3GB") -> None:
        passing = str(Path(settings.DATA_DIR) / "passing")  # for what a query cannot hold in memory
        self._root = duckdb.connect(
            config={"threads": threads, "memory_limit": memory, "temp_directory": passing}
        )
        self._local = threading.local()

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._root.cursor()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def table(self, sql: str) -> pa.Table:
        return self.cursor.sql(sql).to_arrow_table()

    def scan(self, paths: list[str]) -> str:
        return _read_parquet(paths)


class SparkEngine:
    """The same queries on Spark, for a province or the nation. Needs the extra `spark` and Java 17 or newer.

    On a cluster the data folder must be at the same place for every machine, as on any shared file system.
    """

    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session
        self._numbers = count(1)

    def table(self, sql: str) -> pa.Table:
        tree = sqlglot.parse_one(sql, read="duckdb")
        for relation in tree.find_all(exp.CTE):
            relation.set("materialized", None)  # Spark has no word for it
        with self._views(tree):
            return self._session.sql(tree.sql(dialect="spark")).toArrow()

    def scan(self, paths: list[str]) -> str:
        return _read_parquet(paths)

    def stop(self) -> None:
        self._session.stop()

    @contextmanager
    def _views(self, tree: exp.Expression) -> Iterator[None]:
        """Spark names one path in SQL, not many: files stand behind a view for as long as a query runs."""
        names: dict[tuple[str, ...], str] = {}
        for scan in list(tree.find_all(exp.ReadParquet)):
            paths = tuple(literal.this for literal in scan.find_all(exp.Literal))
            names.setdefault(paths, f"mart_{next(self._numbers)}")
            scan.replace(exp.to_identifier(names[paths]))
        try:
            for paths, name in names.items():
                self._session.read.parquet(*paths).createOrReplaceTempView(name)
            yield
        finally:
            for name in names.values():
                self._session.catalog.dropTempView(name)


@cache
def engine() -> Engine:
    """The engine of this process, by the setting MART_ENGINE.

    Raises Malformed when there is no such engine, or when it is not installed.
    """
    match settings.MART_ENGINE:
        case DuckDBEngine.name:
            return DuckDBEngine()
        case SparkEngine.name:
            return SparkEngine(_spark_session(settings.SPARK_MASTER, Path(settings.DATA_DIR) / "spark"))
    raise Malformed("NATA_ENGINE", "mesin hitung tidak dikenal", "Pakai duckdb atau spark")


def _spark_session(master: str, folder: Path) -> Any:
    """One session per process: no page, no metastore, what it writes below `folder`, moments in UTC as in the files.

    Everything else is tuned as Spark is anywhere: in spark-defaults.conf or PYSPARK_SUBMIT_ARGS.
    """
    try:
        from pyspark.sql import SparkSession  # only where the extra is installed
    except ImportError:
        remedy = "Jalankan lewat ./nata, yang memasangnya menurut requirements-spark.lock"
        raise Malformed("NATA_ENGINE", "Spark belum terpasang", remedy) from None
    ours = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.local.dir": str(folder / "scratch"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "false",  # a part of nothing is unknown, no error
    }
    if master.startswith("local"):
        ours |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            # A list of files is read here faster than it is shared out.
            "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
        }
    builder = SparkSession.builder.appName("natapraja").master(master)
    for name, value in ours.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _read_parquet(paths: list[str]) -> str:
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{quoted}])"
