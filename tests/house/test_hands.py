"""Whose hands may do what: actions write, the clock reads the clock, config reads the environment."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import Source, called, product, report, sources

# Modules beside actions.py that write, each with its reason. This table may only shrink.
OTHER_HANDS = {
    "natapraja/mcd/registers/belief.py": "the one way a version comes to be; the actions call it",
    "natapraja/mcd/registers/history.py": "bulk loader: millions of rows with one ledger entry a batch",
    "natapraja/mcd/indicators/store.py": "keeps figures, which can be computed again at any time",
    "natapraja/mcd/indicators/keeper.py": "takes changes off the outbox once the mart holds them",
}

WRITING = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "asave", "acreate", "abulk_create", "aget_or_create", "aupdate_or_create", "adelete", "aupdate",
}  # fmt: skip
RAW_WRITE = re.compile(
    r"^\s*(insert\s+into|update\s+\w+\s+set|delete\s+from|replace\s+into)\b", re.IGNORECASE
)
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.datetime.now", "date.today", "datetime.date.today",
          "time.time", "timezone.now", "timezone.localdate", "localdate"}  # fmt: skip
RECORDING = {"record", "believe", "actions.record", "belief.believe"}
CLOCK = "natapraja/foundation/kernel/clock.py"


def writes(source: Source) -> Iterator[tuple[int, str]]:
    """Calls that change a table. `update` of a queryset takes keywords only; that of a dict does not."""
    imports_database = "django.db import" in source.text and "connection" in source.text
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            queryset_update = node.func.attr == "update" and node.keywords and not node.args
            if node.func.attr in WRITING or queryset_update:
                yield node.lineno, called(node)
        elif imports_database and isinstance(node, ast.Constant) and RAW_WRITE.match(str(node.value)):
            yield node.lineno, str(node.value).strip().splitlines()[0][:60]


def test_only_actions_write() -> None:
    problems, needed = [], set()
    for source in product():
        if source.path.name == "actions.py" or "actions" in source.path.parent.name:
            continue
        found = list(writes(source))
        needed |= {source.name} if found else set()
        if source.name not in OTHER_HANDS:
            problems += [f"{source}:{line} {what}" for line, what in found]
    assert not problems, report(
        problems, "move the writing into the room's actions.py (by=, at=, ledger entry)."
    )
    stale = [name for name in OTHER_HANDS if name not in needed]
    assert not stale, report(stale, "it no longer writes: take it out of OTHER_HANDS.")


def test_every_action_says_by_whom_and_when() -> None:
    """An action is what writes into the ledger; it takes keywords only."""
    problems = []
    for source in product():
        if source.path.name != "actions.py" or "ledger" in source.path.parts:
            continue
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if not any(isinstance(part, ast.Call) and called(part) in RECORDING for part in ast.walk(node)):
                continue
            if node.args.args or node.args.posonlyargs:
                problems.append(f"{source}:{node.lineno} {node.name} takes positional arguments")
            missing = {"by", "at"} - {argument.arg for argument in node.args.kwonlyargs}
            problems += [f"{source}:{node.lineno} {node.name} lacks {name}" for name in sorted(missing)]
    assert not problems, report(problems, "write `def action(*, ..., by: str, at: datetime)`.")


def test_only_the_clock_reads_the_clock() -> None:
    problems = [
        f"{source}:{node.lineno} {called(node)}"
        for source in product()
        if source.name != CLOCK
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called(node) in CLOCKS
    ]
    assert not problems, report(
        problems, "take `at` as an argument; in views and commands call kernel.clock.now()."
    )


def test_only_config_reads_the_environment() -> None:
    problems = [
        f"{source}:{node.lineno}"
        for source in product()
        if "config" not in source.path.parts
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert not problems, report(
        problems, "make it a variable of natapraja/config/environment.py and a setting."
    )


def test_nothing_swallows_an_error_without_a_word() -> None:
    problems = [
        f"{source}:{node.lineno}"
        for source in sources("natapraja", "tests", "bench")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
    ]
    assert not problems, report(problems, "catch the error you expect, and say what it means.")
