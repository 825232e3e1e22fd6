"""Tables of the import: one row for each file that was sent, and how often each finding was made in it."""

from typing import Self

from django.db import models

from natapraja.foundation.access.reader import Reader

from . import rules

WHOLE_REGENCY = 5  # length of the regency's code


class ImportSet(models.QuerySet["Import"]):
    def visible_to(self, reader: Reader) -> Self:
        """One's own files; all of them for who may import for the whole regency."""
        areas = reader.areas("import.write")
        if not areas:
            return self.none()
        return self if any(len(code) == WHOLE_REGENCY for code in areas) else self.filter(by=reader.actor)


class Import(models.Model):
    """One file: who sent it, what it says, how far it got: `place` rows of `planned` are durable."""

    PRIVACY = {
        "id": "internal", "register": "open", "file_name": "internal", "file_hash": "internal", "size": "internal",
        "source": "internal", "by": "internal", "received_at": "internal", "known_at": "internal",
        "valid_on": "internal", "area_limit": "internal", "dry_run": "internal", "state": "internal",
        "rows": "internal", "planned": "internal", "place": "internal", "new": "internal", "changed": "internal",
        "same": "internal", "refused": "internal", "warned": "internal", "meanwhile": "internal",
        "message": "internal", "headings": "internal", "started_at": "internal",
        "finished_at": "internal", "entry": "internal", "finished_entry": "internal",
    }  # fmt: skip
    STATES = {
        rules.RECEIVED: "Menunggu giliran",
        rules.CHECKING: "Sedang diperiksa",
        rules.BELIEVING: "Sedang dimasukkan",
        rules.DONE: "Selesai",
        rules.FAILED: "Tidak dapat diterima",
    }

    register = models.CharField(max_length=24)
    file_name = models.CharField(max_length=120)
    file_hash = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    source = models.TextField(blank=True)  # where the file lies while it is needed
    by = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)  # empty: known when it is believed
    valid_on = models.DateField(null=True)
    area_limit = models.TextField(null=True)  # codes, one a line; empty: everywhere
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=rules.RECEIVED)
    rows = models.BigIntegerField(default=0)
    planned = models.BigIntegerField(default=0)
    place = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    warned = models.BigIntegerField(default=0)
    meanwhile = models.TextField(blank=True)  # row numbers turned back while believing, one a line
    message = models.TextField(blank=True)
    headings = models.TextField(blank=True)  # JSON: the file's own headings
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField()
    finished_entry = models.BigIntegerField(null=True)

    objects = ImportSet.as_manager()

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        indexes = [models.Index(fields=["state"], name="import_state")]

    def __str__(self) -> str:
        return f"impor {self.pk}"

    @property
    def limit(self) -> tuple[str, ...] | None:
        return None if self.area_limit is None else tuple(self.area_limit.split())


class FindingCount(models.Model):
    """How often a finding of the catalogue was made in one column, and in which rows first."""

    PRIVACY = {
        "id": "internal", "of": "internal", "code": "internal", "column": "internal", "rows": "internal",
        "first_rows": "internal",
    }  # fmt: skip

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=24)
    column = models.CharField(max_length=60, blank=True)
    rows = models.BigIntegerField()
    first_rows = models.CharField(max_length=200)  # row numbers, separated by spaces

    class Meta:
        verbose_name = "temuan"
        verbose_name_plural = "temuan"
        constraints = [models.UniqueConstraint(fields=["of", "code", "column"], name="finding_once")]

    def __str__(self) -> str:
        return f"temuan {self.code} pada impor {self.of_id}"
