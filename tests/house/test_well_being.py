"""What watchdogs and programs meet first: the health page, and the one door before the API."""

import os
from pathlib import Path

import pytest
from django.test import Client

from natapraja.config.addresses import API, addresses
from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators.commands import HEARTBEAT


@pytest.mark.django_db
def test_the_health_page_is_well_when_the_worker_breathes(data_dir: Path) -> None:
    (data_dir / HEARTBEAT).write_text("")
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert all(answer.json()[part]["ok"] for part in ("web", "database", "worker", "mart"))


@pytest.mark.django_db
def test_the_health_page_says_when_the_worker_has_stopped(data_dir: Path) -> None:
    beat = data_dir / HEARTBEAT
    beat.write_text("")
    os.utime(beat, (now().timestamp() - 60, now().timestamp() - 60))
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == {"ok": False, "seconds_since_heartbeat": pytest.approx(60, abs=5)}


@pytest.mark.django_db
def test_the_health_page_says_when_no_worker_ever_ran(data_dir: Path) -> None:
    assert not (data_dir / HEARTBEAT).exists()
    assert Client().get("/healthz").json()["worker"] == {"ok": False, "seconds_since_heartbeat": None}


def test_the_api_describes_every_operation() -> None:
    described = Client().get(f"{API}/openapi.json").json()["paths"]
    operations = [address for address in addresses() if address.route.startswith(f"{API}/")]
    assert len(described) == len({address.route for address in operations}) - 1  # the description itself


@pytest.mark.django_db
def test_the_api_refuses_before_it_reads_the_question() -> None:
    closed = [a for a in addresses() if a.route.startswith(f"{API}/") and a.rule != "public"]
    answers = {a.sample: Client().generic(a.methods[0], a.sample).status_code for a in closed}
    assert set(answers.values()) <= {401}, answers
