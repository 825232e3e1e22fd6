"""Walks the whole ledger and says in plain sentences what is wrong with it. Changes nothing."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection

from natapraja.foundation.ledger import protection, signing, storage
from natapraja.foundation.ledger.entry_inspection import EntryInspection, Stopped
from natapraja.foundation.ledger.faults import Fault, fault
from natapraja.foundation.ledger.head_inspection import HeadInspection, Keys, sealed_size
from natapraja.foundation.ledger.publication import FILE
from natapraja.foundation.ledger.witnesses import witnesses

Progress = Callable[[str, int, int], None]  # stage, steps done, steps in all

SHOWN: Final = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """What was walked and what was found. `clean` is what an inspector wants to know."""

    entries: int
    sealed: int
    unsealed: int
    heads: int
    rooms: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        return not self.faults


def verify(
    *, copies: Path | None = None, key: Path | None = None, progress: Progress | None = None
) -> Report:
    """Checks entries, tree, heads, published heads and the rows of every witness, reading each row once.

    `copies` is a file of heads kept elsewhere, `key` a public key kept elsewhere: with both, even someone
    who holds this machine and its private key cannot rewrite the past unseen.
    """
    folder = storage.folder()
    found = _surroundings(folder, key)
    keys = Keys(trusted_keys(folder, key))
    published = copies or folder / FILE
    last = storage.last_seq()
    sealed = sealed_size(keys, published)
    called = witnesses()
    entries = EntryInspection(called)
    heads = HeadInspection(keys, published, sealed)
    with suppress(Stopped):  # the walk has said so; what was found until then is reported
        entries.walk(last, sealed, _counter(progress, "Catatan", last))
        heads.walk(entries, _counter(progress, "Pohon dan kepala", sealed))
    found += entries.found + heads.found
    return Report(
        entries=entries.count,
        sealed=min(sealed, last),
        unsealed=max(0, last - sealed),
        heads=heads.heads,
        rooms=tuple(witness.room for witness in called),
        faults=tuple(dict.fromkeys(found))[:SHOWN],
    )


def _surroundings(folder: Path, key: Path | None) -> list[Fault]:
    """What protects the ledger from outside."""
    found = [
        fault("protection.missing", f"Tabel {name.partition('_no_')[0]}", name=name)
        for name in protection.missing(connection)
    ]
    if signing.is_exposed(folder):
        found.append(fault("key.exposed", f"Berkas kunci {signing.PRIVATE}"))
    if key is None and storage.last_size() and not signing.public_keys(folder):
        found.append(fault("key.absent", "Kunci publik"))
    return found


def trusted_keys(folder: Path, key: Path | None) -> dict[str, signing.PublicKey]:
    """The keys a head may be signed with: the one given, or those published beside the data."""
    if key is None:
        return signing.public_keys(folder)
    trusted = signing.read_public(key)
    return {trusted.key_id: trusted}


def _counter(progress: Progress | None, stage: str, total: int) -> Callable[[int], None]:
    done = 0

    def count(steps: int) -> None:
        nonlocal done
        done += steps
        if progress is not None:
            progress(stage, min(done, total), total)

    return count
