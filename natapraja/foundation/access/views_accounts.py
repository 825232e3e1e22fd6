"""Pages of the administrator: the list of accounts, a new one, its roles with their dates."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from natapraja.foundation.access import actions, forms, queries
from natapraja.foundation.access.decorators import requires
from natapraja.foundation.access.models import OPEN_END, Assignment, User
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.foundation.kernel.identifiers import Malformed

_PER_PAGE = 50


@requires("accounts.write")
@never_cache
def accounts(request: HttpRequest) -> HttpResponse:
    text, closed = request.GET.get("cari", "").strip(), "tutup" in request.GET
    page = Paginator(queries.accounts(text, closed), _PER_PAGE).get_page(request.GET.get("halaman"))
    rows = queries.holders(page, local_date(now()))
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {"page": page, "rows": rows, "text": text, "closed": closed, "query": query.urlencode()}
    return render(request, "access/accounts.html", context)


@requires("accounts.write")
@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """An account and its first role in one step; the first password is shown once."""
    sent = request.POST if request.method == "POST" else None
    form, role = forms.Account(sent), forms.GiveRole(sent)
    if request.method == "POST" and form.is_valid() and role.is_valid():
        try:
            user, password = actions.open_account(
                **form.cleaned_data, role=_role(role), by=reader_of(request).actor, at=now()
            )
        except actions.AccountError as error:
            (form if error.field in form.fields else role).add_error(error.field, str(error))
        except Malformed as error:
            role.add_error("area", error.said(gettext, queries.language()))
        else:
            return render(
                request, "access/first_password.html", {"account": user, "first_password": password}
            )
    context = {"form": form, "role": role, "trail": _trail(gettext("Buat akun"))}
    return render(
        request, "access/account_create.html", context, status=422 if form.errors or role.errors else 200
    )


@requires("accounts.write")
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who holds it, its roles past and present, a form for one more."""
    user = get_object_or_404(User, pk=pk)
    form = forms.GiveRole(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(user=user, **_role(form), by=reader_of(request).actor, at=now())
        except actions.AccountError as error:
            form.add_error(error.field or None, str(error))
        except Malformed as error:
            form.add_error("area", error.said(gettext, queries.language()))
        else:
            messages.success(request, gettext("Peran diberikan dan tercatat di buku besar."))
            return redirect("account", pk=pk)
    context = {
        "account": user,
        "roles": queries.held(pk, local_date(now())),
        "changes": queries.changes(pk),
        "form": form,
        "own": reader_of(request).user_id == pk,
        "trail": _trail(user.username),
    }
    return render(request, "access/account.html", context, status=422 if form.errors else 200)


@requires("accounts.write")
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    password = actions.reset_password(user=user, by=reader_of(request).actor, at=now())
    return render(request, "access/first_password.html", {"account": user, "first_password": password})


@requires("accounts.write")
@require_POST
def toggle(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        actions.set_active(user=user, active=not user.is_active, by=reader_of(request).actor, at=now())
    except actions.AccountError as error:
        messages.error(request, str(error))
    else:
        done = gettext("Akun dibuka lagi.") if user.is_active else gettext("Akun ditutup. Sesinya berakhir.")
        messages.success(request, done, extra_tags=request.path)
    return redirect("account", pk=pk)


@requires("accounts.write")
@require_POST
def end_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    held = get_object_or_404(Assignment, pk=role, user_id=pk)
    at = now()
    actions.end_role(assignment=held, on=local_date(at), by=reader_of(request).actor, at=at)
    messages.success(request, gettext("Peran diakhiri mulai hari ini."))
    return redirect("account", pk=pk)


def _trail(here: str) -> list[tuple[str, str]]:
    return [(gettext("Akun"), reverse("accounts")), (here, "")]


def _role(form: forms.GiveRole) -> dict[str, Any]:
    return {**form.cleaned_data, "valid_to": form.cleaned_data["valid_to"] or OPEN_END}
