"""Pages of one's own account: sign in and out, my rights, a new password, the purpose of reading persons."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from natapraja.foundation.access import actions, catalogue, demo, forms, places, queries
from natapraja.foundation.access.backend import address_of
from natapraja.foundation.access.decorators import public, signed_in
from natapraja.foundation.access.models import User
from natapraja.foundation.access.reader import Reader, Refused, reader_of
from natapraja.foundation.kernel.clock import WIB, local_date, now
from natapraja.foundation.kernel.identifiers import Malformed


def back_to(request: HttpRequest, default: str = "/") -> str:
    """The page the reader wanted, when it is one of ours."""
    wanted = request.POST.get("ke") or request.GET.get("ke") or ""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else default


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A locked account and an unknown one get the same words as a wrong password of theirs."""
    form = forms.SignIn(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at, name = now(), form.cleaned_data["username"]
        locked = queries.locked_until(name, address_of(request), at)
        if locked is None:
            password = form.cleaned_data["password"]
            user = actions.sign_in(request=request, username=name, password=password, by="public", at=at)
            if user is not None:
                return HttpResponseRedirect(back_to(request, settings.LOGIN_REDIRECT_URL))
            locked = queries.locked_until(name, address_of(request), at)
        form.add_error(None, _refusal(locked))
    context = {
        "form": form,
        "ke": back_to(request, ""),
        "ended": "habis" in request.GET,
        "accounts": demo.ACCOUNTS if settings.DEMO else (),
        "demo_password": demo.PASSWORD,
    }
    return render(request, "access/sign_in.html", context, status=200 if not form.errors else 422)


def _refusal(locked: Any) -> str:
    if locked is None:
        return gettext(
            "Nama akun dan kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi."
        )
    clock = locked.astimezone(WIB).strftime("%H.%M")
    return gettext(
        "Terlalu banyak percobaan yang tidak cocok. Coba lagi sesudah pukul %(clock)s WIB, "
        "atau minta sandi baru kepada pengelola."
    ) % {"clock": clock}


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actor = reader_of(request).actor
    actions.sign_out(request=request, by=actor, at=now())
    messages.success(request, gettext("Anda sudah keluar."))
    return redirect("sign-in")


@signed_in
@never_cache
def my_rights(request: HttpRequest) -> HttpResponse:
    reader, at = reader_of(request), now()
    said, described = queries.language(), catalogue.roles().permissions
    held = queries.held(reader.user_id or 0, local_date(at))
    mine = set(reader.permissions())
    context = {
        "account": request.user,
        "roles": held,
        "may": [one.say.of(said) for name, one in described.items() if name in mine],
        "may_not": [
            (one.say.of(said), one.ask.of(said)) for name, one in described.items() if name not in mine
        ],
        "purposes": queries.live_purposes(reader, at),
        "may_read": reader.may("register.read"),
        "traces": queries.own_traces(reader.user_id or 0),
        "kinds": queries.kind_names(),
        "rule": catalogue.sign_in_rule(local_date(at)),
    }
    return render(request, "access/my_rights.html", context)


@signed_in
@never_cache
@sensitive_post_parameters("old", "first", "second")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = forms.NewPassword(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(
            user=user, password=form.cleaned_data["first"], by=user.actor, at=now(), request=request
        )
        messages.success(request, gettext("Kata sandi diganti. Sesi lain dari akun ini sudah berakhir."))
        return redirect("my-rights")
    context = {"form": form, "must_change": user.must_change}
    return render(request, "access/password.html", context, status=200 if not form.errors else 422)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest) -> HttpResponse:
    """Chosen once, valid for a few hours, in the area named and below it."""
    reader, at = reader_of(request), now()
    wanted = request.GET.get("wilayah", "") or _only_area(reader)
    form = forms.ChoosePurpose(
        request.POST if request.method == "POST" else None, reader=reader, initial={"area": wanted}
    )
    if request.method == "POST" and form.is_valid():
        try:
            grant = actions.choose_purpose(reader=reader, by=reader.actor, at=at, **form.cleaned_data)
        except actions.AccountError as error:
            form.add_error(error.field, str(error))
        except Malformed as error:
            form.add_error("area", error.said(gettext, queries.language()))
        except Refused as error:
            form.add_error("area", str(error))
        else:
            until = grant.valid_to.astimezone(WIB).strftime("%H.%M")
            messages.success(
                request, gettext("Tujuan dicatat, berlaku sampai %(until)s WIB.") % {"until": until}
            )
            return HttpResponseRedirect(back_to(request, "/saya/"))
    offered = queries.offered_purposes(reader)
    context = {
        "form": form,
        "ke": back_to(request, ""),
        "place": places.title(wanted) if wanted else "",
        "offered": [(one.name.of(queries.language()), one) for one in offered.values()],
        "details": [
            (one.name.of(queries.language()), one.detail.of(queries.language())) for one in offered.values()
        ],
        "hours": catalogue.purpose_hours(local_date(at)),
    }
    return render(request, "access/purpose.html", context, status=200 if not form.errors else 422)


def _only_area(reader: Reader) -> str:
    areas = reader.areas("register.read")
    return areas[0] if len(areas) == 1 else ""
