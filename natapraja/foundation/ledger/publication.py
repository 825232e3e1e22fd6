"""Heads outside the database: one line of JSON each in heads.jsonl, to be copied to a place of its own."""

import base64
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from natapraja.foundation.ledger import rules

FILE: Final = "heads.jsonl"
_TAIL: Final = 1 << 16  # bytes; a line has about 300


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it is published."""

    size: int
    root: bytes
    at: datetime
    signature: bytes
    key_id: str

    @property
    def text(self) -> str:
        """What was signed."""
        return rules.head_text(self.size, self.root, self.at)

    @property
    def line(self) -> str:
        values = {
            "size": self.size,
            "root": self.root.hex(),
            "at": rules.moment(self.at),
            "key": self.key_id,
            "signature": base64.b64encode(self.signature).decode(),
        }
        return json.dumps(values) + "\n"

    @classmethod
    def read(cls, line: str) -> "SignedHead":
        """A head from its line; raises ValueError for anything else."""
        try:
            values = json.loads(line)
            return cls(
                int(values["size"]),
                bytes.fromhex(values["root"]),
                datetime.fromisoformat(values["at"]),
                base64.b64decode(values["signature"], validate=True),
                str(values["key"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("no published head") from error


def append(folder: Path, heads: Iterable[SignedHead]) -> None:
    """Adds heads that are not in the file yet; safe with several processes, durable when it returns."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_torn_line(file)
        last = next((head.size for head in _tail(file.fileno())), 0)
        lines = "".join(head.line for head in heads if head.size > last)
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def last_size(path: Path) -> int:
    """The size of the newest head in a file of heads; 0 when there is none."""
    return next((head.size for head in newest(path)), 0)


def newest(path: Path) -> Iterator[SignedHead]:
    """The last readable heads of a file, newest first."""
    if path.exists():
        with path.open("rb") as file:
            yield from _tail(file.fileno())


def read(path: Path) -> Iterator[tuple[int, SignedHead | None]]:
    """(line number, head) of a file of heads; None for a line that is no head."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                yield number, SignedHead.read(line)
            except ValueError:
                yield number, None


def _drop_torn_line(file: BinaryIO) -> None:
    """A line cut short by a power failure goes; its head is still in the database and comes again."""
    length = os.fstat(file.fileno()).st_size
    tail = os.pread(file.fileno(), _TAIL, max(0, length - _TAIL))
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if torn:
        file.truncate(length - torn)


def _tail(descriptor: int) -> Iterator[SignedHead]:
    length = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, _TAIL, max(0, length - _TAIL)).decode(errors="replace")
    for line in reversed(tail.splitlines()):
        try:
            yield SignedHead.read(line)
        except ValueError:
            continue  # the head before an unreadable line counts
