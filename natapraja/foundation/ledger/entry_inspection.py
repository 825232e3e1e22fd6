"""First walk: every entry by itself, and against the rows that rooms vouch for."""

from collections.abc import Callable
from itertools import permutations
from typing import Final, NamedTuple

from natapraja.foundation.ledger import faults, rules, storage
from natapraja.foundation.ledger.faults import Fault, fault
from natapraja.foundation.ledger.reconstruction import UNKNOWN, Candidates
from natapraja.foundation.ledger.storage import StoredEntry
from natapraja.foundation.ledger.witnesses import Witness

LIMIT: Final = 1_000  # doubtful entries after which the database is beyond repair by reading
_NEIGHBOURS: Final = (1, -1, 2, -2, 3, -3)  # how far a row is sought from its place
_COMPARED: Final = 100  # adrift entries compared with one another
_FORGED_FROM: Final = 4  # changed fields from which a row counts as another entry
_FIRST: Final = -(2**62)
_LAST: Final = 2**62


class Stopped(Exception):
    """Too much is wrong to go on."""


class Run(NamedTuple):
    """Entries first … last that stand `offset` away from the number they were written under."""

    first: int
    last: int
    offset: int

    @property
    def origin(self) -> tuple[int, int]:
        return self.first - self.offset, self.last - self.offset


class EntryInspection:
    """What the first walk learns: `found` for people, `leaf_of` for the second walk."""

    def __init__(self, witnesses: list[Witness]) -> None:
        self.found: list[Fault] = []
        self.count = 0
        self._witnesses = witnesses
        self._doubtful: dict[int, Candidates] = {}
        self._runs: list[Run] = []
        self._adrift: dict[int, StoredEntry] = {}
        self._digests_in_doubt: set[int] = set()
        self._next = 1
        self._asked = 0

    def walk(self, last: int, sealed: int, progress: Callable[[int], None]) -> None:
        """Reads entries up to `last`; `sealed` is how many the newest valid head proves."""
        try:
            for batch in storage.entries(_FIRST, last):
                for entry in batch:
                    self._look_at(entry)
                self._ask_witnesses({entry.seq: entry for entry in batch}, batch[-1].seq)
                progress(len(batch))
        except Stopped:
            self.found.append(fault("walk.stopped", "Buku besar", limit=LIMIT))
            raise
        if last < sealed:
            self.found.append(fault("entry.truncated", faults.entries(last + 1, sealed), size=sealed))
        self._ask_witnesses({}, _LAST, ignore_up_to=sealed)
        self._explain_adrift()
        self._explain_runs()
        for seq, candidates in self._doubtful.items():
            if seq > sealed:  # the second walk will not come here
                self.found += next(iter(candidates.values()), ())

    def leaf_of(self, seq: int, stored: bytes) -> Candidates:
        """What the leaf of entry `seq` may have been when it was written."""
        if seq in self._doubtful:
            return self._doubtful[seq]
        if any(run.first <= seq <= run.last for run in self._runs):
            return UNKNOWN
        return {stored: ()} if isinstance(stored, bytes) and len(stored) == 32 else UNKNOWN

    def _look_at(self, entry: StoredEntry) -> None:
        if entry.seq < 1:
            self.found.append(fault("entry.number", faults.entries(entry.seq, entry.seq)))
            return
        if entry.seq > self._next:
            self.found.append(fault("entry.missing", faults.entries(self._next, entry.seq - 1)))
        self._next = entry.seq + 1
        self.count += 1
        sealed = _sealed(entry)
        if sealed is None or sealed.leaf != entry.leaf or sealed.marks != entry.marks:
            self._doubt(entry, sealed)
            if len(self._doubtful) + len(self._adrift) + len(self._runs) > LIMIT:
                raise Stopped

    def _doubt(self, entry: StoredEntry, sealed: rules.Sealed | None) -> None:
        where = faults.entries(entry.seq, entry.seq)
        if sealed is not None and sealed.leaf == entry.leaf:
            self.found.append(fault("entry.marks", where))
            return
        marks = entry.marks if isinstance(entry.marks, bytes) else b""
        changed = rules.changed_fields(entry.content, marks)
        if len(changed) >= _FORGED_FROM:
            self.found.append(fault("entry.forged", where))
            self._doubtful[entry.seq] = UNKNOWN
        elif changed:
            self.found += [fault(f"entry.changed.{name}", where) for name in changed]
            self._doubtful[entry.seq] = {entry.leaf: ()} if isinstance(entry.leaf, bytes) else UNKNOWN
        elif (offset := self._offset(entry)) is not None:
            self._move(entry.seq, offset)
        else:
            self._adrift[entry.seq] = entry
        if "digest" in changed or not changed:
            self._digests_in_doubt.add(entry.seq)

    def _offset(self, entry: StoredEntry) -> int | None:
        """How far the row stands from where it was written, when that is near."""
        usual = self._runs[-1].offset if self._runs else 1
        for offset in (usual, *_NEIGHBOURS):
            if entry.seq > offset and rules.leaf(entry.seq - offset, entry.content) == entry.leaf:
                return offset
        return None

    def _move(self, seq: int, offset: int) -> None:
        run = self._runs[-1] if self._runs else None
        if run is not None and run.offset == offset and run.last == seq - 1:
            self._runs[-1] = run._replace(last=seq)
        else:
            self._runs.append(Run(seq, seq, offset))

    def _explain_adrift(self) -> None:
        """Entries true to their marks but not to their leaf: exchanged with another, or changed with care."""
        compared = list(self._adrift.values())[:_COMPARED]
        for one, other in permutations(compared, 2):
            if rules.leaf(other.seq, one.content) == one.leaf:  # the whole row moved
                self._runs.append(Run(one.seq, one.seq, one.seq - other.seq))
                self._adrift.pop(one.seq, None)
            elif rules.leaf(one.seq, other.content) == one.leaf:  # its content moved, the leaf stayed
                self._runs.append(Run(one.seq, one.seq, one.seq - other.seq))
                self._doubtful[one.seq] = {one.leaf: ()}
                self._adrift.pop(one.seq, None)
        for seq, entry in self._adrift.items():
            where = faults.entries(seq, seq)
            found: Candidates = {}
            if isinstance(entry.leaf, bytes):
                found[entry.leaf] = (fault("entry.changed.all", where),)
            found[rules.leaf(seq, entry.content)] = (fault("entry.leaf", where),)
            self._doubtful[seq] = found

    def _explain_runs(self) -> None:
        by_place = {(run.first, run.last): run for run in self._runs}
        for run in self._runs:
            mate = by_place.get(run.origin)
            if mate is not None and mate.origin == (run.first, run.last):
                if run.first < mate.first:
                    both = (
                        f"{faults.numbers(run.first, run.last)} dan {faults.numbers(mate.first, mate.last)}"
                    )
                    self.found.append(fault("entry.swapped", f"Catatan {both}"))
                continue
            code = "entry.inserted" if run.offset > 0 else "entry.renumbered"
            where, origin = faults.entries(run.first, run.last), faults.numbers(*run.origin)
            self.found.append(fault(code, where, origin=origin, first=run.first))

    def _ask_witnesses(self, batch: dict[int, StoredEntry], last: int, ignore_up_to: int = 0) -> None:
        """Compares what rooms recompute for the numbers since the last question."""
        first, self._asked = self._asked + 1, max(self._asked, last)
        if last < first:
            return
        for witness in self._witnesses:
            seen = set()
            try:
                for seq, digest in witness.digests(first, last):
                    seen.add(seq)
                    self._compare(witness, seq, digest, batch.get(seq), ignore_up_to)
            except Exception as error:  # a room's rows may be damaged in any way; that is a finding
                where = faults.entries(first, max(batch, default=first))
                self.found.append(fault("state.failed", where, room=witness.room, error=type(error).__name__))
                continue
            for seq, entry in batch.items():
                if seq not in seen and seq > 0 and witness.vouches_for(entry.content.kind):
                    self.found.append(fault("state.missing", faults.entries(seq, seq), room=witness.room))

    def _compare(
        self, witness: Witness, seq: int, digest: bytes, entry: StoredEntry | None, ignore_up_to: int
    ) -> None:
        where = faults.entries(seq, seq)
        if entry is None and seq >= self._next:  # it may have been written while we walked
            entry = next((found for batch in storage.entries(seq, seq) for found in batch), None)
        if entry is None:
            if seq >= self._next and seq > ignore_up_to:  # otherwise the lost entry has been reported
                self.found.append(fault("state.unrecorded", where, room=witness.room))
        elif digest != entry.content.digest and seq not in self._digests_in_doubt:
            self.found.append(fault("state.changed", where, room=witness.room))


def _sealed(entry: StoredEntry) -> rules.Sealed | None:
    try:
        return rules.seal(entry.seq, entry.content)
    except (TypeError, ValueError):
        return None
