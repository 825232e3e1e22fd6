"""Roles, rights and purposes as the regency decided them, read once from definitions."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from msgspec import Struct

from natapraja.foundation.kernel.definitions import DefinitionError, Status, Text, Version, in_force, load
from natapraja.foundation.kernel.identifiers import Level

LEVELS: tuple[Level, ...] = ("regency", "district", "village", "rw", "rt")


class SignInRule(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many failures lock an account or a network address, and how long a session lives."""

    failures: int
    address_failures: int
    window_minutes: int
    lock_minutes: int
    idle_minutes: int
    session_hours: int


class Permission(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`say` completes "Anda boleh …"; `ask` names whom to ask for it."""

    say: Text
    ask: Text


class Role(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: Text
    levels: tuple[Level, ...]
    permissions: frozenset[str]
    deepest: Level = "rt"
    agency: bool = False


class Everyone(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    role: str
    area: str


class Roles(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    everyone: Everyone
    sign_in: tuple[SignInRule, ...]
    permissions: dict[str, Permission]
    roles: dict[str, Role]


class Validity(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    hours: int


class Purpose(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: Text
    detail: Text
    basis: str
    roles: frozenset[str]
    note: Literal["none", "optional", "required"]
    standing: frozenset[str] = frozenset()
    status: Status = "berlaku"


class Purposes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    validity: tuple[Validity, ...]
    purposes: dict[str, Purpose]


def _file(name: str) -> Path:
    return Path(settings.DEFINITIONS) / settings.REGENCY / name


@cache
def roles() -> Roles:
    """roles.toml. Raises DefinitionError, also for a role with a right that is not described."""
    found = load(_file("roles.toml"), Roles)
    for code, role in found.roles.items():
        for unknown in sorted(role.permissions - found.permissions.keys()):
            raise DefinitionError(
                "roles.toml",
                f"roles.{code}",
                f"hak “{unknown}” tidak dijelaskan",
                f'Tambahkan [permissions."{unknown}"] atau hapus dari peran ini',
            )
    if found.everyone.role not in found.roles:
        raise DefinitionError(
            "roles.toml", "everyone", "perannya tidak ada", "Pakai salah satu nama di [roles]"
        )
    return found


@cache
def purposes() -> Purposes:
    """purposes.toml. Raises DefinitionError, also for a purpose of a role that does not exist."""
    found = load(_file("purposes.toml"), Purposes)
    for code, purpose in found.purposes.items():
        for unknown in sorted((purpose.roles | purpose.standing) - roles().roles.keys()):
            raise DefinitionError(
                "purposes.toml",
                f"purposes.{code}",
                f"peran “{unknown}” tidak ada",
                "Pakai nama peran dari roles.toml",
            )
    return found


def sign_in_rule(day: date) -> SignInRule:
    """The rule of sign-in in force on `day`; before the first version, the first."""
    rules = roles().sign_in
    return in_force(rules, day) or rules[0]


def purpose_hours(day: date) -> int:
    """How many hours a chosen purpose holds on `day`."""
    versions = purposes().validity
    return (in_force(versions, day) or versions[0]).hours
