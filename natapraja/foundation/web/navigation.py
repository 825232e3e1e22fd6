"""The rows of links in the head and the foot, gathered from the rooms and cut to the reader's rights.

A room offers `nav.py` with `NAV`: tuples of (place, order, label, url name, right); place is head or foot.
An empty right shows the link to everyone, "*" to everybody with an account. The label is an Indonesian msgid.
A link whose page does not exist in this installation is left out.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

Entry = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


@cache
def entries() -> tuple[Entry, ...]:
    """All entries of all rooms, in the order they are shown."""
    found: list[Entry] = []
    for app in apps.get_app_configs():
        name = f"{app.name}.nav"
        if app.name.startswith("natapraja.") and find_spec(name):
            found += import_module(name).NAV
    return tuple(sorted(found, key=lambda entry: entry[1]))


def _allowed(right: str, reader: Any) -> bool:
    if not right:
        return True
    if right == "*":
        return reader is not None and reader.user_id is not None
    return reader is not None and reader.may(right)


def items(place: str, path: str, reader: Any) -> list[Item]:
    """The links of `place` for `reader` on the page at `path`; the longest address that fits is current."""
    found = []
    for where, _, label, name, right in entries():
        if where != place or not _allowed(right, reader):
            continue
        try:
            found.append((gettext(label), reverse(name)))
        except NoReverseMatch:
            continue
    fits = [url for _, url in found if path == url or (url != "/" and path.startswith(url))]
    here = max(fits, key=len, default="")
    return [Item(label, url, url == here) for label, url in found]
