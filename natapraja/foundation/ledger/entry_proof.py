"""One entry, checked on its own: does it stand, is it sealed, do its rows still fit?"""

from pathlib import Path
from typing import NamedTuple

from natapraja.foundation.ledger import publication, queries, rules, storage, tree
from natapraja.foundation.ledger.head_inspection import Keys
from natapraja.foundation.ledger.storage import StoredEntry
from natapraja.foundation.ledger.verify import trusted_keys
from natapraja.foundation.ledger.witnesses import witnesses


class Check(NamedTuple):
    """One question, answered. `holds` is None where nothing can be said."""

    holds: bool | None
    sentence: str


def check_entry(seq: int, *, copies: Path | None = None, key: Path | None = None) -> list[Check]:
    """Every check of entry `seq`, in the order one would explain them; the first says what it records."""
    entry = next((entry for batch in storage.entries(seq, seq) for entry in batch), None)
    if entry is None:
        return [Check(False, f"Catatan {seq} tidak ada. Nomor terakhir: {storage.last_seq()}.")]
    return [
        Check(None, _told(entry)),
        _check_content(entry),
        *_check_seal(entry, copies, key),
        *_check_rows(entry),
    ]


def _told(entry: StoredEntry) -> str:
    fact = queries.entry(entry.seq)
    at = rules.moment(fact.at) if fact is not None and fact.at is not None else "waktu tidak terbaca"
    return f"{at}: {fact.sentence}" if fact is not None else at


def _check_content(entry: StoredEntry) -> Check:
    try:
        if rules.leaf(entry.seq, entry.content) == entry.leaf:
            return Check(True, "Isi cocok dengan sidik daunnya.")
    except (TypeError, ValueError):
        return Check(False, "Isi tidak terbaca: kolomnya diubah langsung di basis data.")
    return Check(False, "Isi tidak cocok dengan sidik daunnya: catatan diubah setelah ditulis.")


def _check_seal(entry: StoredEntry, copies: Path | None, key: Path | None) -> list[Check]:
    head = queries.head()
    if head is None or entry.seq > head.size:
        return [Check(None, "Belum tersegel: catatan ini menunggu kepala berikutnya.")]
    proof = queries.inclusion(entry.seq, head.size)
    leaf = entry.leaf if isinstance(entry.leaf, bytes) else b""
    proved = tree.verify_inclusion(leaf, entry.seq - 1, head.size, proof.path, head.root)
    signed = Keys(trusted_keys(storage.folder(), key)).accept(head)
    published = copies or storage.folder() / publication.FILE
    known = any(copy == head for copy in publication.newest(published))
    return [
        Check(proved, f"Bukti ({len(proof.path)} langkah) {_leads(proved)} ke akar {head.root.hex()[:16]}…"),
        Check(signed, f"Kepala pada {head.size} catatan {'sah' if signed else 'tidak sah'} tanda tangannya."),
        Check(known, f"Kepala itu {'ada' if known else 'tidak ada'} dalam salinan di luar basis data."),
    ]


def _check_rows(entry: StoredEntry) -> list[Check]:
    found = []
    for witness in witnesses():
        digests = dict(witness.digests(entry.seq, entry.seq))
        if entry.seq in digests:
            same = digests[entry.seq] == entry.content.digest
            word = "masih sama dengan" if same else "tidak sama lagi dengan"
            found.append(Check(same, f"Baris data {witness.room} {word} yang dicatat."))
        elif witness.vouches_for(entry.content.kind):
            found.append(Check(False, f"Baris data {witness.room} yang dicatat tidak ada lagi."))
    return found


def _leads(proved: bool) -> str:
    return "mengarah" if proved else "tidak mengarah"
