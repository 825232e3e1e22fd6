"""Evidence for the ledger: recomputes the digests of its entries about places from the tables."""

from collections import defaultdict
from collections.abc import Iterator

from natapraja.foundation.kernel import canonical
from natapraja.foundation.ledger.models import Entry

from . import rules
from .models import LEVELS, OPEN_END, Area, AreaAlias, AreaPeriod
from .rules import Period

NAMED = "areas.named"  # codes, names and aliases that were added or ended
DESCRIBED = "areas.described"  # points, postcodes and BPS codes of all places above RW
DRAWN = "areas.drawn"  # outlines of the whole map
KINDS = (
    NAMED,
)  # of the other two only the latest entry can be recomputed: what it says has replaced the rest
DESCRIPTION = ("kind", "lon", "lat", "postcode", "bps_code")


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(seq, digest) in rising order for the entries from `first` to `last` that these tables vouch for."""
    found = {entry: rules.digest(lines) for entry, lines in _named_lines(first, last).items()}
    for kind, digest in ((DESCRIBED, description_digest), (DRAWN, drawing_digest)):
        latest = Entry.objects.filter(kind=kind).order_by("-seq").values_list("seq", flat=True).first()
        if latest is not None and first <= latest <= last:
            found[latest] = digest()
    yield from sorted(found.items())


def period_of(row: AreaPeriod) -> Period:
    """A row as the rules see it."""
    return Period(row.code, row.name, row.hamlet, row.valid_from, row.valid_to, row.basis, row.confidence)


def description_digest() -> bytes:
    """SHA-256 over point, postcode and BPS code of every place above RW."""
    rows = Area.objects.filter(level__in=LEVELS[:3]).order_by("pk").values_list("pk", *DESCRIPTION)
    return canonical.digest(*(str(value) for row in rows for value in row))


def drawing_digest() -> bytes:
    """SHA-256 over every outline."""
    rows = Area.objects.exclude(shape=None).order_by("pk").values_list("pk", "shape")
    return canonical.digest(*(part for row in rows for part in row))


def _named_lines(first: int, last: int) -> dict[int, list[bytes]]:
    lines: dict[int, list[bytes]] = defaultdict(list)
    for row in AreaPeriod.objects.filter(entry__range=(first, last)).select_related("area"):
        lines[row.entry].append(rules.opened_line(row.area_id, period_of(row)))
        if not _shown_truly(row):
            lines[row.entry].append(b"what the pages show is not what was recorded")
    for row in AreaPeriod.objects.filter(closed_by__range=(first, last)):
        lines[row.closed_by or 0].append(rules.closed_line(row.area_id, period_of(row), row.valid_to))
    for alias in AreaAlias.objects.filter(entry__range=(first, last)):
        lines[alias.entry].append(rules.alias_line(alias.area_id, alias.name, alias.source))
    return lines


def _shown_truly(row: AreaPeriod) -> bool:
    """The pages read the present name from `Area`; it has to be the one of the open period."""
    if row.valid_to != OPEN_END:
        return True
    place, above = row.area, row.code.rpartition(".")[0]
    shown = (place.code, place.name, place.hamlet, row.parent_code)
    return shown == (row.code, row.name, row.hamlet, above if len(row.code) > 5 else "")
