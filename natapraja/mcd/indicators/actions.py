"""Measuring and publishing: the only hands that write figures."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min

from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.ledger.actions import record

from . import catalogue, protection, slow, store
from .measure import LENGTHS, PUBLIC_LEVELS, Matrix, rolled_up
from .measuring import measure
from .models import CurrentFigures, Publication, Pulse, SlowFigure
from .witness import publication_digest


def refresh(
    *,
    on: date,
    at: datetime,
    villages: Collection[str] | None = None,
    registers: Collection[str] | None = None,
) -> None:
    """Bring the current figures up to date for these villages (None: everywhere) and tell open dashboards."""
    matrices = measure(on=on, known=at, villages=villages, registers=registers)
    replace(matrices, villages, on=on, at=at)


@transaction.atomic
def replace(matrices: Sequence[Matrix], areas: Collection[str] | None, *, on: date, at: datetime) -> None:
    """Keep these sums as the current ones of these areas and all above (None: of every area), and tell dashboards."""
    if areas is None:
        store.replace_all(matrices, on=on, known_at=at)
    else:
        store.replace_within(matrices, areas, on=on, known_at=at)
    Pulse.objects.create(
        at=at, villages=" ".join(sorted({area[: LENGTHS["village"]] for area in areas or ()}))
    )


def publish(*, on: date, known: datetime, by: str, at: datetime) -> Publication:
    """Publish the figures of `on` as known at `known`; once published they stay. The ledger keeps their digest.

    Raises ValueError for a day that is not over: the medians of today are still written anew.
    """
    found = Publication.objects.filter(on=on).first()
    if found is not None:
        return found
    if on >= local_date(at):
        raise ValueError(f"{on} is not over")
    lengths = [LENGTHS[level] for level in PUBLIC_LEVELS]
    months = [rolled_up(matrix, lengths) for matrix in measure(on=on, known=known)]
    withheld = [protection.of_month(month, on, known) for month in months]
    medians = list(slow.measure(on=on, known=known))
    with transaction.atomic():
        publication = Publication.objects.create(on=on, known_at=known, entry=0)
        for month, areas in zip(months, withheld, strict=True):
            store.publish(month, publication, areas)
        SlowFigure.objects.filter(on=on).delete()  # what was shown while the day lasted
        store.replace_slow(medians, on=on, known_at=known)
        seal = publication_digest(publication)  # of what stands in the tables, as it will be checked
        entry = record(kind="figures.published", subject=on.isoformat(), digest=seal, by=by, at=at)
        publication.entry = entry
        publication.save(update_fields=["entry"])
    return publication


def refresh_slow(*, on: date, at: datetime) -> None:
    """Recompute the figures that are no sums."""
    store.replace_slow(slow.measure(on=on, known=at), on=on, known_at=at)


def is_outdated(on: date) -> bool:
    """Whether some figures were measured by other rules than those that hold on this day."""
    expected = {store.layout_id(plan) for plan in catalogue.plans(catalogue.rules_of(on))}
    return not expected.issuperset(CurrentFigures.objects.values_list("layout_id", flat=True).distinct())


def measured_on() -> date | None:
    """The day that all current figures hold for at least; None when there are none."""
    oldest: date | None = CurrentFigures.objects.aggregate(day=Min("on"))["day"]
    return oldest
