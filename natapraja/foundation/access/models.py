"""Tables of sign-in and rights: accounts, dated roles, refused attempts, purposes, and the trail of reads.

Each row that grants or proves something carries `entry`, the number of its ledger entry (see witness.py).
"""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

OPEN_END = date.max  # an assignment without an end


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account of one officer. The username names the post, the full name the person who holds it."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "username": "internal",
        "full_name": "personal",
        "password": "sensitive",
        "is_active": "internal",
        "last_login": "internal",
        "created_at": "internal",
        "must_change": "internal",
    }

    username = models.CharField("nama akun", max_length=60, unique=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField("dibuat")
    must_change = models.BooleanField("sandi harus diganti", default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    objects = UserManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.actor

    @property
    def actor(self) -> str:
        """The opaque id under which the ledger knows this account."""
        return f"user:{self.pk}"


class AccountChange(models.Model):
    """What an account became and when: made, given a new password, closed, opened again."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "user": "internal",
        "kind": "internal",
        "by": "internal",
        "at": "internal",
        "state": "internal",
        "entry": "internal",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.BinaryField(max_length=32)  # digest over the account's row after the change
    entry = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ("entry",)


class Assignment(models.Model):
    """A role held by an account in one area and below it; for one agency when the role belongs to one."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "user": "internal",
        "role": "internal",
        "area": "internal",
        "agency": "internal",
        "valid_from": "internal",
        "valid_to": "internal",
        "entry": "internal",
        "ended_on": "internal",
        "ended_entry": "internal",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField("peran", max_length=40)
    area = models.CharField("wilayah", max_length=21)
    agency = models.CharField("perangkat daerah", max_length=60, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sebelum", default=OPEN_END)
    entry = models.BigIntegerField(unique=True)
    # Ending a role early adds to the row and changes nothing in it, so that the first entry still holds.
    ended_on = models.DateField("diakhiri mulai", null=True)
    ended_entry = models.BigIntegerField(unique=True, null=True)

    class Meta:
        ordering = ("user_id", "valid_from", "role", "area")
        constraints = (
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="assignment_ends_later"),
        )

    @property
    def last_day_after(self) -> date:
        """The first day on which the role is no longer held."""
        return min(self.valid_to, self.ended_on or OPEN_END)


class FailedSignIn(models.Model):
    """One refused attempt. Account and address are keyed digests: people type passwords into name fields."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "at": "internal",
        "account": "internal",
        "address": "internal",
    }

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)


class PurposeGrant(models.Model):
    """The purpose an officer has named for reading persons in an area, for a limited time."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "user": "internal",
        "purpose": "internal",
        "area": "internal",
        "note": "internal",
        "valid_from": "internal",
        "valid_to": "internal",
        "entry": "internal",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="purposes")
    purpose = models.CharField("tujuan", max_length=40)
    area = models.CharField("wilayah", max_length=21)
    note = models.CharField("nomor surat atau perkara", max_length=80, blank=True)
    valid_from = models.DateTimeField("sejak")
    valid_to = models.DateTimeField("sampai")
    entry = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ("-valid_from",)
        indexes = (models.Index(fields=("user", "valid_to"), name="purpose_grant_live"),)


class Trace(models.Model):
    """One read of persons by name, or one beginning or end of a session. What the inspector looks at."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "at": "internal",
        "kind": "internal",
        "user": "internal",
        "purpose": "internal",
        "area": "internal",
        "count": "internal",
        "entry": "internal",
    }

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="traces")
    purpose = models.CharField("tujuan", max_length=40, blank=True)
    area = models.CharField("wilayah", max_length=21, blank=True)
    count = models.PositiveIntegerField("banyak orang", default=0)
    entry = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ("-entry",)
        indexes = (
            models.Index(fields=("kind", "-entry"), name="trace_kind"),
            models.Index(fields=("user", "-entry"), name="trace_user"),
        )
