"""A small mart, and the engine chosen as an operator chooses it. One Spark for all tests: it takes seconds to start."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from django.test import override_settings

from natapraja.mcd.indicators import catalogue
from natapraja.mcd.mart.engine import SparkEngine, engine
from tests.builders.mart import write_villages
from tests.builders.populations import tables

# Over a handful of rows Spark spends its time on compiling each query to Java; read step by step it takes a third of it.
IN_HASTE = (
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.adaptive.enabled=false",
)
VILLAGES = tuple(f"33.09.0{district}.200{number}" for district in (1, 2) for number in (1, 2, 3))
Answer = TypeVar("Answer")


def by(name: str, ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers when NATA_ENGINE is `name`."""
    with override_settings(MART_ENGINE=name):
        engine.cache_clear()
        return ask()


@pytest.fixture(scope="session", autouse=True)
def mart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Random people in six villages, and every worked example in a village of its own."""
    people = {village: tables(place, unknown=place / 10) for place, village in enumerate(VILLAGES)}
    examples = {
        f"33.09.{10 + place // 50}.{2001 + place % 50}": each.example.rows
        for place, each in enumerate(catalogue.indicators().values())
    }
    home = tmp_path_factory.mktemp("mart")
    os.environ["PYSPARK_SUBMIT_ARGS"] = " ".join([*(f"--conf {each}" for each in IN_HASTE), "pyspark-shell"])
    with override_settings(DATA_DIR=home, SPARK_MASTER="local[2]"):
        write_villages(people | examples)
        yield home
        spark = by("spark", engine)
        assert isinstance(spark, SparkEngine)
        spark.stop()
    engine.cache_clear()
