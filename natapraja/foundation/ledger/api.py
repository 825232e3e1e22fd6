"""The ledger's public API: anyone may ask for the head, for proofs, and for the key that checks them."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from natapraja.foundation.ledger import queries, rules
from natapraja.foundation.ledger.publication import SignedHead

prefix = "/ledger"
router = Router()


class HeadAnswer(Schema):
    """`text` is exactly what was signed; `signature` is base64 of 64 bytes, Ed25519."""

    size: int
    root: str
    at: str
    key: str
    signature: str
    text: str


class InclusionAnswer(Schema):
    """RFC 9162 section 2.1.3; hashes in hexadecimal; the leaf stands at index seq - 1."""

    seq: int
    size: int
    leaf: str
    path: list[str]
    root: str


class ConsistencyAnswer(Schema):
    """RFC 9162 section 2.1.4; hashes in hexadecimal."""

    first: int
    second: int
    path: list[str]
    first_root: str
    second_root: str


class KeyAnswer(Schema):
    key: str
    algorithm: str
    base64: str
    pem: str


@router.get("/head", response=HeadAnswer, summary="Kepala terakhir yang ditandatangani")
def head(request: HttpRequest) -> HeadAnswer:
    found = queries.head()
    if found is None:
        raise Http404("Buku besar belum tersegel. Coba lagi sebentar lagi.")
    return _head(found)


@router.get("/inclusion/{int:seq}", response=InclusionAnswer, summary="Bukti bahwa catatan ada di dalamnya")
def inclusion(request: HttpRequest, seq: int, size: int | None = None) -> InclusionAnswer:
    try:
        found = queries.inclusion(seq, size)
    except queries.OutsideLedger as error:
        raise Http404(str(error)) from error
    return InclusionAnswer(
        seq=found.seq,
        size=found.size,
        leaf=found.leaf.hex(),
        path=queries.hex_path(found.path),
        root=found.root.hex(),
    )


@router.get("/consistency", response=ConsistencyAnswer, summary="Bukti bahwa yang lama tidak diubah")
def consistency(request: HttpRequest, first: int, second: int | None = None) -> ConsistencyAnswer:
    try:
        found = queries.consistency(first, second)
    except queries.OutsideLedger as error:
        raise Http404(str(error)) from error
    return ConsistencyAnswer(
        first=found.first,
        second=found.second,
        path=queries.hex_path(found.path),
        first_root=found.first_root.hex(),
        second_root=found.second_root.hex(),
    )


@router.get("/key", response=KeyAnswer, summary="Kunci publik untuk memeriksa kepala")
def key(request: HttpRequest) -> KeyAnswer:
    found = queries.public_key()
    return KeyAnswer(key=found.key_id, algorithm="Ed25519", base64=found.base64, pem=found.pem)


def _head(found: SignedHead) -> HeadAnswer:
    return HeadAnswer(
        size=found.size,
        root=found.root.hex(),
        at=rules.moment(found.at),
        key=found.key_id,
        signature=queries.signature_text(found),
        text=found.text,
    )


def _open_to_all(*views: Any) -> None:
    """The rule on the door, written here because the room of rights stands above this one."""
    for view in views:
        view.access_rule = "public"


_open_to_all(head, inclusion, consistency, key)
