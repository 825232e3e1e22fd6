"""Five more invented households for RT 007 of Sumbung: the small population leaves it with one or two.

Run beside a site, on its data folder: `NATA_DATA=... python -m tests.journeys.neighbours`.
"""

from datetime import date, timedelta

import django
import pyarrow as pa

RT = "33.09.03.2004.001.007"
SINCE = date(2024, 1, 1)
HOUSEHOLDS = (
    (("Contoh Wagiman", "L", 1958, "1"), ("Contoh Suparmi", "P", 1961, "2")),
    (
        ("Contoh Sutrisno", "L", 1979, "1"),
        ("Contoh Lestari", "P", 1984, "2"),
        ("Contoh Bagas", "L", 2012, "3"),
    ),
    (("Contoh Ngatinem", "P", 1949, "1"),),
    (
        ("Contoh Hartono", "L", 1990, "1"),
        ("Contoh Wahyuni", "P", 1993, "2"),
        ("Contoh Kirana", "P", 2022, "3"),
    ),
    (("Contoh Mulyadi", "L", 1988, "1"), ("Contoh Endang", "P", 1990, "2")),
)


def main() -> None:
    django.setup()
    from natapraja.foundation.kernel.clock import now
    from natapraja.mcd.registers.history import load_history, next_numbers

    homes: dict[str, list[dict[str, object]]] = {"houses": [], "families": [], "households": [], "people": []}
    unit, _ = next_numbers()
    for number, members in enumerate(HOUSEHOLDS, 1):
        house, family, household = unit, unit + 1, unit + 2
        unit += 3
        homes["houses"].append(
            {"unit": house, "key": f"J{number}", "occupied": True, "floor": "3", "wall": "1", "roof": "2"}
        )
        homes["families"].append(
            {"unit": family, "key": f"J{number}", "house": house, "registered_here": True}
        )
        homes["households"].append({"unit": household, "key": f"J{number}", "house": house})
        for name, sex, year, relation in members:
            homes["people"].append(
                {
                    "unit": unit, "key": f"J{unit}", "name": name, "sex": sex, "relation": relation,
                    "birth_date": date(year, 3, 14), "family": family, "household": household,
                    "lives_here": True,
                }
            )  # fmt: skip
            unit += 1
    at = now()
    held = {"area": RT, "valid_from": SINCE, "valid_to": date.max, "cause": "import", "event": ""}
    known = {"known_from": at - timedelta(minutes=1), "known_to": pa.scalar(_OPEN, _TIME).as_py()}
    for register, rows in homes.items():
        table = pa.Table.from_pylist([held | known | row for row in rows])
        for name in known:
            place = table.schema.get_field_index(name)
            table = table.set_column(place, name, table.column(name).cast(_TIME))
        load_history(register=register, rows=[table], by="system:journeys", at=at)


_TIME = pa.timestamp("us", tz="UTC")
_OPEN = 253402300799999999  # the last microsecond of 9999

if __name__ == "__main__":
    main()
