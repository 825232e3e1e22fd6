"""The key: made once, readable by nobody else, its public half published for ever."""

import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from natapraja.foundation.ledger import signing


def test_the_key_is_made_on_first_use_and_kept(tmp_path):
    first, again = signing.signer(tmp_path), signing.signer(tmp_path)
    assert first.public.key_id == again.public.key_id
    assert first.private.private_bytes_raw() == again.private.private_bytes_raw()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", "signing.key"]


def test_nobody_else_may_read_it(tmp_path):
    signing.signer(tmp_path)
    assert stat.S_IMODE((tmp_path / signing.PRIVATE).stat().st_mode) == 0o600
    assert not signing.is_exposed(tmp_path)
    (tmp_path / signing.PRIVATE).chmod(0o640)
    assert signing.is_exposed(tmp_path)


def test_a_signature_holds_for_its_text_alone(tmp_path):
    signer = signing.signer(tmp_path)
    signature = signer.sign("kepala")
    assert signer.public.verifies(signature, "kepala")
    assert not signer.public.verifies(signature, "kepala lain")
    assert not signer.public.verifies(bytes(64), "kepala")
    assert not signer.public.verifies(b"short", "kepala")


def test_a_new_key_leaves_the_old_one_published(tmp_path):
    """Heads signed before the key was replaced must still be checked."""
    old = signing.signer(tmp_path).public
    (tmp_path / signing.PRIVATE).unlink()
    new = signing.signer(tmp_path).public
    assert set(signing.public_keys(tmp_path)) == {old.key_id, new.key_id}


def test_a_public_half_that_was_lost_is_published_again(tmp_path):
    key = signing.signer(tmp_path).public
    (tmp_path / signing.PUBLIC_FOLDER / f"{key.key_id}.pem").unlink()
    assert signing.public_keys(tmp_path) == {}
    signing.signer(tmp_path)
    assert set(signing.public_keys(tmp_path)) == {key.key_id}


def test_keys_of_another_kind_are_refused(tmp_path):
    other = generate_private_key(public_exponent=65537, key_size=2048)
    public = tmp_path / "rsa.pem"
    public.write_bytes(
        other.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with pytest.raises(ValueError, match="holds no Ed25519 key"):
        signing.read_public(public)
    (tmp_path / signing.PRIVATE).write_bytes(
        other.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    with pytest.raises(ValueError, match="holds no Ed25519 key"):
        signing.signer(tmp_path)
