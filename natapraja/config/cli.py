"""The command line. Each room offers its verbs in `commands.py`; this module gathers them and runs one."""

import argparse
import os
import sys
from importlib import import_module
from typing import NoReturn

from rich.console import Console

from natapraja.config import commands, preparation
from natapraja.config.environment import start_django

# argparse asks this table for every word it prints, so that help and refusals are Indonesian throughout.
_INDONESIAN = {
    "usage: ": "pakai: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "menampilkan bantuan ini",
    "the following arguments are required: %s": "masih perlu diisi: %s",
    "unrecognized arguments: %s": "pilihan yang tidak dikenal: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal; pilih dari %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r bukan nilai yang sah",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "memerlukan satu nilai",
    "expected at least one argument": "memerlukan paling sedikit satu nilai",
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Lihat: {self.prog} --help\n")


def _parser() -> tuple[Parser, "argparse._SubParsersAction[Parser]"]:
    argparse._ = lambda text: _INDONESIAN.get(text, text)  # type: ignore[attr-defined]
    parser = Parser(prog="nata", description="Natapraja: satu perintah untuk semuanya.", allow_abbrev=False)
    return parser, parser.add_subparsers(metavar="KATA", required=True)


def full_parser(verb: str | None = None) -> tuple[Parser, "argparse._SubParsersAction[Parser]"]:
    """Every verb of every room, or those of the one room that offers `verb`: the others need not wake their engines.

    Needs Django, which the house's own verbs do without.
    """
    from django.apps import apps

    parser, verbs = _parser()
    commands.register(verbs)
    rooms = {app.name: app.verbs for app in apps.get_app_configs() if hasattr(app, "verbs")}
    for name in [name for name, offered in rooms.items() if verb in offered] or rooms:
        import_module(f"{name}.commands").register(verbs)
    return parser, verbs


def _mendable() -> tuple[type[Exception], ...]:
    """Errors whose text is a sentence that says where, what, and what to do."""
    from django.core.exceptions import PermissionDenied

    from natapraja.foundation.kernel.definitions import DefinitionError
    from natapraja.foundation.kernel.identifiers import Malformed

    return Malformed, DefinitionError, PermissionDenied


def _choose_data_folder(arguments: list[str]) -> list[str]:
    """`--data FOLDER` serves every verb and must be known before the settings are read."""
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name != "--data":
            rest.append(word)
        elif folder := (value if equals else next(words, "")):
            os.environ["NATA_DATA"] = os.path.abspath(folder)
        else:
            sys.exit("nata: --data memerlukan nama folder, misalnya --data /srv/natapraja")
    return rest


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns its exit code. A mistake a person can mend ends in one sentence, not a trace."""
    arguments = _choose_data_folder(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("\nDihentikan.", file=sys.stderr)
        return 130
    except _mendable() as error:
        print(f"nata: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str]) -> int:
    parser, verbs = _parser()
    commands.register(verbs)
    if not arguments or arguments[0] not in verbs.choices:
        start_django()
        parser, verbs = full_parser(arguments[0] if arguments else None)
        if arguments and arguments[0] in verbs.choices and not {"-h", "--help"} & set(arguments):
            preparation.keep_to_data_folder()
            preparation.prepare_store(Console(stderr=True))
    args, rest = parser.parse_known_args(arguments)
    if rest and not hasattr(args, "rest"):
        verbs.choices[arguments[0]].error(f"pilihan yang tidak dikenal: {' '.join(rest)}")
    args.rest = rest
    return int(args.run(args) or 0)
