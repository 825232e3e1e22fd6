"""Evidence for the ledger: recomputes the digest of every entry about a file from the row it vouches for."""

from collections.abc import Iterator

from . import evidence
from .models import Import

KINDS = ("import.received", "import.finished")


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(entry, digest) in rising order for every entry from `first` to `last` that tells of a file."""
    came = Import.objects.filter(entry__range=(first, last))
    ended = Import.objects.filter(finished_entry__range=(first, last))
    found = [(one.entry, evidence.received(one)) for one in came]
    found += [(one.finished_entry or 0, evidence.finished(one)) for one in ended]
    yield from sorted(found)
