"""What an operator may set from outside: the settings read this table, the reference page prints it."""

import os
from pathlib import Path

from natapraja.foundation.kernel.definitions import DefinitionError

ROOT = Path(__file__).resolve().parents[2]
VERSION = "0.1.0"

# Name: (default, what it does). The default is what a first start on one machine needs.
VARIABLES: dict[str, tuple[str, str]] = {
    "NATA_DATA": (
        str(ROOT / "var"),
        "Folder that holds everything the running system writes (also `--data`).",
    ),
    "NATA_DATABASE": ("", "`postgresql://user:password@host:port/name`; empty: SQLite in the data folder."),
    "NATA_DEBUG": ("0", "1 shows full error pages. Never where others can reach the site."),
    "NATA_DEFINITIONS": (str(ROOT / "definitions"), "Folder with what the government decides."),
    "NATA_DEMO": ("1", "1 shows the demo accounts and marks every page as synthetic data; 0 for real work."),
    "NATA_ENGINE": (
        "duckdb",
        "What measures whole registers: `duckdb` inside the process, or `spark` (needs Java 17).",
    ),
    "NATA_HOSTS": ("localhost,127.0.0.1,[::1]", "Names under which the site answers, separated by commas."),
    "NATA_HTTPS": ("0", "1 when the site stands behind HTTPS: cookies are then sent over HTTPS only."),
    "NATA_LOG": ("WARNING", "Least level of log lines on the error stream: DEBUG, INFO, WARNING, ERROR."),
    "NATA_SPARK": (
        "local[*]",
        "Where Spark runs: `local[N]` on N cores here, or `spark://host:7077`, which must see the same data folder.",
    ),
}


def value(name: str) -> str:
    """The variable's text, or its default. Asking for a name outside the table is a KeyError."""
    return os.environ.get(name, VARIABLES[name][0])


def data_folder() -> Path:
    """Where everything the running system writes lives."""
    return Path(value("NATA_DATA")).resolve()


def regency(definitions: Path) -> str:
    """The one folder beside `national`: what this government decides. Raises DefinitionError for none or several."""
    beside = definitions.iterdir() if definitions.is_dir() else ()
    found = sorted(
        path.name for path in beside
        if path.is_dir() and path.name != "national" and not path.name.startswith((".", "_"))
    )  # fmt: skip
    if len(found) == 1:
        return found[0]
    what = f"ada beberapa folder kabupaten ({', '.join(found)})" if found else "belum ada folder kabupaten"
    remedy = "Simpan tepat satu folder kabupaten di samping national, misalnya boyolali"
    raise DefinitionError(definitions.name, "kabupaten", what, remedy)


def start_django() -> None:
    """Django with this installation's settings; a verb that needs none starts without it and faster."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natapraja.config.settings")
    import django

    django.setup()
