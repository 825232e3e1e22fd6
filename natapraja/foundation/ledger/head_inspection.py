"""Second walk: the tree, the heads over it, and the heads that were published outside the database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from natapraja.foundation.ledger import faults, publication, storage
from natapraja.foundation.ledger.entry_inspection import EntryInspection
from natapraja.foundation.ledger.faults import Fault, fault
from natapraja.foundation.ledger.publication import SignedHead
from natapraja.foundation.ledger.reconstruction import UNKNOWN, Candidates, Reconstruction
from natapraja.foundation.ledger.signing import PublicKey

_STEP: Final = 5_000  # entries between two reports of progress
_FOREIGN: Final = 20  # stray nodes named one by one


class Case(NamedTuple):
    """One size, and the heads that speak of it."""

    size: int
    head: SignedHead | None
    copy: SignedHead | None


class Keys:
    """The public keys one trusts. Without any, nothing can be refused."""

    def __init__(self, keys: dict[str, PublicKey]) -> None:
        self._keys = keys

    def accept(self, head: SignedHead | None) -> bool:
        if head is None:
            return False
        if not self._keys:
            return True
        key = self._keys.get(head.key_id)
        return key is not None and key.verifies(head.signature, head.text)

    def know(self, head: SignedHead) -> bool:
        return head.key_id in self._keys


class StoredNodes:
    """The nodes of the database, read once, level by level, side by side."""

    def __init__(self) -> None:
        self._streams: dict[int, Iterator[tuple[int, bytes]]] = {}
        self._waiting: dict[int, tuple[int, bytes] | None] = {}
        self.foreign: list[tuple[int, int]] = []

    def at(self, level: int, index: int) -> bytes | None:
        waiting = self._peek(level)
        while waiting is not None and waiting[0] < index:
            self.foreign.append((level, waiting[0]))
            self._waiting[level] = next(self._streams[level], None)
            waiting = self._waiting[level]
        if waiting is None or waiting[0] != index:
            return None
        self._waiting[level] = next(self._streams[level], None)
        return waiting[1]

    def leftover(self) -> list[tuple[int, int]]:
        """(level, index) of nodes nobody asked for, the first few."""
        found = list(self.foreign)
        for level in range(storage.highest_level() + 1):
            while (waiting := self._peek(level)) is not None and len(found) < _FOREIGN:
                found.append((level, waiting[0]))
                self._waiting[level] = next(self._streams[level], None)
        return found

    def _peek(self, level: int) -> tuple[int, bytes] | None:
        if level not in self._streams:
            self._streams[level] = storage.nodes(level)
            self._waiting[level] = next(self._streams[level], None)
        return self._waiting[level]


class HeadInspection:
    """What the second walk learns."""

    def __init__(self, keys: Keys, copies: Path, sealed: int) -> None:
        self.found: list[Fault] = []
        self.heads = 0
        self._keys = keys
        self._copies = copies
        self._sealed = sealed
        self._nodes = StoredNodes()
        self._tree = Reconstruction(self._nodes.at, storage.KEPT_FROM)

    def walk(self, entries: EntryInspection, progress: Callable[[int], None]) -> None:
        leaves = _leaves(entries, self._sealed)
        published = publication.last_size(self._copies)
        for case in _paired(storage.heads(), self._read_copies()):
            self.heads += case.head is not None
            if case.size > self._sealed:
                self._refuse(case)
                continue
            self._grow_to(case.size, leaves, progress)
            self._look_at(case, published)
        self._grow_to(self._sealed, leaves, progress)
        self.found += self._tree.verdict()
        for level, index in self._nodes.leftover():
            self.found.append(fault("node.foreign", faults.node(level, index), sealed=self._sealed))

    def _grow_to(self, size: int, leaves: Iterator[Candidates], progress: Callable[[int], None]) -> None:
        while self._tree.size < size:
            self._tree.append(next(leaves))
            if self._tree.size % _STEP == 0:
                progress(_STEP)

    def _refuse(self, case: Case) -> None:
        """Larger than the newest valid head when the walk began: sealed since then, or forged."""
        if case.head is not None and not self._keys.accept(case.head):
            self.found.append(fault("head.forged", faults.head(case.size)))
        if case.copy is not None and not self._keys.accept(case.copy):
            self.found.append(fault("copy.forged", f"Salinan kepala pada {case.size} catatan"))

    def _look_at(self, case: Case, published: int) -> None:
        head, copy = case.head, case.copy
        valid, copy_valid = self._keys.accept(head), self._keys.accept(copy)
        if valid or copy_valid:
            self._tree.judge((head if valid else copy).root)  # type: ignore[union-attr]
        where = faults.head(case.size)
        if copy is not None and not copy_valid:
            self.found.append(fault("copy.forged", f"Salinan kepala pada {case.size} catatan"))
        if head is None:
            if copy_valid:
                self.found.append(fault("head.missing", where))
            return
        # The newest head may have been sealed this very moment and not be published yet.
        if copy is None and self._copies.exists() and case.size < max(published, self._sealed):
            self.found.append(fault("copy.missing", where))
        if not valid:
            self.found.append(fault(self._why_invalid(head, copy if copy_valid else None), where))
        elif copy_valid and copy != head:
            self.found.append(fault("head.forked", where))

    def _why_invalid(self, head: SignedHead, copy: SignedHead | None) -> str:
        """Which part of a head does not belong to its signature."""
        if copy is not None:
            if head.root != copy.root:
                return "head.root"
            if head.at != copy.at:
                return "head.time"
            return "head.signature" if head.key_id == copy.key_id else "head.key"
        if not self._keys.know(head):
            return "head.key"
        return "head.signature" if self._tree.agrees(head.root) else "head.root"

    def _read_copies(self) -> Iterator[SignedHead]:
        """Published heads by size; what cannot be put in order is reported and left out."""
        if not self._copies.exists():
            if self._sealed:
                self.found.append(fault("copy.absent", "Salinan kepala di luar basis data"))
            return
        largest = 0
        for number, copy in publication.read(self._copies):
            where = f"Salinan kepala baris {number}"
            if copy is None:
                self.found.append(fault("copy.unreadable", where))
            elif copy.size <= largest:
                self.found.append(fault("copy.disorder", where))
            else:
                largest = copy.size
                yield copy


def sealed_size(keys: Keys, copies: Path) -> int:
    """How many entries the newest head with a valid signature proves, in the database or published."""
    valid = (head.size for head in storage.newest_heads() if keys.accept(head))
    published = (copy.size for copy in publication.newest(copies) if keys.accept(copy))
    return max(next(valid, 0), next(published, 0))


def _leaves(entries: EntryInspection, sealed: int) -> Iterator[Candidates]:
    """Leaves 1 … sealed, unknown where a row is missing."""
    expected = 1
    for seq, leaf in storage.leaves(1, sealed):
        while expected < seq:
            yield UNKNOWN
            expected += 1
        yield entries.leaf_of(seq, leaf)
        expected += 1
    while expected <= sealed:
        yield UNKNOWN
        expected += 1


def _paired(heads: Iterator[SignedHead], copies: Iterator[SignedHead]) -> Iterator[Case]:
    """Both streams side by side, by size."""
    head, copy = next(heads, None), next(copies, None)
    while head is not None or copy is not None:
        size = min(found.size for found in (head, copy) if found is not None)
        case = Case(
            size,
            head if head is not None and head.size == size else None,
            copy if copy is not None and copy.size == size else None,
        )
        yield case
        if case.head is not None:
            head = next(heads, None)
        if case.copy is not None:
            copy = next(copies, None)
