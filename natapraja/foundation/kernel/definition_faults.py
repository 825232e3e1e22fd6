"""What is wrong in a definition file, said to the officer who wrote it: where, what, what to do."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import inspect

Fault = tuple[str, str, str]  # where, what, remedy

_KINDS: Final = {
    "str": "teks dalam tanda kutip",
    "int": "bilangan bulat",
    "float": "bilangan",
    "bool": "true atau false",
    "date": "tanggal tanpa tanda kutip, misalnya 2026-01-31",
    "datetime": "tanggal dan jam",
    "time": "jam",
    "array": "daftar dalam [ ]",
    "object": "bagian dengan kunci dan nilai",
    "null": "tidak diisi",
}
_LISTS: Final = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
_SYNTAX: Final = (
    (
        r"Cannot overwrite a value|Cannot declare .* twice",
        "nama yang sama ditulis dua kali",
        "Hapus salah satunya",
    ),
    (r"Expected '=' ", "setelah nama kunci tidak ada tanda =", "Tulis kunci = nilai"),
    (
        r"Invalid value",
        "nilainya tidak dapat dibaca",
        "Teks harus diapit tanda kutip, tanggal ditulis 2026-01-31",
    ),
    (
        r"Unterminated string|Expected \"'''\"|Expected '\"\"\"'",
        "tanda kutip penutup hilang",
        "Tutup teks itu",
    ),
    (r"Unclosed array|Unclosed inline", "tanda ] atau } penutup hilang", "Tutup daftar atau bagian itu"),
    (r"table declaration", "judul bagian tidak ditutup", "Tulis [nama] atau [[nama]]"),
)


def of_syntax(message: str) -> Fault:
    """Translates an error of the TOML reader."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    where = f"baris {place[1]}, kolom {place[2]}" if place else "di akhir berkas"
    for pattern, what, remedy in _SYNTAX:
        if re.search(pattern, message):
            return where, what, remedy
    return where, "bukan TOML yang benar", "Bandingkan dengan berkas lain di folder yang sama"


def of_schema(message: str, schema: type[msgspec.Struct], text: str) -> Fault:
    """Translates an error of the schema check, with the nearest right name for an unknown one."""
    problem, _, path = message.partition(" - at ")
    steps = _steps(path)
    known = inspect.type_info(schema)
    if match := re.match(r"Object contains unknown field `(.*)`", problem):
        return _unknown(match[1], _fields(_follow(known, steps)), steps, text)
    where = _where(steps, text)
    if match := re.match(r"Object missing required field `(.*)`", problem):
        return where, f"“{match[1]}” belum diisi", f"Tambahkan baris {match[1]} = …"
    if match := re.match(r"Invalid enum value (.*)", problem):
        return _not_listed(match[1].strip("'"), _choices(_follow(known, steps)), where)
    if match := re.match(r"Expected `(.*)`, got `(.*)`", problem):
        wanted = " atau ".join(_KINDS.get(kind, kind) for kind in match[1].split(" | ") if kind != "null")
        return where, f"isinya {_KINDS.get(match[2], match[2])}", f"Tulis {wanted}"
    return where, f"isinya tidak sesuai ({problem})", "Bandingkan dengan berkas lain di folder yang sama"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name of `names` most like `name`, None when nothing comes near."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return found[0] if found else None


def _unknown(name: str, allowed: list[str], steps: list[str | int], text: str) -> Fault:
    near = nearest(name, allowed)
    remedy = f"Mungkin maksudnya “{near}”" if near else f"Nama yang dikenal: {', '.join(allowed)}"
    return _where([*steps, name], text), f"kunci “{name}” tidak dikenal", remedy


def _not_listed(value: str, allowed: list[str], where: str) -> Fault:
    near = nearest(value, allowed)
    choices = f"Pilih salah satu: {', '.join(allowed)}" if allowed else "Periksa pilihannya"
    return (
        where,
        f"pilihan “{value}” tidak dikenal",
        f"Mungkin maksudnya “{near}”. {choices}" if near else choices,
    )


def _steps(path: str) -> list[str | int]:
    """`$.field[0].label` becomes ["field", 0, "label"]; a key of a table without fixed names becomes "…"."""
    found: list[str | int] = []
    for name, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+|\.\.\.)\]", path):
        if name:
            found.append(name)
        else:
            found.append(int(index) if index.isdigit() else "…")
    return found


def _where(steps: list[str | int], text: str) -> str:
    """For people: "field ke-2 › label, baris 14"."""
    words: list[str] = []
    for step in steps:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]} ke-{step + 1}"] if words else [f"ke-{step + 1}"]
        else:
            words.append(step)
    line = _line(steps, text)
    place = " › ".join(words) or "bagian paling atas"
    return f"{place}, baris {line}" if line else place


def _line(steps: list[str | int], text: str) -> int | None:
    """The line of a step: TOML readers forget lines, so the headings and keys are looked up again."""
    lines = text.splitlines()
    start, table = 0, ""
    best: int | None = None
    for position, step in enumerate(steps):
        if isinstance(step, int) or step == "…":
            continue
        table = f"{table}.{step}" if table else step
        after = steps[position + 1] if position + 1 < len(steps) else None
        wanted = after if isinstance(after, int) else 0
        heading = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
        key = re.compile(rf"\s*[\"']?{re.escape(step)}[\"']?\s*[.=]")
        headings = [n for n, line in enumerate(lines) if n >= start and heading.match(line)]
        if len(headings) > wanted:
            start = headings[wanted]
            best = start + 1
            continue
        hit = next((n for n in range(start, len(lines)) if key.match(lines[n])), None)
        if hit is None:
            break
        start, best = hit, hit + 1
    return best


def _follow(known: inspect.Type, steps: list[str | int]) -> inspect.Type:
    """The type found by walking `steps`; stays where it is when a step leads nowhere."""
    for step in steps:
        for option in _options(known):
            if isinstance(option, inspect.StructType) and isinstance(step, str):
                inner = next((field.type for field in option.fields if field.encode_name == step), None)
                if inner is not None:
                    known = inner
                    break
            elif isinstance(option, inspect.DictType) and isinstance(step, str):
                known = option.value_type
                break
            elif isinstance(option, _LISTS):
                known = option.item_type
                break
    return known


def _options(known: inspect.Type) -> tuple[inspect.Type, ...]:
    return known.types if isinstance(known, inspect.UnionType) else (known,)


def _fields(known: inspect.Type) -> list[str]:
    return [
        field.encode_name
        for option in _options(known)
        if isinstance(option, inspect.StructType)
        for field in option.fields
    ]


def _choices(known: inspect.Type) -> list[str]:
    found: list[str] = []
    for option in _options(known):
        if isinstance(option, inspect.LiteralType):
            found += [str(value) for value in option.values]
        elif isinstance(option, inspect.EnumType):
            found += [str(member.value) for member in option.cls]
    return found
