"""The ledger's key pair (Ed25519, RFC 8032): made on first use, kept outside the database."""

import base64
import contextlib
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE: Final = "signing.key"
PUBLIC_FOLDER: Final = "keys"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks heads: its short id, and the key itself."""

    key_id: str
    key: Ed25519PublicKey

    @property
    def pem(self) -> str:
        """The form openssl reads."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_bytes(serialization.Encoding.PEM, form).decode()

    @property
    def base64(self) -> str:
        """The 32 raw bytes."""
        return base64.b64encode(_raw(self.key)).decode()

    def verifies(self, signature: bytes, text: str) -> bool:
        try:
            self.key.verify(signature, text.encode())
        except (InvalidSignature, TypeError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """The private key with its public half."""

    private: Ed25519PrivateKey
    public: PublicKey

    def sign(self, text: str) -> bytes:
        """64 bytes over the text in UTF-8."""
        return self.private.sign(text.encode())


def signer(folder: Path) -> Signer:
    """The signer of this installation; makes `signing.key` (mode 600) and its published half if need be."""
    path = folder / PRIVATE
    if not path.exists():
        _make(path)
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError(f"{PRIVATE} holds no Ed25519 key")
    public = _public(private.public_key())
    published = folder / PUBLIC_FOLDER / f"{public.key_id}.pem"
    if not published.exists():
        published.parent.mkdir(parents=True, exist_ok=True)
        published.write_text(public.pem)
    return Signer(private, public)


def public_keys(folder: Path) -> dict[str, PublicKey]:
    """Every published key by id: old ones too, because their heads stay to be checked."""
    keys = (read_public(path) for path in sorted((folder / PUBLIC_FOLDER).glob("*.pem")))
    return {key.key_id: key for key in keys}


def read_public(path: Path) -> PublicKey:
    """A public key from a PEM file; raises ValueError when it is none."""
    key = serialization.load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{path.name} holds no Ed25519 key")
    return _public(key)


def is_exposed(folder: Path) -> bool:
    """Whether others on the machine may read the private key."""
    path = folder / PRIVATE
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    aside = path.with_name(f"{PRIVATE}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # another process was first: its key holds
        os.link(aside, path)
    aside.unlink()


def _public(key: Ed25519PublicKey) -> PublicKey:
    return PublicKey(hashlib.sha256(_raw(key)).hexdigest()[:16], key)


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
