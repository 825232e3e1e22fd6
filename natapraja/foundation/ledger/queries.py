"""The only eyes of the pages, the API and other rooms on the ledger."""

import base64
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from natapraja.foundation.ledger import presenters, signing, storage, tree
from natapraja.foundation.ledger.models import Entry, Head
from natapraja.foundation.ledger.publication import SignedHead
from natapraja.foundation.ledger.signing import PublicKey

Called = Callable[[Collection[str]], Mapping[str, str]]  # numbers of accounts -> their names


class OutsideLedger(LookupError):
    """A question about what is not sealed; the sentence says what can be asked."""


@dataclass(frozen=True, slots=True)
class EntryFact:
    """An entry for an inspector: opaque ids, and the sentence that explains it."""

    seq: int
    at: datetime
    kind: str
    actor: str
    subject: str
    digest: bytes
    detail: Mapping[str, str | int]
    sentence: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that entry `seq` lies under the root of the first `size` entries."""

    seq: int
    size: int
    leaf: bytes
    path: tuple[bytes, ...]
    root: bytes


@dataclass(frozen=True, slots=True)
class Consistency:
    """The proof that the ledger of `second` entries begins with that of `first`."""

    first: int
    second: int
    path: tuple[bytes, ...]
    first_root: bytes
    second_root: bytes


def head() -> SignedHead | None:
    """The newest signed head; None before anything is sealed."""
    found = Head.objects.order_by("-size").first()
    return None if found is None else _signed(found)


def heads(limit: int = 20) -> tuple[SignedHead, ...]:
    """The newest heads, newest first."""
    return tuple(_signed(found) for found in Head.objects.order_by("-size")[:limit])


def unsealed() -> int:
    """How many entries wait for the next head: more than a second's worth means that nobody seals."""
    return storage.last_seq() - storage.last_size()


def inclusion(seq: int, size: int | None = None) -> Inclusion:
    """Proof for entry `seq` in the ledger of `size` entries, by default of the newest head.

    Raises OutsideLedger for an entry or a size that is not sealed, or whose rows have been removed.
    """
    sealed = storage.last_size()
    size = sealed if size is None else size
    if not 1 <= seq <= size <= sealed:
        raise OutsideLedger(
            f"Catatan {seq} dalam buku besar berisi {size} catatan tidak ada. "
            f"Yang tersegel saat ini: catatan 1 sampai {sealed}."
        )
    with _complete():
        path = tree.inclusion_path(seq - 1, size, storage.hash_at)
        root = tree.range_root(0, size, storage.hash_at)
        return Inclusion(seq, size, storage.hash_at(0, seq - 1), tuple(path), root)


def consistency(first: int, second: int | None = None) -> Consistency:
    """Proof that the ledger of `second` entries (by default the newest head) begins with that of `first`."""
    sealed = storage.last_size()
    second = sealed if second is None else second
    if not 1 <= first <= second <= sealed:
        raise OutsideLedger(
            f"Kedua ukuran harus berurutan, mulai dari 1 dan paling besar {sealed}: "
            f"{first} dan {second} tidak memenuhinya."
        )
    with _complete():
        path = tree.consistency_path(first, second, storage.hash_at)
        roots = [tree.range_root(0, size, storage.hash_at) for size in (first, second)]
        return Consistency(first, second, tuple(path), *roots)


def public_key() -> PublicKey:
    """The key that checks the heads signed now."""
    return signing.signer(storage.folder()).public


def entry(seq: int) -> EntryFact | None:
    found = Entry.objects.filter(seq=seq).first()
    return None if found is None else _fact(found, storage.last_size())


def entries(
    *, before: int | None = None, limit: int = 50, kind: str | None = None, called: Called | None = None
) -> tuple[EntryFact, ...]:
    """Entries, newest first, for pages that have checked "ledger.read".

    `before` is the smallest number of the page shown before; `kind` "register." finds every kind that
    begins so. `called` is asked once for the names of all accounts on the page; without it they stay numbers.
    """
    found = Entry.objects.order_by("-seq")
    if before is not None:
        found = found.filter(seq__lt=before)
    if kind is not None:
        found = found.filter(kind__startswith=kind) if kind.endswith(".") else found.filter(kind=kind)
    sealed = storage.last_size()
    rows = list(found[:limit])
    names = called(_accounts(rows)) if called else {}
    memory: presenters.Memory = {("user", number): name for number, name in names.items()}
    return tuple(_fact(row, sealed, memory) for row in rows)


def _accounts(rows: Collection[Entry]) -> set[str]:
    """The numbers of the accounts these entries are by or about."""
    ids = (text.partition(":") for row in rows for text in (row.actor, row.subject))
    return {number for what, _, number in ids if what == "user"}


def hex_path(path: tuple[bytes, ...]) -> list[str]:
    """A proof as the API and the pages show it."""
    return [step.hex() for step in path]


def signature_text(head: SignedHead) -> str:
    """The signature as openssl takes it, after decoding base64."""
    return base64.b64encode(head.signature).decode()


@contextmanager
def _complete() -> Iterator[None]:
    """Turns rows that are missing into a sentence."""
    try:
        yield
    except LookupError as error:
        raise OutsideLedger(
            "Bukti tidak dapat disusun karena sebagian buku besar hilang. Jalankan: nata ledger verify"
        ) from error


def _signed(row: Head) -> SignedHead:
    return SignedHead(row.size, bytes(row.root), row.at, bytes(row.signature), row.key_id)


def _fact(row: Entry, sealed: int, memory: presenters.Memory | None = None) -> EntryFact:
    try:
        detail = json.loads(row.detail)
    except ValueError:
        detail = {}  # damaged by an intruder; `nata ledger verify` says so
    return EntryFact(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        subject=row.subject,
        digest=bytes(row.digest),
        detail=detail,
        sentence=presenters.sentence(row.kind, row.actor, row.subject, detail, memory),
        sealed=row.seq <= sealed,
    )
