"""The first page for anybody: search, what can be done here, and the living headline figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import reader_of

from . import geography, headline, selection


@require_GET
@public
def home(request: HttpRequest) -> HttpResponse:
    """The regency in five figures, and the doors to everything else."""
    place = geography.regency()
    if place is None:
        return render(request, "dashboards/no_areas.html", {})
    cards = headline.cards(reader_of(request), place.code, selection.HOME)
    context = {
        "place": place,
        "cards": cards,
        "sentence": headline.sentence(cards) if cards else "",
        "villages": len(geography.atlas().inside(place.code, "village")),
        "live": reverse("live", args=[place.code]),
    }
    return render(request, "dashboards/home.html", context)
