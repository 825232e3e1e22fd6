"""A small regency of figures: real places, invented counts, three published months and today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.conf import settings
from django.test import Client

from natapraja.foundation.access.actions import ensure_demo_accounts
from natapraja.foundation.access.models import User
from natapraja.foundation.areas.actions import load_areas
from natapraja.foundation.areas.models import Area
from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.dashboards import movements
from natapraja.mcd.indicators import catalogue, protection, store
from natapraja.mcd.indicators.measure import BASE, DENOMINATOR, LENGTHS, PUBLIC_LEVELS, Matrix, rolled_up
from natapraja.mcd.indicators.models import Publication, Pulse

AT = datetime(2026, 6, 1, tzinfo=UTC)
REGENCY, DISTRICT, VILLAGE = "33.09", "33.09.03", "33.09.03.2004"
RT = f"{VILLAGE}.001.007"


@pytest.fixture
def places(db: None) -> list[str]:
    """The codes of all villages, in order."""
    movements.forget()
    load_areas(definitions=settings.DEFINITIONS, by="system:test", at=AT)
    return list(Area.objects.filter(level="village").order_by("code").values_list("code", flat=True))


@pytest.fixture
def measure(places: list[str]) -> Callable[..., None]:
    """`measure(villages=15, months=3)`: one RT per village around Sumbung, 12 of 60 count.

    `ages=(5, 12)`: five people in each of twelve age groups.
    """

    def measured(
        villages: int = 15, months: int = 3, counted: float = 12.0, ages: tuple[int, int] = (0, 0)
    ) -> None:
        nearby = [code for code in places if code.startswith(DISTRICT)]
        others = [code for code in places if not code.startswith(DISTRICT)]
        chosen = sorted([VILLAGE, *[code for code in [*nearby, *others] if code != VILLAGE][: villages - 1]])
        neighbourhoods = tuple(f"{code}.001.007" for code in chosen)
        ends = _month_ends(months)
        for number, end in enumerate(ends):
            publication = Publication.objects.create(on=end, known_at=AT, entry=number + 1)
            for matrix in _matrices(end, neighbourhoods, counted + number):
                month = rolled_up(matrix, [LENGTHS[level] for level in PUBLIC_LEVELS])
                store.publish(month, publication, protection.of_month(month, end, AT))
        store.replace_all(_matrices(today(), neighbourhoods, counted, ages), on=today(), known_at=AT)
        Pulse.objects.create(at=now())  # its own moment: what is protected is remembered by pulse

    return measured


@pytest.fixture
def somebody(places: list[str]) -> Callable[[str], Client]:
    """`somebody("bupati")`: a browser in which this demo account is signed in; "" for nobody."""
    ensure_demo_accounts(by="system:demo", at=AT)

    def signed_in(name: str = "") -> Client:
        client = Client()
        if name:
            client.force_login(User.objects.get(username=name))
        return client

    return signed_in


@dataclass(frozen=True)
class Sizes:
    base: float = 60.0


def _matrices(
    on: date, areas: tuple[str, ...], counted: float, ages: tuple[int, int] = (0, 0)
) -> list[Matrix]:
    """Every plan under the rules of the day with the same counts in each RT; `counted` of 60."""
    made = []
    filled = {f"age_group={5 * number}" for number in range(ages[1])}
    for plan in catalogue.plans(catalogue.rules_of(on)):
        values = np.zeros((len(areas), len(plan.splits), len(plan.cells)))
        for place, cell in enumerate(plan.cells):
            whole = cell.part in (DENOMINATOR, BASE)
            if cell.group == "":
                values[:, 0, place] = Sizes.base if whole else counted
            elif cell.group in filled:
                values[:, 0, place] = ages[0]
        made.append(Matrix(plan.register, plan.cells, plan.splits, areas, values))
    return made


def _month_ends(months: int) -> list[date]:
    found, day = [], today()
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]
