"""How far a figure may be off by chance: intervals of shares, limits of funnel plots, ranks as ranges.

Everything is vectorised: one call for all villages or all neighbourhoods.

Sources:
E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212.
D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
(2005), 1185-1202. M. Klein, T. Wright, J. Wieczorek, "A joint confidence region for an overall ranking of
populations", Journal of the Royal Statistical Society C 69 (2020), 589-606.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Above this variance the skewness left in a binomial moves a 99.8 % limit by less than one per cent of its
# distance.
_NORMAL_FROM_VARIANCE = 2_500.0
# Probability outside 8 standard deviations (plus a margin for small, skewed counts) is far below any limit
# asked for.
_REACH = 8.0
_MARGIN = 30


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper ends, one per area, as proportions between 0 and 1 (not-a-number where the base
    is empty).
    """

    low: Floats
    high: Floats


def two_sided_z(level: float) -> float:
    """How many standard errors cover `level` (0.95 gives 1.96). Raises ValueError outside 0..1."""
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1, for example 0.95")
    return NormalDist().inv_cdf((1 + level) / 2)


def joint_level(level: float, areas: int) -> float:
    """The level each of `areas` independent intervals needs so that all hold together with `level`
    (Šidák).
    """
    return float(level ** (1 / max(areas, 1)))


def wilson(events: ArrayLike, base: ArrayLike, level: float = 0.95) -> Interval:
    """Score interval of a proportion, Wilson (1927): never leaves 0..1, honest for small bases.

    `events` and `base` are counts of the same shape. Raises ValueError if an event count is negative or
    above its base.
    """
    r, n = _counts(events, base)
    z = two_sided_z(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = r / n
        spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        middle = share + z * z / (2 * n)
        scale = 1 + z * z / n
        low, high = (middle - spread) / scale, (middle + spread) / scale
    # At the very ends the formula gives 0 and 1 exactly; floating point would miss them by a hair.
    low = np.where(r == 0, 0.0, np.clip(low, 0.0, 1.0))
    high = np.where(r == n, 1.0, np.clip(high, 0.0, 1.0))
    return Interval(np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan))


def funnel_limits(base: ArrayLike, rate: float, level: float = 0.95, *, inflation: float = 1.0) -> Interval:
    """Limits within which an area of this base lies by chance alone when its true proportion is `rate`.

    Spiegelhalter (2005), appendix A.1: inverse of the binomial distribution, interpolated so that the curve
    is smooth. The upper limit is the mirror of the lower one (that of the complement), so on either side an
    area is outside only when a count so far off has a probability below (1 - level) / 2. Where the variance
    of the count exceeds 2,500 the normal form is used. `inflation` multiplies the variance (see
    `overdispersion`); other than 1 it uses the normal form too. Raises ValueError for a rate outside 0..1.
    """
    n = np.atleast_1d(np.asarray(base, dtype=np.float64))
    if not 0 <= rate <= 1 or inflation <= 0:
        raise ValueError("a rate lies between 0 and 1 and an inflation is above 0")
    z = two_sided_z(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        wide = z * np.sqrt(inflation * rate * (1 - rate) / n)
    low, high = np.clip(rate - wide, 0.0, 1.0), np.clip(rate + wide, 0.0, 1.0)
    exact = (n > 0) & (n * rate * (1 - rate) <= _NORMAL_FROM_VARIANCE)
    if inflation == 1.0 and 0 < rate < 1 and exact.any():
        sizes, back = np.unique(n[exact].astype(np.int64), return_inverse=True)
        low[exact] = _binomial_limit(sizes, rate, (1 - level) / 2)[back]
        high[exact] = 1 - _binomial_limit(sizes, 1 - rate, (1 - level) / 2)[back]
    return Interval(np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan))


def _binomial_limit(sizes: Integers, rate: float, tail: float) -> Floats:
    """Interpolated lower quantile of the proportion, one for each size.

    r is the smallest count with P(R <= r) >= tail; alpha = (P(R <= r) - tail) / P(R = r); the limit is
    (r - alpha) / n.
    """
    deviation = np.sqrt(sizes * rate * (1 - rate))
    first = np.maximum(0, np.floor(sizes * rate - _REACH * deviation - _MARGIN)).astype(np.int64)
    reach = int(np.ceil(_REACH * deviation.max())) + _MARGIN + 2
    counts = first[:, None] + np.arange(reach)[None, :]
    left = sizes[:, None] - counts
    # P(R = k + 1) / P(R = k) = (n - k) / (k + 1) * p / (1 - p), so only the first mass needs the gamma
    # function.
    with np.errstate(divide="ignore"):
        steps = np.log(np.maximum(left[:, :-1], 0)) - np.log(counts[:, 1:]) + np.log(rate) - np.log1p(-rate)
    start = np.array([_log_mass(int(k), int(n), rate) for k, n in zip(first, sizes, strict=True)])
    mass = np.exp(np.cumsum(np.concatenate((start[:, None], steps), axis=1), axis=1))
    total = np.cumsum(mass, axis=1)
    rows = np.arange(len(sizes))
    place = np.argmax(total >= tail, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = (total[rows, place] - tail) / mass[rows, place]
    limit: Floats = np.maximum(counts[rows, place] - np.nan_to_num(alpha), 0.0) / sizes
    return limit


def _log_mass(k: int, n: int, rate: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(rate) + (n - k) * math.log1p(-rate)


def overdispersion(events: ArrayLike, base: ArrayLike, rate: float, *, trimmed: float = 0.1) -> float:
    """How many times the areas vary more than chance alone allows; at least 1.

    Spiegelhalter (2005), section 3: the mean of the squared z scores, after the outer `trimmed` share on
    each side is pulled in, so that the very outliers one looks for do not widen the funnel.
    """
    r, n = _counts(events, base)
    if not 0 < rate < 1 or not (n > 0).any():
        return 1.0
    r, n = r[n > 0], n[n > 0]
    z = (r / n - rate) / np.sqrt(rate * (1 - rate) / n)
    low, high = np.quantile(z, [trimmed, 1 - trimmed])
    return max(1.0, float(np.mean(np.clip(z, low, high) ** 2)))


def rank_ranges(low: ArrayLike, high: ArrayLike) -> tuple[Integers, Integers]:
    """Best and worst rank each area may have, rank 1 being the highest figure.

    Klein, Wright and Wieczorek (2020): rank at least 1 + the number of areas whose interval lies wholly
    above, at most the number of all areas less those wholly below. Not-a-number ends (empty base) allow
    every rank.
    """
    lower = np.nan_to_num(np.asarray(low, dtype=np.float64), nan=-np.inf)
    upper = np.nan_to_num(np.asarray(high, dtype=np.float64), nan=np.inf)
    areas = len(lower)
    surely_above = areas - np.searchsorted(np.sort(lower), upper, side="right")
    surely_below = np.searchsorted(np.sort(upper), lower, side="left")
    return (1 + surely_above).astype(np.int64), (areas - surely_below).astype(np.int64)


def _counts(events: ArrayLike, base: ArrayLike) -> tuple[Floats, Floats]:
    r = np.atleast_1d(np.asarray(events, dtype=np.float64))
    n = np.atleast_1d(np.asarray(base, dtype=np.float64))
    if r.shape != n.shape:
        raise ValueError("events and base must have the same length")
    if (r < 0).any() or (r > n).any():
        raise ValueError("a count of events lies between 0 and its base")
    return r, n
