"""The columnar engines: DuckDB inside the process (default), Spark on a cluster. Neither owns the files.

Queries are written in DuckDB's dialect; sqlglot translates them for Spark.
"""

import threading
from functools import cache
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import sqlglot
from django.conf import settings


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
        self._root = duckdb.connect(config={"threads": threads, "memory_limit": memory})
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
        quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return f"read_parquet([{quoted}])"


class SparkEngine:
    """The same queries on Spark, for a province or the nation. Needs the extra `spark` and Java 17."""

    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session
        self._views = 0

    def table(self, sql: str) -> pa.Table:
        (statement,) = sqlglot.transpile(sql, read="duckdb", write="spark")
        return self._session.sql(statement).toArrow()

    def scan(self, paths: list[str]) -> str:
        self._views += 1
        view = f"mart_{self._views}"
        self._session.read.parquet(*paths).createOrReplaceTempView(view)
        return view


@cache
def engine() -> Engine:
    """The engine of this process, by the setting MART_ENGINE ('duckdb' or 'spark')."""
    if getattr(settings, "MART_ENGINE", "duckdb") == "spark":
        from pyspark.sql import SparkSession  # only where the extra is installed

        return SparkEngine(SparkSession.builder.appName("natapraja").getOrCreate())
    return DuckDBEngine()
