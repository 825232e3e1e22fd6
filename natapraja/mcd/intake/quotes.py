"""Quotation marks in a line of CSV: which lines every reader splits alike, and which cannot be split at all. Pure."""

import re
from functools import cache
from typing import Final

_QUOTED: Final = r'"[^"]*+(?:""[^"]*+)*+"'


def certain(line: str, mark: str) -> bool:
    """Whether each cell of the line is free of quotation marks or wholly inside them; `mark` is the delimiter."""
    return '"' not in line or _certain(mark).fullmatch(line) is not None


def cells(line: str, mark: str) -> list[str] | None:
    """The cells of a line; None where a quotation mark has no partner, so that nobody knows where a cell ends.

    More is understood than is `certain`: spaces around a quoted cell, and pairs of marks inside a cell without any.
    """
    found: list[str] = []
    pattern, at = _cell(mark), 0
    while cell := pattern.match(line, at):
        quoted, bare = cell.groups()
        if bare is not None and bare.count('"') % 2:
            return None
        found.append(quoted[1:-1].replace('""', '"') if bare is None else bare)
        at = cell.end()
        if at == len(line):
            return found
        at += len(mark)
    return None


@cache
def _certain(mark: str) -> re.Pattern[str]:
    sign = re.escape(mark)
    cell = rf'(?:{_QUOTED}|[^"{sign}]*+)'
    return re.compile(rf"{cell}(?:{sign}{cell})*+")


@cache
def _cell(mark: str) -> re.Pattern[str]:
    sign = re.escape(mark)
    return re.compile(rf' *+({_QUOTED}) *+(?={sign}|\Z)|(?! *+")([^{sign}]*+)')
