"""Background jobs of the figures."""

from django_tasks import task

from natapraja.foundation.kernel.clock import now

from . import actions, months


@task()
def publish_missing() -> int:
    """Publish every month that is due, newest first; gives how many. Beside the worker, so that nothing waits for it."""
    due = months.missing(now())
    for month in due:
        actions.publish(on=month.on, known=month.known, by="system:publication", at=now())
    return len(due)
