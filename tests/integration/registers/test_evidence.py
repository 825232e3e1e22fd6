"""The register cannot be edited, and who edits it all the same is found by `nata ledger verify`."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction

from natapraja.foundation.ledger import presenters, verify
from natapraja.foundation.ledger.models import Entry
from natapraja.mcd.registers import actions, protection, rules
from natapraja.mcd.registers.models import Claim, Submission, Version
from natapraja.mcd.registers.presenters import SENTENCES
from tests.builders.regency import operator, rt_head
from tests.builders.reports import PERSON, rows, somebody, soon, tell

pytestmark = pytest.mark.usefixtures("village", "data_dir")


@pytest.fixture
def told() -> dict[str, object]:
    """One report of every kind, two claims decided and one left open, three reports taken back."""
    neighbour, dead, alive, leaving, changing, missing = (somebody() for _ in range(6))
    home = rows("households", [{"internet": True}])[0]
    sent = {
        "unchanged": tell("unchanged"),
        "unchanged, taken back": tell("unchanged"),
        "born": tell("born", household=home, **{**PERSON, "birth_date": "2026-11-20"}),
        "moved_in": tell("moved_in", **PERSON),
        "moved_out": tell("moved_out", unit=leaving),
        "changed": tell("changed", unit=changing, working="ya"),
        "corrected": tell("corrected", unit=changing, working="tidak"),
        "corrected to the same": tell("corrected", unit=changing, working="tidak"),
        "measured": tell(
            "measured", register="growth", person=neighbour, measured_on="2026-11-20", weight_kg=9.5
        ),
        "confirmed": tell("died", unit=dead),
        "refused": tell("died", unit=alive),
        "claim, open": tell("died", unit=missing),
        "claim, taken back": tell("unknown", unit=neighbour),
    }
    by = operator()
    actions.confirm_claim(claim=sent["confirmed"].claim.pk, reader=by, by=by.actor, at=soon())
    actions.refuse_claim(
        claim=sent["refused"].claim.pk, reason="Masih ada", reader=by, by=by.actor, at=soon()
    )
    for name in ("unchanged, taken back", "moved_in", "claim, taken back"):
        actions.withdraw(submission=sent[name].pk, reader=rt_head(), by="user:17", at=soon())
    return sent


def edit(statement: str, *values: object) -> None:
    """Edit the tables as somebody on the machine would, and put the triggers back."""
    protection.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    protection.install(connection)


def faults() -> list[tuple[str, str]]:
    return [(found.code, str(found)) for found in verify.verify().faults]


def test_the_ledger_is_clean_after_every_kind_of_report(told: dict[str, object]):
    assert faults() == []
    kinds = set(Entry.objects.filter(kind__startswith="re").values_list("kind", flat=True))
    assert kinds == set(SENTENCES)


def test_no_name_and_no_answer_is_in_the_ledger(told: dict[str, object]):
    for entry in Entry.objects.all():
        assert not any(
            word in f"{entry.subject}{entry.detail}" for word in ("Contoh Warga", "1980", "Masih ada")
        )


def test_every_kind_is_told_in_a_sentence_without_gaps(told: dict[str, object]):
    for entry in Entry.objects.filter(kind__startswith="re"):
        detail = json.loads(entry.detail or "{}")
        text = presenters.sentence(entry.kind, entry.actor, entry.subject, detail)
        assert "…" not in text
        assert "peristiwa" not in text
        assert text.endswith(".")


OPEN = "9999-12-31 23:59:59.999999"
FIRST = "id = (SELECT min(id) FROM registers_version)"
LAST = "id = (SELECT max(id) FROM registers_version)"
CORRECTED = "id = (SELECT min(id) FROM registers_version WHERE cause = 'correction')"
CLOSED = "id = (SELECT min(id) FROM registers_version WHERE closed_by IS NOT NULL)"
EDITS = {
    "a field of a version": f"UPDATE registers_version SET data = replace(data, '1980', '1990') WHERE {FIRST}",
    "the days of a version": f"UPDATE registers_version SET valid_to = '2021-01-01' WHERE {FIRST}",
    "the place of a version": f"UPDATE registers_version SET area_id = area_id + 1 WHERE {FIRST}",
    "the cause of a version": f"UPDATE registers_version SET cause = 'event' WHERE {CORRECTED}",
    "when a version was closed": f"UPDATE registers_version SET known_to = '2026-11-21 00:00:00' WHERE {CLOSED}",
    "a closed version opened": f"UPDATE registers_version SET known_to = '{OPEN}', closed_by = NULL WHERE {CLOSED}",
    "a version taken away": f"DELETE FROM registers_version WHERE {LAST}",
    "a version taken to another entry": f"UPDATE registers_version SET entry = entry - 1 WHERE {LAST}",
    "what arrived": "UPDATE registers_submission SET payload = replace(payload, 'Warga', 'Lain') WHERE kind = 'moved_in'",
    "when it arrived": "UPDATE registers_submission SET received_at = '2026-11-20 00:00:00' WHERE kind = 'born'",
    "whom it is about": "UPDATE registers_submission SET unit = unit + 1 WHERE kind = 'changed'",
    "a claim about somebody else": "UPDATE registers_submission SET unit = unit + 1 WHERE kind = 'unknown'",
    "a report made withdrawn": "UPDATE registers_submission SET state = 'withdrawn' WHERE kind = 'born'",
    "a withdrawal undone": "UPDATE registers_submission SET state = 'believed' WHERE state = 'withdrawn'",
    "a waiting report made believed": "UPDATE registers_submission SET state = 'believed' WHERE state = 'waiting'",
    "a returned report made waiting": "UPDATE registers_submission SET state = 'waiting' WHERE state = 'returned'",
    "what was answered": "UPDATE registers_submission SET answer = 'Lain' WHERE state = 'returned'",
    "an answer to a report not returned": "UPDATE registers_submission SET answer = 'Lain' WHERE kind = 'born'",
    "who sent it": "UPDATE registers_submission SET by = 'user:99' WHERE kind = 'born'",
    "who confirmed": "UPDATE registers_claim SET decided_by = 'user:99' WHERE state = 'confirmed'",
    "why it was refused": "UPDATE registers_claim SET reason = 'Lain' WHERE state = 'refused'",
    "a refusal made a confirmation": "UPDATE registers_claim SET state = 'confirmed' WHERE state = 'refused'",
    "a confirmation made a claim": "UPDATE registers_claim SET state = 'claim', entry = NULL WHERE state = 'confirmed'",
    "when it was decided": "UPDATE registers_claim SET decided_at = '2026-11-21 00:00:00' WHERE state = 'confirmed'",
    "a decision without a day": "UPDATE registers_claim SET decided_at = NULL WHERE state = 'refused'",
    "a claim decided": "UPDATE registers_claim SET state = 'confirmed', decided_by = 'user:9' WHERE state = 'claim'",
    "an open claim taken away": "DELETE FROM registers_claim WHERE state = 'claim'",
    "who claimed": "UPDATE registers_claim SET reported_by = 'user:99' WHERE state = 'confirmed'",
    "who claimed what is open": "UPDATE registers_claim SET reported_by = 'user:99' WHERE state = 'claim'",
    "when it happened": "UPDATE registers_claim SET occurred_on = '2026-11-01' WHERE state = 'confirmed'",
    "what is claimed to have happened": "UPDATE registers_claim SET kind = 'double' WHERE state = 'claim'",
    "whom a claim is about": "UPDATE registers_claim SET unit_id = unit_id + 1 WHERE state = 'claim'",
    "the event of a claim": "UPDATE registers_claim SET event_unit_id = unit_id WHERE state = 'claim'",
    "where a claim was made": "UPDATE registers_claim SET area_id = area_id + 1 WHERE state = 'claim'",
    "a decision taken away": "DELETE FROM registers_claim WHERE state = 'confirmed'",
    "whose key it is": "UPDATE registers_unit SET key = 'lain' WHERE id = (SELECT min(id) FROM registers_unit)",
}  # fmt: skip


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS.keys())
def test_an_edit_behind_the_systems_back_is_found_and_the_room_named(told: dict[str, object], statement: str):
    edit(statement)
    found = faults()
    assert found
    assert all("Register" in sentence for _, sentence in found), found


def test_a_key_that_holds_a_separator_cannot_lend_a_part_of_itself_to_the_register():
    rows("people", [{**PERSON, "key": "a|b"}])
    assert faults() == []
    edit("UPDATE registers_unit SET key = 'b' WHERE key = 'a|b'")
    edit("UPDATE registers_version SET register = 'people|a'")
    assert [code for code, _ in faults()] == ["state.changed"]


REFUSED = {
    "an answer": "UPDATE registers_version SET data = '{}'",
    "a day": "UPDATE registers_version SET valid_from = '2000-01-01'",
    "closing twice": "UPDATE registers_version SET known_to = '2027-01-01', closed_by = 1 WHERE closed_by IS NOT NULL",
    "closing without an entry": "UPDATE registers_version SET known_to = '2027-01-01' WHERE closed_by IS NULL",
    "a version away": "DELETE FROM registers_version",
    "a key": "UPDATE registers_unit SET key = 'lain'",
    "a unit away": "DELETE FROM registers_unit",
    "what arrived": "UPDATE registers_submission SET payload = '{}'",
    "a report away": "DELETE FROM registers_submission",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses_every_other_hand(told: dict[str, object], statement: str):
    with (
        pytest.raises(DatabaseError, match=protection.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["registers_unit", "registers_version", "registers_submission"])
def test_the_database_refuses_to_be_emptied(told: dict[str, object], table: str):
    emptying = {"sqlite": f"DELETE FROM {table}", "postgresql": f"TRUNCATE {table} CASCADE"}
    connection.check_constraints()  # PostgreSQL puts them off, and until then would refuse for their sake
    with (
        pytest.raises(DatabaseError, match=protection.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(emptying[connection.vendor])


def test_the_database_refuses_a_decision_by_the_reporter(told: dict[str, object]):
    sent = tell("died", unit=somebody())
    with pytest.raises(IntegrityError, match="claim_second_person"), transaction.atomic():
        Claim.objects.filter(submission=sent).update(state="confirmed", decided_by="user:17")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (lambda version: {"valid_to": version.valid_from}, "version_valid"),
        (lambda version: {"known_to": version.known_from}, "version_known"),
    ],
)
def test_the_database_refuses_times_that_run_backwards(
    told: dict[str, object], change: Callable, constraint: str
):
    row = Version.objects.values().first()
    version = Version(**{**row, "id": None, **change(Version(**row))})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        version.save(force_insert=True)


def test_a_failed_report_leaves_no_trace():
    before = (Entry.objects.count(), Submission.objects.count(), Version.objects.count())
    with pytest.raises((rules.Impossible, ObjectDoesNotExist)):
        tell("moved_out", unit=987654)
    assert (Entry.objects.count(), Submission.objects.count(), Version.objects.count()) == before
