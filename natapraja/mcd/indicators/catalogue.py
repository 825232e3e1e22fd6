"""The concepts and indicators of this installation, and the schema they form under the rules of a day."""

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from natapraja.foundation.kernel.definitions import load_folder
from natapraja.mcd.registers.catalogue import code_lists, registers

from .definition import Concept, Indicator
from .language import Schema
from .measure import Plan, plan

T = TypeVar("T", Concept, Indicator)


@cache
def concepts() -> dict[str, Concept]:
    return _both("concepts", Concept)


@cache
def indicators() -> dict[str, Indicator]:
    return _both("indicators", Indicator)


@cache
def tied(name: str) -> frozenset[str]:
    """The indicator and all that follow from its parts, directly or through others: of formulas, their inputs."""
    found: set[str] = set()
    pending = [name]
    while pending:
        each = indicators()[pending.pop()]
        inputs = [given.indicator for version in each.versions for given in version.inputs.values()]
        found.add(each.id)
        pending += {*each.reveals, *filter(None, inputs)} - found
    return frozenset(found)


@lru_cache(maxsize=64)
def schema(on: date) -> Schema:
    """What expressions may name under the rules in force on `on`."""
    return Schema(registers(), concepts(), on)


@lru_cache(maxsize=64)
def plans(on: date, names: frozenset[str] | None = None) -> tuple[Plan, ...]:
    """One plan per register with figures under the rules of `on`, for all indicators or only for these."""
    chosen = [each for each in indicators().values() if names is None or each.id in names]
    codes = {name: codes.values for name, codes in code_lists().items()}
    made = (plan(register, chosen, schema(on), codes) for register in registers())
    return tuple(each for each in made if each is not None)


def rule_days() -> tuple[date, ...]:
    """The days on which any rule begins, oldest first."""
    versions = [
        version for each in (*indicators().values(), *concepts().values()) for version in each.versions
    ]
    return tuple(sorted({version.since for version in versions}))


def rules_of(on: date) -> date:
    """The day whose rules hold on `on`: the latest beginning of any rule before it. Plans are cached by it."""
    return max((day for day in rule_days() if day <= on), default=on)


def _both(kind: str, schema: type[T]) -> dict[str, T]:
    home = Path(settings.DEFINITIONS)
    national = load_folder(home / "national" / kind, schema, "**/*.toml")
    return national | load_folder(home / settings.REGENCY / kind, schema, "**/*.toml")
