"""What people do to the register. Every action is one transaction with its ledger entry inside."""

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.areas.models import Area
from natapraja.foundation.kernel.clock import local_date

from . import rules
from .belief import Belief, believe, claim_line, encode
from .catalogue import register as definition_of
from .checks import checked_fields
from .models import Claim, Submission, Unit, Version

VILLAGE = 13
MEASUREMENTS = "growth"  # each version is a finding of its own: no answer of one is carried on by the next


@dataclass(frozen=True)
class Report:
    """One event as an RT head tells it. `unit` is whom or what it is about; a birth or arrival names a household."""

    id: uuid.UUID
    kind: str
    area: str
    on: date
    register: str = "people"
    unit: int | None = None
    fields: Mapping[str, object] = dataclasses.field(default_factory=dict)


@transaction.atomic
def report(*, report: Report, reader: Reader, by: str, at: datetime) -> Submission:
    """Take one report in: store it verbatim, believe it, or keep it as a claim for a second person.

    Sending the same twice gives the first answer again. Raises rules.Impossible with a sentence when it cannot be, also
    when other content arrives under an id that was used before.
    """
    reader.check("register.write", report.area)
    known = Submission.objects.filter(pk=report.id).select_related("area").first()
    if known is not None:
        reader.check("register.write", known.area.code)
        _check_same(known, report)
        return known
    rules.check_day(report.on, today=local_date(at))
    area = Area.objects.get(code=report.area)
    submission = Submission(
        id=report.id, kind=report.kind, area=area, unit=report.unit or report.fields.get("household"),
        payload=encode(report), received_at=at, by=by, state="believed",
    )  # fmt: skip
    if report.kind == rules.UNCHANGED:
        if report.unit is not None:
            rules.check_looked_at(_held(_unit(report.unit, report.register)), on=report.on, area=area.pk)
        believe(
            beliefs=(), kind="register.unchanged", subject=str(report.id), by=by, at=at, submission=submission
        )
        return submission
    if report.kind in rules.NEEDS_SECOND_PERSON:
        return _claim(report, submission, area, reader, by, at)
    believe(
        beliefs=_beliefs(report, area, reader),
        kind=f"register.{report.kind}",
        subject=str(report.id),
        by=by,
        at=at,
        submission=submission,
        detail={"register": report.register},
    )
    return submission


@transaction.atomic
def confirm_claim(*, claim: int, reader: Reader, by: str, at: datetime) -> Claim:
    """A second person confirms: the person leaves the register from the day of the event; a double was never there."""
    found = _open_claim(claim, reader, by)
    held = _held(found.unit)
    if found.kind == rules.DOUBLE:
        person = _belief(found.unit, rules.strike(held))
    else:
        person = _belief(found.unit, rules.end(held, on=found.occurred_on, event=found.kind))
    event = _belief(
        found.event_unit,
        rules.change(
            _held(found.event_unit), on=found.occurred_on, data={"state": "confirmed"}, event=found.kind
        ),
    )
    return _decide(found, "confirmed", "", [person, event], by, at)


@transaction.atomic
def refuse_claim(*, claim: int, reason: str, reader: Reader, by: str, at: datetime) -> Claim:
    """The claim is not true (still alive, moved elsewhere): nobody leaves the register, and the reason is kept."""
    if not reason.strip():
        raise rules.Impossible("reason", _("Tulis alasannya, supaya ketua RT tahu apa yang diperiksa."))
    if len(reason.strip()) > rules.REASON_LENGTH:
        raise rules.Impossible(
            "reason", _("Alasan paling panjang %(most)s huruf. Singkatkan."), most=rules.REASON_LENGTH
        )
    found = _open_claim(claim, reader, by)
    event = _belief(
        found.event_unit,
        rules.change(
            _held(found.event_unit), on=found.occurred_on, data={"state": "refused"}, event=found.kind
        ),
    )
    return _decide(found, "refused", reason.strip(), [event], by, at)


@transaction.atomic
def withdraw(*, submission: uuid.UUID, reader: Reader, by: str, at: datetime) -> Submission:
    """Take a report back (undo): what it wrote is superseded, what it superseded holds again."""
    found = Submission.objects.select_for_update().select_related("area").get(pk=submission)
    reader.check("register.write", found.area.code)
    if found.state == "withdrawn":
        return found
    if Claim.objects.filter(submission=found).exclude(state="claim").exists():
        raise rules.Impossible("submission", _("Laporan ini sudah diputuskan desa. Hubungi operator desa."))
    written = list(Version.objects.filter(submission=found).select_related("unit", "area"))
    if any(version.known_to != rules.OPEN_TIME for version in written):
        raise rules.Impossible(
            "submission", _("Catatan ini sudah berubah lagi setelah laporan Anda. Perbaiki yang terbaru.")
        )
    superseded = list(Version.objects.filter(closed_by=found.entry).select_related("unit", "area"))
    beliefs = []
    for unit in {version.unit for version in (*written, *superseded)}:
        change = rules.restore(
            [_as_held(version) for version in superseded if version.unit_id == unit.pk],
            [_as_held(version) for version in written if version.unit_id == unit.pk],
        )
        places = {v.area.code[:VILLAGE] for v in (*written, *superseded) if v.unit_id == unit.pk}
        beliefs.append(Belief(unit, change, tuple(sorted(places))))
    # "register." promises the ledger rows to check against; a report that wrote none leaves none when taken back.
    kind = "register.withdrawn" if beliefs else "report.withdrawn"
    believe(beliefs=beliefs, kind=kind, subject=str(found.pk), by=by, at=at)
    Claim.objects.filter(submission=found).delete()
    found.state = "withdrawn"
    found.save(update_fields=["state"])
    return found


def _check_same(known: Submission, report: Report) -> None:
    """An id stands for one report: what else arrives under it would be lost if it were answered as recorded."""
    if known.state == "withdrawn":
        raise rules.Impossible("id", _("Laporan ini sudah diurungkan. Buka formulir yang baru."))
    if msgspec.json.decode(known.payload) != msgspec.json.decode(encode(report)):
        raise rules.Impossible(
            "id", _("Formulir ini sudah terkirim dengan isi lain. Buka formulir yang baru.")
        )


def _claim(
    report: Report, submission: Submission, area: Area, reader: Reader, by: str, at: datetime
) -> Submission:
    unit = _unit(report.unit, "people")
    held = _held(unit)
    _check_places(held, report, reader)
    rules.end(held, on=report.on, event=report.kind)  # refuses a day on which the person was not listed
    waiting = rules.Impossible("unit", _("Orang ini sudah dilaporkan dan menunggu pemeriksaan desa."))
    if Claim.objects.filter(unit=unit, state="claim").exists():
        raise waiting
    submission.state = "waiting"
    event_unit, event = _population_event(report, area, held[-1].data, state="claim", person=unit.pk)
    believe(
        beliefs=[event], kind="register.claimed", subject=str(report.id), by=by, at=at, submission=submission
    )
    try:
        with transaction.atomic():
            Claim.objects.create(
                submission=submission, unit=unit, event_unit=event_unit, kind=report.kind, area=area,
                occurred_on=report.on, reported_by=by,
            )  # fmt: skip
    except IntegrityError:  # two were sent at one moment, and the other was first
        raise waiting from None
    return submission


def _beliefs(report: Report, area: Area, reader: Reader) -> list[Belief]:
    fields = checked_fields(report.register, report.fields, partial=report.unit is not None)
    for field in definition_of(report.register).fields:
        if field.type == "reference" and fields.get(field.name) is not None:
            named = _held(_unit(fields[field.name], str(field.register)))
            _check_places(named, report, reader)
            rules.check_standing(named, on=report.on, field=field.name, label=field.label)
    _check_plausible(report, fields, area)
    if report.kind in (rules.BORN, rules.MOVED_IN) or (report.kind == rules.MEASURED and report.unit is None):
        unit = Unit.objects.create(register=report.register, key=f"{report.area}-{report.id.hex[:12]}")
        beliefs = [
            Belief(
                unit, rules.begin(area=area.pk, on=report.on, data=fields, event=report.kind), _village(area)
            )
        ]
    else:
        unit = _unit(report.unit, report.register)
        held = _held(unit)
        _check_places(held, report, reader)
        onward = report.register != MEASUREMENTS
        match report.kind:
            case rules.MOVED_OUT:
                change = rules.end(held, on=report.on, event=report.kind)
            case rules.CORRECTED:
                change = rules.correct(held, on=report.on, data=fields, onward=onward)
            case rules.CHANGED | rules.MEASURED:
                change = rules.change(held, on=report.on, data=fields, event=report.kind, onward=onward)
            case _:
                raise rules.Impossible("kind", _("Jenis laporan “%(kind)s” tidak dikenal."), kind=report.kind)
        fields = dict(held[-1].data)
        beliefs = [_belief(unit, change)]
    if report.register == "people" and report.kind in rules.POPULATION_EVENTS:
        beliefs.append(_population_event(report, area, fields, state="confirmed", person=unit.pk)[1])
    return beliefs


def _check_plausible(report: Report, fields: Mapping[str, object], area: Area) -> None:
    """Each answer is possible by itself; here they are held against each other and against what is listed."""
    if report.register == "people" and (born := _day(fields.get("birth_date"))):
        rules.check_birth(born, kind=report.kind, on=report.on)
        if report.kind == rules.BORN:
            there = Version.objects.held_now().filter(register="people", area=area, valid_to__gt=report.on)
            same_day = there.filter(data__contains=f'"{born}"').values_list("data", flat=True)
            rules.check_new_child(fields, map(msgspec.json.decode, same_day))
    if report.register == MEASUREMENTS and (measured := _day(fields.get("measured_on"))):
        rules.check_measuring(measured, on=report.on, born=_born(report, fields))


def _born(report: Report, fields: Mapping[str, object]) -> date | None:
    """The day of birth of the child that was measured, as it is known of it last."""
    child = fields.get("person")
    if child is None and report.unit is not None:
        child = next((each.data.get("person") for each in _held(_unit(report.unit, MEASUREMENTS))), None)
    held = _held(_unit(child, "people")) if child is not None else []
    return _day(held[-1].data.get("birth_date")) if held else None


def _day(answer: object) -> date | None:
    return date.fromisoformat(str(answer)) if answer else None


def _unit(number: object, register: str) -> Unit:
    found = Unit.objects.filter(pk=number, register=register).first()
    if found is None:
        raise rules.Impossible(
            "unit", _("Catatan itu tidak ada di register ini. Buka lagi daftarnya, lalu pilih.")
        )
    return found


def _check_places(held: list[rules.Held], report: Report, reader: Reader) -> None:
    """Where the report says it comes from is the sender's word; where the record stands is what the right is for."""
    standing = {version.area for version in held if version.valid_to > report.on}
    for code in Area.objects.filter(pk__in=standing).values_list("code", flat=True):
        reader.check("register.write", code)


def _population_event(
    report: Report, area: Area, person_data: Mapping[str, object], *, state: str, person: int
) -> tuple[Unit, Belief]:
    born = msgspec.convert(person_data.get("birth_date") or report.on.isoformat(), date, strict=False)
    months = (report.on.year - born.year) * 12 + report.on.month - born.month - (report.on.day < born.day)
    data = {
        "kind": report.kind,
        "occurred_on": report.on.isoformat(),
        "person": person,
        "household": person_data.get("household"),
        "sex": person_data.get("sex"),
        "age_months": max(months, 0),
        "state": state,
    }
    unit = Unit.objects.create(register="events", key=f"{report.area}-{report.id.hex[:12]}")
    data = {name: value for name, value in data.items() if value is not None}
    return unit, Belief(
        unit, rules.begin(area=area.pk, on=report.on, data=data, event=report.kind), _village(area)
    )


def _open_claim(number: int, reader: Reader, by: str) -> Claim:
    claim = (
        Claim.objects.select_for_update()
        .select_related("area", "submission", "unit", "event_unit")
        .get(pk=number)
    )
    reader.check("claims.decide", claim.area.code)
    if claim.state != "claim":
        raise rules.Impossible("claim", _("Laporan ini sudah diputuskan. Muat ulang halamannya."))
    if claim.reported_by == by:
        raise rules.Impossible(
            "claim", _("Pelapor tidak boleh memutus laporannya sendiri. Minta orang kedua.")
        )
    return claim


def _decide(claim: Claim, state: str, reason: str, beliefs: list[Belief], by: str, at: datetime) -> Claim:
    entry = believe(
        beliefs=beliefs,
        kind=f"register.claim_{state}",
        subject=str(claim.submission_id),
        by=by,
        at=at,
        decided=claim.submission,
        extra_lines=[claim_line(claim.submission_id, state, by, reason, at)],
    )
    claim.state, claim.reason, claim.decided_by, claim.decided_at, claim.entry = state, reason, by, at, entry
    claim.save()
    Submission.objects.filter(pk=claim.submission_id).update(
        state="believed" if state == "confirmed" else "returned", answer=reason
    )
    return claim


def _belief(unit: Unit, change: rules.Change) -> Belief:
    codes = Version.objects.filter(unit=unit).values_list("area__code", flat=True).distinct()
    return Belief(unit, change, tuple(sorted({code[:VILLAGE] for code in codes})))


def _held(unit: Unit) -> list[rules.Held]:
    return [
        _as_held(version) for version in Version.objects.held_now().filter(unit=unit).order_by("valid_from")
    ]


def _as_held(version: Version) -> rules.Held:
    return rules.Held(
        version.pk,
        version.area_id,
        version.valid_from,
        version.valid_to,
        msgspec.json.decode(version.data),
        version.event,
    )


def _village(area: Area) -> tuple[str, ...]:
    return (area.code[:VILLAGE],)
