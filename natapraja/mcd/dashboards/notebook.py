"""Pages of the RT head's notebook: who lives where, and what changed, in a few taps."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natapraja.foundation.access.actions import read_persons
from natapraja.foundation.access.decorators import requires
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.foundation.kernel.clock import local_date, month_start, now
from natapraja.mcd.registers import actions, queries, rules
from natapraja.mcd.registers.models import Submission

from . import area as area_pages
from . import forms, homes, wording
from . import queries as notes

LARGEST = 2**63 - 1  # no unit and no claim has a larger number
THE_REST = "rest"  # said of all households that nobody looked at yet

TITLES = {
    rules.BORN: gettext_noop("Lahir"),
    rules.DIED: gettext_noop("Meninggal"),
    rules.MOVED_IN: gettext_noop("Datang"),
    rules.MOVED_OUT: gettext_noop("Pindah"),
    rules.DOUBLE: gettext_noop("Tercatat dua kali"),
    rules.UNKNOWN: gettext_noop("Tidak dikenal"),
    rules.MEASURED: gettext_noop("Pengukuran"),
    rules.CORRECTED: gettext_noop("Perbaikan"),
    rules.CHANGED: gettext_noop("Perubahan"),
    rules.UNCHANGED: gettext_noop("Tetap"),
}
_SAID = {
    rules.BORN: gettext_noop("Kelahiran dicatat."),
    rules.DIED: gettext_noop("Laporan meninggal dikirim. Desa memeriksanya dulu."),
    rules.MOVED_IN: gettext_noop("Kedatangan dicatat."),
    rules.MOVED_OUT: gettext_noop("Kepindahan dicatat."),
    rules.DOUBLE: gettext_noop("Laporan tercatat dua kali dikirim. Desa memeriksanya dulu."),
    rules.UNKNOWN: gettext_noop("Laporan tidak dikenal dikirim. Desa memeriksanya dulu."),
    rules.CORRECTED: gettext_noop("Catatan dibetulkan."),
    rules.CHANGED: gettext_noop("Perubahan dicatat."),
    rules.UNCHANGED: gettext_noop("Dicatat tetap."),
}


@require_GET
@requires("register.write")
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The notebook of the RT the reader keeps; a village operator chooses one."""
    reader = reader_of(request)
    codes = [code for code in reader.areas("register.write") if len(code) == 21]
    if len(codes) == 1:
        return redirect("notebook", area=codes[0])
    found = [(rw, areas.children(rw.code)) for code in reader.areas("register.write") for rw in _rw_of(code)]
    return render(request, "dashboards/notebook_choose.html", {"groups": found})


@require_GET
@requires("register.write", area="area")
@never_cache
def notebook(request: HttpRequest, area: str) -> HttpResponse:
    """The households of one RT, what was looked at this month, and what was sent."""
    reader, at = reader_of(request), now()
    place, since = _neighbourhood(area), month_start(at)
    found = queries.households(reader, area=area, on=local_date(at))
    sent = queries.reports(reader, area=area, since=since)
    reports = [each.id for each in sent]
    newcomers, receipts = notes.newcomers(reader, reports), notes.receipts(reports)
    read_persons(reader=reader, area=area, count=len(_named(found, sent, newcomers.values())), at=at)
    looked, rest = queries.looked_at(reader, area=area, since=since)
    claims = queries.claims(reader, area=area)
    listed = homes.homes(found, looked=looked, all_looked=rest, claims=claims)
    left = sum(not home.looked_at for home in listed)
    context = {
        "place": place,
        "village": areas.area(area[:13]),
        "homes": listed,
        "done": len(listed) - left,
        "left": left,
        "reports": [
            homes.Sent(
                each,
                TITLES[each.kind],
                homes.about(each, listed, newcomers.get(each.id)),
                receipts[each.id],
            )
            for each in sent
        ],
        "open": _number(request.GET.get("buka")),
        "titles": TITLES,
        "the_rest": THE_REST,
        "month": local_date(at),
    }
    return render(request, "dashboards/notebook.html", context)


@require_POST
@requires("register.write", area="area")
def unchanged(request: HttpRequest, area: str) -> HttpResponse:
    """Nothing changed: for one household listed here, or for all that are left."""
    _neighbourhood(area)
    asked, today = request.POST.get("unit", ""), local_date(now())
    unit = None if asked == THE_REST else _household(reader_of(request), area, _number(asked))
    report = actions.Report(_id(request), rules.UNCHANGED, area, today, "households", unit)
    text = _(_SAID[rules.UNCHANGED]) if unit else _("Sisanya dicatat tetap. Buku bulan ini selesai.")
    try:
        return _sent(request, report, unit, text)
    except rules.Impossible as error:  # the same button, sent again another day
        messages.error(request, wording.refused(error))
        return redirect("notebook", area=area)


@require_http_methods(["GET", "POST"])
@requires("register.write", area="area")
@never_cache
def event(request: HttpRequest, area: str, kind: str, unit: int) -> HttpResponse:
    """One event: a birth or arrival in household `unit`, or something that happened to person `unit`."""
    if kind not in forms.FORMS:
        raise Http404(_("Jenis laporan ini tidak ada. Kembali ke buku RT dan pilih dari daftar."))
    reader, joins = reader_of(request), kind in (rules.BORN, rules.MOVED_IN)
    about = _about(reader, area, unit, "households" if joins else "people")
    form = forms.FORMS[kind](request.POST or None, today=local_date(now()))
    home = unit if joins else _number(str(about["household"]))
    if request.method == "POST" and form.is_valid():
        answers = form.fields_for_register | _belonging(reader, area, unit) if joins else {}
        report = actions.Report(
            form.cleaned_data["id"], kind, area, form.day, "people", None if joins else unit, answers
        )
        try:
            return _sent(request, report, home, _(_SAID[kind]))
        except rules.Impossible as error:
            _blame(form, error)
    context = {
        "form": form,
        "about": None if joins else homes.person(about),
        "kind": kind,
        "place": _neighbourhood(area),
        "joins": joins,
        "second": kind in rules.NEEDS_SECOND_PERSON,
        "back": _page(area, home),
    }
    return render(request, "dashboards/notebook_event.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("register.write", area="area")
@never_cache
def correct(request: HttpRequest, area: str, register: str, unit: int) -> HttpResponse:
    """Put a record right (it was wrong), or say that it is different now (it changed)."""
    names = {"people": forms.PERSON_FIELDS, "houses": forms.HOUSE_FIELDS}.get(register)
    if names is None:
        raise Http404(_("Register ini tidak diperbaiki dari buku RT."))
    about = _about(reader_of(request), area, unit, register)
    form = forms.CorrectionForm(request.POST or None, register_id=register, names=names, now_is=about)
    home = _number(str(about["household"])) if register == "people" else None
    if request.method == "POST" and form.is_valid():
        if not form.differences:
            messages.info(request, _("Tidak ada yang diubah, jadi tidak ada yang dikirim."))
            return redirect(_page(area, home))
        kind, today = form.cleaned_data["why"], local_date(now())
        report = actions.Report(form.cleaned_data["id"], kind, area, today, register, unit, form.differences)
        try:
            return _sent(request, report, home, _(_SAID[kind]))
        except rules.Impossible as error:
            _blame(form, error)
    context = {
        "form": form,
        "about": homes.person(about) if register == "people" else None,
        "register": register,
        "place": _neighbourhood(area),
        "back": _page(area, home),
    }
    return render(request, "dashboards/notebook_correct.html", context, status=422 if form.errors else 200)


@require_POST
@requires("register.write", area="area")
def undo(request: HttpRequest, area: str, submission: UUID) -> HttpResponse:
    """Take a report back, as long as the village has not decided on it."""
    reader, at = reader_of(request), now()
    try:
        actions.withdraw(submission=submission, reader=reader, by=reader.actor, at=at)
        messages.info(request, _("Laporan dibatalkan. Catatan kembali seperti semula."))
    except rules.Impossible as error:
        messages.error(request, wording.refused(error))
    except Submission.DoesNotExist:
        raise Http404(_("Laporan ini tidak ada. Buka lagi buku RT dan pilih dari kirimannya.")) from None
    return redirect("notebook", area=area)


def _sent(request: HttpRequest, report: actions.Report, home: int | None, text: str) -> HttpResponse:
    """Send the report, say it, offer to take it back, and return to the household one came from."""
    reader, at = reader_of(request), now()
    submission = actions.report(report=report, reader=reader, by=reader.actor, at=at)
    messages.success(request, text, extra_tags=reverse("notebook-undo", args=[report.area, submission.pk]))
    return redirect(_page(report.area, home))


def _blame(form: Any, error: rules.Impossible) -> None:
    """What the register refused, beside the field it is about."""
    name = "on" if error.field == "date" else error.field
    form.add_error(name if name in form.fields else None, wording.refused(error))


def _page(area: str, home: int | None) -> str:
    return reverse("notebook", args=[area]) + (f"#r{home}" if home else "")


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404(_("Halaman ini sudah terlalu lama terbuka. Buka lagi buku RT, lalu ulangi.")) from None


def _about(reader: Reader, area: str, unit: int, register: str) -> queries.Record:
    found = queries.record(reader, unit=unit, on=local_date(now())) if unit <= LARGEST else None
    if found is None or found.area != area or found.register != register:
        raise Http404(_("Catatan ini tidak ada di RT Anda. Kembali ke buku RT dan pilih lagi."))
    read_persons(reader=reader, area=area, count=1, at=now())
    return found


def _household(reader: Reader, area: str, unit: int | None) -> int:
    """The unit again, when it is a household that stands in this RT today."""
    found = queries.record(reader, unit=unit, on=local_date(now())) if unit else None
    if found is None or found.area != area or found.register != "households":
        raise Http404(_("Rumah tangga ini tidak ada di RT Anda. Kembali ke buku RT dan pilih lagi."))
    return found.unit


def _named(
    found: list[queries.Household], sent: list[queries.SentReport], newcomers: Iterable[notes.Newcomer]
) -> set[int]:
    """The people whose names the page shows: those who live here, and those of reports who may have left."""
    gone = (each.about for each in sent if each.about and each.about.register == "people")
    here = (person for home in found for person in home.people)
    return {person.unit for people in (here, gone, newcomers) for person in people}


def _belonging(reader: Reader, area: str, household: int) -> dict[str, Any]:
    """A newcomer belongs to the household, and to the family card of its head."""
    found = queries.households(reader, area=area, on=local_date(now()))
    head = next((home.head for home in found if home.record.unit == household), None)
    return {"household": household, "family": head["family"] if head else None}


def _neighbourhood(code: str) -> areas.AreaFact:
    if len(code) != 21:
        raise Http404(_("Buku ini milik RT. Pilih RT-nya lebih dulu."))
    return area_pages.fact(code)


def _rw_of(code: str) -> list[areas.AreaFact]:
    return list(areas.children(code[:13])) if len(code) <= 13 else [areas.area(code[:17])]


def _number(text: str | None) -> int | None:
    """The number of a unit; None for what cannot be one."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    return int(text) if int(text) <= LARGEST else None
