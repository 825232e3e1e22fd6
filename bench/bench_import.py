"""A whole population as CSV, with every check, into an empty installation; then the same rows once more.

The people are invented row by row here, so that only the import is measured. Run as a module, this is the process
that is measured: `python -m bench.bench_import PEOPLE` with NATA_DATA set, one line of JSON as its answer.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.harness import ROOT, Desk, Measurement

CKAN = 2_944  # rows/s into the datastore of CKAN: the yardstick the promise was given with
RT_PER_VILLAGE = 25
BY = "system:bench"


def measure(desk: Desk) -> Iterator[Measurement]:
    folder = desk.home / f"import-{desk.people}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {
        **os.environ,
        "NATA_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "natapraja.config.settings",
    }
    command = [sys.executable, "-W", "ignore", "-m", "bench.bench_import", str(desk.people)]
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    shutil.rmtree(folder)
    yield Measurement(
        "Impor berkas penduduk dengan semua pemeriksaan", desk.people / found["first"], "baris/detik", bar=20_000,
        better="higher", yardstick="CKAN datastore", yardstick_value=CKAN, seconds=found["first"],
    )  # fmt: skip
    yield Measurement(
        "Impor ulang baris yang sama", desk.people / found["again"], "baris/detik", bar=20_000, better="higher",
        yardstick="CKAN datastore", yardstick_value=CKAN, seconds=found["again"],
    )  # fmt: skip
    yield Measurement("Memori puncak impor", found["megabytes"], "MB", bar=3_072)


def people_file(path: Path, people: int, neighbourhoods: list[str]) -> None:
    """Invented people in file order of their RT, nearly every column filled."""
    import duckdb

    day, month, year = "(1 + i % 28)", "(1 + (i // 28) % 12)", "((i // 336) % 100)"
    two = "lpad(CAST({} AS VARCHAR), 2, '0')".format
    born = f"make_date(CAST({year} + if({year} < 26, 2000, 1900) AS INT), CAST({month} AS INT), CAST({day} AS INT))"
    nik = f"'330903' || {two(f'({day} + 40 * (i % 2))')} || {two(month)} || {two(year)} || (9000 + (i // 33600) % 1000)"
    codes = {
        "relation": 4, "marital_status": 3, "religion": 5, "school_participation": 3, "school_level": 8, "grade": 8,
        "highest_certificate": 8, "job_status": 5, "industry": 17, "chronic_illness": 5,
    }  # fmt: skip
    answers = (
        "can_read",
        "working",
        "seeking_work",
        "birth_certificate",
        "identity_card",
        "child_card",
        "lives_here",
    )
    with duckdb.connect() as database:
        places = ", ".join(f"('{code}')" for code in neighbourhoods)
        database.execute(
            f"CREATE TABLE rt AS SELECT row_number() OVER () - 1 AS place, code FROM (VALUES {places}) t(code)"
        )
        columns = [
            "'w' || i AS person_no", "rt.code AS area", f"{nik} AS nik", "'Contoh Warga ' || i AS name",
            "'Boyolali' AS birth_place", f"{born} AS birth_date", "if(i % 2 = 1, 'P', 'L') AS sex",
            *(f"1 + i % {count} AS {name}" for name, count in codes.items()),
            *(f"if(i % 3 = 0, 'ya', 'tidak') AS {name}" for name in answers),
            "i % 60 AS hours_per_week", "'pbi' AS health_insurance", "1 AS disability", "'0812' || i AS phone",
        ]  # fmt: skip
        database.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({people}) t(i) "
            f"JOIN rt ON rt.place = i * {len(neighbourhoods)} // {people} ORDER BY i) TO '{path}' (HEADER)"
        )


def main(people: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from natapraja.foundation.areas.actions import add_neighbourhoods, load_areas
    from natapraja.foundation.areas.models import Area
    from natapraja.foundation.kernel.clock import now
    from natapraja.mcd.intake.actions import import_file

    call_command("migrate", interactive=False, verbosity=0)
    load_areas(definitions=settings.DEFINITIONS, by=BY, at=now())
    villages = Area.objects.filter(level="village").order_by("code").values_list("code", flat=True)
    codes = [f"{village}.{1 + n // 5:03d}.{1 + n:03d}" for village in villages for n in range(RT_PER_VILLAGE)]
    add_neighbourhoods(rows=[(code, "", "", date(2020, 1, 1)) for code in codes], by=BY, at=now())
    path = Path(settings.DATA_DIR) / "penduduk.csv"
    people_file(path, people, codes)
    seconds = []
    for wanted in ("new", "same"):
        begun = time.perf_counter()
        report = import_file(register="people", path=path, by=BY, at=now())
        seconds.append(time.perf_counter() - begun)
        if getattr(report, wanted) != people:
            raise RuntimeError(f"{wanted}: {report}")
        with path.open("a") as file:
            file.write("\n")  # another file with the same rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"first": seconds[0], "again": seconds[1], "megabytes": peak}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
