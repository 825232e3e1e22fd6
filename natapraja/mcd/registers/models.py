"""Tables of the living register.

Units, versions and submissions are added, superseded and answered, never edited: triggers see to it (protection.py). A
claim is decided in its row and goes with a report that is taken back; the ledger vouches for it (witness.py). The
outbox is emptied.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.areas.models import Area

from . import rules


class Unit(models.Model):
    """One thing in the world: a person, a house. Its key is the register's own running number, not the NIK."""

    PRIVACY = {"id": "internal", "register": "open", "key": "personal"}

    register = models.CharField(max_length=24)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="unit_key")]


class Submission(models.Model):
    """What arrived, verbatim, under an id the sender chose: sending twice is harmless."""

    PRIVACY = {
        "id": "internal", "kind": "internal", "area": "internal", "unit": "internal", "payload": "personal",
        "received_at": "internal", "by": "internal", "state": "internal", "answer": "personal", "entry": "internal",
    }  # fmt: skip
    STATES = {
        "believed": "Diterima",
        "waiting": "Menunggu orang kedua",
        "returned": "Dikembalikan",
        "withdrawn": "Dibatalkan",
    }

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    unit = models.BigIntegerField(null=True)  # what the report is about; the household, for people who come
    payload = models.TextField()
    received_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    answer = models.CharField(max_length=rules.REASON_LENGTH, blank=True)
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["area", "received_at"], name="submission_area")]


class VersionSet(models.QuerySet["Version"]):
    def held_now(self) -> Self:
        return self.filter(known_to=rules.OPEN_TIME)

    def visible_to(self, reader: Reader) -> Self:
        """Rows inside the areas where this reader may read persons; nothing for everybody else."""
        inside = Q(pk__in=[])
        for code in reader.areas("register.read"):
            inside |= Q(area__code=code) | Q(area__code__startswith=f"{code}.")
        return self.filter(inside)


class Version(models.Model):
    """What we held true of a unit over [valid_from, valid_to), as known over [known_from, known_to)."""

    PRIVACY = {
        "id": "internal", "unit": "internal", "register": "open", "area": "internal", "valid_from": "internal",
        "valid_to": "internal", "known_from": "internal", "known_to": "internal", "cause": "internal",
        "event": "internal", "data": "personal", "submission": "internal", "entry": "internal",
        "closed_by": "internal",
    }  # fmt: skip

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    register = models.CharField(max_length=24)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    valid_from = models.DateField()
    valid_to = models.DateField(default=rules.OPEN_DATE)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(default=rules.OPEN_TIME)
    cause = models.CharField(max_length=10, choices=[(cause, cause) for cause in rules.CAUSES])
    event = models.CharField(max_length=12, blank=True)
    data = models.TextField()  # JSON by the register's definition; text, so that its digest is exact
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="versions")
    entry = models.BigIntegerField(db_index=True)
    closed_by = models.BigIntegerField(null=True)

    objects = VersionSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["register", "area"], name="version_place"),
            models.Index(fields=["closed_by"], name="version_closed", condition=Q(closed_by__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lt=models.F("valid_to")), name="version_valid"),
            models.CheckConstraint(condition=Q(known_from__lt=models.F("known_to")), name="version_known"),
        ]


class Claim(models.Model):
    """A reported fact that takes somebody off the list: believed only after a second person confirms."""

    PRIVACY = {
        "id": "internal", "submission": "internal", "unit": "internal", "event_unit": "internal", "kind": "internal",
        "area": "internal", "occurred_on": "internal", "state": "internal", "reported_by": "internal",
        "decided_by": "internal", "decided_at": "internal", "reason": "personal", "entry": "internal",
    }  # fmt: skip
    STATES = {"claim": "Menunggu pemeriksaan", "confirmed": "Dibenarkan", "refused": "Tidak dibenarkan"}

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="claim")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="claims")
    event_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="claim")
    reported_by = models.CharField(max_length=40)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=rules.REASON_LENGTH, blank=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "area"], name="claim_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="claim") | ~Q(decided_by=models.F("reported_by")),
                name="claim_second_person",
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(state="claim"), name="claim_open_once"),
        ]


class Outbox(models.Model):
    """A change the mart has still to hear of: one unit, or a whole village when `unit` is empty."""

    PRIVACY = {
        "id": "internal", "register": "open", "village": "open", "unit": "internal", "at": "internal",
        "measured": "open",
    }  # fmt: skip

    register = models.CharField(max_length=24)
    village = models.CharField(max_length=13)
    unit = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    measured = models.BooleanField(default=False)  # it is in the figures, though not yet in the mart
