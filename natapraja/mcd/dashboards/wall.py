"""The board on the wall: big numbers only, never names of people, renewed by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import shown

from . import area as area_pages
from . import headline, selection


@require_GET
@public
def wall(request: HttpRequest, area: str) -> HttpResponse:
    """Six figures of an area, read from six metres away."""
    reader, place = reader_of(request), area_pages.fact(area)
    shown.check_open(reader, place.code)
    cards = headline.cards(reader, place.code, selection.WALL)
    context = {
        "place": place,
        "cards": cards,
        "since": next((card.months[-2].number.on for card in cards if len(card.months) > 1), None),
        "at": now(),
        "live": reverse("live", args=[place.code]),
        "width": "wide",
    }
    return render(request, "dashboards/wall.html", context)
