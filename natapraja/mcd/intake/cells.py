"""From a text cell to a value and, where it fails, the code of the finding: one SQL expression per kind of field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from natapraja.foundation.kernel.identifiers import FEMALE_DAY
from natapraja.mcd.registers.definition import FieldType

from . import rules
from .layout import Column
from .stage import literal, quoted

# Also the spaces that Word, Excel and web pages leave behind: no-break, figure, narrow, zero-width, byte order mark.
_SPACES: Final = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"
_YES: Final = ("true", "1", "ya", "y", "yes", "ada", "benar")
_NO: Final = ("false", "0", "tidak", "t", "no", "tidak ada", "tdk", "salah")
_EXCEL_DAY_ZERO: Final = "DATE '1899-12-30'"
_SPREADSHEET_ERROR: Final = r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)"

SQL_TYPES: Final[dict[FieldType, str]] = {
    "text": "VARCHAR", "code": "VARCHAR", "nik": "VARCHAR", "family_card_number": "VARCHAR", "integer": "BIGINT",
    "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "reference": "BIGINT",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """SQL of one column: its value over the cleaned cell c.<name>, the joins that needs, and what is wrong with it.

    `error` is the WHEN parts of a CASE over the cell b.<name> and its value b.v_<name>, for cells that hold something.
    """

    value: str
    error: str
    joins: str = ""


def cleaned(name: str) -> str:
    """The raw cell without what surrounds it; NULL when nothing is left, or only a dash.

    The apostrophe that our own downloads put before =, +, - and @ is taken off again. Nearly all cells need nothing:
    the first branch is there because trimming by a list of signs takes ten times as long.
    """
    trimmed = f"trim({name}, {literal(_SPACES)})"
    bare = (
        f"CASE WHEN starts_with({trimmed}, '''') AND substr({trimmed}, 2, 1) IN ('=', '+', '-', '@') "
        f"THEN substr({trimmed}, 2) ELSE {trimmed} END"
    )
    return (
        f"CASE WHEN {name} IS NULL THEN NULL WHEN regexp_full_match({name}, '[0-9A-Za-z]([ -~]*[!-~])?') THEN {name} "
        f"WHEN {trimmed} IN ('', '-', '–') THEN NULL ELSE {bare} END"
    )


def one_line(cell: str) -> str:
    """Text with every run of spaces, line breaks and invisible signs as one space; NULL when nothing is left."""
    return (
        f"CASE WHEN NOT regexp_matches({cell}, '  |[^ -~]') THEN {cell} "
        f"ELSE nullif(trim(regexp_replace({cell}, '[\\s\\x{{00A0}}\\p{{C}}]+', ' ', 'g')), '') END"
    )


def reading(column: Column, today: date) -> Reading:
    """How the cells of a column are read; `today` is the last day a date may say."""
    return _READERS[column.type](column, today)


def error(column: Column, made: Reading) -> str:
    """SQL of the finding's code for a column of `reading`; NULL when nothing is wrong."""
    empty = "'empty'" if column.required else "NULL"
    return f"CASE WHEN {_cell(column)} IS NULL THEN {empty} {made.error} END"


def _source(column: Column) -> str:
    return f"c.{quoted(column.name)}"


def _cell(column: Column) -> str:
    return f"b.{quoted(column.name)}"


def _value(column: Column) -> str:
    return f"b.{quoted(f'v_{column.name}')}"


def _text(column: Column, _: date) -> Reading:
    cell, value = _cell(column), _value(column)
    error = (
        f"WHEN strlen({cell}) > {rules.TEXT_LENGTH} AND length({cell}) > {rules.TEXT_LENGTH} THEN 'text_long' "
        + (f"WHEN {value} IS NULL THEN 'empty' " if column.required else "")
        + f"WHEN regexp_matches({cell}, '^([=@]|{_SPREADSHEET_ERROR}$)') THEN 'formula'"
    )
    return Reading(one_line(_source(column)), error)


def _integer(column: Column, _: date) -> Reading:
    cell, value = _source(column), _value(column)
    taken = (
        f"CASE WHEN regexp_full_match({cell}, '[+-]?[0-9]{{1,15}}') THEN TRY_CAST({cell} AS BIGINT) "
        f"WHEN regexp_full_match({cell}, '[+-]?[0-9]{{1,15}}[.,]0+') "
        f"THEN TRY_CAST(regexp_extract({cell}, '^[+-]?[0-9]+') AS BIGINT) END"
    )
    return Reading(taken, f"WHEN {value} IS NULL THEN 'not_integer' {_range(column)}")


def _number(column: Column, _: date) -> Reading:
    cell, value = _source(column), _value(column)
    taken = (
        f"CASE WHEN regexp_full_match({cell}, '[+-]?[0-9]{{1,18}}([.,][0-9]{{1,18}})?([eE][+-]?[0-9]{{1,2}})?') "
        f"THEN TRY_CAST(replace({cell}, ',', '.') AS DOUBLE) "
        # Two groups of three or more cannot be decimals: 1.500.000,50
        f"WHEN regexp_full_match({cell}, '[+-]?[0-9]{{1,3}}(\\.[0-9]{{3}}){{2,5}}(,[0-9]{{1,9}})?') "
        f"THEN TRY_CAST(replace(replace({cell}, '.', ''), ',', '.') AS DOUBLE) END"
    )
    return Reading(taken, f"WHEN {value} IS NULL THEN 'not_number' {_range(column)}")


def _range(column: Column) -> str:
    parts = []
    if column.minimum is not None:
        parts.append(f"WHEN {_value(column)} < {column.minimum!r} THEN 'too_small'")
    if column.maximum is not None:
        parts.append(f"WHEN {_value(column)} > {column.maximum!r} THEN 'too_large'")
    return " ".join(parts)


def _yes_or_no(column: Column, _: date) -> Reading:
    cell = f"lower({_source(column)})"
    yes, no = (", ".join(map(literal, words)) for words in (_YES, _NO))
    taken = f"CASE WHEN {cell} IN ({yes}) THEN TRUE WHEN {cell} IN ({no}) THEN FALSE END"
    return Reading(taken, f"WHEN {_value(column)} IS NULL THEN 'not_yes_no'")


def _day(column: Column, today: date) -> Reading:
    source, cell, value = _source(column), _cell(column), _value(column)
    year_first, day_first, serial = map(literal, (_YEAR_FIRST, _DAY_FIRST, _SERIAL))
    taken = (
        f"CASE WHEN regexp_full_match({source}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN TRY_CAST({source} AS DATE) "
        f"WHEN regexp_full_match({source}, {day_first}) "
        f"THEN TRY_CAST(regexp_replace({source}, {day_first}, '\\3-\\2-\\1') AS DATE) "
        f"WHEN regexp_full_match({source}, {year_first}) "
        f"THEN TRY_CAST(regexp_replace({source}, {year_first}, '\\1-\\2-\\3') AS DATE) "
        f"WHEN regexp_full_match({source}, {serial}) THEN {_EXCEL_DAY_ZERO} + CAST(left({source}, 5) AS INTEGER) END"
    )
    shape = f"regexp_full_match({cell}, {year_first}) OR regexp_full_match({cell}, {day_first})"
    error = (
        f"WHEN {value} IS NULL THEN CASE WHEN {shape} THEN 'no_such_day' ELSE 'not_date' END "
        f"WHEN {value} > DATE '{today.isoformat()}' THEN 'date_future' "
        f"WHEN {value} < DATE '{rules.OLDEST_YEAR}-01-01' THEN 'date_early'"
    )
    return Reading(taken, error)


_YEAR_FIRST: Final = (
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\+00(?::00)?)?)?"
)
_DAY_FIRST: Final = r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: [0-9]{2}[:.][0-9]{2}(?:[:.][0-9]{2})?)?"
_SERIAL: Final = r"[1-7][0-9]{4}(\.0+)?"  # Excel's own count of days: from 1927 to 2119


def _code(column: Column, _: date) -> Reading:
    table = f"words_{column.name}"
    joins = f"LEFT JOIN {table} ON {table}.word = lower({_source(column)})"
    return Reading(f"{table}.code", f"WHEN {_value(column)} IS NULL THEN 'not_in_list'", joins)


def _reference(column: Column, _: date) -> Reading:
    table = f"target_{column.name}"
    register = column.field.register if column.field else ""
    joins = f"LEFT JOIN units_{register} {table} ON {table}.key = {_source(column)}"
    return Reading(f"{table}.unit", f"WHEN {_value(column)} IS NULL THEN 'no_such_unit'", joins)


def _civil(column: Column, _: date) -> Reading:
    """NIK and nomor KK: 16 digits, a day of the calendar in them; a woman's NIK has 40 added to the day."""
    cell, source, digits = _cell(column), _source(column), _value(column)
    nik = column.type == "nik"
    taken = (
        f"CASE WHEN regexp_full_match({source}, '[0-9]{{16}}') THEN {source} "
        f"ELSE regexp_replace(ltrim({source}, ''''), '[ .\\-]', '', 'g') END"
    )
    usual = "(0[1-9]|1[0-9]|2[0-8]" + ("|4[1-9]|5[0-9]|6[0-8])" if nik else ")") + "(0[1-9]|1[0-2])"
    day, month, year = (f"TRY_CAST(substr({digits}, {start}, 2) AS INTEGER)" for start in (7, 9, 11))
    if nik:
        day = f"({day} - CASE WHEN {day} > {FEMALE_DAY} THEN {FEMALE_DAY} ELSE 0 END)"
    # 1900 had no 29 February but 2000 had: of the two centuries a number may mean, one is enough.
    short = f"WHEN {month} <> 2 THEN 31 WHEN {year} % 4 = 0 THEN 29 ELSE 28"
    longest = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 {short} END"
    error = (
        f"WHEN regexp_full_match({digits}, '[0-9]{{6}}{usual}[0-9]{{6}}') "
        f"AND NOT regexp_full_match({cell}, '[0-9]{{15,16}}[.,]0+') THEN NULL "
        f"WHEN regexp_full_match({cell}, '[0-9]+[.,]?[0-9]*[eE]\\+?[0-9]+') THEN 'civil_scientific' "
        f"WHEN regexp_full_match({cell}, '[0-9]{{15,16}}[.,]0+') THEN 'civil_decimal' "
        f"WHEN NOT regexp_full_match({digits}, '[0-9]*') THEN 'civil_signs' "
        f"WHEN length({digits}) <> 16 THEN 'civil_length' "
        f"WHEN {digits} = '{'0' * 16}' THEN 'civil_zero' "
        f"WHEN NOT ({month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {longest}) THEN 'civil_day'"
    )
    return Reading(taken, error)


_READERS: Final[dict[FieldType, Callable[[Column, date], Reading]]] = {
    "text": _text, "integer": _integer, "number": _number, "boolean": _yes_or_no, "date": _day, "code": _code,
    "reference": _reference, "nik": _civil, "family_card_number": _civil,
}  # fmt: skip
