"""Tables of places: `Area` as it stands now, `AreaPeriod` for what it was called and when."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

OPEN_START = date.min  # held since before our record begins
OPEN_END = date.max  # holds until further notice

LEVELS = ("regency", "district", "village", "rw", "rt")


class AreaSet(models.QuerySet["Area"]):
    def standing(self) -> Self:
        """Places that have not been dissolved."""
        return self.filter(valid_to=OPEN_END)


class Area(models.Model):
    """One place. Its id never changes; code, name and parent are today's, the past is in `AreaPeriod`."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "code": "open",
        "level": "open",
        "name": "open",
        "kind": "open",
        "parent": "open",
        "valid_from": "open",
        "valid_to": "open",
        "hamlet": "open",
        "lon": "open",
        "lat": "open",
        "postcode": "open",
        "bps_code": "open",
        "shape": "open",
        "shape_source": "open",
    }

    code = models.CharField("kode", max_length=21, unique=True)
    level = models.CharField("tingkat", max_length=8)
    name = models.CharField("nama", max_length=80)
    kind = models.CharField("jenis", max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    valid_from = models.DateField("berlaku sejak", default=OPEN_START)
    valid_to = models.DateField("berlaku sebelum", default=OPEN_END)
    hamlet = models.CharField("dukuh", max_length=80, blank=True)
    lon = models.FloatField("bujur", null=True)
    lat = models.FloatField("lintang", null=True)
    postcode = models.CharField("kode pos", max_length=5, blank=True)
    bps_code = models.CharField("kode BPS", max_length=14, blank=True)
    shape = models.TextField("bentuk", null=True)
    shape_source = models.CharField("asal bentuk", max_length=80, blank=True)

    objects = AreaSet.as_manager()

    class Meta:
        ordering = ("code",)
        indexes = (models.Index(fields=("level", "code"), name="area_level"),)
        constraints = (
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="area_ends_after_start"),
        )

    def __str__(self) -> str:
        return self.code


class AreaPeriod(models.Model):
    """Code, name and hamlet of a place over [valid_from, valid_to). Added and closed, never edited.

    A row with valid_from = valid_to covers no day: it was withdrawn when its file was corrected.
    """

    PRIVACY: ClassVar[dict[str, str]] = {
        "area": "open",
        "code": "open",
        "parent_code": "open",
        "name": "open",
        "hamlet": "open",
        "valid_from": "open",
        "valid_to": "open",
        "basis": "open",
        "confidence": "open",
        "entry": "internal",
        "closed_by": "internal",
    }

    area = models.ForeignKey(Area, models.PROTECT, related_name="periods")
    code = models.CharField("kode", max_length=21, db_index=True)
    parent_code = models.CharField("kode induk", max_length=17, blank=True, db_index=True)
    name = models.CharField("nama", max_length=80)
    hamlet = models.CharField("dukuh", max_length=80, blank=True)
    valid_from = models.DateField("berlaku sejak", default=OPEN_START)
    valid_to = models.DateField("berlaku sebelum", default=OPEN_END)
    basis = models.CharField("dasar", max_length=400, blank=True)
    confidence = models.CharField("keyakinan", max_length=10, default="sure")
    entry = models.BigIntegerField("baris buku besar", db_index=True)
    closed_by = models.BigIntegerField("ditutup oleh baris buku besar", null=True, db_index=True)

    class Meta:
        ordering = ("valid_from", "code")
        constraints = (
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="area_period_order"),
        )


class AreaAlias(models.Model):
    """Another spelling under which a place is searched and found; never shown as its name."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "area": "open",
        "name": "open",
        "source": "open",
        "entry": "internal",
    }

    area = models.ForeignKey(Area, models.PROTECT, related_name="aliases")
    name = models.CharField("nama lain", max_length=80)
    source = models.CharField("sumber", max_length=200)
    entry = models.BigIntegerField("baris buku besar", db_index=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("area", "name"), name="area_alias_once"),)
