"""Rules of an import: its states, its limits, how a name is recognised, how long it still takes. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

State = Literal["received", "checking", "believing", "done", "failed"]

RECEIVED, CHECKING, BELIEVING, DONE, FAILED = "received", "checking", "believing", "done", "failed"
NEXT: Final[dict[str, tuple[str, ...]]] = {
    RECEIVED: (CHECKING, DONE, FAILED),  # straight to done when the same file came before
    CHECKING: (BELIEVING, FAILED),
    BELIEVING: (CHECKING, DONE, FAILED),  # back to checking after an interruption
    DONE: (),
    FAILED: (),
}
OPEN_STATES: Final = (RECEIVED, CHECKING, BELIEVING)

BATCH: Final = 20_000  # rows believed in one transaction: about half a second during which others wait
MEGABYTE: Final = 1024 * 1024
FILE_LIMIT: Final = 1024 * MEGABYTE  # a text file of 1.1 million people has about 300
SHEET_LIMIT: Final = 768 * MEGABYTE  # what an Excel file may grow to when unpacked: about 500,000 people
ROW_LIMIT: Final = 5_000_000
COLUMN_LIMIT: Final = 300
LINE_LIMIT: Final = 2_000_000  # bytes of one line of text; a stray quotation mark swallows more
KEY_LENGTH: Final = 64
TEXT_LENGTH: Final = 200
OLDEST_YEAR: Final = 1900
CHOICES: Final = 8  # of a list of codes so short that a finding names them all
EXAMPLES: Final = 12  # row numbers shown for each reason

# Columns we add when handing rows back; when they come in again they are left aside.
NOTES: Final = ("baris", "kolom", "alasan", "cara memperbaiki")

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(ValueError):
    """A file that cannot be taken in as a whole. The text says what, and what to do; it quotes no person."""


class WrongStep(ValueError):
    """A state that cannot follow the present one."""


def step(state: str, following: str) -> str:
    """The following state; raises WrongStep when the table above does not lead there."""
    if following not in NEXT[state]:
        raise WrongStep(f"{state} is not followed by {following}")
    return following


def plain(name: str) -> str:
    """A heading as it is compared: "Tanggal  Lahir *", "tanggal_lahir" and "TANGGAL LAHIR" are one."""
    return re.sub(r"[^0-9a-z]+", "", name.casefold())


def shown_heading(text: str) -> str:
    """A heading fit for a sentence: short, one line, and without digits that could be somebody's number."""
    line = " ".join(text.split())
    return re.sub(r"\d{5,}", "…", line)[:40] or "(kosong)"


def shown_name(name: str) -> str:
    """The name of a file as it is kept: without folders, and without digits that could be somebody's number."""
    return re.sub(r"\d{12,}", "…", re.split(r"[\\/]", name)[-1])[-120:] or "(tanpa nama)"


def neutral(cell: str) -> str:
    """The cell as it is exported: a spreadsheet must not take it for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def best_delimiter(line: str, known: Iterable[str], delimiters: Sequence[str] = (",", ";", "\t")) -> str:
    """The delimiter that finds the most known headings in the first line; then the most frequent one."""
    names = set(known)

    def worth(mark: str) -> tuple[int, int]:
        cells = line.split(mark)
        return sum(plain(cell) in names for cell in cells), len(cells)

    return max(delimiters, key=worth)


def seconds_left(done: int, total: int, seconds: float) -> int | None:
    """How long `total` still takes when `done` took `seconds`; None before anything can be said."""
    if done <= 0 or seconds < 1:
        return None
    return max(0, round(seconds * (total - done) / done))


def spans(limit: Sequence[str] | None) -> list[tuple[str, str]]:
    """Half-open ranges of codes inside the areas: 33.09.03 → ("33.09.03.", "33.09.03/")."""
    return [(f"{code}.", f"{code}/") for code in limit or ()]
