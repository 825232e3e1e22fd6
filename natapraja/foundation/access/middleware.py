"""Default deny, the reader of each request, and the end of sessions that lasted too long."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from natapraja.foundation.access import catalogue, queries, rules
from natapraja.foundation.access.models import User
from natapraja.foundation.access.reader import PurposeNeeded, Reader, Refused, public_reader
from natapraja.foundation.kernel.clock import local_date, now

OPENED, SEEN, MUST_CHANGE = "opened", "seen", "must_change"
_ACTIVE_AGAIN = timedelta(minutes=1)  # how often a session in use writes that it is
# The API and its description keep a door of their own (config/api.py); ninja's views carry no rule.
_OWN_DOOR = "ninja."
_OPEN_BEFORE_CHANGE = {"password", "sign-out", "language"}


class ReaderMiddleware(MiddlewareMixin):
    """Sets `request.reader`, read from the database only when somebody asks for it."""

    def process_request(self, request: HttpRequest) -> None:
        if request.session.session_key:
            self._end_old_session(request)
        request.reader = SimpleLazyObject(lambda: _reader(request))  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "access_rule", None) is None and not _module(view).startswith(_OWN_DOOR):
            return self.process_exception(
                request, Refused(gettext("Halaman ini belum dibuka untuk siapa pun."))
            )
        if (
            request.session.session_key
            and request.session.get(MUST_CHANGE)
            and _name(request) not in _OPEN_BEFORE_CHANGE
        ):
            return HttpResponseRedirect(reverse("password"))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal becomes the page that helps: sign in, choose a purpose, or read what is missing."""
        if not isinstance(error, Refused):
            return None
        stranger = not request.user.is_authenticated
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": str(error)}, status=401 if stranger else 403)
        back = {"ke": request.get_full_path()} if request.method == "GET" else {}
        if stranger:
            back |= {"habis": "1"} if hasattr(request, "session_ended") else {}
            return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode(back)}")
        if isinstance(error, PurposeNeeded):
            return HttpResponseRedirect(f"{reverse('purpose')}?{urlencode({'wilayah': error.area, **back})}")
        from django.views.defaults import permission_denied

        return permission_denied(request, error)

    def _end_old_session(self, request: HttpRequest) -> None:
        """Over after a working day, or after an hour unused; a page that renews itself is no use."""
        opened, seen = request.session.get(OPENED), request.session.get(SEEN)
        if opened is None or seen is None:
            return
        at = now()
        rule = catalogue.sign_in_rule(local_date(at))
        last = datetime.fromisoformat(seen)
        ending = rules.session_end(
            datetime.fromisoformat(opened),
            last,
            at,
            timedelta(minutes=rule.idle_minutes),
            timedelta(hours=rule.session_hours),
        )
        if ending:
            logout(request)
            request.session_ended = ending  # type: ignore[attr-defined]
        elif at - last >= _ACTIVE_AGAIN and "X-Live" not in request.headers:
            request.session[SEEN] = at.isoformat()


def _reader(request: HttpRequest) -> Reader:
    user = request.user
    return queries.reader_for(user, local_date(now())) if isinstance(user, User) else public_reader()


def _module(view: Any) -> str:
    return str(getattr(getattr(view, "func", view), "__module__", ""))


def _name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""
