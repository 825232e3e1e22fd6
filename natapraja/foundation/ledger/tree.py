"""Merkle trees as in RFC 9162 section 2.1: roots, proofs and growth. Pure.

A leaf enters as its hash, `leaf_hash(data)`. Whatever is asked of a tree is put together from hashes of
perfect subtrees: `hash_at(level, index)` gives the one over the leaves index·2^level … (index+1)·2^level - 1,
so a stored tree answers in O(log n) look-ups.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

HashAt = Callable[[int, int], bytes]
Node = tuple[int, int, bytes]  # level, index, hash

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 (32 bytes) of a leaf; the prefix keeps leaves and nodes apart (RFC 9162 section 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 (32 bytes) of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; that of no leaves is the hash of nothing."""
    return range_root(0, len(leaves), hash_at_of(leaves)) if leaves else EMPTY_ROOT


def hash_at_of(leaves: Sequence[bytes]) -> HashAt:
    """`hash_at` for leaf hashes held in memory."""

    def hash_at(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(hash_at(level - 1, 2 * index), hash_at(level - 1, 2 * index + 1))

    return hash_at


def peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the perfect subtrees that make up the leaves from start to end - 1, left to right."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbouring perfect subtrees of falling size; at least one."""
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def range_root(start: int, end: int, hash_at: HashAt) -> bytes:
    """The root over the leaves start … end - 1, where start is a multiple of a power of two ≥ end - start."""
    return fold([hash_at(level, index) for level, index in peaks(start, end)])


def inclusion_path(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The proof that leaf `index` (from 0) lies in the tree of the first `size` leaves (section 2.1.3.1).

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError("the leaf lies outside the tree")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_root(middle, end, hash_at))
            end = middle
        else:
            path.append(range_root(start, middle, hash_at))
            start = middle
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves the leaf hash at `index` to a tree of `size` with this root (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def consistency_path(first: int, second: int, hash_at: HashAt) -> list[bytes]:
    """The proof that the tree of `second` leaves begins with that of `first` (section 2.1.4.1).

    Empty for first = 0 and for first = second. Raises IndexError unless 0 ≤ first ≤ second.
    """
    if not 0 <= first <= second:
        raise IndexError("the first tree is not the smaller one")
    if first == 0:
        return []
    start, end, path, whole = 0, second, [], True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(range_root(middle, end, hash_at))
            end = middle
        else:
            path.append(range_root(start, middle, hash_at))
            start, whole = middle, False
    if not whole:
        path.append(range_root(start, end, hash_at))
    return path[::-1]


def verify_consistency(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether `path` proves that the second tree begins with the first (section 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    if first == second:
        return not path and first_root == second_root
    hashes = list(path) if first & (first - 1) else [first_root, *path]
    if not hashes:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    found_first = found_second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            found_first = node_hash(sibling, found_first)
            found_second = node_hash(sibling, found_second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found_second = node_hash(found_second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found_first == first_root and found_second == second_root


class Growth:
    """A tree while it grows: O(1) amortised per leaf, O(log n) memory."""

    def __init__(self, size: int, hashes: Sequence[bytes]) -> None:
        """`hashes` are those of `peaks(0, size)`, which is all a tree needs to grow."""
        self.size = size
        self._peaks = list(hashes)

    @classmethod
    def at(cls, size: int, hash_at: HashAt) -> "Growth":
        """Goes on from a stored tree."""
        return cls(size, [hash_at(level, index) for level, index in peaks(0, size)])

    def append(self, leaf: bytes) -> list[Node]:
        """Takes a leaf hash; gives the inner nodes that became complete, lowest first."""
        index, level, found = self.size, 0, leaf
        complete: list[Node] = []
        while index & 1:
            found = node_hash(self._peaks.pop(), found)
            index, level = index >> 1, level + 1
            complete.append((level, index, found))
        self._peaks.append(found)
        self.size += 1
        return complete

    @property
    def root(self) -> bytes:
        return fold(self._peaks) if self._peaks else EMPTY_ROOT


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
