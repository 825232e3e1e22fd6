"""What a figure is. A rate cannot exist without unit, numerator, denominator, base and dates: the types do not allow it.

A share of households and a share of persons are different types, so they can be neither subtracted nor compared; that is
how 10.35 % of households once became 8.07 % of persons on one falling line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

_ = str  # marks a sentence that the page which shows it translates

UNMEASURED = _("Angka ini belum dapat dihitung pada salah satu tanggal itu. Pilih tanggal yang lebih baru.")


class Incomparable(TypeError):
    """Two figures of different kinds were compared. `sentence` says which, with places for `values`."""

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(sentence % values)
        self.sentence, self.values = sentence, values


class BrokenCascade(ValueError):
    """A list was split into parts that do not add up. It is not published."""

    sentence = _(
        "%(name)s: bagian-bagiannya berjumlah %(total)s, tetapi tertulis %(whole)s, selisih %(gap)s. "
        "Periksa angka yang diketik sebelum diterbitkan."
    )

    def __init__(self, name: str, total: int, whole: int) -> None:
        self.name, self.numbers = name, {"total": total, "whole": whole, "gap": abs(whole - total)}
        super().__init__(self.sentence % {"name": name, **{k: _id(n) for k, n in self.numbers.items()}})


@dataclass(frozen=True, kw_only=True)
class Number:
    """Anything measured: of when, and since when we knew it."""

    on: date
    known_at: datetime
    unit: str

    @property
    def value(self) -> float | None:
        raise NotImplementedError

    def minus(self, other: "Number") -> float:
        """The difference of two figures of one kind; in points of the unit for rates."""
        if type(self) is not type(other) or self.unit != other.unit:
            raise Incomparable(
                _("%(one)s tidak dapat dibandingkan dengan %(other)s: satuannya berbeda."),
                one=_KIND[type(self)], other=_KIND[type(other)],
            )  # fmt: skip
        if self.value is None or other.value is None:
            raise Incomparable(_("Salah satu angka belum dapat dihitung, jadi tidak ada selisihnya."))
        return self.value - other.value


@dataclass(frozen=True, kw_only=True)
class Count(Number):
    """So many of something."""

    numerator: float
    base: float  # rows asked; numerator counts those that said yes

    @property
    def value(self) -> float:
        return self.numerator


@dataclass(frozen=True, kw_only=True)
class Rate(Number):
    """So many per 100, 1.000 or 1 of a base. Use the subclass of what the base counts."""

    numerator: float
    denominator: float
    base: float
    per: int

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator * self.per if self.denominator else None

    @property
    def coverage(self) -> float | None:
        """Share of the base for which the answer is known, 0 to 1."""
        return self.denominator / self.base if self.base else None


class PersonRate(Rate):
    """A rate over persons."""


class HouseholdRate(Rate):
    """A rate over households (rumah tangga)."""


class FamilyRate(Rate):
    """A rate over family cards (KK)."""


class HouseRate(Rate):
    """A rate over houses."""


class NeighbourhoodRate(Rate):
    """A rate over RT."""


class ChildRate(Rate):
    """A rate over measured children."""


class EventRate(Rate):
    """A rate over events, for example births."""


class MetreRate(Rate):
    """A rate over metres, for example of road."""


@dataclass(frozen=True, kw_only=True)
class Index(Number):
    """A figure that is no quotient of counts: a median, a Gini, a composite index."""

    measured: float | None
    rows: float

    @property
    def value(self) -> float | None:
        return self.measured


RATES: Mapping[str, type[Rate]] = {
    "person": PersonRate, "household": HouseholdRate, "family": FamilyRate, "house": HouseRate,
    "neighbourhood": NeighbourhoodRate, "child": ChildRate, "event": EventRate, "metre": MetreRate,
}  # fmt: skip

_KIND: Mapping[type[Number], str] = {
    Count: _("Jumlah"), Index: _("Indeks"), PersonRate: _("Bagian dari penduduk"),
    HouseholdRate: _("Bagian dari rumah tangga"), FamilyRate: _("Bagian dari KK"),
    HouseRate: _("Bagian dari rumah"), NeighbourhoodRate: _("Bagian dari RT"),
    ChildRate: _("Bagian dari anak yang diukur"), EventRate: _("Bagian dari kejadian"),
    MetreRate: _("Bagian dari panjang"),
}  # fmt: skip


@dataclass(frozen=True)
class Bridge:
    """Why a figure moved: three parts that sum exactly to the difference (DESIGN, section 4)."""

    start: float
    correction: float
    definition: float
    real: float
    end: float

    @classmethod
    def between(cls, v1k1r1: float, v1k2r1: float, v1k2r2: float, v2k2r2: float) -> "Bridge":
        """F(v1,k1,r1) → F(v1,k2,r1) correction → F(v1,k2,r2) definition → F(v2,k2,r2) real change."""
        return cls(v1k1r1, v1k2r1 - v1k1r1, v1k2r2 - v1k2r1, v2k2r2 - v1k2r2, v2k2r2)

    @property
    def difference(self) -> float:
        return self.end - self.start

    @property
    def sums(self) -> bool:
        """Whether the parts make the difference; float rates may miss by a rounding of the last digits."""
        parts = self.correction + self.definition + self.real
        return abs(parts - self.difference) <= 1e-9 * max(1.0, abs(self.start), abs(self.end))


@dataclass(frozen=True)
class CascadeStep:
    """One step of a list being narrowed: what came in, the parts it was split into."""

    name: str
    whole: int
    parts: Mapping[str, int]


def check_cascade(steps: Sequence[CascadeStep]) -> None:
    """Refuse a cascade in which the parts of a step do not make its whole.

    Example: P3KE of March 2023 prints 111,172 for parts that sum to 111,722 (domain record, W2).
    """
    for step in steps:
        total = sum(step.parts.values())
        if total != step.whole:
            raise BrokenCascade(step.name, total, step.whole)


def _id(number: int) -> str:
    return f"{number:,}".replace(",", ".")
