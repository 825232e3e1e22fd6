"""Rounds figures as people do: half away from nought, judged by the figure as written (2.675 is 2.68)."""

import math
from collections.abc import Sequence
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


def shared_out(start: Number, end: Number, parts: Sequence[Number], decimals: int) -> list[float]:
    """The parts of a difference rounded so that they sum to the difference of the rounded ends.

    Each part is rounded down, and the units left over go to the parts with the largest remainders (Hamilton's
    method); a part that is exactly nothing stays nothing.
    """
    unit = Fraction(1, 10**decimals)
    steps = [exact(part) / unit for part in parts]
    whole = [math.floor(part) for part in steps]
    spare = units(end, decimals) - units(start, decimals) - sum(whole)
    order = sorted((index for index in range(len(parts)) if steps[index]), key=lambda i: whole[i] - steps[i])
    while spare and order:
        for index in order if spare > 0 else reversed(order):
            if spare:
                whole[index] += 1 if spare > 0 else -1
                spare -= 1 if spare > 0 else -1
    return [float(part * unit) for part in whole]
