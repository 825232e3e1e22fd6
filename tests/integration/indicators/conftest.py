"""A mart of its own for every module that writes one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(scope="module")
def mart_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder shared by the tests of a module."""
    home = tmp_path_factory.mktemp("mart")
    with override_settings(DATA_DIR=home):
        yield home
