"""Names and outlines of places, read once per process: they change with a decree, not with a click."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Max

from natapraja.foundation.areas import queries
from natapraja.foundation.areas.models import Area, AreaPeriod
from natapraja.foundation.areas.queries import AreaFact, AreaNode, Shape
from natapraja.foundation.kernel.clock import now

_MINUTES = 5  # new boundaries are seen after so long at the latest


@dataclass(frozen=True)
class Atlas:
    """The regency down to its villages."""

    regency: AreaFact
    places: Mapping[str, AreaFact]
    shapes: Mapping[str, Shape]

    def inside(self, code: str, level: str) -> list[AreaFact]:
        return [
            place for place in self.places.values() if place.level == level and place.code.startswith(code)
        ]

    def name(self, code: str) -> str:
        place = self.places.get(code)
        return place.name if place else code

    def label(self, code: str) -> str:
        """ "Kecamatan Cepogo", "Desa Sumbung", "RT 007, Desa Sumbung"."""
        if code in self.places:
            return self.places[code].label
        village = self.places.get(code[:13])
        parts = code[14:].split(".")
        words = [f"{kind} {number}" for kind, number in zip(("RW", "RT"), parts, strict=False)]
        return ", ".join([*reversed(words), village.label if village else code[:13]])


def atlas() -> Atlas:
    """As it stands now; read anew when a place was added or renamed."""
    return _atlas(
        str(settings.DATABASES["default"]["NAME"]),
        AreaPeriod.objects.aggregate(last=Max("pk"))["last"] or 0,
        int(now().timestamp()) // (60 * _MINUTES),
    )


def regency() -> AreaFact | None:
    """The regency of this installation; None before the areas are loaded."""
    code = Area.objects.filter(level="regency").values_list("code", flat=True).first()
    return queries.area(code) if code else None


@lru_cache(maxsize=1)
def _atlas(database: str, last: int, minute: int) -> Atlas:
    tree = queries.tree()
    places = {fact.code: fact for fact in _facts(tree)}
    return Atlas(tree.fact, places, queries.shapes(places))


def _facts(node: AreaNode) -> list[AreaFact]:
    return [node.fact, *(fact for part in node.parts for fact in _facts(part))]
