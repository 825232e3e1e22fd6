"""The invented regency looks like the published one: each share within a stated distance of its target."""

from dataclasses import dataclass

import pytest

from tests.unit.synthetic.made import Regency


@dataclass(frozen=True)
class Share:
    """So many per cent of the rows of `table` where `among` holds also fulfil `condition`."""

    title: str
    condition: str
    target: str | float  # the name of a fact, or per cent
    off: float
    table: str = "persons"
    among: str = "TRUE"

    def of(self, regency: Regency) -> float:
        return float(
            regency.one(f"SELECT avg(({self.condition})::INT) * 100 FROM {self.table} WHERE {self.among}")
        )


ATTENDING = "school_participation = '2'"
IN_FORCE = "working OR seeking_work"
GOOD_TOILET = "toilet_type = '1' AND sewage IN ('1', '2') AND toilet_use IN ('1', '2', '3')"
UP_TO_LOWER = "highest_certificate = '23' OR highest_certificate::INT <= 10"
SHARES = (
    Share("0-4 tahun", "age < 5", 7.3, 0.3),
    Share("15-64 tahun", "age BETWEEN 15 AND 64", 70.6, 0.8),
    Share("60 tahun ke atas", "age >= 60", 12.15, 0.4),
    Share("laki-laki", "sex = 'L'", 50.2, 0.6),
    Share("Islam", "religion = '1'", "islam", 0.3),
    Share("Buddha", "religion = '5'", "buddha", 0.1),
    Share("Hindu", "religion = '4'", "hindu", 0.1),
    Share("bersekolah 7-12", ATTENDING, 99.2, 0.6, among="school_age BETWEEN 7 AND 12"),
    Share("bersekolah 13-15", ATTENDING, 97.8, 1.0, among="school_age BETWEEN 13 AND 15"),
    Share("tidak sekolah 16-18", f"NOT {ATTENDING}", 7.2, 1.5, among="school_age BETWEEN 16 AND 18"),
    Share("angkatan kerja", IN_FORCE, "participation", 1.0, among="age >= 15"),
    Share("pengangguran", "seeking_work", "unemployment", 0.3, among=f"age >= 15 AND ({IN_FORCE})"),
    Share("pertanian", "industry::INT <= 6", "agriculture", 1.0, among="working"),
    Share("industri", "industry = '8'", "manufacturing", 1.0, among="working"),
    Share("informal", "job_status IN ('1', '2', '6', '7', '8')", "informal", 2.0, among="working"),
    Share("pekerja sampai SMP", UP_TO_LOWER, "workers_lower_secondary_or_less", 3.0, among="working"),
    Share("pekerja berijazah tinggi", "highest_certificate IN ('18', '19', '20', '21', '22')",
          "workers_tertiary", 1.0, among="working"),
    Share("akta kelahiran", "birth_certificate", "birth_certificate", 1.0, among="age < 18"),
    Share("KTP-el", "coalesce(identity_card, FALSE)", "identity_card", 0.7, among="age >= 17"),
    Share("KIA", "child_card", "child_card", 4.0, among="age < 17"),
    Share("jaminan kesehatan", "health_insurance <> 'none'", "insured", 1.5),
    Share("hipertensi", "chronic_illness = '2'", "hypertension", 2.0, among="age >= 15"),
    Share("disabilitas", "disability IN ('1', '2')", "disability", 0.4),
    Share("air layak", "water_source IN ('1', '2', '3', '4', '5', '7', '10')", "water_improved", 0.7,
          "households"),
    Share("sanitasi layak", GOOD_TOILET, "sanitation_improved", 1.5, "households"),
    Share("listrik", "lighting <> '4'", "electricity", 0.2, "households"),
    Share("sampah terkelola", "waste_handling IN ('collected', 'composted', 'recycled')",
          "waste_managed", 1.5, "households"),
    Share("RTLH", "fails >= 2", "unfit_houses", 0.6, "dwellings", "occupied"),
)  # fmt: skip


@pytest.mark.parametrize("share", SHARES, ids=[share.title for share in SHARES])
def test_a_share_is_near_its_target(regency: Regency, share: Share) -> None:
    wanted = regency.calibration.fact(share.target) if isinstance(share.target, str) else share.target
    assert share.of(regency) == pytest.approx(wanted, abs=share.off)


@pytest.mark.parametrize("unit", ["family", "household"])
def test_families_and_households_are_as_large_as_counted(regency: Regency, unit: str) -> None:
    plural = {"family": "families", "household": "households"}[unit]
    size = regency.one(f"SELECT (SELECT count(*) FROM people) / (SELECT count(*) FROM {plural})")
    assert float(size) == pytest.approx(regency.calibration.fact(f"persons_per_{unit}"), abs=0.05)


def test_there_are_as_many_people_as_asked_for(regency: Regency) -> None:
    assert regency.one("SELECT count(*) FROM people") == pytest.approx(55_000, rel=0.01)


def test_the_people_are_divided_over_the_districts_as_estimated(regency: Regency) -> None:
    table = regency.calibration.districts
    found = dict(regency.ask("SELECT left(area, 8), count(*) FROM people GROUP BY 1"))
    for code, weight in zip(table["code"], table["people"] / table["people"].sum(), strict=True):
        assert found[code] == pytest.approx(weight * 55_000, rel=0.05), code


POOR = """SELECT h.*, s.members,
  (monthly_income < 900000)::INT + (d.fails >= 2)::INT + (lettered = 0 OR truants > 0)::INT
  + (NOT information_ok)::INT + (NOT clothing_ok)::INT + (uninsured > 0)::INT + (NOT meals_ok)::INT AS failing
FROM households h JOIN dwellings d ON d.unit = h.house JOIN (
  SELECT household, count(*) AS members, sum((age >= 15 AND highest_certificate <> '23')::INT) AS lettered,
    sum((age BETWEEN 7 AND 15 AND school_participation <> '2')::INT) AS truants,
    sum((health_insurance = 'none')::INT) AS uninsured FROM persons GROUP BY household
) s ON s.household = h.unit"""


def test_poverty_by_the_seven_indicators_is_what_mcd_reported(regency: Regency) -> None:
    rate = regency.one(f"SELECT sum(members * (failing >= 3)::INT) / sum(members) * 100 FROM ({POOR})")
    assert float(rate) == pytest.approx(71_065 / 1_072_693 * 100, abs=0.6)


def test_poor_households_live_in_worse_houses_and_with_less_schooling(regency: Regency) -> None:
    rows = regency.ask(
        f"""SELECT p.failing >= 3, avg((d.fails >= 2)::INT),
        avg((p.toilet_type = '1' AND p.sewage = '1')::INT), avg(p.refrigerator::INT)
        FROM ({POOR}) p JOIN dwellings d ON d.unit = p.house GROUP BY 1 ORDER BY 1"""
    )
    (_, house, toilet, fridge), (_, poor_house, poor_toilet, poor_fridge) = rows
    assert poor_house > 3 * house
    assert poor_toilet < toilet
    assert poor_fridge < fridge


def gini(rows: list[tuple[float, int]]) -> float:
    """G = 1 - sum f_i (F_i + F_(i-1)) over persons ordered by income per head (regulations section 9.12)."""
    people = sum(weight for _, weight in rows)
    total = sum(income * weight for income, weight in rows)
    held, area = 0.0, 0.0
    for income, weight in sorted(rows):
        before, held = held, held + income * weight / total
        area += weight / people * (held + before)
    return 1 - area


def test_the_gini_of_income_per_head_is_near_a_third(regency: Regency) -> None:
    rows = regency.ask(f"SELECT monthly_income / members, members FROM ({POOR})")
    assert gini(rows) == pytest.approx(regency.calibration.fact("gini"), abs=0.02)


def test_the_gini_of_this_test_gives_the_published_vector() -> None:
    assert gini([(1, 1), (2, 1), (3, 1), (4, 1)]) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("condition", "rows", "least"),
    [
        ("failing >= 3", f"({POOR})", 1.5),
        ("fails >= 2", "dwellings", 1.0),
        ("industry::INT <= 6", "persons", 6.0),
        ("waste_handling = 'collected'", "households", 8.0),
    ],
    ids=["miskin", "RTLH", "pertanian", "sampah"],
)  # fmt: skip
def test_districts_differ_so_that_maps_are_not_flat(
    regency: Regency, condition: str, rows: str, least: float
) -> None:
    share = f"SELECT avg(({condition})::INT) * 100 AS share FROM {rows} GROUP BY left(area, 8)"
    assert float(regency.one(f"SELECT stddev_pop(share) FROM ({share})")) > least
