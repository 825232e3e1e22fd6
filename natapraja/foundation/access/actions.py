"""The only hands that write accounts, roles, purposes and the trail of reads; each with its ledger entry."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from natapraja.foundation.access import catalogue, demo, evidence, queries, rules
from natapraja.foundation.access.backend import address_of
from natapraja.foundation.access.middleware import MUST_CHANGE, OPENED, SEEN
from natapraja.foundation.access.models import (
    OPEN_END,
    AccountChange,
    Assignment,
    FailedSignIn,
    PurposeGrant,
    Trace,
    User,
)
from natapraja.foundation.access.reader import PurposeNeeded, Reader
from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.kernel.identifiers import AgencyCode, AreaCode
from natapraja.foundation.ledger.actions import record

_FORGET_FAILURES_AFTER = timedelta(days=1)


class AccountError(ValueError):
    """What was asked of an account cannot be done. The text says why and what to do; `field` is where."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


# ---- sessions


def sign_in(*, request: HttpRequest, username: str, password: str, by: str, at: datetime) -> User | None:
    """Open a session; None when name and password do not fit or the account is locked (queries.locked_until).

    Every failure is counted for the account and for the network address, whether or not the account exists.
    """
    name, address = username.strip().lower(), address_of(request)
    if queries.locked_until(name, address, at):
        return None
    user = authenticate(request, username=name, password=password)
    account = queries.digest_of("account", name)
    if not isinstance(user, User):
        with transaction.atomic():
            FailedSignIn.objects.filter(at__lt=at - _FORGET_FAILURES_AFTER).delete()
            FailedSignIn.objects.create(at=at, account=account, address=queries.digest_of("address", address))
            if queries.locked_until(name, address, at):
                _trace(kind="session.locked", user=User.objects.filter(username=name).first(), by=by, at=at)
        return None
    with transaction.atomic():
        FailedSignIn.objects.filter(account=account).delete()
        login(request, user)
        # Kept as long as the rule lets it live; the middleware ends it at that hour, or earlier when unused.
        request.session.set_expiry(3600 * catalogue.sign_in_rule(local_date(at)).session_hours)
        request.session[OPENED] = request.session[SEEN] = at.isoformat()
        if user.must_change:
            request.session[MUST_CHANGE] = True
        _trace(kind="session.opened", user=user, by=user.actor, at=at)
    return user


def sign_out(*, request: HttpRequest, by: str, at: datetime) -> None:
    """End the session of `request`; somebody without one is left alone."""
    user = request.user
    if isinstance(user, User):
        with transaction.atomic():
            _trace(kind="session.closed", user=user, by=by, at=at)
    logout(request)


# ---- accounts


def create_account(
    *, username: str, full_name: str, password: str, by: str, at: datetime, must_change: bool = True
) -> User:
    """A new account without any role. Raises AccountError when the name is taken."""
    name = username.strip().lower()
    if User.objects.filter(username=name).exists():
        raise AccountError(gettext("Nama akun ini sudah dipakai. Pilih nama lain."), "username")
    with transaction.atomic():
        user = User.objects.create(
            username=name,
            full_name=full_name.strip(),
            password=make_password(password),
            created_at=at,
            must_change=must_change,
        )
        _change(user, kind="account.created", by=by, at=at)
    return user


def open_account(
    *, username: str, full_name: str, role: Mapping[str, Any], by: str, at: datetime
) -> tuple[User, str]:
    """An account with its first role (arguments of `give_role`), and its first password, told once."""
    password = _first_password()
    with transaction.atomic():
        user = create_account(username=username, full_name=full_name, password=password, by=by, at=at)
        give_role(user=user, **role, by=by, at=at)
    return user, password


def change_password(
    *,
    user: User,
    password: str,
    by: str,
    at: datetime,
    request: HttpRequest | None = None,
    must_change: bool = False,
) -> None:
    """A new password. All other sessions of the account end; that of `request` goes on."""
    with transaction.atomic():
        user.password, user.must_change = make_password(password), must_change
        user.save(update_fields=["password", "must_change"])
        _change(user, kind="account.password", by=by, at=at)
    if request is not None:
        update_session_auth_hash(request, user)
        request.session.pop(MUST_CHANGE, None)


def reset_password(*, user: User, by: str, at: datetime) -> str:
    """A first password, returned once; the holder must replace it. Opens a lock on the account."""
    password = _first_password()
    with transaction.atomic():
        FailedSignIn.objects.filter(account=queries.digest_of("account", user.username)).delete()
        change_password(user=user, password=password, by=by, at=at, must_change=True)
    return password


def set_active(*, user: User, active: bool, by: str, at: datetime) -> None:
    """Close an account, or open it again. Its past stays, its sessions end."""
    if user.is_active == active:
        return
    if user.actor == by:
        raise AccountError(gettext("Akun Anda sendiri hanya dapat ditutup oleh pengelola lain."))
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        _change(user, kind="account.opened" if active else "account.closed", by=by, at=at)


def give_role(
    *,
    user: User,
    role: str,
    area: str,
    by: str,
    at: datetime,
    agency: str = "",
    valid_from: date | None = None,
    valid_to: date = OPEN_END,
) -> Assignment:
    """A role in an area, from `valid_from` (today) until before `valid_to`.

    Raises AccountError when the role is not given at that level, lacks its agency, ends before it begins, or
    would be given by an account to itself; Malformed for a code that is none.
    """
    first = valid_from or local_date(at)
    code, definition = AreaCode.parse(area), catalogue.roles().roles.get(role)
    if definition is None or role == catalogue.roles().everyone.role:
        raise AccountError(gettext("Peran ini tidak ada. Pilih salah satu peran dari daftar."), "role")
    if user.actor == by:
        raise AccountError(gettext("Peran untuk akun Anda sendiri harus diberikan pengelola lain."))
    if code.level not in definition.levels:
        raise AccountError(
            gettext("Peran ini tidak diberikan pada tingkat wilayah itu. Periksa kode wilayahnya."), "area"
        )
    if definition.agency and not agency:
        raise AccountError(
            gettext("Peran ini milik perangkat daerah. Isi perangkat daerahnya, misalnya dinkes."), "agency"
        )
    if valid_to <= first:
        raise AccountError(gettext("Tanggal akhir harus sesudah tanggal mulai."), "valid_to")
    office = str(AgencyCode.parse(agency)) if agency else ""
    with transaction.atomic():
        digest = evidence.role(user.pk, role, str(code), office, first, valid_to)
        detail = {"role": role, "area": str(code), "agency": office}
        entry = record(kind="role.given", subject=user.actor, digest=digest, by=by, at=at, detail=detail)
        return Assignment.objects.create(
            user=user,
            role=role,
            area=str(code),
            agency=office,
            valid_from=first,
            valid_to=valid_to,
            entry=entry,
        )


def end_role(*, assignment: Assignment, on: date, by: str, at: datetime) -> None:
    """The role is not held from `on` any more. A role that has ended stays as it is."""
    if assignment.ended_on is not None or assignment.valid_to <= on:
        return
    with transaction.atomic():
        digest = evidence.role_ended(assignment.entry, on)
        subject = f"user:{assignment.user_id}"
        detail = {"role": assignment.role, "area": assignment.area}
        entry = record(kind="role.ended", subject=subject, digest=digest, by=by, at=at, detail=detail)
        assignment.ended_on, assignment.ended_entry = on, entry
        assignment.save(update_fields=["ended_on", "ended_entry"])


# ---- purposes and reads


def choose_purpose(
    *, reader: Reader, purpose: str, area: str, note: str, by: str, at: datetime
) -> PurposeGrant:
    """Name the purpose under which persons in `area` are read, for the hours that purposes.toml allows.

    Raises Refused without the right to read there, AccountError for a purpose the reader's roles do not have
    and for a missing note.
    """
    code = str(AreaCode.parse(area))
    reader.check("register.read", code)
    chosen = queries.offered_purposes(reader).get(purpose)
    if chosen is None or reader.user_id is None:
        raise AccountError(
            gettext("Tujuan ini tidak termasuk tugas Anda. Pilih yang lain dari daftar."), "purpose"
        )
    if chosen.note == "required" and not note.strip():
        raise AccountError(gettext("Tujuan ini perlu nomor surat tugas, program, atau perkara."), "note")
    until = at + timedelta(hours=catalogue.purpose_hours(local_date(at)))
    digest = evidence.purpose(reader.user_id, purpose, code, note.strip(), at, until)
    with transaction.atomic():
        detail = {"purpose": purpose, "area": code}
        entry = record(
            kind="purpose.chosen", subject=f"area:{code}", digest=digest, by=by, at=at, detail=detail
        )
        return PurposeGrant.objects.create(
            user_id=reader.user_id,
            purpose=purpose,
            area=code,
            note=note.strip(),
            valid_from=at,
            valid_to=until,
            entry=entry,
        )


def read_persons(*, reader: Reader, area: str, count: int, at: datetime) -> str:
    """Write down that `reader` read `count` persons of `area` by name; returns the live purpose it was for.

    Call it before showing them. Raises Refused without the right, PurposeNeeded without a purpose. No name
    enters the ledger.
    """
    reader.check("register.read", area)
    found = queries.purpose_for(reader, area, at)
    if found is None:
        raise PurposeNeeded(gettext("Data orang hanya dibuka untuk tujuan yang dipilih lebih dulu."), area)
    with transaction.atomic():
        user = User.objects.filter(pk=reader.user_id or 0).first()
        _trace(kind=queries.READS, user=user, by=reader.actor, at=at, purpose=found, area=area, count=count)
    return found


# ---- demonstration


def ensure_demo_accounts(*, by: str, at: datetime) -> int:
    """The accounts of demo.py, with the known password; returns how many were made. Only in a demonstration.

    An account whose password was changed or which was closed is put right again, so that a demonstration
    always starts the same.
    """
    if not settings.DEMO:
        return 0
    made = 0
    for one in demo.ACCOUNTS:
        user = User.objects.filter(username=one.username).first()
        if user is None:
            made += 1
            user = create_account(
                username=one.username,
                full_name=one.full_name,
                password=demo.PASSWORD,
                by=by,
                at=at,
                must_change=False,
            )
        elif user.changes.exclude(kind="account.created").exists() and not user.check_password(demo.PASSWORD):
            change_password(user=user, password=demo.PASSWORD, by=by, at=at)
        set_active(user=user, active=True, by=by, at=at)
        if not queries.assignments_on(user.pk, local_date(at)).filter(role=one.role, area=one.area).exists():
            give_role(
                user=user,
                role=one.role,
                area=one.area,
                agency=one.agency,
                valid_from=date(local_date(at).year, 1, 1),
                by=by,
                at=at,
            )
    return made


# ---- entries


def _first_password() -> str:
    return rules.spoken_password([secrets.randbelow(1 << 32) for _ in range(12)])


def _change(user: User, *, kind: str, by: str, at: datetime) -> None:
    state = evidence.account(user)
    entry = record(kind=kind, subject=user.actor, digest=state, by=by, at=at)
    AccountChange.objects.create(user=user, kind=kind, by=by, at=at, state=state, entry=entry)


def _trace(
    *, kind: str, user: User | None, by: str, at: datetime, purpose: str = "", area: str = "", count: int = 0
) -> None:
    user_id = user.pk if user else None
    digest = evidence.trace(kind, user_id, purpose, area, count, at)
    detail: Mapping[str, str | int] = {"purpose": purpose, "area": area, "count": count} if purpose else {}
    subject = f"area:{area}" if area else (user.actor if user else "account:unknown")
    entry = record(kind=kind, subject=subject, digest=digest, by=by, at=at, detail=detail)
    Trace.objects.create(
        at=at, kind=kind, user_id=user_id, purpose=purpose, area=area, count=count, entry=entry
    )
