"""Who is reading: a frozen picture of one person's rights, asked by every view, query and export."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class Refused(PermissionDenied):
    """A right is missing. The text is an Indonesian sentence saying which, and whom to ask."""


@dataclass(frozen=True)
class Grant:
    role: str
    area_code: str
    agency: str = ""


@dataclass(frozen=True)
class Reader:
    user_id: int | None
    name: str
    roles: tuple[Grant, ...] = ()

    def may(self, permission: str, area: str | None = None) -> bool:
        return False

    def check(self, permission: str, area: str | None = None) -> None:
        if not self.may(permission, area):
            raise Refused("Akun Anda belum punya hak untuk ini.")


def reader_of(request: HttpRequest) -> Reader:
    return request.reader  # type: ignore[attr-defined,no-any-return]
