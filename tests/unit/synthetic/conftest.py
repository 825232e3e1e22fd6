"""A small regency for most tests, and a larger one, made once, for the shares that need many people."""

import pytest

from tests.unit.synthetic.made import Regency


@pytest.fixture(scope="session")
def small() -> Regency:
    return Regency(people=5_000)


@pytest.fixture(scope="session")
def regency() -> Regency:
    return Regency(people=55_000)
