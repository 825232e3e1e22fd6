"""From a figure of an RT down to the reports that moved it. The only page of figures on which names may stand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from natapraja.foundation.access.actions import read_persons
from natapraja.foundation.access.decorators import needs_purpose, requires
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import now

from . import area as area_pages
from . import figure, queries, wording
from .notebook import TITLES


@require_GET
@requires("register.read", area="area")
@needs_purpose("area")
@never_cache
def origins(request: HttpRequest, indicator: str, area: str) -> HttpResponse:
    """The latest versions of the figure's register in one RT, each with the report that brought it."""
    place, chosen = area_pages.fact(area), figure.indicator_or_404(indicator)
    if len(place.code) != 21:
        raise Http404(_("Kiriman dibuka per RT. Pilih RT-nya lebih dulu."))
    reader, at = reader_of(request), now()
    rows = queries.latest_versions(reader, register=chosen.register, area=place.code)
    read_persons(reader=reader, area=place.code, count=len(rows), at=at)
    context = {
        "place": place, "indicator": chosen, "title": wording.title(chosen), "rows": rows, "titles": TITLES,
        "crumbs": area_pages.crumbs(place, _("Kiriman")),
    }  # fmt: skip
    return render(request, "dashboards/origins.html", context)
