"""Where an import keeps its files, and the locks that say which import is being worked on.

A lock belongs to a process and goes with it: what is neither done nor locked was interrupted.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

BAD_ROWS: Final = "ditolak.csv"
SOURCE: Final = "source"
_LOCK: Final = "lock"


def home() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def uploads() -> Path:
    """Where files on their way in are written; made when it is not there."""
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def folder(number: int) -> Path:
    """The folder of one import; made when it is not there."""
    found = home() / str(number)
    found.mkdir(parents=True, exist_ok=True)
    return found


def bad_rows(number: int) -> Path | None:
    """The file of refused rows, when there are any."""
    path = home() / str(number) / BAD_ROWS
    return path if path.exists() else None


def with_bad_rows() -> list[int]:
    """Imports whose refused rows are still kept."""
    return [int(path.parent.name) for path in home().glob(f"*/{BAD_ROWS}")]


def forget_bad_rows(number: int) -> None:
    """Delete the file of refused rows."""
    (home() / str(number) / BAD_ROWS).unlink(missing_ok=True)


def clear(number: int) -> None:
    """Take away everything but the file of refused rows: what was good is in the register."""
    place = home() / str(number)
    for path in place.iterdir() if place.exists() else ():
        if path.name not in (BAD_ROWS, _LOCK):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


@contextmanager
def turn() -> Iterator[None]:
    """One import at a time: they share the register and the machine. The next one waits here."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def working(number: int) -> Iterator[None]:
    """Says to others, for as long as it lasts, that somebody works on this import."""
    with (folder(number) / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_worked_on(number: int) -> bool:
    """Whether a living process works on this import."""
    path = home() / str(number) / _LOCK
    if not path.exists():
        return False
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
