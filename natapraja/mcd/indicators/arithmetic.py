"""Evaluating a formula over a few named numbers, for figures made of other figures (IPM, growth, a sum of parts)."""

import math
from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from .language import ExpressionError

_BINARY: dict[type[exp.Expression], Callable[[float, float], float]] = {
    exp.Add: lambda a, b: a + b,
    exp.Sub: lambda a, b: a - b,
    exp.Mul: lambda a, b: a * b,
    exp.Div: lambda a, b: a / b,
    exp.Pow: lambda a, b: a**b,
}
_FUNCTIONS: dict[type[exp.Expression], Callable[..., float]] = {
    exp.Ln: math.log,
    exp.Exp: math.exp,
    exp.Sqrt: math.sqrt,
    exp.Cbrt: math.cbrt,
    exp.Abs: abs,
}


def evaluate(text: str, given: Mapping[str, float]) -> float | None:
    """The value of an arithmetic expression over `given`; None when it divides by zero."""
    try:
        return _value(sqlglot.parse_one(text, read="duckdb"), given)
    except ZeroDivisionError:
        return None


def _value(node: exp.Expression, given: Mapping[str, float]) -> float:
    if isinstance(node, exp.Paren):
        return _value(node.this, given)
    if isinstance(node, exp.Neg):
        return -_value(node.this, given)
    if isinstance(node, exp.Literal) and not node.is_string:
        return float(node.this)
    if isinstance(node, exp.Column):
        if node.name not in given:
            raise ExpressionError(f"Masukan {node.name!r} tidak ada. Yang ada: {', '.join(sorted(given))}.")
        return given[node.name]
    if type(node) in _BINARY:
        return _BINARY[type(node)](_value(node.this, given), _value(node.expression, given))
    if type(node) in _FUNCTIONS:
        return _FUNCTIONS[type(node)](_value(node.this, given))
    raise ExpressionError(f"{node.sql(dialect='duckdb')!r} tidak boleh dipakai di rumus gabungan.")
