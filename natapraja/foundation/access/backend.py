"""The one way to sign in: a password checked against an open account that is not locked."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from natapraja.foundation.access import queries
from natapraja.foundation.access.models import User
from natapraja.foundation.kernel.clock import now


class LockingBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The account, or None. Raises PermissionDenied while the account or the address is locked."""
        name = (username or "").strip().lower()
        if queries.locked_until(name, address_of(request), now()):
            raise PermissionDenied
        # A row without a change in the ledger was not made by us.
        user = User.objects.filter(username=name, is_active=True, changes__isnull=False).first()
        if user is None:
            make_password(password or "")  # as long as a check, so that time does not tell who exists
            return None
        return user if check_password(password or "", user.password) else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def address_of(request: HttpRequest | None) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
