"""The indicator language a second time, in plain Python, so that the SQL has somebody to agree with.

A register is a dict of rows, a row is a dict of values, and None means "we do not know". An expression is
read by sqlglot and then worked out node by node for one row. Nothing here is fast; everything can be read.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

from natapraja.mcd.indicators.definition import Concept, in_force, parse_table, read_cell
from natapraja.mcd.registers.definition import Register
from tests import formulas

Value = Any  # text, number, date, True, False, or None for unknown
Row = Mapping[str, Value]
IMPLICIT = {"key": "text", "area": "text", "valid_from": "date", "valid_to": "date"}


@dataclass(frozen=True)
class Rules:
    """What the words of an expression mean."""

    registers: Mapping[str, Register]
    concepts: Mapping[str, Concept]
    growth: formulas.GrowthStandard


def rows_of(rules: Rules, register: str, text: str) -> list[dict[str, Value]]:
    """The rows of a text table, each cell as its field's type reads it."""
    types = IMPLICIT | {field.name: field.type for field in rules.registers[register].fields}
    return [
        {name: read_cell(cell, types[name]) for name, cell in cells.items()} for cells in parse_table(text)
    ]


@dataclass(frozen=True)
class World:
    """The rows that hold on a day, by register and key, and the rules by which they are read."""

    rules: Rules
    on: date
    rows: Mapping[str, Mapping[str, Row]]

    @classmethod
    def of_tables(cls, rules: Rules, on: date, tables: Mapping[str, str]) -> "World":
        """A world written as text tables."""
        return cls.of_rows(rules, on, {name: rows_of(rules, name, text) for name, text in tables.items()})

    @classmethod
    def of_rows(cls, rules: Rules, on: date, rows: Mapping[str, Sequence[Row]]) -> "World":
        """A world of rows with a key each; those that begin later or have ended are not in it."""
        held: dict[str, dict[str, Row]] = {name: {} for name in rules.registers}
        for register, each in rows.items():
            for row in each:
                if row.get("valid_from", date.min) <= on < row.get("valid_to", date.max):
                    held[register][row["key"]] = {"area": "1", **row}
        return cls(rules, on, held)

    def each(self, register: str) -> Iterator["Place"]:
        for row in self.rows[register].values():
            yield Place(self, register, row)


@dataclass(frozen=True)
class Place:
    """Where an expression stands: one row of one register."""

    world: World
    register: str
    row: Row

    def value(self, text: str) -> Value:
        """An expression, worked out here."""
        return evaluate(read(text), self)

    def named(self, name: str) -> Value:
        """A field, a derived value or a concept of this row. Raises NameError for anything else."""
        register = self.world.rules.registers[self.register]
        if name == "as_of":
            return self.world.on
        if name in IMPLICIT or register.field(name) is not None:
            return self.row.get(name)
        for derived in register.derived:
            if derived.name == name:
                return self.value(derived.expr)
        concept = self.world.rules.concepts.get(name)
        if concept is not None and concept.register == self.register:
            version = in_force(concept.versions, self.world.on)
            if version is None:
                raise NameError(f"{name} has no version on {self.world.on}")
            return self.value(version.expr)
        raise NameError(f"{name} is nothing that {self.register} knows")

    def follow(self, path: Sequence[str]) -> Value:
        """household.house.floor: a reference leads to another row; one that leads nowhere, to unknown."""
        first, *rest = path
        if not rest:
            return self.named(first)
        field = self.world.rules.registers[self.register].field(first)
        if field is None or field.register is None:
            raise NameError(f"{first} of {self.register} leads to no other register")
        row = self.world.rows[field.register].get(self.row.get(first))
        return None if row is None else Place(self.world, field.register, row).follow(rest)

    def members(self, collection: str) -> list["Place"]:
        """The rows of another register that point at this one."""
        for each in self.world.rules.registers[self.register].collections:
            if each.name == collection:
                return [
                    place
                    for place in self.world.each(each.register)
                    if place.value(each.by) == self.row["key"]
                ]
        raise NameError(f"{collection} is no collection of {self.register}")


@dataclass(frozen=True)
class Inputs:
    """Where a formula stands: a few named numbers, no row and no register."""

    values: Mapping[str, float | None]

    def follow(self, path: Sequence[str]) -> Value:
        return self.values[path[0]]


Standing = Place | Inputs


@cache
def read(text: str) -> exp.Expression:
    return sqlglot.parse_one(text, read="duckdb")


def evaluate(node: exp.Expression, place: Standing) -> Value:
    """One node of the syntax tree, by the rule for its kind."""
    if isinstance(node, exp.Column | exp.Dot):
        return place.follow(path_of(node))
    if isinstance(node, exp.Anonymous):
        return call(node.name.lower(), node.expressions, place)
    return RULES[type(node)](node, place)


def path_of(node: exp.Expression) -> list[str]:
    if isinstance(node, exp.Dot):
        return [*path_of(node.this), *path_of(node.expression)]
    return [part.name for part in node.parts] if isinstance(node, exp.Column) else [node.name]


# Yes, no, unknown: unknown decides nothing, but it does not spoil what is decided without it.


def both(a: bool | None, b: bool | None) -> bool | None:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def either(a: bool | None, b: bool | None) -> bool | None:
    if a is True or b is True:
        return True
    return None if a is None or b is None else False


def opposite(a: bool | None) -> bool | None:
    return None if a is None else not a


def _two(rule: Callable[[Value, Value], Value]) -> Callable[[exp.Expression, Standing], Value]:
    """A rule for two sides that is unknown as soon as one side is."""

    def apply(node: exp.Expression, place: Standing) -> Value:
        a, b = evaluate(node.this, place), evaluate(node.expression, place)
        return None if a is None or b is None else rule(a, b)

    return apply


def _one(rule: Callable[[Value], Value]) -> Callable[[exp.Expression, Standing], Value]:
    def apply(node: exp.Expression, place: Standing) -> Value:
        a = evaluate(node.this, place)
        return None if a is None else rule(a)

    return apply


def _literal(node: exp.Expression, place: Standing) -> Value:
    if node.is_string:
        return node.name
    return float(node.name) if "." in node.name else int(node.name)


def _among(node: exp.Expression, place: Standing) -> bool | None:
    value = evaluate(node.this, place)
    return None if value is None else value in [evaluate(each, place) for each in node.expressions]


def _between(node: exp.Expression, place: Standing) -> bool | None:
    value, low, high = (evaluate(node.args[part], place) for part in ("this", "low", "high"))
    above = None if value is None or low is None else value >= low
    below = None if value is None or high is None else value <= high
    return both(above, below)


def _case(node: exp.Expression, place: Standing) -> Value:
    """The first branch whose condition is true; an unknown condition is not true."""
    for branch in node.args["ifs"]:
        if evaluate(branch.this, place) is True:
            return evaluate(branch.args["true"], place)
    otherwise = node.args.get("default")
    return None if otherwise is None else evaluate(otherwise, place)


def _known(node: exp.Expression, place: Standing) -> list[Value]:
    """The values of a function's arguments, without the unknown ones."""
    values = [evaluate(each, place) for each in (node.this, *node.expressions)]
    return [value for value in values if value is not None]


def _round(node: exp.Expression, place: Standing) -> Value:
    value = evaluate(node.this, place)
    decimals = node.args.get("decimals")
    steps = 10 ** (evaluate(decimals, place) if decimals is not None else 0)
    return None if value is None else math.copysign(math.floor(abs(value) * steps + 0.5) / steps, value)


RULES: dict[type, Callable[[exp.Expression, Standing], Value]] = {
    exp.Literal: _literal,
    exp.Boolean: lambda node, place: node.this,
    exp.Null: lambda node, place: None,
    exp.Paren: lambda node, place: evaluate(node.this, place),
    exp.And: lambda node, place: both(evaluate(node.this, place), evaluate(node.expression, place)),
    exp.Or: lambda node, place: either(evaluate(node.this, place), evaluate(node.expression, place)),
    exp.Not: lambda node, place: opposite(evaluate(node.this, place)),
    exp.Is: lambda node, place: evaluate(node.this, place) is evaluate(node.expression, place),
    exp.EQ: _two(lambda a, b: a == b),
    exp.NEQ: _two(lambda a, b: a != b),
    exp.LT: _two(lambda a, b: a < b),
    exp.LTE: _two(lambda a, b: a <= b),
    exp.GT: _two(lambda a, b: a > b),
    exp.GTE: _two(lambda a, b: a >= b),
    exp.Add: _two(lambda a, b: a + b),
    exp.Sub: _two(lambda a, b: a - b),
    exp.Mul: _two(lambda a, b: a * b),
    exp.Div: _two(lambda a, b: a / b if b else None),
    exp.Pow: _two(lambda a, b: a**b),
    exp.Neg: _one(lambda a: -a),
    exp.Abs: _one(abs),
    exp.Floor: _one(math.floor),
    exp.Ln: _one(math.log),
    exp.Round: _round,
    exp.In: _among,
    exp.Between: _between,
    exp.Case: _case,
    exp.Coalesce: lambda node, place: next(iter(_known(node, place)), None),
    exp.Least: lambda node, place: min(_known(node, place), default=None),
    exp.Greatest: lambda node, place: max(_known(node, place), default=None),
    exp.MonthsBetween: _two(lambda a, b: months_between(a, b)),
}


# Time, in completed units: who is born on the 31st is a month older on the next 31st, or on the 1st after it.


def years_between(a: date, b: date) -> int:
    return b.year - a.year - ((b.month, b.day) < (a.month, a.day))


def months_between(a: date, b: date) -> int:
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def school_year_start(day: date) -> date:
    return date(day.year if day.month >= 7 else day.year - 1, 7, 1)


PLAIN_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "years_between": years_between,
    "months_between": months_between,
    "days_between": lambda a, b: (b - a).days,
    "school_year_start": school_year_start,
}


def call(name: str, arguments: Sequence[exp.Expression], place: Place) -> Value:
    """A function of the language: about dates, about a child's growth, or about a collection."""
    if name in LOOKS:
        collection, *what = arguments
        members = place.members(collection.name)
        return LOOKS[name]([evaluate(what[0], member) if what else True for member in members])
    values = [evaluate(each, place) for each in arguments]
    if None in values:
        return None
    if name == "who_z":
        return formulas.who_z(place.world.rules.growth, *values)
    return PLAIN_FUNCTIONS[name](*values)


# Looking into a collection. Nobody there: none of them, all of them, nothing to add up, no greatest.

LOOKS: dict[str, Callable[[list[Value]], Value]] = {
    "count_of": lambda values: sum(value is True for value in values),
    "any_of": lambda values: _fold(either, values, False),
    "all_of": lambda values: _fold(both, values, True),
    "sum_of": lambda values: sum(value for value in values if value is not None),
    "max_of": lambda values: max((value for value in values if value is not None), default=None),
    "min_of": lambda values: min((value for value in values if value is not None), default=None),
}


def _fold(join: Callable[[Value, Value], Value], values: list[Value], nobody: bool) -> bool | None:
    answer: bool | None = nobody
    for value in values:
        answer = join(answer, value)
    return answer
