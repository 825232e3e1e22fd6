"""Rounds figures as people do: half away from nought, judged by the figure as written (2.675 is 2.68)."""

import math
from fractions import Fraction

from natapraja.foundation.web.formats import Number


def exact(value: Number) -> Fraction:
    """The number as a fraction; a float counts as the shortest decimal that stands for it, so 0.1 is 1/10."""
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


def units(value: Number, decimals: int) -> int:
    """The rounded number in units of its last decimal: 17.45 with one decimal is 175."""
    scaled = exact(value) * int(10**decimals)
    size = math.floor(abs(scaled) + Fraction(1, 2))
    return -size if scaled < 0 else size


def rounded(value: Number, decimals: int) -> float:
    """The rounded number."""
    return float(Fraction(units(value, decimals), 10**decimals))
