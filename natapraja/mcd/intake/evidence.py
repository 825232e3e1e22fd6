"""What the ledger vouches for about a file: that it came, with which content, and how it ended."""

from natapraja.foundation.kernel import canonical
from natapraja.mcd.registers.belief import instant

from .models import Import


def received(found: Import) -> bytes:
    """The digest of "import.received": who sent which bytes for which register, meant as of when."""
    return canonical.digest(
        "import.received", found.pk, found.register, found.file_hash, found.size, found.by, instant(found.received_at),
        None if found.known_at is None else instant(found.known_at),
        None if found.valid_on is None else found.valid_on.isoformat(), found.area_limit, int(found.dry_run),
    )  # fmt: skip


def finished(found: Import) -> bytes:
    """The digest of "import.finished": how it ended and how many rows went which way."""
    return canonical.digest(
        "import.finished", found.pk, found.state, found.rows, found.new, found.changed, found.same, found.refused,
        found.warned,
    )  # fmt: skip
