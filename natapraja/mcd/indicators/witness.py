"""Evidence for the ledger: recomputes what was published from the rows that are shown for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from natapraja.foundation.kernel.canonical import digest

from .models import Layout, Publication, PublishedFigures, SlowFigure

KINDS = ("figures.published",)  # the kinds of entries this room vouches for
_AT_ONCE = 200  # rows of some kilobytes


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(entry, digest) in rising order for every publication among the entries from `first` to `last`."""
    found = list(Publication.objects.filter(entry__range=(first, last)).order_by("entry"))
    for publication, sealed in zip(found, _digests(found), strict=True):
        yield publication.entry, sealed


def publication_digest(publication: Publication) -> bytes:
    """The digest of a publication as it stands in the tables."""
    return next(_digests([publication]))


def _digests(publications: Sequence[Publication]) -> Iterator[bytes]:
    """One digest each: day, moment, and every row in the order of the rows' own digests.

    Not in the order of their areas, because every database sorts text in its own way.
    """
    sums, others = _sums(publications), _others(publications)
    for each in publications:
        rows = sorted(sums[each.pk] + others[each.on])
        yield digest(each.on.isoformat(), _instant(each.known_at), *rows)


def _sums(publications: Sequence[Publication]) -> dict[int, list[bytes]]:
    """A digest of every row of sums, by publication. The table is read once, and only digests are held."""
    found: dict[int, list[bytes]] = defaultdict(list)
    if not publications:
        return found
    meaning = {
        name: digest(name, register, cells, splits)
        for name, register, cells, splits in Layout.objects.values_list("id", "register", "cells", "splits")
    }
    rows = PublishedFigures.objects.filter(publication__in=publications)
    columns = rows.values_list("publication", "area", "register", "layout", "values", "withheld")
    for publication, area, register, layout, values, withheld in columns.iterator(chunk_size=_AT_ONCE):
        row = digest("sums", area, register, meaning.get(layout), bytes(values), withheld)
        found[publication].append(row)
    return found


def _others(publications: Sequence[Publication]) -> dict[date, list[bytes]]:
    """A digest of every figure that is no sum, by day."""
    found: dict[date, list[bytes]] = defaultdict(list)
    for row in SlowFigure.objects.filter(on__in=[each.on for each in publications]).iterator():
        value = None if row.value is None else row.value.hex()
        found[row.on].append(
            digest("other", row.indicator, row.area, value, row.rows, _instant(row.known_at))
        )
    return found


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
