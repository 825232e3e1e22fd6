"""Pages of the look itself: the choice of language and the gallery of parts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from natapraja.foundation.access.decorators import public
from natapraja.foundation.web import gallery as parts_shown

_YEAR = 365 * 24 * 3600


@public
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back to the page the reader came from."""
    if code not in dict(settings.LANGUAGES):
        raise Http404(gettext("Bahasa ini belum ada. Pilih Indonesia, Inggris atau Jawa."))
    back = request.GET.get("ke", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    answer = HttpResponseRedirect(back)
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_YEAR, samesite="Lax", httponly=True)
    return answer


@public
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery.html", parts_shown.context(request))
