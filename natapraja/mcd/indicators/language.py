"""The language of definitions: a small, safe subset of SQL, parsed and checked before anything runs.

An expression may only name fields, derived fields and concepts of its register, follow references with a dot
(`household.house.floor`), look into a collection (`any_of(people, age < 5)`) and call the functions listed here.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlglot
from sqlglot import exp

from natapraja.mcd.registers.definition import Register

from .definition import Concept, in_force

Path = tuple[str, ...]

AS_OF = "as_of"
COLLECTION_FUNCTIONS = ("count_of", "any_of", "all_of", "sum_of", "max_of", "min_of")
FUNCTIONS = {
    # name: least and most arguments
    "years_between": (2, 2), "months_between": (2, 2), "days_between": (2, 2), "school_year_start": (1, 1),
    "who_z": (4, 5), "count_of": (1, 2), "any_of": (2, 2), "all_of": (2, 2), "sum_of": (2, 2), "max_of": (2, 2),
    "min_of": (2, 2),
}  # fmt: skip
IMPLICIT = {
    "unit": "integer", "area": "text", "valid_from": "date", "valid_to": "date", "event": "text", AS_OF: "date",
}  # fmt: skip

_ALLOWED = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.And, exp.Or, exp.Not, exp.EQ,
    exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.In, exp.Between,
    exp.Is, exp.Case, exp.If, exp.Coalesce, exp.Least, exp.Greatest, exp.Abs, exp.Round, exp.Floor, exp.Anonymous,
    exp.Var,
)  # fmt: skip


class ExpressionError(ValueError):
    """A definition that cannot be understood. The message says where, what, and what to do."""


@dataclass(frozen=True)
class Attribute:
    """Something an expression of a register may name."""

    name: str
    type: str
    expr: str | None = None  # None for a stored field
    register: str | None = None  # where a reference points
    codes: str | None = None


@dataclass(frozen=True)
class Call:
    """One look into a collection, for example any_of(people, age < 5)."""

    function: str
    collection: str
    argument: str | None


class Schema:
    """What every register's expressions may name, under the rules in force on a day."""

    def __init__(self, registers: Mapping[str, Register], concepts: Mapping[str, Concept], on: date) -> None:
        self.registers = registers
        self.on = on
        self.templates: dict[object, str] = {}  # queries compiled under these rules
        self._attributes: dict[str, dict[str, Attribute]] = {}
        self._hidden = {
            name: {field.name for field in register.fields if not field.in_mart}
            for name, register in registers.items()
        }
        for name, register in registers.items():
            known = {key: Attribute(key, kind) for key, kind in IMPLICIT.items()}
            known |= {
                field.name: Attribute(field.name, field.type, None, field.register, field.codes)
                for field in register.mart_fields
            }
            known |= {
                each.name: Attribute(each.name, each.type, each.expr, each.register, each.codes)
                for each in register.derived
            }
            self._attributes[name] = known
        for concept in concepts.values():
            version = in_force(concept.versions, on)
            if version is not None and concept.register in self._attributes:
                attribute = Attribute(concept.id, concept.type, version.expr)
                self._attributes[concept.register][concept.id] = attribute

    def attribute(self, register: str, name: str, where: str) -> Attribute:
        known = self._attributes[register]
        if name in known:
            return known[name]
        if name in self._hidden[register]:
            raise ExpressionError(
                f"{where}: {name!r} adalah data pribadi dan tidak pernah masuk hitungan. Pakai kolom lain."
            )
        raise ExpressionError(
            f"{where}: nama {name!r} tidak ada di register {register}. {_nearest(name, known)}"
        )

    def collection(self, register: str, name: str, where: str) -> tuple[str, str]:
        """(register, by) of a collection of `register`."""
        found = {each.name: each for each in self.registers[register].collections}
        if name not in found:
            raise ExpressionError(
                f"{where}: kumpulan {name!r} tidak ada di register {register}. {_nearest(name, found)}"
            )
        return found[name].register, found[name].by

    def resolve(self, register: str, path: Path, where: str) -> tuple[Path, str, Attribute]:
        """A dotted path with derived references written out, the register it ends in, and what it names there."""
        first = self.attribute(register, path[0], where)
        if len(path) == 1:
            return path, register, first
        if first.register is None:
            raise ExpressionError(
                f"{where}: {path[0]!r} bukan rujukan ke register lain, jadi tidak bisa diberi titik."
            )
        if first.expr is not None:
            inner = path_of(parse(first.expr, where))
            return self.resolve(register, inner + path[1:], where)
        rest, home, last = self.resolve(first.register, path[1:], where)
        return (path[0], *rest), home, last


@lru_cache(maxsize=4096)
def parse(text: str, where: str) -> exp.Expression:
    """The syntax tree of an expression; refuses everything outside the language."""
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise ExpressionError(
            f"{where}: rumus tidak dapat dibaca: {_plain(error)}. Periksa {text!r}."
        ) from None
    tree = tree.transform(_ours)
    for node in tree.walk():
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(
                f"{where}: {node.sql(dialect='duckdb')!r} tidak boleh dipakai di rumus. Lihat daftar fungsi di manual."
            )
        if isinstance(node, exp.Anonymous):
            _check_call(node, where)
    return tree


def check(text: str, register: str, schema: Schema, where: str) -> None:
    """Refuse names and functions that do not exist, here and in everything the expression leans on."""
    _check(text, register, schema, where, ())


def is_condition(text: str, register: str, schema: Schema, where: str) -> bool:
    """Whether an expression says yes or no (it is counted) or gives a number (it is summed)."""
    return _says_yes_or_no(parse(text, where), register, schema, where)


def _says_yes_or_no(node: exp.Expression, register: str, schema: Schema, where: str) -> bool:
    if isinstance(node, exp.Paren):
        return _says_yes_or_no(node.this, register, schema, where)
    if isinstance(node, exp.Column):
        _, _, attribute = schema.resolve(register, path_of(node), where)
        return attribute.type == "boolean"
    if isinstance(node, exp.Case):
        first = node.args["ifs"][0].args["true"]
        return _says_yes_or_no(first, register, schema, where)
    if isinstance(node, exp.Coalesce):
        return _says_yes_or_no(node.this, register, schema, where)
    if isinstance(node, exp.Anonymous):
        return node.name.lower() in ("any_of", "all_of")
    return isinstance(node, exp.Predicate | exp.And | exp.Or | exp.Not | exp.Boolean)


def paths(node: exp.Expression) -> Iterator[Path]:
    """Every path an expression names outside its collections (what is inside belongs to another register)."""
    for column in _outside_collections(node, exp.Column):
        yield path_of(column)


def calls(node: exp.Expression) -> Iterator[tuple[exp.Anonymous, Call]]:
    """Every look into a collection, outermost only."""
    for call in _outside_collections(node, exp.Anonymous):
        if call.name.lower() in COLLECTION_FUNCTIONS:
            yield call, call_of(call)


def call_of(node: exp.Anonymous) -> Call:
    first, *rest = node.expressions
    return Call(node.name.lower(), path_of(first)[0], rest[0].sql(dialect="duckdb") if rest else None)


def path_of(node: exp.Expression) -> Path:
    if isinstance(node, exp.Dot):
        return (*path_of(node.this), *path_of(node.expression))
    if isinstance(node, exp.Column):
        return tuple(part.name for part in node.parts)
    return (node.name,)


def _check(text: str, register: str, schema: Schema, where: str, trail: tuple[tuple[str, str], ...]) -> None:
    if (register, text) in trail:
        raise ExpressionError(f"{where}: rumus ini memanggil dirinya sendiri. Putuskan lingkarannya.")
    trail = (*trail, (register, text))
    tree = parse(text, where)
    for path in paths(tree):
        _, home, attribute = schema.resolve(register, path, where)
        if attribute.expr is not None:
            _check(attribute.expr, home, schema, f"{where} › {attribute.name}", trail)
    for _, call in calls(tree):
        target, by = schema.collection(register, call.collection, where)
        _check(by, target, schema, f"{where} › {call.collection}", trail)
        if call.argument is not None:
            _check(call.argument, target, schema, f"{where} › {call.collection}", trail)


def _check_call(node: exp.Anonymous, where: str) -> None:
    name = node.name.lower()
    if name not in FUNCTIONS:
        raise ExpressionError(f"{where}: fungsi {node.name!r} tidak dikenal. {_nearest(name, FUNCTIONS)}")
    least, most = FUNCTIONS[name]
    if not least <= len(node.expressions) <= most:
        asked = str(least) if least == most else f"{least} sampai {most}"
        raise ExpressionError(
            f"{where}: fungsi {name} meminta {asked} isian, tertulis {len(node.expressions)}."
        )


def _outside_collections(node: exp.Expression, kind: type[exp.Expression]) -> Iterator[exp.Expression]:
    """Nodes of a kind, without entering the arguments of count_of, any_of and their like."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, exp.Column) or (
        isinstance(node, exp.Anonymous) and node.name.lower() in COLLECTION_FUNCTIONS
    ):
        return
    for child in node.iter_expressions():
        yield from _outside_collections(child, kind)


def _ours(node: exp.Expression) -> exp.Expression:
    """sqlglot knows a months_between of other databases, which counts differently; here the name is ours."""
    if isinstance(node, exp.MonthsBetween):
        return exp.Anonymous(this="months_between", expressions=[node.this, node.expression])
    return node


def _nearest(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if close:
        return f"Mungkin maksud Anda {close[0]!r}."
    return f"Yang ada: {', '.join(sorted(known))}."


def _plain(error: Exception) -> str:
    return str(error).split("\n", 1)[0].strip().rstrip(".")
