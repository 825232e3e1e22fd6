"""What must not stand in any file: persons in logs, paths of one machine, addresses in lock files."""

import ast
import re
import tomllib

from tests.house.sources import ROOT, called, product, report, sources, text_files

LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
PERSONAL_WORDS = {
    "nik", "kk", "nama", "full_name", "person_name", "family_card", "family_card_number", "password",
    "payload", "phone", "address", "born", "birth_date", "mother", "father", "username",
}  # fmt: skip
PERSON_LIKE = {"person", "user", "reader", "head", "child", "resident", "account"}


def logged(node: ast.Call) -> bool:
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LOG_CALLS
        and re.search(r"(^|\.)_?(log|logger|logging)$", ast.unparse(function.value), re.IGNORECASE)
        is not None
    )


def personal(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id.lower() in PERSONAL_WORDS
    if isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value).split(".")[-1].lower()
        return node.attr.lower() in PERSONAL_WORDS or (node.attr == "name" and owner in PERSON_LIKE)
    return False


def test_no_log_line_carries_a_name_or_a_number_of_a_person() -> None:
    problems = [
        f"{source}:{node.lineno} {ast.unparse(node)[:80]}"
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and logged(node)
        if any(personal(part) for argument in [*node.args, *node.keywords] for part in ast.walk(argument))
    ]
    assert not problems, report(
        problems, "log the opaque id (user:17, unit id), never a name, NIK or address."
    )


def test_nothing_prints_outside_the_command_line() -> None:
    problems = [
        f"{source}:{node.lineno}"
        for source in product()
        if source.path.name not in ("commands.py", "cli.py") and "config" not in source.path.parts
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called(node) in ("print", "pprint", "breakpoint")
    ]
    assert not problems, report(problems, "return the value and let commands.py show it, or log it.")


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    paths = re.compile(
        "|".join(("/" + "root/", "/" + "work/", "/" + "Users/", r"/" + r"home/\w", "C:" + r"\\\\"))
    )
    problems = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if paths.search(line)
    ]
    assert not problems, report(
        problems, "write the path relative to the repository or take it from a setting."
    )


def test_lock_files_hold_versions_and_hashes_only() -> None:
    locks = [path for path in ROOT.iterdir() if path.suffix == ".lock" or path.name == "package-lock.json"]
    assert {"requirements.lock", "requirements-test.lock"} <= {path.name for path in locks}
    problems = [
        f"{path.name}:{number} {line.strip()[:80]}"
        for path in locks
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "://" in line and '"url"' not in line and "funding" not in line
    ]
    assert not problems, report(
        problems, "./nata fix --lock; for npm: omit-lockfile-registry-resolved=true in .npmrc."
    )


def test_the_test_lock_holds_everything_the_run_lock_holds() -> None:
    pins = {
        name: set(re.findall(r"^([\w.\[\]-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-test.lock")
    }
    missing = sorted(pins["requirements.lock"] - pins["requirements-test.lock"])
    assert not missing, report(missing, "./nata fix --lock compiles both from one pyproject.toml.")


def test_every_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    wanted = re.compile(r'^(\s+|\w+ = \[)"[\w.\[\]-]+[<>=!~]')
    problems = [line.strip() for line in lines if wanted.match(line) and "# " not in line]
    assert not problems, report(problems, "say behind the line why it is there.")
    assert len(tomllib.loads("\n".join(lines))["project"]["dependencies"]) > 10


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    forbidden = re.compile(r"(^|\.)(skip|skipif|xfail|importorskip)$")
    problems = [
        f"{source}:{node.lineno} {ast.unparse(node)}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and forbidden.search(ast.unparse(node))
    ]
    assert not problems, report(problems, "make the test pass, or take it out with what it tested.")


def test_every_test_claims_something() -> None:
    claims = ("assert", "raises", "expect(", "check_", "then_", "seen(")  # a journey's `seen` asks axe
    problems = [
        f"{source}:{node.lineno} {node.name}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        if not any(claim in ast.unparse(node) for claim in claims)
    ]
    assert not problems, report(problems, "a test that claims nothing cannot fail.")
