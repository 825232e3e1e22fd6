"""Background jobs of the figures."""

from django_tasks import task

from natapraja.foundation.kernel.clock import now

from . import actions, months

AFTER_OTHERS = -10  # a first start owes two years of months; whoever sends a file then does not wait for them


@task(priority=AFTER_OTHERS)
def publish_missing() -> int:
    """Publish the newest month that is due and go to the back for the next; gives how many are left to publish."""
    due = months.missing(now())
    for month in due[:1]:
        actions.publish(on=month.on, known=month.known, by="system:publication", at=now())
    left = len(due[1:])
    if left:
        publish_missing.enqueue()
    return left
