"""Pages about the machine, for those who run or develop it: verbs, settings, addresses."""

import argparse

from natapraja.config import addresses as routes
from natapraja.config.cli import full_parser
from natapraja.config.environment import ROOT, VARIABLES
from natapraja.config.reference.markdown import code, table


def verbs() -> str:
    """Every verb with its options, taken from the parser itself."""
    page = ["# Verbs of `./nata`", "Every verb also takes `--data FOLDER`."]
    parsers = full_parser()[1]
    about = {choice.dest: choice.help for choice in parsers._choices_actions}
    for name, parser in sorted(parsers.choices.items()):
        page += [f"## nata {name}", str(about.get(name) or "")]
        page += [table(["Option", "What it does"], rows)] if (rows := _options(parser)) else []
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                page += [_below(name, action)]
    return "\n\n".join(part for part in page if part)


def _options(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        label = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        value = (
            f" {action.metavar or action.dest.upper()}" if action.option_strings and action.nargs != 0 else ""
        )
        rows.append((code(label + value), str(action.help or "")))
    return rows


def _below(name: str, action: "argparse._SubParsersAction[argparse.ArgumentParser]") -> str:
    about = {choice.dest: choice.help for choice in action._choices_actions}
    parts = []
    for word, parser in action.choices.items():
        parts.append(f"### nata {name} {word}\n\n{about.get(word) or ''}")
        parts += [table(["Option", "What it does"], rows)] if (rows := _options(parser)) else []
    return "\n\n".join(parts)


def settings() -> str:
    rows = [
        (code(name), code(default.replace(f"{ROOT}/", "")), about)
        for name, (default, about) in VARIABLES.items()
    ]
    return "\n\n".join(
        (
            "# Settings",
            "An operator sets these as environment variables; everything else is decided by definitions.",
            table(["Variable", "Default", "What it does"], rows),
        )
    )


def addresses() -> str:
    rows = [
        (code(address.route), ", ".join(address.methods), address.rule or "nobody", address.about)
        for address in routes.addresses()
    ]
    return "\n\n".join(
        (
            "# Addresses",
            "*public*: anyone. Otherwise the permission a reader needs (docs/reference/roles.md). "
            "The API is described for machines at `/api/v1/openapi.json`.",
            table(["Address", "Methods", "Rule", "About"], rows),
        )
    )
