"""Tables of sign-in and rights: accounts, dated assignments, refused attempts, purposes of reading."""

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
        "username": "internal",
        "full_name": "personal",
        "password": "sensitive",
    }

    username = models.CharField("nama akun", max_length=60, unique=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField("dibuat")
    password_changed_at = models.DateTimeField("sandi diganti", null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    objects = UserManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.username

    @property
    def actor(self) -> str:
        """The opaque id under which the ledger knows this account."""
        return f"user:{self.pk}"


class Assignment(models.Model):
    """A role held by an account in one area and below it; for one agency when the role belongs to one."""

    PRIVACY: ClassVar[dict[str, str]] = {"role": "internal", "area": "internal", "agency": "internal"}

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField("peran", max_length=40)
    area = models.CharField("wilayah", max_length=21)
    agency = models.CharField("perangkat daerah", max_length=40, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sebelum", default=OPEN_END)

    class Meta:
        ordering = ("user_id", "valid_from", "role", "area")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="assignment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=("user", "role", "area", "agency", "valid_from"), name="assignment_once_per_day"
            ),
        )


class FailedSignIn(models.Model):
    """One refused attempt. Account and address are keyed digests: people type passwords into name fields."""

    PRIVACY: ClassVar[dict[str, str]] = {"account": "internal", "address": "internal"}

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)


class PurposeGrant(models.Model):
    """The purpose an officer has named for reading persons in an area, for a limited time."""

    PRIVACY: ClassVar[dict[str, str]] = {"purpose": "internal", "area": "internal", "note": "internal"}

    user = models.ForeignKey(User, models.CASCADE, related_name="purposes")
    purpose = models.CharField("tujuan", max_length=40)
    area = models.CharField("wilayah", max_length=21)
    note = models.CharField("nomor surat atau perkara", max_length=80, blank=True)
    valid_from = models.DateTimeField("sejak")
    valid_to = models.DateTimeField("sampai")

    class Meta:
        ordering = ("-valid_from",)
        indexes = (models.Index(fields=("user", "valid_to")),)
