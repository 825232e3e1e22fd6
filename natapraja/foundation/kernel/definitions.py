"""Definition files: TOML an officer can read, one schema each, read once into frozen objects."""

import datetime
import tomllib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from natapraja.foundation.kernel import definition_faults

Language = Literal["id", "en", "jv"]
# "contoh": made for synthetic data, founded on no regulation.
Status = Literal["berlaku", "menunggu verifikasi", "contoh"]


class DefinitionError(ValueError):
    """A definition that cannot be used: `file`, `where` in it, `what` is wrong, `remedy`; in Indonesian."""

    def __init__(self, file: str, where: str, what: str, remedy: str) -> None:
        super().__init__(file, where, what, remedy)
        self.file = file
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: {self.what}. {self.remedy}."


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence for people in the languages of the screens; Javanese falls back on Indonesian."""

    id: str
    en: str
    jv: str | None = None

    def __str__(self) -> str:
        return self.id

    def of(self, language: str) -> str:
        """The text in `language` ("id", "en", "jv", also "en-us"); Indonesian for any other."""
        found = {"en": self.en, "jv": self.jv}.get(language.partition("-")[0])
        return found or self.id


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of a dated version of a rule: in force from `since` until the next begins, or up to `until`."""

    since: datetime.date
    basis: str
    until: datetime.date | None = None
    status: Status = "berlaku"

    def covers(self, day: datetime.date) -> bool:
        """True when `day` lies within its own dates; a later version may still have replaced it."""
        return self.since <= day and (self.until is None or day <= self.until)


T = TypeVar("T", bound=msgspec.Struct)
V = TypeVar("V", bound=Version)


def in_force(versions: Iterable[V], day: datetime.date) -> V | None:
    """The version that holds on `day`: the latest that has begun, unless it has ended."""
    latest = None
    for version in versions:
        if version.since <= day and (latest is None or version.since > latest.since):
            latest = version
    return latest if latest is not None and latest.covers(day) else None


def version_faults(versions: Sequence[Version]) -> tuple[tuple[str, str, str], ...]:
    """(where, what, remedy) for each version that has no basis, ends too early or overlaps another."""
    found = []
    for number, version in enumerate(versions, 1):
        if not version.basis.strip():
            found.append(
                (
                    f"versi ke-{number}",
                    "basis kosong",
                    "Tulis dasar hukumnya: peraturan, pasal, atau halaman sumber",
                )
            )
        if version.until is not None and version.until < version.since:
            found.append(
                (f"versi ke-{number}", "until lebih awal daripada since", "Periksa kedua tanggal itu")
            )
    ordered = sorted(versions, key=lambda version: version.since)
    for earlier, later in pairwise(ordered):
        if earlier.since == later.since or (earlier.until is not None and earlier.until >= later.since):
            found.append(
                (
                    f"versi sejak {later.since.isoformat()}",
                    f"bertumpang tindih dengan versi sejak {earlier.since.isoformat()}",
                    "Akhiri versi lama (until) sehari sebelum versi baru mulai, atau kosongkan until",
                )
            )
    return tuple(found)


def load(path: Path, schema: type[T]) -> T:
    """The definition in `path`, checked against the msgspec Struct `schema`; raises DefinitionError.

    Dates are TOML dates, never quoted text. Every field of the struct that holds `Version`s is checked
    with `version_faults`, so a definition without a legal basis cannot be loaded.
    """
    name = shown_name(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DefinitionError(
            name, "seluruh berkas", "berkas tidak ada", "Periksa nama dan letaknya"
        ) from None
    except UnicodeDecodeError:
        raise DefinitionError(
            name, "seluruh berkas", "bukan teks UTF-8", "Simpan ulang sebagai UTF-8"
        ) from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(name, *definition_faults.of_syntax(str(error))) from None
    try:
        loaded = msgspec.convert(
            content, schema, builtin_types=(datetime.date, datetime.datetime, datetime.time)
        )
    except msgspec.ValidationError as error:
        raise DefinitionError(name, *definition_faults.of_schema(str(error), schema, text)) from None
    _check_versions(name, loaded)
    return loaded


def load_folder(folder: Path, schema: type[T], pattern: str = "*.toml") -> dict[str, T]:
    """Every definition of a folder by its id, sorted; the id is the file's name without ".toml".

    `pattern` "**/*.toml" also reads the folders below. Raises DefinitionError, also for an absent folder.
    """
    if not folder.is_dir():
        raise DefinitionError(
            shown_name(folder), "seluruh folder", "folder tidak ada", "Periksa letak folder definitions"
        )
    found: dict[str, T] = {}
    for path in sorted(folder.glob(pattern)):
        definition = load(path, schema)
        stem = path.stem
        given = getattr(definition, "id", stem)
        if given != stem:
            raise DefinitionError(
                shown_name(path),
                "id",
                f"id “{given}” berbeda dengan nama berkas “{stem}”",
                "Samakan id dengan nama berkas tanpa .toml",
            )
        if stem in found:
            raise DefinitionError(
                shown_name(path),
                "id",
                f"id “{stem}” sudah dipakai berkas lain",
                "Beri nama lain pada salah satunya",
            )
        found[stem] = definition
    return dict(sorted(found.items()))


def shown_name(path: Path) -> str:
    """The path as an officer knows it, from "definitions" on: no path of the machine in a message."""
    parts = path.parts
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == "definitions":
            return "/".join(parts[index:])
    return "/".join(parts[-2:]) if len(parts) > 1 and path.suffix else path.name


def _check_versions(name: str, loaded: msgspec.Struct) -> None:
    for field in msgspec.structs.fields(loaded):
        value = getattr(loaded, field.name)
        if isinstance(value, list | tuple) and value and all(isinstance(item, Version) for item in value):
            for where, what, remedy in version_faults(value):
                raise DefinitionError(name, where, what, remedy)
