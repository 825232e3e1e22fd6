"""Trees: the values of the standard, and the edges."""

import hashlib

import pytest

from natapraja.foundation.ledger import tree

# Inputs and roots known from the test data of Certificate Transparency (RFC 6962 and RFC 9162 hash alike).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [tree.leaf_hash(bytes.fromhex(text)) for text in INPUTS]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_standard_test_data(size):
    assert tree.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree_is_the_hash_of_nothing():
    assert tree.root([]) == hashlib.sha256(b"").digest()
    assert tree.Growth(0, []).root == hashlib.sha256(b"").digest()


def test_a_leaf_is_never_mistaken_for_a_node():
    left, right = LEAVES[:2]
    assert tree.leaf_hash(left + right) != tree.node_hash(left, right)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_for_a_leaf_outside_the_tree(index, size):
    with pytest.raises(IndexError):
        tree.inclusion_path(index, size, tree.hash_at_of(LEAVES))
    assert not tree.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])


@pytest.mark.parametrize(("first", "second"), [(-1, 3), (4, 3)])
def test_there_is_no_proof_that_a_larger_tree_begins_a_smaller_one(first, second):
    with pytest.raises(IndexError):
        tree.consistency_path(first, second, tree.hash_at_of(LEAVES))
    assert not tree.verify_consistency(first, second, [], LEAVES[0], LEAVES[0])


def test_every_tree_begins_with_the_empty_one():
    assert tree.consistency_path(0, 8, tree.hash_at_of(LEAVES)) == []
    root = tree.root(LEAVES)
    assert tree.verify_consistency(0, 8, [], tree.EMPTY_ROOT, root)
    assert not tree.verify_consistency(0, 8, [], root, root)
    assert not tree.verify_consistency(0, 8, [root], tree.EMPTY_ROOT, root)


def test_a_tree_begins_with_itself():
    root = tree.root(LEAVES)
    assert tree.verify_consistency(8, 8, [], root, root)
    assert not tree.verify_consistency(8, 8, [root], root, root)


def test_an_empty_proof_proves_nothing_of_two_different_trees():
    assert not tree.verify_consistency(3, 8, [], tree.root(LEAVES[:3]), tree.root(LEAVES))


def test_a_tree_of_seven_stands_on_three_peaks():
    assert list(tree.peaks(0, 7)) == [(2, 0), (1, 2), (0, 6)]


def test_growth_reports_each_node_when_it_becomes_complete():
    growth = tree.Growth(0, [])
    complete = [[(level, index) for level, index, _ in growth.append(leaf)] for leaf in LEAVES]
    assert complete == [[], [(1, 0)], [], [(1, 1), (2, 0)], [], [(1, 2)], [], [(1, 3), (2, 1), (3, 0)]]
