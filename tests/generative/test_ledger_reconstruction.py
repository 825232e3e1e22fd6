"""Any single forgery in a tree of any size is found, at its place, and called by its name."""

from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.ledger import faults, tree
from natapraja.foundation.ledger.reconstruction import UNKNOWN, Reconstruction

KEPT_FROM = 2
FORGED = tree.leaf_hash(b"forged")


class Ledger:
    """Leaves, stored nodes and signed heads, as honest hands leave them."""

    def __init__(self, size: int, head_every: int) -> None:
        self.leaves = [{tree.leaf_hash(b"%d" % n): ()} for n in range(size)]
        hashes = [next(iter(leaf)) for leaf in self.leaves]
        growth = tree.Growth(0, [])
        complete = [node for leaf in hashes for node in growth.append(leaf)]
        self.nodes = {(level, index): found for level, index, found in complete if level >= KEPT_FROM}
        sizes = [*range(head_every, size, head_every), size]
        self.heads = {size: tree.root(hashes[:size]) for size in sizes}

    def verdict(self) -> list[faults.Fault]:
        rebuilt = Reconstruction(lambda level, index: self.nodes.get((level, index)), KEPT_FROM)
        for leaf in self.leaves:
            rebuilt.append(leaf)
            if rebuilt.size in self.heads:
                rebuilt.judge(self.heads[rebuilt.size])
        return rebuilt.verdict()


ledgers = st.builds(Ledger, st.integers(1, 90), st.integers(1, 40))


@given(ledgers)
def test_an_honest_ledger_has_no_faults(ledger):
    assert ledger.verdict() == []


@given(ledgers, st.data())
def test_a_leaf_replaced_is_found_where_it_is(ledger, data):
    place = data.draw(st.integers(0, len(ledger.leaves) - 1))
    ledger.leaves[place] = {FORGED: ()}
    (found,) = ledger.verdict()
    assert found.code == "tree.replaced"
    first, last = span(found.where)
    assert first <= place + 1 <= last
    assert last - first < max(2**KEPT_FROM, 40)


@given(ledgers, st.data())
def test_a_doubtful_leaf_is_decided_by_the_tree(ledger, data):
    place = data.draw(st.integers(0, len(ledger.leaves) - 1))
    (right,) = ledger.leaves[place]
    wrong = faults.fault("entry.leaf", faults.entries(place + 1, place + 1))
    other = faults.fault("entry.changed.all", faults.entries(place + 1, place + 1))
    ledger.leaves[place] = {FORGED: (wrong,), right: (other,)}
    assert ledger.verdict() == [other]


@given(ledgers.filter(lambda ledger: ledger.nodes), st.data())
def test_a_node_changed_is_told_from_entries_replaced(ledger, data):
    level, index = data.draw(st.sampled_from(sorted(ledger.nodes)))
    ledger.nodes[level, index] = FORGED
    assert ledger.verdict() == [faults.fault("node.changed", faults.node(level, index))]


@given(ledgers.filter(lambda ledger: ledger.nodes), st.data())
def test_a_node_removed_is_named_alone(ledger, data):
    level, index = data.draw(st.sampled_from(sorted(ledger.nodes)))
    del ledger.nodes[level, index]
    assert ledger.verdict() == [faults.fault("node.missing", faults.node(level, index))]


@given(ledgers, st.data())
def test_a_lost_leaf_accuses_nobody_else(ledger, data):
    """The loss itself is told by the first walk; the tree must not add a cascade of faults."""
    place = data.draw(st.integers(0, len(ledger.leaves) - 1))
    ledger.leaves[place] = UNKNOWN
    assert ledger.verdict() == []


@given(ledgers, st.data())
def test_a_head_over_another_tree_is_found(ledger, data):
    size = data.draw(st.sampled_from(sorted(ledger.heads)))
    ledger.heads = {size: FORGED}
    (found,) = ledger.verdict()
    assert (found.code, span(found.where)) == ("tree.replaced", (1, size))


def span(where: str) -> tuple[int, int]:
    numbers = [int(number) for number in where.removeprefix("Catatan ").split("–")]
    return numbers[0], numbers[-1]
