"""Names of areas for the sentences of this room."""

from natapraja.foundation.areas import queries
from natapraja.foundation.kernel.identifiers import Malformed


def title(code: str) -> str:
    """The area as people say it, "RT 007 RW 001, Desa Sumbung"; the code itself when it is not known."""
    village, below = code[:13], code[13:]
    try:
        label = queries.area(village).label
    except (queries.UnknownArea, Malformed):
        return code
    rw, _, rt = below[1:].partition(".")
    if not below:
        return label
    return f"RT {rt} RW {rw}, {label}" if rt else f"RW {rw}, {label}"
