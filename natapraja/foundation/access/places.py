"""Names of areas for the sentences of this room."""

from collections.abc import Iterable

from natapraja.foundation.areas import queries


def title(code: str) -> str:
    """The area as people say it, "RT 007 RW 001, Desa Sumbung"; the code itself when it is not known."""
    return titles([code])[code]


def titles(codes: Iterable[str]) -> dict[str, str]:
    """As `title` for many codes, with one query for all of them."""
    wanted = set(codes)
    villages = queries.named(code[:13] for code in wanted)
    return {
        code: _title(villages[code[:13]].label, code[13:]) if code[:13] in villages else code
        for code in wanted
    }


def _title(label: str, below: str) -> str:
    rw, _, rt = below[1:].partition(".")
    if not below:
        return label
    return f"RT {rt} RW {rw}, {label}" if rt else f"RW {rw}, {label}"
