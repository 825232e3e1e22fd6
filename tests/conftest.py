"""What every test may ask for, and what no test can do: reach another machine or leave files behind.

A test that needs tables says so (`db` or `pytest.mark.django_db`). Journeys come last: the browser's driver
keeps an event loop in this thread, beside which Django refuses to speak to the database.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings


def pytest_configure() -> None:
    """WhiteNoise warns at every request about a folder of static files that is not there."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "journeys" in item.path.parts)


def pytest_unconfigure() -> None:
    """The data folder of the tests (tests/settings.py) goes when they end."""
    if "natapraja-test-" in os.environ["NATA_DATA"]:  # never a folder somebody works in
        shutil.rmtree(os.environ["NATA_DATA"], ignore_errors=True)


@pytest.fixture
def data_dir(tmp_path: Path, settings: object) -> Iterator[Path]:
    """A data folder for this test alone, for what is written as files (the mart, downloads)."""
    before = django_settings.DATA_DIR
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    assert before != tmp_path
    return tmp_path
