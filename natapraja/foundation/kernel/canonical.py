"""Bytes that mean one thing only: what is hashed, signed and compared is written here first."""

import hashlib
import json
from collections.abc import Mapping

Part = bytes | str | int | None


def encode(*parts: Part) -> bytes:
    """Parts one after another, each as kind (one letter), length (8 bytes, big-endian) and content.

    b bytes · s text in UTF-8 · i whole number in decimal · n nothing (length 0). The length makes
    ("ab", "c") differ from ("a", "bc"); the kind makes 1 differ from "1". Raises TypeError for other kinds,
    true and false included, because a database may give them back as numbers.
    """
    return b"".join(_encode(part) for part in parts)


def _encode(part: Part) -> bytes:
    if isinstance(part, str):
        kind, content = b"s", part.encode()
    elif isinstance(part, bytes):
        kind, content = b"b", part
    elif isinstance(part, int) and not isinstance(part, bool):
        kind, content = b"i", b"%d" % part
    elif part is None:
        kind, content = b"n", b""
    else:
        raise TypeError(f"{type(part).__name__} has no canonical bytes")
    return kind + len(content).to_bytes(8, "big") + content


def digest(*parts: Part) -> bytes:
    """SHA-256 (32 bytes) over `encode(*parts)`."""
    return hashlib.sha256(encode(*parts)).digest()


def json_text(values: Mapping[str, str | int]) -> str:
    """JSON with sorted keys and no spaces: equal mappings give equal text."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
