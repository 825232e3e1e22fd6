"""The house stands as designed: a sign on every room, a storey for it, modules one can read."""

import ast
import tomllib
from itertools import pairwise

from tests.house.sources import PACKAGE, ROOT, WINGS, everything, functions, product, read, report, rooms

MODULE_LINES = 400
FUNCTION_LINES = 50

# Named exceptions, each with its reason. These tables may only shrink.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

WORDS_THAT_NAME_NOTHING = {
    "utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers",
    "process", "processes", "data", "new", "v2", "misc", "common", "stuff", "old", "temp",
}  # fmt: skip


def test_every_room_has_its_sign() -> None:
    problems = []
    for package in [*rooms(), PACKAGE, PACKAGE / "config", *(PACKAGE / wing for wing in WINGS)]:
        source = read(package / "__init__.py")
        sign = ast.get_docstring(source.tree) or ""
        if not 1 <= len(sign.splitlines()) <= 5:
            problems.append(f"{source}: the docstring has {len(sign.splitlines())} lines, wanted 1 to 5")
        if len(source.tree.body) > 1:
            problems.append(f"{source}: holds more than its sign")
    assert not problems, report(problems, "say in __init__.py what the room is for, in at most five lines.")


def test_every_room_is_placed_in_a_storey() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = {contract["containers"][0]: contract for contract in contracts if contract["type"] == "layers"}
    placed = {
        f"{container}.{layer}" for container, contract in layers.items() for layer in contract["layers"]
    }
    problems = [name for room in rooms() if (name := ".".join(room.relative_to(ROOT).parts)) not in placed]
    assert not problems, report(
        problems, "name the room in [tool.importlinter] of pyproject.toml, on its storey."
    )
    assert all(contract["exhaustive"] for contract in layers.values())


def test_no_module_is_longer_than_one_can_read() -> None:
    lengths = {source.name: source.text.count("\n") for source in everything()}
    long = {name: lines for name, lines in lengths.items() if lines > MODULE_LINES}
    problems = [f"{name}: {lines} lines" for name, lines in long.items() if name not in LONG_MODULES]
    assert not problems, report(problems, f"split by subject; at most {MODULE_LINES} lines a module.")
    stale = [name for name in LONG_MODULES if name not in long]
    assert not stale, report(stale, "it is short now: take its exception out of LONG_MODULES.")


def test_no_function_is_longer_than_one_can_hold_in_mind() -> None:
    long = {
        f"{source}:{node.name}": node.end_lineno - node.lineno + 1
        for source in everything()
        for node in functions(source)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }
    problems = [f"{name}: {lines} lines" for name, lines in long.items() if name not in LONG_FUNCTIONS]
    assert not problems, report(
        problems, f"give each step its own name; at most {FUNCTION_LINES} lines a function."
    )
    stale = [name for name in LONG_FUNCTIONS if name not in long]
    assert not stale, report(stale, "it is short now: take its exception out of LONG_FUNCTIONS.")


def test_no_module_is_named_after_nothing() -> None:
    problems = [
        source.name
        for source in everything()
        if {*source.path.relative_to(ROOT).with_suffix("").parts} & WORDS_THAT_NAME_NOTHING
    ]
    assert not problems, report(problems, "name it by its subject (a word of GLOSSARY.md).")


def test_every_module_says_what_it_is_for() -> None:
    problems = [
        source.name
        for source in product()
        if source.path.name not in ("apps.py", "urls.py", "__init__.py")
        and not ast.get_docstring(source.tree)
    ]
    assert not problems, report(problems, "open the module with a docstring that says what it is for.")


def test_every_function_states_its_types() -> None:
    problems = []
    for source in product():
        for node in functions(source):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
            if bare or (node.returns is None and node.name != "__init__"):
                problems.append(f"{source}:{node.lineno} {node.name}({', '.join(bare)})")
    assert not problems, report(problems, "write the types of every argument and of what is returned.")


def test_every_room_named_in_the_glossary_exists() -> None:
    names = {room.name for room in rooms()} | {"config", "–"}
    problems = [f"{row[0]}: {room}" for row in glossary() for room in row[2].split(", ") if room not in names]
    assert not problems, report(problems, "name the room by its folder, or – when the word belongs to none.")


def test_every_room_has_its_words_in_the_glossary() -> None:
    spoken = {room for row in glossary() for room in row[2].split(", ")}
    problems = sorted({room.name for room in rooms()} - spoken)
    assert not problems, report(problems, "give the words of the room a line in GLOSSARY.md.")


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    words = [row[0].casefold() for row in glossary() if len(row) == 5]
    problems = [after for before, after in pairwise(words) if after <= before]
    assert not problems, report(problems, "put the line where the alphabet has it, once.")


def glossary() -> list[list[str]]:
    """The lines of its tables as cells, without their heads."""
    lines = (ROOT / "GLOSSARY.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] not in ("English", "Short")]
