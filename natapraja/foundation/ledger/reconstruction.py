"""Builds the tree again from doubtful parts and finds out which part was tampered with. Pure.

For a doubtful leaf or node there are several candidate hashes, each with the faults that would be true if it
were the original. Stored nodes and signed heads then decide between them, so that one forged row gives one
sentence and not a cascade of them.
"""

from collections.abc import Callable
from itertools import product
from math import prod
from typing import Final

from natapraja.foundation.ledger import faults, tree
from natapraja.foundation.ledger.faults import Fault

Candidates = dict[bytes, tuple[Fault, ...]]  # empty: unknown, and the cause has been reported already
StoredNode = Callable[[int, int], bytes | None]

UNKNOWN: Final[Candidates] = {}
_MOST: Final = 8  # candidates kept for one subtree
_COMBINATIONS: Final = 512


class Reconstruction:
    """A growing tree of candidates; `stored` gives the nodes of the database, asked level by level."""

    def __init__(self, stored: StoredNode, kept_from: int) -> None:
        self.size = 0
        self.found: list[Fault] = []  # certain, whatever the candidates turn out to be
        self._stored = stored
        self._kept_from = kept_from
        self._peaks: list[Candidates] = []
        self._good = 0  # the largest size a head has confirmed
        self._bad: int | None = None  # the first size after it that a head contradicts

    def append(self, leaf: Candidates) -> None:
        index, level, joint = self.size, 0, leaf
        self.size += 1
        while index & 1:
            joint = _joined(self._peaks.pop(), joint)
            index, level = index >> 1, level + 1
            if level >= self._kept_from:
                joint = self._compared(level, index, joint)
        self._peaks.append(joint)

    def judge(self, root: bytes) -> bool | None:
        """Lets the root of a validly signed head decide; None when too much is unknown to tell."""
        if not all(self._peaks):
            return None
        choice = self._choice(root)
        if choice is None:
            self._bad = self._bad or self.size
            return False
        self._peaks = [{step: peak[step]} for step, peak in zip(choice, self._peaks, strict=True)]
        self._good, self._bad = self.size, None
        return True

    def agrees(self, root: bytes) -> bool:
        """Whether this root is possible; asked for a head whose signature proves nothing."""
        return all(self._peaks) and self._choice(root) is not None

    def _choice(self, root: bytes) -> tuple[bytes, ...] | None:
        """One candidate of each peak that together give this root."""
        peaks = self._peaks
        if prod(len(peak) for peak in peaks) > _COMBINATIONS:
            peaks = [_fewest(peak, 1) for peak in peaks]
        return next((choice for choice in product(*peaks) if tree.fold(choice) == root), None)

    def verdict(self) -> list[Fault]:
        """All faults, by the candidates that need the fewest."""
        found = list(self.found)
        for peak in self._peaks:
            for implied in _fewest(peak, 1).values():
                found += implied
        if self._bad is not None:
            found.append(faults.fault("tree.replaced", faults.entries(self._good + 1, self._bad)))
        return list(dict.fromkeys(found))

    def _compared(self, level: int, index: int, joint: Candidates) -> Candidates:
        stored = self._stored(level, index)
        if stored is None:
            if not joint:
                return UNKNOWN  # the loss of the entries below says enough
            self.found.append(faults.fault("node.missing", faults.node(level, index)))
            return joint
        if not joint:
            return {stored: ()}
        if len(joint) == 1 and stored in joint:
            return joint
        changed = faults.fault("node.changed", faults.node(level, index))
        weighed = {
            step: implied if step == stored else (*implied, changed) for step, implied in joint.items()
        }
        if stored not in weighed:
            weighed[stored] = (self._replaced((index << level) + 1, (index + 1) << level),)
        return _fewest(weighed, _MOST)

    def _replaced(self, first: int, last: int) -> Fault:
        """Somewhere between these entries; heads inside the span narrow it."""
        first = max(first, self._good + 1)
        if self._bad is not None and first <= self._bad <= last:
            last, self._bad = self._bad, None
        return faults.fault("tree.replaced", faults.entries(first, last))


def _joined(left: Candidates, right: Candidates) -> Candidates:
    if len(left) == len(right) == 1:
        (one, before), (other, after) = *left.items(), *right.items()
        return {tree.node_hash(one, other): before + after}
    pairs = {
        tree.node_hash(one, other): before + after
        for one, before in left.items()
        for other, after in right.items()
    }
    return _fewest(pairs, _MOST)


def _fewest(candidates: Candidates, most: int) -> Candidates:
    """The candidates that imply the fewest faults."""
    if len(candidates) <= most:
        return candidates
    return dict(sorted(candidates.items(), key=lambda item: len(item[1]))[:most])
