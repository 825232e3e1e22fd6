"""Who is reading: a frozen picture of one person's rights, asked by every view, query and export."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from natapraja.foundation.access import catalogue, places, rules


class Refused(PermissionDenied):
    """A right is missing. The text is a sentence saying which, where, and whom to ask."""


class PurposeNeeded(Refused):
    """The right is there, but persons are read by name only for a chosen purpose."""

    def __init__(self, sentence: str, area: str) -> None:
        super().__init__(sentence)
        self.area = area


@dataclass(frozen=True)
class Grant:
    """A role in an area and everything below it; `agency` is empty unless the role belongs to an agency."""

    role: str
    area_code: str
    agency: str = ""


@dataclass(frozen=True)
class Reader:
    """`user_id` is None for the public. `roles` hold today; they do not change during a request."""

    user_id: int | None
    name: str
    roles: tuple[Grant, ...] = ()

    @property
    def actor(self) -> str:
        """The opaque id under which the ledger knows this reader."""
        return "public" if self.user_id is None else f"user:{self.user_id}"

    def may(self, permission: str, area: str | None = None) -> bool:
        """True when a role gives `permission` in `area` (None: anywhere)."""
        return any(_gives(grant, permission, area) for grant in self.roles)

    def check(self, permission: str, area: str | None = None) -> None:
        """Raises `Refused` unless `may` says yes."""
        if not self.may(permission, area):
            raise Refused(_sentence(self, permission, area))

    def areas(self, permission: str) -> tuple[str, ...]:
        """The outermost areas in which `permission` is held; empty when it is held nowhere."""
        return rules.outermost([grant.area_code for grant in self.roles if _holds(grant, permission)])

    def permissions(self) -> tuple[str, ...]:
        """Every right held anywhere, in the order of roles.toml."""
        return tuple(name for name in catalogue.roles().permissions if self.may(name))


def reader_of(request: HttpRequest) -> Reader:
    """The reader of a request; the public reader for somebody without an account."""
    return request.reader  # type: ignore[attr-defined,no-any-return]


def public_reader() -> Reader:
    return Reader(None, "", everyone())


def everyone() -> tuple[Grant, ...]:
    """What anybody may, with or without an account."""
    given = catalogue.roles().everyone
    return (Grant(given.role, given.area),)


def _holds(grant: Grant, permission: str) -> bool:
    role = catalogue.roles().roles.get(grant.role)
    return role is not None and permission in role.permissions


def _gives(grant: Grant, permission: str, area: str | None) -> bool:
    if not _holds(grant, permission):
        return False
    if area is None:
        return True
    deepest = catalogue.LEVELS.index(catalogue.roles().roles[grant.role].deepest)
    return rules.contains(grant.area_code, area) and rules.depth(area) <= deepest


def _sentence(reader: Reader, permission: str, area: str | None) -> str:
    language = get_language() or "id"
    described = catalogue.roles().permissions.get(permission)
    if described is None:
        return gettext("Halaman ini belum dibuka untuk siapa pun.")
    right = described.say.of(language)
    if reader.user_id is None:
        return gettext("Untuk %(right)s Anda perlu masuk dengan akun.") % {"right": right}
    values = {"right": right, "ask": described.ask.of(language), "area": places.title(area) if area else ""}
    if area and reader.may(permission):
        return gettext("Akun Anda tidak berhak %(right)s di %(area)s. Mintalah kepada %(ask)s.") % values
    return gettext("Akun Anda belum berhak %(right)s. Mintalah kepada %(ask)s.") % values
