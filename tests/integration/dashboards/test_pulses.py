"""Open dashboards hear of what moved, also when the database was away for a while."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError, connection

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.dashboards import live
from natapraja.mcd.indicators.models import Pulse

VILLAGE = "33.09.03.2004"


class Away:
    """A database that refuses the next questions about pulses."""

    def __init__(self) -> None:
        self.refusals = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self.refusals and Pulse._meta.db_table in sql and sql.startswith("SELECT"):
            self.refusals -= 1
            raise OperationalError("the database system is starting up")
        return execute(sql, *rest)


async def _heard(listening: live.Listening, away: Away, refusals: int) -> bytes:
    """What an open page hears first of a figure that moved while the database was away."""
    events = listening.changes("33.09")
    await anext(events)
    await asyncio.sleep(5 * live._LOOK)  # the first look has learnt where we are
    away.refusals = refusals
    while away.refusals:
        await asyncio.sleep(live._LOOK)
    await sync_to_async(Pulse.objects.create)(at=now(), villages=VILLAGE)
    said = await asyncio.wait_for(anext(events), 10)
    await events.aclose()  # type: ignore[attr-defined]
    return said


@pytest.mark.django_db
@pytest.mark.parametrize("refusals", [0, 1, 3])
def test_a_page_hears_again_after_the_database_was_away(
    refusals: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(live, "_LOOK", 0.01)
    monkeypatch.setattr(live, "_PAUSE", 0.02)
    away = Away()
    with connection.execute_wrapper(away), caplog.at_level(logging.WARNING):
        said = async_to_sync(_heard)(live.Listening(), away, refusals)
    assert said.splitlines()[1] == b"event: figures"
    failed = [record for record in caplog.records if record.name == live.__name__]
    assert len(failed) == refusals
