"""Trees of any size against a second, naive implementation; and nothing tampered passes."""

import hashlib

from hypothesis import assume, given
from hypothesis import strategies as st

from natapraja.foundation.ledger import tree


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, written as it stands there."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = naive_split(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    """PROOF and SUBPROOF of section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_proof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def leaves_of(size: int) -> list[bytes]:
    return [tree.leaf_hash(b"%d" % n) for n in range(size)]


sizes = st.one_of(st.integers(1, 40), st.integers(1, 300), st.sampled_from([63, 64, 65, 127, 128, 129, 256]))
forgeries = st.binary(min_size=32, max_size=32)


@st.composite
def trees_with_a_leaf(draw):
    leaves = leaves_of(draw(sizes))
    return leaves, draw(st.integers(0, len(leaves) - 1))


@st.composite
def trees_with_a_beginning(draw):
    leaves = leaves_of(draw(sizes))
    return leaves, draw(st.integers(1, len(leaves)))


@given(sizes)
def test_the_root_is_that_of_the_naive_tree(size):
    assert tree.root(leaves_of(size)) == naive_root(leaves_of(size))


@given(sizes, st.data())
def test_a_tree_that_grows_has_the_root_of_one_built_at_once(size, data):
    leaves = leaves_of(size)
    stop = data.draw(st.integers(0, size))
    stored = {(0, n): leaf for n, leaf in enumerate(leaves)}
    growth = tree.Growth(0, [])
    for leaf in leaves[:stop]:
        stored |= {(level, index): found for level, index, found in growth.append(leaf)}
    assert growth.root == naive_root(leaves[:stop])
    again = tree.Growth.at(stop, lambda level, index: stored[level, index])
    for leaf in leaves[stop:]:
        again.append(leaf)
    assert (again.root, again.size) == (naive_root(leaves), size)


@given(trees_with_a_leaf())
def test_any_leaf_is_proved_as_the_naive_tree_proves_it(case):
    leaves, index = case
    path = tree.inclusion_path(index, len(leaves), tree.hash_at_of(leaves))
    assert path == naive_path(index, leaves)
    assert tree.verify_inclusion(leaves[index], index, len(leaves), path, naive_root(leaves))


@given(trees_with_a_beginning())
def test_any_beginning_is_proved_as_the_naive_tree_proves_it(case):
    leaves, first = case
    path = tree.consistency_path(first, len(leaves), tree.hash_at_of(leaves))
    assert path == naive_proof(first, leaves)
    assert tree.verify_consistency(first, len(leaves), path, naive_root(leaves[:first]), naive_root(leaves))


@given(trees_with_a_leaf(), st.data())
def test_a_tampered_inclusion_proof_fails(case, data):
    leaves, index = case
    size, root = len(leaves), naive_root(leaves)
    path = naive_path(index, leaves)
    forged = data.draw(forgeries)
    kinds = ["leaf", "root", "longer"] + (["step", "shorter", "swapped"] if path else [])
    match data.draw(st.sampled_from(kinds)):
        case "leaf":
            assert not tree.verify_inclusion(forged, index, size, path, root)
        case "root":
            assert not tree.verify_inclusion(leaves[index], index, size, path, forged)
        case "longer":
            assert not tree.verify_inclusion(leaves[index], index, size, [*path, forged], root)
        case "shorter":
            assert not tree.verify_inclusion(leaves[index], index, size, path[:-1], root)
        case "step":
            place = data.draw(st.integers(0, len(path) - 1))
            changed = [*path[:place], forged, *path[place + 1 :]]
            assert not tree.verify_inclusion(leaves[index], index, size, changed, root)
        case "swapped":
            other = data.draw(st.integers(0, size - 1))
            assume(other != index)
            assert not tree.verify_inclusion(leaves[index], other, size, path, root)


@given(trees_with_a_beginning(), st.data())
def test_a_tampered_consistency_proof_fails(case, data):
    leaves, first = case
    second = len(leaves)
    roots = naive_root(leaves[:first]), naive_root(leaves)
    path = naive_proof(first, leaves)
    forged = data.draw(forgeries)
    kinds = ["first", "second", "longer"] + (["step", "shorter"] if path else [])
    match data.draw(st.sampled_from(kinds)):
        case "first":
            assert not tree.verify_consistency(first, second, path, forged, roots[1])
        case "second":
            assert not tree.verify_consistency(first, second, path, roots[0], forged)
        case "longer":
            assert not tree.verify_consistency(first, second, [*path, forged], *roots)
        case "shorter":
            assert not tree.verify_consistency(first, second, path[:-1], *roots)
        case "step":
            place = data.draw(st.integers(0, len(path) - 1))
            changed = [*path[:place], forged, *path[place + 1 :]]
            assert not tree.verify_consistency(first, second, changed, *roots)


@given(trees_with_a_beginning(), st.data())
def test_a_rewritten_beginning_is_never_consistent(case, data):
    """What the proof is for: whoever changes an old leaf cannot keep the head that others hold."""
    leaves, first = case
    place = data.draw(st.integers(0, first - 1))
    rewritten = [*leaves[:place], tree.leaf_hash(b"forged"), *leaves[place + 1 :]]
    path = tree.consistency_path(first, len(leaves), tree.hash_at_of(rewritten))
    assert not tree.verify_consistency(
        first, len(leaves), path, naive_root(leaves[:first]), naive_root(rewritten)
    )
