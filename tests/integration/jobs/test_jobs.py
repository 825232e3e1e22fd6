"""Background jobs: an officer's file goes before the months that wait; the house tidies up after itself."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from natapraja.config import jobs
from natapraja.foundation.access.tasks import clear_sessions
from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import tasks as figures
from natapraja.mcd.indicators.months import Due
from natapraja.mcd.intake import tasks as intake


def work_off() -> None:
    """The process of background jobs, until nothing waits any more."""
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="uji", excluded_queue_names=[],
    ).run()  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_file_sent_while_two_years_of_months_are_owed_waits_for_one_month_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order: list[str] = []
    owed = [date(2026, month, 28) for month in range(10, 0, -1)]

    def publish(*, on: date, **_: object) -> None:
        if on == owed[0]:
            intake.run_import.enqueue(
                1, "user:1"
            )  # somebody presses the button while the first month is made
        order.append(on.isoformat())

    def missing(at: datetime) -> list[Due]:
        return [Due(day, at) for day in owed if day.isoformat() not in order]

    monkeypatch.setattr(figures, "actions", SimpleNamespace(publish=publish))
    monkeypatch.setattr(figures, "months", SimpleNamespace(missing=missing))
    monkeypatch.setattr(intake, "actions", SimpleNamespace(carry_out=lambda **_: order.append("berkas")))
    figures.publish_missing.enqueue()
    work_off()
    months = [day.isoformat() for day in owed]
    assert order == [months[0], "berkas", *months[1:]]
    assert {job.status for job in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


@pytest.mark.django_db
def test_sessions_that_ended_are_taken_away_and_living_ones_stay() -> None:
    keys = []
    for lasts in (timedelta(hours=-1), timedelta(hours=1)):
        session = SessionStore()
        session.set_expiry(now() + lasts)
        session.save()
        keys.append(session.session_key)
    clear_sessions.call()
    assert [session.session_key for session in Session.objects.all()] == keys[1:]


@pytest.mark.django_db
def test_what_is_left_of_old_jobs_is_taken_away() -> None:
    for _ in range(2):
        clear_sessions.enqueue()
    old, young = DBTaskResult.objects.all()
    for job, days in ((old, 15), (young, 13)):
        job.set_successful(None)
        DBTaskResult.objects.filter(pk=job.pk).update(finished_at=now() - timedelta(days=days))
    jobs.forget_finished_jobs.call()
    assert [job.pk for job in DBTaskResult.objects.all()] == [young.pk]


def test_the_chores_of_a_day_are_these() -> None:
    named = {chore.module_path.rsplit(".", 1)[1] for chore in jobs.EACH_DAY}
    assert named == {"forget_refused_rows", "clear_sessions", "forget_finished_jobs"}
