"""The one way to sign in: a password checked against an account that is not locked."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from natapraja.foundation.access.models import User


class LockingBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        user = User.objects.filter(username=(username or "").strip().lower(), is_active=True).first()
        return user if user and user.check_password(password or "") else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
