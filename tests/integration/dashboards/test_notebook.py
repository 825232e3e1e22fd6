"""The notebook of an RT: what was sent says whom it is about, and no page asks a register for what it does not keep."""

import json
from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client

from natapraja.foundation.access import actions as accounts
from natapraja.foundation.access.models import User
from natapraja.foundation.kernel.clock import now, today
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers import queries
from tests.builders import regency
from tests.builders.regency import AT, RT, VILLAGE, operator
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


def browser() -> Client:
    found = User.objects.filter(username="uji.rt").first()
    if found is None:
        found = accounts.create_account(
            username="uji.rt",
            full_name="Uji",
            password="sandi-uji-coba-2026",
            by="system:uji",
            at=AT,
            must_change=False,
        )
        accounts.give_role(user=found, role="ketua_rt", area=RT, agency="", by="system:uji", at=AT)
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
    sent("born", household=home, **{**PERSON, "birth_date": today().isoformat()})
    sent("changed", register="houses", unit=house, roof_damaged=True)
    sent("corrected", unit=head, working=False)
    sent("died", unit=head)
    sent("unchanged", register="households")
    assert sent_titles(notebook()) == [
        "Tetap: semua yang belum diperiksa", "Meninggal: Contoh Kepala", "Perbaikan: Contoh Kepala",
        "Perubahan: rumah tangga Contoh Kepala", "Lahir: rumah tangga Contoh Kepala",
        "Tetap: rumah tangga Contoh Kepala",
    ]  # fmt: skip


def test_somebody_who_left_is_still_named_in_the_report_and_counted_as_read(
    sent: Callable[..., None],
) -> None:
    home, _ = household("Contoh Kepala")
    gone = rows("people", [{**PERSON, "name": "Contoh Perantau", "household": home, "relation": "3"}])[0]
    sent("moved_out", unit=gone)
    assert sent_titles(notebook()) == ["Pindah: Contoh Perantau"]
    read = Entry.objects.filter(kind="persons.read").latest("seq")
    assert json.loads(read.detail)["count"] == 1 + 1  # who lives here, and who left


def test_a_record_of_another_register_is_not_found_under_this_one(sent: Callable[..., None]) -> None:
    home, head = household("Contoh Kepala")
    client = browser()
    assert client.get(f"{PAGE}perbaiki/people/{head}/").status_code == 200
    assert client.get(f"{PAGE}lapor/born/{home}/").status_code == 200
    assert client.get(f"{PAGE}perbaiki/people/{home}/").status_code == 404
    assert client.get(f"{PAGE}lapor/died/{home}/").status_code == 404
    assert client.get(f"{PAGE}lapor/born/{head}/").status_code == 404


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
