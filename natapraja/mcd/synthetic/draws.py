"""Ways of drawing by lot that keep totals exact and give the same answer for the same seed."""

from statistics import NormalDist
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Random = np.random.Generator
Values = dict[str, Any]  # an array or one value per column


class Dice:
    """One independent stream per subject, so that a change in one part does not stir the others."""

    def __init__(self, people: int, seed: int) -> None:
        self._entropy = (people, seed)

    def stream(self, subject: str) -> Random:
        return np.random.default_rng(np.random.SeedSequence([*self._entropy, crc32(subject.encode())]))


def apportion(weights: Array, total: int) -> Array:
    """Whole numbers proportional to `weights` whose sum is exactly `total` (largest remainder)."""
    shares = np.asarray(weights, dtype=np.float64)
    shares = shares * (total / shares.sum())
    whole = np.floor(shares).astype(np.int64)
    rest = total - int(whole.sum())
    if rest > 0:
        whole[np.argsort(-(shares - whole), kind="stable")[:rest]] += 1
    return np.asarray(whole)


def top(score: Array, share: float) -> Array:
    """Marks the `share` (0..1) of rows with the highest score; the number marked is exact."""
    count = min(len(score), max(0, round(share * len(score))))
    marked = np.zeros(len(score), dtype=bool)
    if count:
        marked[np.argpartition(-score, count - 1)[:count]] = True
    return marked


def top_weighted(score: Array, weight: Array, share: float) -> Array:
    """Marks rows from the highest score down until they hold `share` (0..1) of the weight."""
    order = np.argsort(-score, kind="stable")
    held = np.cumsum(weight[order]) - weight[order] / 2
    marked = np.zeros(len(score), dtype=bool)
    marked[order[held < share * weight.sum()]] = True
    return marked


def choose(options: Array, weights: Array, size: int, random: Random) -> Array:
    """`size` draws from `options` with these weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn = np.searchsorted(edges, random.random(size) * edges[-1], side="right")
    return np.asarray(np.asarray(options)[np.minimum(drawn, len(edges) - 1)])


def choose_by_row(options: Array, weights: Array, random: Random) -> Array:
    """One draw per row of `weights` (rows x options)."""
    edges = np.cumsum(weights, axis=1)
    drawn = (random.random(len(edges))[:, None] * edges[:, -1:] >= edges).sum(axis=1)
    return np.asarray(np.asarray(options)[np.minimum(drawn, edges.shape[1] - 1)])


def sample(candidates: Array, count: int, random: Random) -> Array:
    """`count` different ones of `candidates` (all of them when there are fewer), in ascending order."""
    if count <= 0 or not len(candidates):
        return candidates[:0]
    picked = random.choice(candidates, min(count, len(candidates)), replace=False, shuffle=False)
    return np.sort(picked)


def about(expected: float, random: Random) -> int:
    """A whole number whose mean is `expected`: rounds up or down by lot."""
    return int(expected + random.random())


def steady(score: Array) -> Array:
    """The score with mean 0 and standard deviation 1."""
    spread = float(score.std()) or 1.0
    return np.asarray((score - score.mean()) / spread)


def normal_cuts(shares: Array) -> Array:
    """Cut points on a standard normal that leave these shares between them, row by row."""
    normal = NormalDist()
    held = np.clip(np.cumsum(shares, axis=-1)[..., :-1], 1e-6, 1 - 1e-6)
    return np.asarray(np.vectorize(normal.inv_cdf)(held))


def rank_in_group(group: Array) -> Array:
    """0, 1, 2, … within each value of `group`, in the order of the rows."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.ones(len(group), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    starts = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    ranks = np.empty(len(group), dtype=np.int64)
    ranks[order] = np.arange(len(group)) - starts
    return ranks


def parent_of(
    wanted: Array, age: Array, weight: Array, random: Random, lowest: int = 18, highest: int = 79
) -> Array:
    """For each wanted age the index of a parent of that age, drawn with these weights (0: never).

    `age` and `weight` belong to the possible parents. When nobody has the wanted age, the nearest age serves.
    """
    usable = np.flatnonzero(weight > 0)
    order = usable[np.argsort(age[usable], kind="stable")]
    ages = age[order]
    held = np.concatenate(([0.0], np.cumsum(weight[order])))
    present = np.unique(ages)
    target = np.clip(wanted, lowest, highest)
    near = np.clip(np.searchsorted(present, target), 0, len(present) - 1)
    below = np.maximum(near - 1, 0)
    closer = np.abs(present[below] - target) < np.abs(present[near] - target)
    target = present[np.where(closer, below, near)]
    low = held[np.searchsorted(ages, target, side="left")]
    high = held[np.searchsorted(ages, target, side="right")]
    spot = np.searchsorted(held, low + random.random(len(target)) * (high - low), side="right") - 1
    return np.asarray(order[np.clip(spot, 0, len(order) - 1)])
