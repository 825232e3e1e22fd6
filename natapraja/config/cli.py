"""The verbs of `nata`. Each room offers its own in `commands.py`; this module only gathers them."""

import argparse
import os
from importlib import import_module
from importlib.util import find_spec


def build_parser() -> argparse.ArgumentParser:
    from django.apps import apps

    parser = argparse.ArgumentParser(prog="nata", description="Natapraja: satu perintah untuk semuanya.")
    verbs = parser.add_subparsers(metavar="KATA", required=True)
    modules = ["natapraja.config.commands", *(f"{app.name}.commands" for app in apps.get_app_configs())]
    for name in modules:
        if name.startswith("natapraja.") and find_spec(name):
            import_module(name).register(verbs)
    return parser


def main(argv: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natapraja.config.settings")
    import django

    django.setup()
    args = build_parser().parse_args(argv)
    return int(args.run(args) or 0)
