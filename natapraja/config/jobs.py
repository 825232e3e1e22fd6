"""The process of background jobs: works off what others hand over, and hands over the chores of the house itself."""

import os
import threading
import time
from typing import Any

from django.core.management import call_command
from django.db import connection
from django_tasks import task

from natapraja.foundation.access.tasks import clear_sessions
from natapraja.foundation.kernel.clock import today
from natapraja.mcd.intake.tasks import forget_refused_rows, resume_imports

_LOOK_AT_THE_CLOCK = 60.0  # seconds
_POLITE = (
    5  # pages and figures come first where there is little machine: the months of a first start, a large file
)


@task()
def forget_finished_jobs() -> None:
    """What is left of jobs done two weeks ago or longer."""
    call_command("prune_db_task_results", queue_name="*", verbosity=0)


EACH_DAY: tuple[Any, ...] = (forget_refused_rows, clear_sessions, forget_finished_jobs)


def run(*, resume: bool) -> int:
    """Until told to stop. `resume`: first go on with the imports that the last stop of the house interrupted.

    Not after this process alone came to an end: were an import the cause, it would be so again and again.
    """
    os.nice(_POLITE)
    if resume:
        resume_imports.enqueue()
    threading.Thread(target=_keep_days, daemon=True).start()
    call_command("db_worker", queue_name="*", startup_delay=False, reload=False)
    return 0


def _keep_days() -> None:
    """Hand over the chores of the day, now and whenever a new one begins in the regency."""
    done = None
    while True:
        if today() != done:
            done = today()
            for chore in EACH_DAY:
                chore.enqueue()
            connection.close()
        time.sleep(_LOOK_AT_THE_CLOCK)
