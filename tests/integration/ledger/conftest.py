"""A ledger in a database file of its own, so that a test can be the intruder who edits it by hand."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from natapraja.foundation.kernel.canonical import digest
from natapraja.foundation.ledger import (
    actions,
    entry_proof,
    protection,
    rules,
    signing,
    storage,
    tree,
    verify,
)
from natapraja.foundation.ledger.faults import Fault
from natapraja.foundation.ledger.publication import SignedHead

START = datetime(2026, 3, 13, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """A database file with the ledger's tables and triggers and nothing else; copied for each test."""
    path = tmp_path_factory.mktemp("ledger") / "empty.sqlite3"
    with django_db_blocker.unblock(), Connected(path):
        call_command("migrate", "ledger", verbosity=0)
    return path


@dataclass
class LedgerFile:
    """The ledger under test, and the knife."""

    path: Path
    folder: Path

    def write(self, count: int, *, seal_every: int = 0, seal: bool = True, kind: str = "test.made") -> None:
        """Records `count` entries a minute apart; seals after every `seal_every`, or once at the end."""
        first = storage.last_seq() + 1
        for seq in range(first, first + count):
            at = START + timedelta(minutes=seq)
            with transaction.atomic():
                actions.record(
                    kind=kind, subject=f"unit:{seq}", digest=digest("state", seq), by="user:7", at=at,
                    detail={"rows": seq},
                )  # fmt: skip
            if seal_every and seq % seal_every == 0:
                actions.seal(at=at)
        if seal:
            actions.seal(at=START + timedelta(minutes=first + count))

    def edit(self, *statements: str, keep_triggers: bool = False) -> None:
        """Edits the file behind the system's back, as someone with access to the machine would."""
        intruder = sqlite3.connect(self.path)
        if not keep_triggers:
            for (name,) in intruder.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                intruder.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            intruder.execute(statement)
        intruder.commit()
        intruder.close()

    def forge(self, seq: int, **changes: object) -> rules.Sealed:
        """Replaces an entry by another one that is right in itself: content, marks and leaf fit."""
        (entry,) = next(storage.entries(seq, seq))
        content = entry.content._replace(**changes)
        sealed = rules.seal(seq, content)
        values = ", ".join(f"{name} = x'{getattr(sealed, name).hex()}'" for name in ("leaf", "marks"))
        for name, value in changes.items():
            values += f", {name} = '{value}'"
        self.edit(f"UPDATE ledger_entry SET {values} WHERE seq = {seq}")
        return sealed

    def rebuild_tree(self) -> None:
        """What an intruder with patience does next: makes every node fit the forged leaves."""
        leaves = [leaf for _, leaf in storage.leaves(1, storage.last_seq())]
        growth = tree.Growth(0, [])
        for level, index, found in [node for leaf in leaves for node in growth.append(leaf)]:
            if level >= storage.KEPT_FROM:
                self.edit(
                    f"UPDATE ledger_node SET hash = x'{found.hex()}' "
                    f'WHERE "level" = {level} AND "index" = {index}'
                )

    def sign_again(self, signer: signing.Signer) -> list[SignedHead]:
        """And with a private key: signs every head over the forged tree."""
        leaves = [leaf for _, leaf in storage.leaves(1, storage.last_seq())]
        again = []
        for head in list(storage.heads()):
            root = tree.root(leaves[: head.size])
            signature = signer.sign(rules.head_text(head.size, root, head.at))
            self.edit(
                f"UPDATE ledger_head SET root = x'{root.hex()}', signature = x'{signature.hex()}', "
                f"key_id = '{signer.public.key_id}' WHERE size = {head.size}"
            )
            again.append(SignedHead(head.size, root, head.at, signature, signer.public.key_id))
        return again

    def cover_up(self) -> None:
        """Puts the triggers back, as a careful intruder would."""
        protection.install(connections["default"])

    def faults(self, **given: Path) -> list[Fault]:
        """What the inspection finds; the triggers are put back first."""
        self.cover_up()
        return list(verify.verify(**given).faults)

    def codes(self, **given: Path) -> list[str]:
        return [fault.code for fault in self.faults(**given)]

    def sentences(self, **given: Path) -> list[str]:
        return [str(fault) for fault in self.faults(**given)]


@pytest.fixture
def ledger(empty_ledger, tmp_path, settings, monkeypatch, django_db_blocker) -> Iterator[LedgerFile]:
    """A ledger alone: the other rooms, and so their witnesses, have no tables here."""
    settings.DATA_DIR = tmp_path
    for module in (verify, entry_proof):
        monkeypatch.setattr(module, "witnesses", list)
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(empty_ledger.read_bytes())
    with django_db_blocker.unblock(), Connected(path):
        yield LedgerFile(path, tmp_path / "ledger")


class Connected:
    """The default connection leads to this file for a while."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._before = connections["default"]
        described = {**self._before.settings_dict, "NAME": str(self._path)}
        connections["default"] = DatabaseWrapper(described, "default")

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections["default"] = self._before
