"""What good rows do to the register: new, changed and unchanged rows, the past, and the proof."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from natapraja.foundation.ledger import presenters
from natapraja.foundation.ledger.actions import seal
from natapraja.foundation.ledger.models import Entry
from natapraja.foundation.ledger.verify import verify
from natapraja.mcd.intake import held, rules
from natapraja.mcd.intake.models import Import
from natapraja.mcd.registers.belief import Belief, believe
from natapraja.mcd.registers.models import Outbox, Unit, Version
from natapraja.mcd.registers.rules import Held, change, end
from tests.builders import regency
from tests.integration.intake.files import AT, as_csv, people, person, said, send

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


def versions(key: str = "w1") -> list[Version]:
    return list(Version.objects.filter(unit__key=key).order_by("pk"))


def answers(version: Version) -> dict[str, object]:
    return dict(msgspec.json.decode(version.data))


def faults() -> list[str]:
    """What an inspection finds. The copy of the heads is left out: it is written after a commit, and tests roll back."""
    seal(at=LATER + timedelta(days=400))
    return [str(fault) for fault in verify().faults if fault.code != "copy.absent"]


def ledger_is_clean() -> bool:
    return faults() == []


def happened(key: str, event: str, on: date, at: datetime) -> None:
    """Somebody reports an event that ends a unit, outside of any file."""
    unit = Unit.objects.get(key=key)
    current = [
        Held(one.pk, one.area_id, one.valid_from, one.valid_to, answers(one))
        for one in Version.objects.held_now().filter(unit=unit)
    ]
    belief = Belief(unit, end(current, on=on, event=event), (regency.VILLAGE,))
    believe(beliefs=[belief], kind=f"register.{event}", subject="uji:1", by="user:9", at=at)


def changed(key: str, at: datetime, **fields: object) -> None:
    """An RT head notes a change of a unit on the day of `at`."""
    unit = Unit.objects.get(key=key)
    current = [
        Held(one.pk, one.area_id, one.valid_from, one.valid_to, answers(one))
        for one in Version.objects.held_now().filter(unit=unit)
    ]
    belief = Belief(unit, change(current, on=at.date(), data=fields), (regency.VILLAGE,))
    believe(beliefs=[belief], kind="register.changed", subject="uji:2", by="user:9", at=at)


def test_a_new_row_is_believed_from_today_and_known_from_now(village: None, tmp_path: Path) -> None:
    report = send(as_csv(tmp_path / "uji.csv", people(3)))
    assert (report.rows, report.new, report.refused, report.ok) == (3, 3, 0, True)
    (first,) = versions()
    assert (first.area.code, first.valid_from, first.known_from, first.cause) == (
        regency.RT, date(2026, 6, 1), AT, "import",
    )  # fmt: skip
    assert first.valid_to == date.max
    assert answers(first)["name"] == "Contoh 1"
    assert ledger_is_clean()


def test_one_batch_has_one_entry_and_tells_each_touched_village_once(village: None, tmp_path: Path) -> None:
    rows = people(4)
    rows[3]["area"] = f"{regency.OTHER_VILLAGE}.001.001"
    Outbox.objects.all().delete()
    send(as_csv(tmp_path / "uji.csv", rows))
    assert Entry.objects.filter(kind="register.imported").count() == 1
    told = list(Outbox.objects.order_by("village").values_list("register", "village", "unit"))
    assert told == [("people", regency.VILLAGE, None), ("people", regency.OTHER_VILLAGE, None)]


def test_every_batch_is_a_transaction_with_an_entry(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    report = send(as_csv(tmp_path / "uji.csv", people(5)))
    assert (report.new, report.done, report.planned) == (5, 5, 5)
    assert Entry.objects.filter(kind="register.imported").count() == 3  # 2 + 2 + 1
    assert ledger_is_clean()


def test_the_same_file_twice_changes_nothing_and_says_so(village: None, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "uji.csv", people(3))
    send(path)
    before = list(Version.objects.values_list("pk", "known_to", "data"))
    report = send(path, at=LATER)
    assert (report.state, report.rows, report.new, report.changed, report.same) == ("done", 3, 0, 0, 3)
    assert report.message.startswith("Berkas yang persis sama sudah dimasukkan pada 1 Jun 2026")
    assert list(Version.objects.values_list("pk", "known_to", "data")) == before
    assert ledger_is_clean()


@pytest.mark.parametrize("few", [5_000, 1])
def test_the_same_rows_in_another_file_change_nothing(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Of a small file only its own units are looked up, of a large one the whole register is read."""
    monkeypatch.setattr(held, "_IN_LIST", few)
    send(as_csv(tmp_path / "satu.csv", people(3, working="ya", birth_date="1990-03-02")))
    same = as_csv(tmp_path / "dua.csv", people(3, working="1", birth_date="02/03/1990"), delimiter=";")
    report = send(same, at=LATER)
    assert (report.new, report.changed, report.same, report.message) == (0, 0, 3, "")
    assert Version.objects.count() == 3
    assert Entry.objects.filter(kind="register.imported").count() == 1


def test_a_changed_row_makes_exactly_one_version_and_closes_one(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", people(3, working="tidak")))
    rows = people(3, working="tidak")
    rows[0]["working"] = "ya"
    report = send(as_csv(tmp_path / "dua.csv", rows), at=LATER)
    assert (report.new, report.changed, report.same) == (0, 1, 2)
    first, second = versions()
    assert (first.known_to, second.known_from) == (LATER, LATER)
    assert (second.valid_from, second.valid_to) == (first.valid_from, first.valid_to)
    assert (answers(first)["working"], answers(second)["working"]) == (False, True)
    assert Version.objects.count() == 4  # 3 + 1
    assert ledger_is_clean()


def test_a_dated_row_keeps_the_past_as_it_was(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(working="tidak", valid_from="2026-01-01")]))
    report = send(as_csv(tmp_path / "dua.csv", [person(working="ya", valid_from="2026-04-01")]), at=LATER)
    assert report.changed == 1
    spans = [
        (one.valid_from, one.valid_to, answers(one)["working"])
        for one in Version.objects.held_now().order_by("valid_from")
    ]
    assert spans == [
        (date(2026, 1, 1), date(2026, 4, 1), False),
        (date(2026, 4, 1), date.max, True),
    ]
    assert ledger_is_clean()


def test_a_date_for_the_whole_file_dates_every_row_without_its_own(village: None, tmp_path: Path) -> None:
    rows = [person(valid_from="2025-01-01"), person(person_no="w2", nik="", valid_from="")]
    send(as_csv(tmp_path / "uji.csv", rows), valid_on=date(2026, 3, 1))
    begun = dict(Version.objects.values_list("unit__key", "valid_from"))
    assert begun == {"w1": date(2025, 1, 1), "w2": date(2026, 3, 1)}


def test_a_row_about_earlier_days_fills_them_and_touches_nothing_later(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(valid_from="2026-04-01", working="ya")]))
    report = send(as_csv(tmp_path / "dua.csv", [person(valid_from="2026-01-01", working="tidak")]), at=LATER)
    assert report.changed == 1
    spans = [(one.valid_from, one.valid_to) for one in Version.objects.held_now().order_by("valid_from")]
    assert spans == [(date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 4, 1), date.max)]


def test_a_column_the_file_lacks_keeps_what_is_held_and_an_empty_cell_empties(
    village: None, tmp_path: Path
) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(phone="0812", working="ya", grade="3")]))
    report = send(as_csv(tmp_path / "dua.csv", [person(working="", grade="3")]), at=LATER)
    assert report.changed == 1
    now = answers(versions()[-1])
    assert (now["phone"], now.get("working"), now["grade"]) == ("0812", None, 3)


def test_a_move_tells_the_village_left_and_the_village_reached(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", [person()]))
    Outbox.objects.all().delete()
    report = send(as_csv(tmp_path / "dua.csv", [person(area=f"{regency.OTHER_VILLAGE}.001.001")]), at=LATER)
    assert report.changed == 1
    assert set(Outbox.objects.values_list("village", flat=True)) == {regency.VILLAGE, regency.OTHER_VILLAGE}


def test_nobody_takes_over_a_unit_from_outside_the_own_area(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(area=f"{regency.OTHER_VILLAGE}.001.001")]))
    report = send(as_csv(tmp_path / "dua.csv", [person()]), at=LATER, area_limit=[regency.VILLAGE])
    assert (report.changed, report.refused, set(said(report))) == (0, 1, {"elsewhere"})


def test_references_are_written_as_keys_and_kept_as_units(village: None, tmp_path: Path) -> None:
    house = {"house_no": "r1", "area": regency.RT, "occupied": "ya"}
    send(as_csv(tmp_path / "rumah.csv", [house]), register="houses")
    send(
        as_csv(tmp_path / "kk.csv", [{"family_no": "k1", "area": regency.RT, "house": "r1"}]),
        register="families",
    )
    report = send(as_csv(tmp_path / "uji.csv", [person(family="k1")]))
    assert report.ok
    assert answers(versions()[0])["family"] == Unit.objects.get(register="families").pk


@pytest.mark.parametrize("event", ["died", "double", "unknown"])
def test_a_file_brings_nobody_back_who_has_died(village: None, tmp_path: Path, event: str) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(valid_from="2026-01-01")]))
    happened("w1", event, date(2026, 5, 1), AT + timedelta(days=1))
    for row in (person(), person(valid_from="2026-06-15")):
        report = send(as_csv(tmp_path / f"{len(row)}.csv", [row]), at=LATER)
        assert (report.refused, set(said(report))) == (1, {"gone"})


def test_who_moved_out_comes_back_only_with_a_date(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "satu.csv", [person(valid_from="2026-01-01")]))
    happened("w1", "moved_out", date(2026, 5, 1), AT + timedelta(days=1))
    without = send(as_csv(tmp_path / "dua.csv", [person()]), at=LATER)
    assert (without.refused, set(said(without))) == (1, {"left"})
    dated = send(as_csv(tmp_path / "tiga.csv", [person(valid_from="2026-06-15")]), at=LATER)
    assert (dated.changed, dated.refused) == (1, 0)
    assert ledger_is_clean()


def test_older_knowledge_does_not_undo_newer(village: None, tmp_path: Path) -> None:
    path = as_csv(
        tmp_path / "satu.csv", [*people(1, working="tidak"), person(person_no="w9", sex="?", nik="")]
    )
    assert send(path).refused == 1
    changed("w1", AT + timedelta(days=5), working=True)
    again = send(path, at=LATER)  # not skipped as a whole: one row was refused the first time
    assert (again.changed, again.refused) == (0, 2)
    assert "newer" in said(again)
    older = as_csv(tmp_path / "dua.csv", people(1, working="tidak", grade="2"))
    report = send(older, at=LATER, known_at=AT + timedelta(days=2))
    assert (report.changed, set(said(report))) == (0, {"newer"})
    assert answers(Version.objects.held_now().order_by("-valid_from").first())["working"] is True


def test_known_at_says_since_when_the_content_is_known(village: None, tmp_path: Path) -> None:
    known = datetime(2026, 3, 1, tzinfo=UTC)
    send(as_csv(tmp_path / "uji.csv", [person()]), known_at=known)
    (first,) = versions()
    assert (first.known_from, first.valid_from) == (known, date(2026, 3, 1))
    assert ledger_is_clean()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"known_at": LATER}, "Waktu diketahuinya isi berkas belum tiba."),
        ({"valid_on": LATER.date()}, "Tanggal keadaan berkas sesudah waktu diketahuinya."),
    ],
)
def test_a_file_cannot_speak_of_the_future(
    village: None, tmp_path: Path, question: dict[str, object], words: str
) -> None:
    with pytest.raises(rules.Unreadable, match=words):
        send(as_csv(tmp_path / "uji.csv", [person()]), **question)


def test_a_trial_run_tells_everything_and_changes_nothing(village: None, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "uji.csv", [*people(2), person(person_no="w9", nik="", sex="?")])
    report = send(path, dry_run=True)
    assert (report.state, report.new, report.refused, report.dry_run) == ("done", 2, 1, True)
    assert report.bad_file is not None
    assert Version.objects.count() == 0
    assert send(path).new == 2
    assert ledger_is_clean()


def test_a_row_that_somebody_changes_meanwhile_is_turned_back(
    village: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(as_csv(tmp_path / "satu.csv", people(2, working="tidak")))
    from natapraja.mcd.intake import actions

    seen = actions._believe

    def interrupted(*values: object) -> None:
        changed("w1", AT + timedelta(days=20), working=True)
        seen(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_believe", interrupted)
    report = send(as_csv(tmp_path / "dua.csv", people(2, working="tidak", grade="3")), at=LATER)
    assert (report.changed, report.refused, set(said(report))) == (1, 1, {"meanwhile"})
    assert report.bad_file is not None
    assert report.bad_file.read_text(encoding="utf-8-sig").splitlines()[1].startswith("2;")
    assert ledger_is_clean()


def test_what_was_sent_is_in_the_ledger_and_a_forged_count_is_noticed(village: None, tmp_path: Path) -> None:
    send(as_csv(tmp_path / "uji.csv", people(2)))
    kinds = list(Entry.objects.filter(kind__contains="import").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["import.received", "register.imported", "import.finished"]
    last = Entry.objects.get(kind="import.finished")
    said = presenters.sentence(last.kind, last.actor, last.subject, msgspec.json.decode(last.detail))
    assert said.endswith("berakhir: selesai, 2 baris.")
    assert ledger_is_clean()
    Import.objects.update(new=3)
    assert len(faults()) == 1


def test_the_files_themselves_are_gone_when_all_is_done(
    village: None, tmp_path: Path, data_dir: Path
) -> None:
    path = as_csv(tmp_path / "uji.csv", [*people(2), person(person_no="w9", nik="", sex="?")])
    report = send(path)
    left = sorted(one.name for one in (data_dir / "imports" / str(report.number)).iterdir())
    assert left == ["ditolak.csv", "lock"]
    assert path.exists()
