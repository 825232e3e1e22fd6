"""Tables of the ledger. They only grow: triggers refuse every other change (see protection.py)."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Sequence(models.BigIntegerField):
    """A number given by the ledger itself; on SQLite it is the row's own place, without a second index."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """One write or one read of personal data. Opaque ids and hashes only: no name, no NIK, no address."""

    seq = Sequence(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    nonce = models.BinaryField(max_length=16)
    detail = models.TextField()
    leaf = models.BinaryField(max_length=32)
    marks = models.BinaryField(max_length=28)

    PRIVACY = {
        "seq": "open",
        "at": "internal",
        "kind": "internal",
        "actor": "internal",
        "subject": "internal",
        "digest": "internal",
        "nonce": "internal",
        "detail": "internal",
        "leaf": "open",
        "marks": "internal",
    }

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        indexes = [models.Index(fields=["subject", "seq"], name="ledger_entry_subject")]

    def __str__(self) -> str:
        return f"catatan {self.seq}"


class Head(models.Model):
    """The signed root over the first `size` entries."""

    size = Sequence(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)
    key_id = models.CharField(max_length=16)

    PRIVACY = {"size": "open", "root": "open", "at": "open", "signature": "open", "key_id": "open"}

    class Meta:
        verbose_name = "kepala"
        verbose_name_plural = "kepala"

    def __str__(self) -> str:
        return f"kepala {self.size}"


class Node(models.Model):
    """The hash over a perfect subtree of entries, from level KEPT_FROM up; lower ones are quickly remade."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    PRIVACY = {"pk": "open", "level": "open", "index": "open", "hash": "open"}

    class Meta:
        verbose_name = "simpul"
        verbose_name_plural = "simpul"

    def __str__(self) -> str:
        return f"simpul {self.level}:{self.index}"
