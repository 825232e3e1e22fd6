"""Accounts with roles, and browsers that are signed in with them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from natapraja.foundation.access import actions
from natapraja.foundation.access.models import User

PASSWORD = "sandi-uji-coba-2026"
EARLIER = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

Make = Callable[..., User]
Enter = Callable[..., Client]


@pytest.fixture
def make(db: None) -> Make:
    """An account "uji.<role>" with one role, made in January; without a role when `role` is empty."""

    def account(role: str = "", area: str = "33.09", agency: str = "", username: str = "") -> User:
        user = actions.create_account(
            username=username or f"uji.{role.replace('_', '-') or 'polos'}",
            full_name=f"Uji {role}",
            password=PASSWORD,
            by="system:test",
            at=EARLIER,
            must_change=False,
        )
        if role:
            actions.give_role(user=user, role=role, area=area, agency=agency, by="system:test", at=EARLIER)
        return user

    return account


@pytest.fixture
def enter(make: Make) -> Enter:
    """A browser signed in through the form, with a role made for it."""

    def client(role: str = "", area: str = "33.09", agency: str = "") -> Client:
        user, browser = make(role, area, agency), Client()
        answer = browser.post("/masuk/", {"username": user.username, "password": PASSWORD})
        assert answer.status_code == 302
        return browser

    return client
