"""What one may ask of /api/v1/figures and /api/v1/registers: by group, for another moment, and nothing unknown."""

from itertools import pairwise

import pytest
from django.test import Client

from natapraja.foundation.access import actions as accounts
from natapraja.foundation.access.queries import reader_for
from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.indicators import catalogue, comparators, disaggregation, queries
from tests.builders import world
from tests.builders.regency import AT, DISTRICT, OTHER_DISTRICT, REGENCY, RT, VILLAGE, VILLAGES, anybody
from tests.generative.test_disclosure import computed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
FIGURES, PEOPLE = "/api/v1/figures", "/api/v1/registers/people"
NAME = "population"


def officer(area: str = VILLAGE) -> Client:
    found = accounts.create_account(
        username="uji.petugas", full_name="Uji", password="sandi-uji-coba-2026", by="system:uji", at=AT,
        must_change=False,
    )  # fmt: skip
    accounts.give_role(user=found, role="operator_desa", area=area, agency="", by="system:uji", at=AT)
    reader = reader_for(found, today())
    accounts.choose_purpose(reader=reader, purpose="pelayanan", area=area, note="", by=reader.actor, at=now())
    client = Client()
    client.force_login(found)
    return client


def asked(client: Client, **question: str) -> list[dict]:
    answer = client.get(FIGURES, question)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("by", ["sex", "age_group"])
def test_an_officer_is_given_one_row_per_group_and_they_sum_to_the_whole(by: str) -> None:
    world.live(3)
    world.measure()
    client = officer()
    rows = asked(client, area=VILLAGE, indicator=NAME, disaggregation=by)
    whole = asked(client, area=VILLAGE, indicator=NAME)[0]
    assert {row["group"].partition("=")[0] for row in rows} == {by}
    assert len({row["group"] for row in rows}) == len(rows)
    assert sum(row["numerator"] for row in rows) == whole["numerator"] > 0
    later = asked(client, area=VILLAGE, indicator=NAME, disaggregation=by, as_of=today().isoformat())
    assert [(row["group"], row["numerator"]) for row in later] == [
        (row["group"], row["numerator"]) for row in rows
    ]
    below = asked(client, area=VILLAGE, indicator=NAME, disaggregation=by, level="rt")
    assert sum(row["numerator"] for row in below) == whole["numerator"]


@pytest.mark.parametrize("by", ["sex", "age_group"])
@pytest.mark.parametrize("households", [2, 8, 40])
def test_no_row_for_the_public_follows_from_the_rows_of_other_areas(by: str, households: int) -> None:
    world.live(7, households=households)
    world.measure()
    inside = {REGENCY: (DISTRICT, OTHER_DISTRICT), DISTRICT: VILLAGES[:3], OTHER_DISTRICT: VILLAGES[3:]}
    counts, unseen, lines, levels = {}, [], [], ("regency", "district", "village")
    groups = set()
    for level in levels:
        for area, table in disaggregation.current(
            anybody(), catalogue.indicators()[NAME], REGENCY, level, by
        ).items():
            true = disaggregation.as_of(
                catalogue.indicators()[NAME], area, level, by, on=today(), known=now()
            )[area]
            counts |= {(area, group): int(figure.numerator or 0) for group, figure in true.items()}
            unseen += [(area, group) for group, each in table.items() if each.hidden]
            groups |= set(table)
    for parent, parts in inside.items():
        lines += [[*((part, group) for part in parts), (parent, group)] for group in groups]
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= set(unseen)
    assert {cell: value for cell, value in computed(counts, lines, unseen).items() if value} == {}


def test_the_public_reads_no_group_of_an_rt(client: Client) -> None:
    world.live(3)
    world.measure()
    question = {"indicator": NAME, "disaggregation": "sex"}
    for place in ({"area": RT}, {"area": VILLAGE, "level": "rt"}, {"area": REGENCY, "as_of": "2026-01-01"}):
        assert client.get(FIGURES, {**question, **place}).status_code == 401


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ({"level": "bogus"}, 422, "Yang ada: regency, district, village, rw, rt"),
        ({"level": "bogus", "as_of": "2026-01-01"}, 422, "bukan tingkat wilayah"),
        ({"known_at": "9999-12-31T23:59:59-12:00"}, 422, "Tulis tahun 1900 sampai 2199"),
        ({"as_of": "0001-01-01"}, 422, "Tulis tahun 1900 sampai 2199"),
        ({"aera": VILLAGE}, 422, "Yang ada: area, indicator, level, disaggregation, as_of, known_at"),
        ({"area": "33.09.77"}, 404, "tidak dikenal"),
        ({"area": "x"}, 422, "tidak mengikuti susunan kode Kemendagri"),
        ({"indicator": "bogus"}, 404, "Daftarnya di /api/v1/indicators"),
        ({"disaggregation": "sex"}, 422, "Sebutkan juga `indicator`"),
        ({"disaggregation": "religion", "indicator": NAME}, 422, "Yang ada: age_group, sex"),
        ({"disaggregation": "sex", "indicator": "income_gini"}, 422, "Mintalah tanpa rincian"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(
    question: dict[str, str], status: int, said: str
) -> None:
    world.live(3, households=1)
    answer = officer().get(FIGURES, {"area": VILLAGE, **question})
    assert answer.status_code == status, answer.content
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"known_at": "0001-01-01"}, "Tulis tahun 1900 sampai 2199"),
        ({"as_of": "9999-12-31"}, "Tulis tahun 1900 sampai 2199"),
        ({"after": str(2**63 - 1)}, "Tulis `next` dari halaman sebelumnya"),
        ({"after": "9" * 23}, "Tulis `next` dari halaman sebelumnya"),
        ({"after": "-1"}, "Tulis `next` dari halaman sebelumnya"),
        ({"limits": "5"}, "Yang ada: area, as_of, known_at, after, limit"),
    ],
)
def test_a_page_of_a_register_that_cannot_be_is_refused_with_a_sentence(
    question: dict[str, str], said: str
) -> None:
    world.live(3, households=1)
    client = officer()
    answer = client.get(PEOPLE, {"area": VILLAGE, **question})
    assert answer.status_code == 422, answer.content
    assert said in answer.json()["detail"]
    rows = client.get(PEOPLE, {"area": VILLAGE, "known_at": "2026-10-01T12:00:00"}).json()["rows"]
    assert rows
    assert all(first["unit"] < second["unit"] for first, second in pairwise(rows))


def test_a_passport_carries_the_announced_figures_of_its_page() -> None:
    world.live(3)
    world.measure()
    known = catalogue.indicators()
    given = queries.figures(REGENCY)
    name = next(name for name in given if comparators.beside(known[name], REGENCY))
    row = asked(Client(), area=REGENCY, indicator=name)[0]
    assert [each["series"] for each in row["comparators"]] == [
        each.series for each in comparators.beside(known[name], REGENCY)
    ]


def test_the_description_of_the_api_names_every_question(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"][FIGURES]["get"]["parameters"]
    named = {each["name"]: each for each in described}
    assert set(named) == {"area", "indicator", "level", "disaggregation", "as_of", "known_at"}
    assert all(each.get("description") or each["schema"].get("description") for each in described)
    assert named["level"]["schema"]["enum"] == ["regency", "district", "village", "rw", "rt"]
