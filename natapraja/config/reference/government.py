"""Pages about what the government decides, in Indonesian for officers; read from definitions/."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from natapraja.config.reference.markdown import code, table

_CLASS = {"open": "terbuka", "internal": "internal", "personal": "pribadi", "sensitive": "pribadi spesifik"}
_DIRECTION = {"up": "makin tinggi makin baik", "down": "makin rendah makin baik", "none": "tanpa penilaian"}


def _definitions(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every definition of one kind, national ones first, by file name."""
    for place in ("national", settings.REGENCY):
        for path in sorted((settings.DEFINITIONS / place / folder).rglob("*.toml")):
            yield path, tomllib.loads(path.read_text(encoding="utf-8"))


def _one(name: str) -> dict[str, Any]:
    path = settings.DEFINITIONS / settings.REGENCY / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _id(text: Any) -> str:
    """The Indonesian side of a bilingual text."""
    return str(text["id"]) if isinstance(text, dict) else str(text or "")


def registers() -> str:
    page = [
        "# Register",
        "Apa yang dicatat, untuk apa, dan seberapa rahasia. Sumber: `definitions/*/registers/`.",
    ]
    for _, register in _definitions("registers"):
        page += [
            f"## {_id(register['title'])} (`{register['id']}`)",
            f"Satuan: {_id(register['unit'])}. Pemilik: {register['owner']}. Sejak {register['since']}. "
            f"Dasar: {register['basis']}.",
            table(
                ["Isian", "Nama", "Jenis", "Kode", "Kerahasiaan", "Kegunaan"],
                [
                    (code(field["name"]), _id(field["label"]), field["type"], code(field.get("codes")),
                     _CLASS[field["privacy"]], field["use"])
                    for field in register.get("field", [])
                ],
            ),
        ]  # fmt: skip
        if register.get("derived"):
            rows = [(code(one["name"]), _id(one["label"]), code(one["expr"])) for one in register["derived"]]
            page += ["Dihitung setiap kali ditanya, tidak disimpan:", table(["Nama", "Arti", "Rumus"], rows)]
    return "\n\n".join(page)


def codes() -> str:
    page = ["# Daftar kode", "Jawaban yang boleh dipakai. Sumber: `definitions/*/codes/`."]
    for _, listing in _definitions("codes"):
        rows = [
            (code(one["value"]), _id(one["label"]), one["label"].get("en")) for one in listing.get("code", [])
        ]
        page += [f"## {_id(listing['title'])} (`{listing['id']}`)"]
        page += [f"Sumber: {listing['source']}."] if listing.get("source") else []
        page += [table(["Kode", "Indonesia", "English"], rows)]
    return "\n\n".join(page)


def indicators() -> str:
    found = list(_definitions("indicators"))
    page = ["# Indikator", "Rumus yang berlaku, dasar hukumnya, dan contoh kecil yang dihitung sebagai uji."]
    page.append(
        table(
            ["Indikator", "Sektor", "Satuan", "Pemilik"],
            [
                (f"[{_id(one['title'])}](#{one['id']})", one["sector"], _id(one["unit"]), one["owner"])
                for _, one in found
            ],
        )
    )
    for _, one in found:
        page += _indicator(one)
    return "\n\n".join(page)


def _small(one: dict[str, Any]) -> str:
    if not one.get("small", 5):
        return "Hitungan kecil tidak disamarkan."
    ties = (
        " Disamarkan juga di tempat " + ", ".join(one["reveals"]) + " disamarkan." if "reveals" in one else ""
    )
    return f"Hitungan kecil: di bawah {one.get('small', 5)}.{ties}"


def _indicator(one: dict[str, Any]) -> list[str]:
    page = [f'<a id="{one["id"]}"></a>\n\n## {_id(one["title"])} (`{one["id"]}`)', _id(one["question"])]
    by = ", ".join(one.get("group_by", [])) or "tidak dirinci"
    page.append(
        f"Register: {one.get('register') or 'dari angka lain'}. "
        f"Dihitung sebagai: {one['count_as']}, {one['kind']}. Arah: {_DIRECTION[one['direction']]}. "
        f"Rincian: {by}. {_small(one)}"
    )
    for version in one["version"]:
        names = ("numerator", "denominator", "value", "weight", "expr")
        rows = [(name, code(version[name])) for name in names if version.get(name)]
        status = f" Status: {version['status']}." if version.get("status") else ""
        page += [f"**Sejak {version['since']}.** Dasar: {version['basis']}.{status}"]
        page += [table(["Bagian", "Rumus"], rows)] if rows else []
    if one.get("note"):
        page.append(_id(one["note"]))
    return [*page, *_example(one["example"])]


def _example(example: dict[str, Any]) -> list[str]:
    page = [f"Contoh, per {example['on']}: {example['explain']}."]
    for register, rows in example.get("rows", {}).items():
        lines = [[cell.strip() for cell in line.split("|")] for line in rows.strip().splitlines()]
        page += [f"Baris `{register}`:", table(lines[0], lines[1:])]
    return page


def roles() -> str:
    listing = _one("roles")
    permissions = listing["permissions"]
    page = ["# Peran dan hak", "Hak seseorang = peran × wilayah dan semua di bawahnya × perangkat daerah."]
    page.append(
        table(
            ["Peran", "Nama", "Tingkat wilayah", "Boleh"],
            [
                (code(name), _id(role["name"]), ", ".join(role["levels"]),
                 "; ".join(_id(permissions[word]["say"]) for word in role["permissions"]))
                for name, role in listing["roles"].items()
            ],
        )
    )  # fmt: skip
    rows = [(code(word), _id(one["say"]), _id(one["ask"])) for word, one in permissions.items()]
    page += ["## Hak", table(["Hak", "Artinya", "Diminta kepada"], rows)]
    purposes = _one("purposes")["purposes"]
    page += ["## Tujuan membuka data orang"]
    page += [
        table(
            ["Tujuan", "Nama", "Dasar", "Status", "Peran"],
            [
                (code(name), _id(one["name"]), one["basis"], one.get("status"), ", ".join(one["roles"]))
                for name, one in purposes.items()
            ],
        )
    ]
    return "\n\n".join(page)


def personal_data() -> str:
    page = [
        "# Data pribadi",
        "Semua isian dan kolom yang menyangkut orang. Yang pribadi tidak pernah ikut ke mart dan ke angka.",
        "## Isian register",
    ]
    fields = [
        (
            code(f"{register['id']}.{field['name']}"),
            _id(field["label"]),
            _CLASS[field["privacy"]],
            field["use"],
        )
        for _, register in _definitions("registers")
        for field in register.get("field", [])
        if field["privacy"] in ("personal", "sensitive")
    ]
    page += [table(["Isian", "Nama", "Kerahasiaan", "Kegunaan"], fields), "## Kolom basis data"]
    columns = [
        (code(f"{model._meta.label_lower}.{name}"), _CLASS[word])
        for model in apps.get_models()
        for name, word in sorted(vars(model).get("PRIVACY", {}).items())
        if word in ("personal", "sensitive")
    ]
    return "\n\n".join([*page, table(["Kolom", "Kerahasiaan"], columns)])
