"""A definition in plain words: the expression read aloud with the titles of its concepts, fields and codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlglot
from django.utils.translation import gettext
from sqlglot import exp

from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.definition import IndicatorVersion, in_force
from natapraja.mcd.registers.catalogue import code_lists, registers

from . import wording


@dataclass(frozen=True)
class Term:
    """One concept a definition stands on: its title, its expression, and that expression in words."""

    name: str
    title: str
    expression: str
    words: str


def parts(version: IndicatorVersion) -> list[tuple[str, str]]:
    """(which part, its expression) of a version, in the order it is read."""
    named = (
        (gettext("Pembilang"), version.numerator), (gettext("Penyebut"), version.denominator),
        (gettext("Nilai"), version.value), (gettext("Bobot"), version.weight), (gettext("Rumus"), version.expr),
    )  # fmt: skip
    return [(name, text) for name, text in named if text]


def terms(version: IndicatorVersion, register: str, on: date) -> list[Term]:
    """Every concept the version names, also through other concepts, each once."""
    concepts = catalogue.concepts()
    found: dict[str, Term] = {}
    pending = [text for _, text in parts(version)]
    while pending:
        for name in _names(pending.pop(0)):
            concept = concepts.get(name)
            if concept is None or name in found:
                continue
            ruled = in_force(concept.versions, on) or concept.versions[-1]
            title = concept.title.of(wording.language())
            found[name] = Term(name, title, ruled.expr.strip(), words(ruled.expr, concept.register))
            pending.append(ruled.expr)
    return list(found.values())


def words(expression: str, register: str) -> str:
    """The expression as a person would read it; what has no plain words stays as it is written."""
    return _Reader(register).say(sqlglot.parse_one(expression, read="duckdb"))


def _names(expression: str) -> list[str]:
    return [column.name for column in sqlglot.parse_one(expression, read="duckdb").find_all(exp.Column)]


class _Reader:
    """Reads one expression of a register."""

    SIGNS: Mapping[type[exp.Expr], str] = {
        exp.EQ: "=", exp.NEQ: "≠", exp.LT: "<", exp.LTE: "≤", exp.GT: ">", exp.GTE: "≥", exp.Add: "+",
        exp.Sub: "−", exp.Mul: "×", exp.Div: "÷",
    }  # fmt: skip

    def __init__(self, register: str) -> None:
        self.register = register

    def say(self, node: exp.Expr) -> str:
        match node:
            case exp.Paren():
                return f"({self.say(node.this)})"
            case exp.And():
                return f"{self.say(node.left)} {gettext('dan')} {self.say(node.right)}"
            case exp.Or():
                return f"{self.say(node.left)} {gettext('atau')} {self.say(node.right)}"
            case exp.Not():
                return f"{gettext('bukan')} ({self.say(node.this)})"
            case exp.Column():
                return self._named(node)
            case exp.In():
                listed = [self._code(node.this, each) for each in node.expressions]
                return f"{self.say(node.this)}: {wording.listed(listed)}"
            case exp.Between():
                low, high = self.say(node.args["low"]), self.say(node.args["high"])
                return gettext("%(what)s %(low)s sampai %(high)s") % {
                    "what": self.say(node.this),
                    "low": low,
                    "high": high,
                }
            case exp.Is():
                return gettext("%(what)s belum diketahui") % {"what": self.say(node.this)}
            case exp.Literal() | exp.Boolean() | exp.Null():
                return node.sql()
            case exp.Anonymous() if node.name.lower() in self._looks():
                return self._call(node)
            case exp.Binary() if type(node) in self.SIGNS:
                return f"{self.say(node.left)} {self.SIGNS[type(node)]} {self._code(node.left, node.right)}"
        return node.sql(dialect="duckdb")

    def _looks(self) -> Mapping[str, str]:
        """Functions that look into a collection or between dates, as sentences with places for their arguments."""
        return {
            "count_of": gettext("banyaknya %(what)s"), "any_of": gettext("ada %(what)s"),
            "all_of": gettext("semua %(what)s"), "sum_of": gettext("jumlah %(what)s"),
            "max_of": gettext("yang tertinggi dari %(what)s"), "min_of": gettext("yang terendah dari %(what)s"),
            "years_between": gettext("tahun penuh antara %(what)s"),
            "months_between": gettext("bulan penuh antara %(what)s"),
            "days_between": gettext("hari antara %(what)s"),
        }  # fmt: skip

    def _call(self, node: exp.Anonymous) -> str:
        name, arguments = node.name.lower(), node.expressions
        if name.endswith("_between"):
            what = wording.listed([self.say(each) for each in arguments])
        else:
            inside = self._inside(arguments[0].name)
            title = registers()[inside].title.of(wording.language()).lower() if inside else arguments[0].name
            condition = _Reader(inside or self.register).say(arguments[1]) if len(arguments) > 1 else ""
            what = (
                gettext("%(title)s yang %(condition)s") % {"title": title, "condition": condition}
                if condition
                else title
            )
        return self._looks()[name] % {"what": what}

    def _inside(self, collection: str) -> str:
        """The register a collection of this one holds."""
        own = registers().get(self.register)
        return next((each.register for each in own.collections if each.name == collection), "") if own else ""

    def _named(self, node: exp.Expr) -> str:
        path = [part.name for part in node.parts] if isinstance(node, exp.Column) else [node.name]
        name, language = path[-1], wording.language()
        concept = catalogue.concepts().get(name)
        if concept is not None:
            return concept.title.of(language)
        for register in (registers().get(self.register), *registers().values()):
            field = register.field(name) if register else None
            if field is not None:
                return field.label.of(language).lower()
        return ".".join(path)

    def _code(self, about: exp.Expr, node: exp.Expr) -> str:
        """The label of a code, when the node is compared with a coded field."""
        if not isinstance(node, exp.Literal) or not node.is_string or not isinstance(about, exp.Column):
            return self.say(node)
        own = registers().get(self.register)
        field = own.field(about.name) if own else None
        listed = code_lists().get(field.codes or "") if field else None
        code = next((each for each in listed.codes if each.value == node.name), None) if listed else None
        return code.label.of(wording.language()).lower() if code else node.sql()
