"""A small regency, and a data folder of its own for every import."""

from pathlib import Path

import pytest

from tests.builders import regency


@pytest.fixture
def village(db: None, data_dir: Path) -> None:
    """Two kecamatan with five villages and ten RT, nobody in them."""
    regency.build()
