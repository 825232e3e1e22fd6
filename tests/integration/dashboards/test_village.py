"""The village desk: every claim comes to its turn, and the page asks as often for many as for one."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from natapraja.foundation.access import actions as accounts
from natapraja.foundation.access.models import User
from natapraja.foundation.access.queries import reader_for
from natapraja.foundation.areas.actions import add_neighbourhoods
from natapraja.foundation.kernel.clock import month_start, now, today
from natapraja.mcd.dashboards import queries as notes
from natapraja.mcd.dashboards import village
from natapraja.mcd.registers import actions, queries
from natapraja.mcd.registers.models import Claim
from tests.builders import regency
from tests.builders.regency import AT, OTHER_RT, RT, RTS, VILLAGE, operator, rt_head
from tests.builders.reports import PERSON, rows, tell
from tests.integration.dashboards.test_notebook import browser

PAGE = f"/desa/{VILLAGE}/"


@pytest.fixture
def desk(db: None) -> Client:
    """A browser of the village operator, who has named a purpose."""
    regency.build()
    client = browser("uji.desa", "operator_desa", VILLAGE)
    reader = reader_for(User.objects.get(username="uji.desa"), today())
    accounts.choose_purpose(
        reader=reader, purpose="pelayanan", area=VILLAGE, note="", by=reader.actor, at=now()
    )
    return client


def claim(names: Sequence[str], area: str = RT) -> list[int]:
    """Reports of the death of persons of these names, one after another; the numbers of the claims."""
    persons = rows("people", [{**PERSON, "name": name, "area": area} for name in names])
    sent = [tell("died", unit=person, area=area, on=today(), at=now()) for person in persons]
    return [each.claim.pk for each in sent]


def names(page: str) -> list[str]:
    return re.findall(r"<h3>Meninggal: ([^<]*)</h3>", page)


def test_the_claim_that_waits_longest_comes_first(desk: Client) -> None:
    claim(["Contoh Satu", "Contoh Dua"])
    claim(["Contoh Tiga"], OTHER_RT)
    assert names(desk.get(PAGE).content.decode()) == ["Contoh Satu", "Contoh Dua", "Contoh Tiga"]


def test_claims_beyond_one_page_are_counted_and_on_the_next(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(village, "_PER_PAGE", 2)
    claim([f"Contoh {number}" for number in (1, 2, 3, 4, 5)])
    first = desk.get(PAGE).content.decode()
    assert names(first) == ["Contoh 1", "Contoh 2"]
    assert "5 laporan menunggu orang kedua." in first
    assert "Halaman 1 dari 3" in first
    assert 'href="?halaman=2"' in first
    rest = [names(desk.get(f"{PAGE}?halaman={number}").content.decode()) for number in (2, 3)]
    assert rest == [["Contoh 3", "Contoh 4"], ["Contoh 5"]]


def test_two_hundred_and_one_claims_are_all_listed(db: None) -> None:
    regency.build()
    claims = claim([f"Contoh {number}" for number in range(201)])
    assert [each.id for each in queries.claims(operator(), area=VILLAGE)] == claims
    assert queries.count_claims(operator(), area=VILLAGE) == 201


def test_a_decided_claim_waits_no_longer_on_desk_and_in_notebook(desk: Client) -> None:
    decided, waiting = claim(["Contoh Hidup", "Contoh Lain"])
    by = operator()
    actions.refuse_claim(claim=decided, reason="Masih ada", reader=by, by=by.actor, at=now())
    assert [each.id for each in queries.claims(rt_head(), area=RT)] == [waiting]
    assert names(desk.get(PAGE).content.decode()) == ["Contoh Lain"]
    assert Claim.objects.count() == 2


def test_the_desk_asks_as_often_for_many_claims_and_rt_as_for_one(desk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(PAGE).status_code == 200
        return len(found)

    claim(["Contoh Satu"])
    asked()  # what is read once per process
    few = asked()
    claim([f"Contoh {number}" for number in range(5)], OTHER_RT)
    more = [(f"{VILLAGE}.002.{number:03d}", "", "", date(2000, 1, 1)) for number in range(1, 6)]
    add_neighbourhoods(rows=more, by="system:uji", at=AT)
    assert asked() == few
    page = desk.get(PAGE).content.decode()
    assert "RT 002 RW 001, Desa Uji 01 2001" in page.split('id="h-klaim"')[1].split('id="h-rt"')[0]
    assert page.split('id="h-rt"')[1].count('scope="row"') == 2 + 5


def households(names: Sequence[str], area: str = RT) -> list[tuple[int, int]]:
    """(household, somebody in it) for each of these names."""
    homes = rows("households", [{"area": area} for _ in names])
    given = [
        {**PERSON, "name": name, "household": home, "area": area}
        for name, home in zip(names, homes, strict=True)
    ]
    return list(zip(homes, rows("people", given), strict=True))


def states(page: str) -> dict[str, str]:
    """RT -> what the table says of it, in the order of the table."""
    table = page.split('id="h-rt"')[1]
    found = re.findall(
        r'/rt/([\d.]+)/".*?</th><td><span class="tag [^"]*">([^<]*)</span>(.*?)</td>', table, re.S
    )
    return {code: " ".join([word, *re.findall(r"<small>(.*?)</small>", more)]) for code, word, more in found}


def test_an_rt_is_silent_partly_done_or_finished(desk: Client) -> None:
    (home, _), (_, member), *_ = households(["Contoh Satu", "Contoh Dua", "Contoh Tiga"])
    households(["Contoh Empat"], OTHER_RT)

    def said() -> list[str]:
        return [f"{code[-3:]} {state}" for code, state in states(desk.get(PAGE).content.decode()).items()]

    def say(**about: object) -> None:
        tell("unchanged", register="households", on=today(), at=now(), **about)  # type: ignore[arg-type]

    assert said() == ["001 Belum", "002 Belum"]
    say(unit=home)
    say(unit=home)  # the same household again
    tell("corrected", unit=member, on=today(), at=now(), working=False)  # of the second household
    assert said() == ["002 Belum", "001 Sebagian 2 dari 3 rumah tangga"]
    page = desk.get(PAGE).content.decode()
    assert "1 RT belum mengirim bulan ini." in page
    assert "0 dari 2 RT sudah selesai." in page
    say()  # all that was left
    assert said() == ["002 Belum", "001 Sudah"]
    assert "1 dari 2 RT sudah selesai." in desk.get(PAGE).content.decode()


def test_the_desk_counts_households_as_the_notebook_of_the_rt_does(desk: Client) -> None:
    (home, gone), (_, member), (_, _) = households(["Contoh Satu", "Contoh Dua", "Contoh Tiga"])
    tell("moved_out", unit=gone, on=today(), at=now())
    child = {**PERSON, "name": "Contoh Bayi", "birth_date": today().isoformat()}
    tell("born", household=home, on=today(), at=now(), **child)
    tell("died", unit=member, on=today(), at=now())
    book = desk.get(f"/rt/{RT}/").content.decode()
    assert "2 dari 3, tinggal 1" in book.split('class="prog"')[1]
    assert states(desk.get(PAGE).content.decode())[RT] == "Sebagian 2 dari 3 rumah tangga"


def test_the_month_of_the_regency_counts_finished_rt_in_one_query(desk: Client) -> None:
    homes = households(["Contoh Satu", "Contoh Dua"])
    other = households(["Contoh Tiga"], OTHER_RT)
    since = month_start(now())

    def finished() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as found:
            work = notes.work("33.09", since)
        assert work.neighbourhoods == len(RTS)
        return work.finished, len(found)

    _, queries_of_none = finished()
    tell("unchanged", register="households", unit=homes[0][0], on=today(), at=now())
    assert finished() == (0, queries_of_none)  # 1 of 2 households
    sent = tell("unchanged", register="households", unit=homes[1][0], on=today(), at=now())
    tell("unchanged", register="households", unit=other[0][0], area=OTHER_RT, on=today(), at=now())
    assert finished() == (2, queries_of_none)
    by = rt_head()
    actions.withdraw(submission=sent.pk, reader=by, by=by.actor, at=now())
    assert finished() == (1, queries_of_none)
