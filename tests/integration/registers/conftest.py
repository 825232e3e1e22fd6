"""A small regency to report from."""

import pytest

from tests.builders import regency


@pytest.fixture
def village(db: None) -> None:
    """Two kecamatan with five villages and ten RT, nobody in them."""
    regency.build()
