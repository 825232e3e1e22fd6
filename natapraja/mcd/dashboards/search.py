"""Search over places and indicators, tolerant of spelling."""

import difflib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.definition import Indicator

from . import geography, wording

MOST = 30
_NEAR = 0.78


@require_GET
@public
def search(request: HttpRequest) -> HttpResponse:
    """What was meant by `q`: places first, then indicators; without it, the list of kecamatan and desa."""
    asked = " ".join(request.GET.get("q", "").split())[:80]
    place = geography.regency()
    reader = reader_of(request)
    found = [
        each
        for each in (areas.find(asked) if asked else ())
        if len(each.code) <= 13 or reader.may("figures.read_small", each.code)
    ]
    context = {
        "q": asked,
        "whole": place.code if place else "",
        "places": [
            (each, geography.atlas().label(each.code[:8]) if len(each.code) > 8 else "")
            for each in found[:MOST]
        ],
        "indicators": [(each, wording.title(each)) for each in indicators(asked)] if asked else [],
        "districts": [] if asked or place is None else _districts(place.code),
    }
    return render(request, "dashboards/search.html", context)


def indicators(asked: str) -> list[Indicator]:
    """Indicators whose words hold every word asked for, also with a slip of the pen; the best first."""
    wanted = asked.lower().split()
    scored = []
    for each in catalogue.indicators().values():
        title = f"{each.title.id} {each.title.en} {each.title.jv or ''} {each.id}".lower()
        words = [*_words(title), *_words(f"{each.question.id} {each.question.en}".lower())]
        scores = [max((_alike(word, other) for other in words), default=0.0) for word in wanted]
        if scores and min(scores) >= _NEAR:
            scored.append((sum(scores) + (asked.lower() in title), each.id, each))
    return [each for _, _, each in sorted(scored, key=lambda found: (-found[0], found[1]))][:MOST]


def _words(text: str) -> list[str]:
    return [word.strip("()?,.;:") for word in text.replace("_", " ").replace("/", " ").split()]


def _alike(asked: str, word: str) -> float:
    if asked == word:
        return 1.0
    if len(asked) >= 3 and word.startswith(asked):
        return 0.95
    if abs(len(asked) - len(word)) > 3:
        return 0.0
    return difflib.SequenceMatcher(None, asked, word).ratio()


def _districts(regency: str) -> list[tuple[areas.AreaFact, list[areas.AreaFact]]]:
    atlas = geography.atlas()
    return [
        (district, atlas.inside(district.code, "village")) for district in atlas.inside(regency, "district")
    ]
