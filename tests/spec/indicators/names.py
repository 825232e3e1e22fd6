"""Every name and every code an expression mentions, so that tests can ask whether it exists."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from natapraja.mcd.indicators.definition import Concept
from natapraja.mcd.registers.definition import Derived, Field, Register

from .plain import LOOKS, Rules, path_of, read

Meaning = Field | Derived | Concept


@dataclass(frozen=True)
class Mention:
    """One name in an expression of a register, and the texts it is compared with."""

    register: str
    name: str
    compared: tuple[str, ...] = ()


def mentions(text: str, register: str, rules: Rules) -> Iterator[Mention]:
    """The names an expression mentions itself; not those inside the concepts it uses."""
    yield from _below(read(text), register, rules)


def meaning(mention: Mention, rules: Rules) -> Meaning | None:
    """The field, derived value or concept a name stands for; None when there is no such thing."""
    register: Register = rules.registers[mention.register]
    concept = rules.concepts.get(mention.name)
    return (
        register.field(mention.name)
        or next((each for each in register.derived if each.name == mention.name), None)
        or (concept if concept is not None and concept.register == register.id else None)
    )


def _below(node: exp.Expression, register: str, rules: Rules) -> Iterator[Mention]:
    if isinstance(node, exp.Column | exp.Dot):
        yield from _along(path_of(node), register, rules, _compared(node))
    elif isinstance(node, exp.Anonymous) and node.name.lower() in LOOKS:
        collection, *what = node.expressions
        found = {each.name: each.register for each in rules.registers[register].collections}
        for each in what:
            yield from _below(each, found[collection.name], rules)
    else:
        for child in node.iter_expressions():
            yield from _below(child, register, rules)


def _along(path: list[str], register: str, rules: Rules, compared: tuple[str, ...]) -> Iterator[Mention]:
    first, *rest = path
    if not rest:
        if first != "as_of":
            yield Mention(register, first, compared)
        return
    yield Mention(register, first)
    field = rules.registers[register].field(first)
    if field is not None and field.register is not None:
        yield from _along(rest, field.register, rules, compared)


def _compared(node: exp.Expression) -> tuple[str, ...]:
    """The texts on the other side of = or <>, or in the list of IN."""
    parent = node.parent
    if isinstance(parent, exp.In):
        others = parent.expressions
    elif isinstance(parent, exp.EQ | exp.NEQ):
        others = [parent.this, parent.expression]
    else:
        others = []
    return tuple(each.name for each in others if isinstance(each, exp.Literal) and each.is_string)
