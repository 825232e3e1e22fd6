"""The notebook of an RT: what was sent says whom it is about, and no page asks a register for what it does not keep."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from natapraja.foundation.access import actions as accounts
from natapraja.foundation.access.models import User
from natapraja.foundation.access.queries import reader_for
from natapraja.foundation.kernel.clock import now, today
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers import actions as registers
from natapraja.mcd.registers import queries
from natapraja.mcd.registers.models import Claim, Submission
from tests.builders import regency
from tests.builders.regency import AT, OTHER_RT, RT, VILLAGE, operator
from tests.builders.reports import PERSON, rows, tell

PAGE = f"/rt/{RT}/"


@pytest.fixture
def sent(db: None) -> Callable[..., None]:
    """`sent("died", unit=person)`: a report of today."""
    regency.build()

    def report(kind: str, **fields: object) -> None:
        tell(kind, on=today(), at=now(), **fields)  # type: ignore[arg-type]

    return report


def notebook() -> str:
    return browser().get(PAGE).content.decode()


def browser(name: str = "uji.rt", role: str = "ketua_rt", area: str = RT) -> Client:
    found = User.objects.filter(username=name).first()
    if found is None:
        found = accounts.create_account(
            username=name,
            full_name="Uji",
            password="sandi-uji-coba-2026",
            by="system:uji",
            at=AT,
            must_change=False,
        )
        accounts.give_role(user=found, role=role, area=area, agency="", by="system:uji", at=AT)
    client = Client()
    client.force_login(found)
    return client


def household(name: str) -> tuple[int, int]:
    """(household, its head)."""
    house = rows("houses", [{"occupied": True}])[0]
    home = rows("households", [{"house": house}])[0]
    return home, rows("people", [{**PERSON, "name": name, "household": home, "relation": "1"}])[0]


def sent_titles(page: str) -> list[str]:
    block = page.split('aria-labelledby="h-kiriman"')[1].split("</section>")[0]
    return [part.split("</h3>")[0] for part in block.split("<h3>")[1:]]


def test_every_report_says_whom_or_which_household_it_is_about(sent: Callable[..., None]) -> None:
    home, head = household("Contoh Kepala")
    house = int(str(queries.record(operator(VILLAGE), unit=home, on=today())["house"]))  # type: ignore[index]
    sent("unchanged", register="households", unit=home)
    child = {**PERSON, "name": "Contoh Bayi", "birth_date": today().isoformat()}
    sent("born", household=home, **child)
    sent("changed", register="houses", unit=house, roof_damaged=True)
    sent("corrected", unit=head, working=False)
    sent("died", unit=head)
    sent("unchanged", register="households")
    assert sent_titles(notebook()) == [
        "Tetap: semua yang belum diperiksa", "Meninggal: Contoh Kepala", "Perbaikan: Contoh Kepala",
        "Perubahan: rumah tangga Contoh Kepala", "Lahir: Contoh Bayi", "Tetap: rumah tangga Contoh Kepala",
    ]  # fmt: skip


def test_children_born_in_one_household_are_told_apart_by_the_names_reported(
    sent: Callable[..., None],
) -> None:
    home, _ = household("Contoh Kepala")
    for name in ("Contoh Kembar Satu", "Contoh Kembar Dua"):
        sent("born", household=home, **{**PERSON, "name": name, "birth_date": today().isoformat()})
    second = queries.households(operator(VILLAGE), area=RT, on=today())[0].people[-1]
    sent("corrected", unit=second.unit, name="Contoh Nama Benar")
    assert sent_titles(notebook()) == [
        "Perbaikan: Contoh Nama Benar", "Lahir: Contoh Kembar Dua", "Lahir: Contoh Kembar Satu",
    ]  # fmt: skip
    sent("moved_out", unit=second.unit)
    notebook()
    read = Entry.objects.filter(kind="persons.read").latest("seq")
    assert json.loads(read.detail)["count"] == 2 + 1  # who lives here, and the child that left


def test_somebody_who_left_is_still_named_in_the_report_and_counted_as_read(
    sent: Callable[..., None],
) -> None:
    home, _ = household("Contoh Kepala")
    gone = rows("people", [{**PERSON, "name": "Contoh Perantau", "household": home, "relation": "3"}])[0]
    sent("moved_out", unit=gone)
    assert sent_titles(notebook()) == ["Pindah: Contoh Perantau"]
    read = Entry.objects.filter(kind="persons.read").latest("seq")
    assert json.loads(read.detail)["count"] == 1 + 1  # who lives here, and who left


def sent_block(page: str) -> str:
    return page.split('aria-labelledby="h-kiriman"')[1].split("</section>")[0]


def test_a_report_that_the_village_decided_is_called_so_and_cannot_be_taken_back(
    sent: Callable[..., None],
) -> None:
    _, head = household("Contoh Kepala")
    sent("died", unit=head)
    waiting = sent_block(notebook())
    assert "Menunggu desa" in waiting
    assert "/urungkan/" in waiting
    by = operator(VILLAGE)
    registers.confirm_claim(claim=Claim.objects.get().pk, reader=by, by=by.actor, at=now())
    decided = sent_block(notebook())
    assert "Diputuskan desa" in decided
    assert "Diterima" not in decided
    assert "/urungkan/" not in decided


def test_a_report_that_the_village_refused_shows_the_answer_and_cannot_be_taken_back(
    sent: Callable[..., None],
) -> None:
    _, head = household("Contoh Kepala")
    sent("died", unit=head)
    by = operator(VILLAGE)
    claim = Claim.objects.get().pk
    registers.refuse_claim(claim=claim, reason="Masih ada.", reader=by, by=by.actor, at=now())
    refused = sent_block(notebook())
    assert "Dijawab desa" in refused
    assert "Jawaban desa: Masih ada." in refused
    assert "/urungkan/" not in refused


def test_every_report_carries_its_number_in_the_ledger_asked_for_once(sent: Callable[..., None]) -> None:
    home, head = household("Contoh Kepala")
    client = browser()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        return len(found)

    sent("unchanged", register="households", unit=home)
    asked()  # what is read once per process
    few = asked()
    sent("corrected", unit=head, working=False)
    sent("unchanged", register="households")
    assert asked() == few
    numbers = Submission.objects.order_by("-received_at").values_list("entry", flat=True)
    said = re.findall(r"catatan buku besar (\d+)", sent_block(client.get(PAGE).content.decode()))
    assert said == [str(number) for number in numbers]
    assert set(Entry.objects.filter(seq__in=numbers).values_list("kind", flat=True)) == {
        "register.unchanged", "register.corrected",
    }  # fmt: skip
    assert "Nomor ini tertulis pada kiriman di Buku RT" in client.get("/buku-besar/").content.decode()


def test_a_record_of_another_register_is_not_found_under_this_one(sent: Callable[..., None]) -> None:
    home, head = household("Contoh Kepala")
    client = browser()
    assert client.get(f"{PAGE}perbaiki/people/{head}/").status_code == 200
    assert client.get(f"{PAGE}lapor/born/{home}/").status_code == 200
    assert client.get(f"{PAGE}perbaiki/people/{home}/").status_code == 404
    assert client.get(f"{PAGE}lapor/died/{home}/").status_code == 404
    assert client.get(f"{PAGE}lapor/born/{head}/").status_code == 404


LONG = "9" * 23


@pytest.mark.parametrize("kind", ["lapor/born", "lapor/died", "perbaiki/people", "perbaiki/houses"])
@pytest.mark.parametrize("number", ["0", LONG, str(2**63), str(2**63 - 1)])
def test_a_number_that_no_record_has_is_not_found(sent: Callable[..., None], kind: str, number: str) -> None:
    assert browser().get(f"{PAGE}{kind}/{number}/").status_code == 404


@pytest.mark.parametrize(
    "missing", [f"{VILLAGE}.009.009", f"{VILLAGE}.001.099", f"{VILLAGE}.xxx.yyy", VILLAGE]
)
def test_the_book_of_an_rt_that_does_not_exist_is_not_found(sent: Callable[..., None], missing: str) -> None:
    client = browser("uji.desa", "operator_desa", VILLAGE)
    answer = client.get(f"/rt/{missing}/")
    assert answer.status_code == 404
    assert "Periksa alamatnya." in answer.content.decode()
    for page in ("lapor/born/1/", "perbaiki/people/1/"):
        assert client.get(f"/rt/{missing}/{page}").status_code == 404, page
    said = {"id": str(uuid.uuid4()), "unit": "rest"}
    assert client.post(f"/rt/{missing}/tetap/", said).status_code == 404
    assert not Submission.objects.exists()


def test_the_desk_of_a_village_that_does_not_exist_is_not_found(sent: Callable[..., None]) -> None:
    client = browser("uji.desa", "operator_desa", VILLAGE)
    reader = reader_for(User.objects.get(username="uji.desa"), today())
    accounts.choose_purpose(
        reader=reader, purpose="pelayanan", area=VILLAGE, note="", by=reader.actor, at=now()
    )
    assert client.get(f"/desa/{VILLAGE}.009/").status_code == 404


def test_taking_back_what_was_never_sent_is_not_found(sent: Callable[..., None]) -> None:
    assert browser().post(f"{PAGE}urungkan/{uuid.uuid4()}/").status_code == 404


def test_nothing_changed_is_said_of_a_household_listed_here_or_of_the_rest(sent: Callable[..., None]) -> None:
    home, head = household("Contoh Kepala")
    away = rows("households", [{"area": OTHER_RT}])[0]
    client = browser()

    def say(**fields: str) -> int:
        return client.post(f"{PAGE}tetap/", {"id": str(uuid.uuid4()), **fields}).status_code

    for wrong in ("x", "", "0", "-1", "²", LONG, str(2**63), str(head), str(away), str(home + 10**6)):
        assert say(unit=wrong) == 404, wrong
    assert say() == 404
    assert not Submission.objects.exists()
    assert say(unit=str(home)) == 302
    assert say(unit="rest") == 302
    assert list(Submission.objects.order_by("received_at").values_list("unit", flat=True)) == [home, None]


def test_a_button_that_was_taken_back_and_pressed_again_says_what_to_do(sent: Callable[..., None]) -> None:
    home, _ = household("Contoh Kepala")
    client, own = browser(), str(uuid.uuid4())
    again = {"id": own, "unit": str(home)}
    client.post(f"{PAGE}tetap/", again)
    client.post(f"{PAGE}urungkan/{own}/")
    answer = client.post(f"{PAGE}tetap/", again, follow=True)
    assert answer.status_code == 200
    assert "Laporan ini sudah diurungkan. Buka formulir yang baru." in answer.content.decode()
    assert Submission.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("chosen", "typed", "days_ago"),
    [("today", 3, 3), ("yesterday", 3, 3), ("other", 3, 3), ("today", None, 0), ("yesterday", None, 1)],
)
def test_a_date_that_was_typed_is_the_day_whatever_was_chosen_above_it(
    sent: Callable[..., None], chosen: str, typed: int | None, days_ago: int
) -> None:
    home, _ = household("Contoh Kepala")
    on = "" if typed is None else (today() - timedelta(days=typed)).isoformat()
    asked = {"id": str(uuid.uuid4()), "name": "Contoh Bayi", "sex": "P", "when": chosen, "on": on}
    assert browser().post(f"{PAGE}lapor/born/{home}/", asked).status_code == 302
    child = queries.households(operator(VILLAGE), area=RT, on=today())[0].people[-1]
    assert child["birth_date"] == (today() - timedelta(days=days_ago)).isoformat()
    assert child.valid_from == today() - timedelta(days=days_ago)


def test_a_date_that_cannot_be_read_is_asked_again_and_not_replaced_by_today(
    sent: Callable[..., None],
) -> None:
    home, _ = household("Contoh Kepala")
    asked = {"id": str(uuid.uuid4()), "name": "Contoh Bayi", "sex": "P", "when": "today", "on": "31-31-2026"}
    assert browser().post(f"{PAGE}lapor/born/{home}/", asked).status_code == 422
    assert not Submission.objects.exists()


def test_an_empty_birth_form_names_each_field_that_is_missing(sent: Callable[..., None]) -> None:
    home, _ = household("Contoh Kepala")
    answer = browser().post(f"{PAGE}lapor/born/{home}/", {"id": str(uuid.uuid4()), "when": "today"})
    summary = answer.content.decode().split('role="alert"')[1].split("</ul>")[0]
    said = re.findall(r"<li><a [^>]*>(.*?)</a></li>", summary)
    assert [one.partition(": ")[0] for one in said] == ["Nama bayi", "Jenis kelamin"]


def test_the_button_for_the_rest_says_so(sent: Callable[..., None]) -> None:
    household("Contoh Kepala")
    form = notebook().split("Sisanya tetap")[0].rpartition("<form")[2]
    assert '<input type="hidden" name="unit" value="rest">' in form


def test_a_claim_is_confirmed_or_refused_by_exactly_these_words(sent: Callable[..., None]) -> None:
    _, head = household("Contoh Kepala")
    sent("died", unit=head)
    claim = Claim.objects.get()
    client = browser("uji.desa", "operator_desa", VILLAGE)
    reader = reader_for(User.objects.get(username="uji.desa"), today())
    accounts.choose_purpose(
        reader=reader, purpose="pelayanan", area=VILLAGE, note="", by=reader.actor, at=now()
    )

    def decide(number: int | str, **fields: str) -> int:
        return client.post(
            f"/desa/{VILLAGE}/putuskan/{number}/", {"reason": "Masih ada.", **fields}
        ).status_code

    for wrong in ({}, {"decision": ""}, {"decision": "Confirm"}, {"decision": "tolak"}):
        assert decide(claim.pk, **wrong) == 404, wrong
    for missing in (claim.pk + 1, 999999, 2**63, LONG):
        assert decide(missing, decision="refuse") == 404, missing
    claim.refresh_from_db()
    assert claim.state == "claim"
    assert decide(claim.pk, decision="refuse") == 302
    claim.refresh_from_db()
    assert claim.state == "refused"


def test_a_name_that_no_register_keeps_is_an_error_also_in_a_template(sent: Callable[..., None]) -> None:
    _, head = household("Contoh Kepala")
    record = queries.record(operator(VILLAGE), unit=head, on=today())
    assert record is not None
    assert record["identity_card"] is None  # a field of the register, not known of this person
    shown = Template("{{ one.name }} {{ one.unit }} {{ one.area }}").render(Context({"one": record}))
    assert shown == f"Contoh Kepala {head} {RT}"
    for read in (lambda: record["nmae"], lambda: Template("{{ one.nmae }}").render(Context({"one": record}))):
        with pytest.raises(queries.NoSuchField, match="'nmae'"):
            read()
