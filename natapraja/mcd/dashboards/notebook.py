"""Pages of the RT head's notebook: who lives where, and what changed, in a few taps."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
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
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.mcd.registers import actions, queries, rules

from . import forms

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


@require_GET
@requires("register.write")
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The notebook of the RT the reader keeps; a village operator chooses one."""
    codes = [code for code in reader_of(request).areas("register.write") if len(code) == 21]
    if len(codes) == 1:
        return redirect("notebook", area=codes[0])
    villages = reader_of(request).areas("register.write")
    found = [(area, areas.children(area.code)) for code in villages for area in _rw_of(code)]
    return render(request, "dashboards/notebook_choose.html", {"groups": found})


@require_GET
@requires("register.write", area="area")
@never_cache
def notebook(request: HttpRequest, area: str) -> HttpResponse:
    """The households of one RT, what was looked at this month, and what was sent."""
    reader, at = reader_of(request), now()
    place = _neighbourhood(area)
    homes = queries.households(reader, area=area, on=local_date(at))
    read_persons(reader=reader, area=area, count=sum(len(home.people) for home in homes), at=at)
    since = _month_start(at)
    looked, rest = queries.looked_at(reader, area=area, since=since)
    done = len(homes) if rest else sum(home.record.unit in looked for home in homes)
    context = {
        "place": place,
        "village": areas.area(area[:13]),
        "homes": [(index, home, rest or home.record.unit in looked) for index, home in enumerate(homes, 1)],
        "done": done,
        "left": len(homes) - done,
        "reports": queries.reports(reader, area=area, since=since),
        "open": _number(request.GET.get("buka")),
        "titles": TITLES,
        "month": local_date(at),
        "today": local_date(at),
    }
    return render(request, "dashboards/notebook.html", context)


@require_POST
@requires("register.write", area="area")
def unchanged(request: HttpRequest, area: str) -> HttpResponse:
    """Nothing changed: for one household, or for all that are left."""
    unit = _number(request.POST.get("unit"))
    report = actions.Report(
        UUID(request.POST["id"]), rules.UNCHANGED, area, local_date(now()), "households", unit
    )
    return _sent(request, report, _("Dicatat tetap."))


@require_http_methods(["GET", "POST"])
@requires("register.write", area="area")
@never_cache
def event(request: HttpRequest, area: str, kind: str, unit: int) -> HttpResponse:
    """One event: a birth or arrival in household `unit`, or something that happened to person `unit`."""
    if kind not in forms.FORMS:
        raise Http404(_("Jenis laporan ini tidak ada. Kembali ke buku RT dan pilih dari daftar."))
    reader, today = reader_of(request), local_date(now())
    about = _about(reader, area, unit)
    form = forms.FORMS[kind](request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        joins = kind in (rules.BORN, rules.MOVED_IN)
        answers = form.fields_for_register if joins else {}
        if joins:
            answers |= _belonging(reader, area, unit)
        report = actions.Report(
            form.cleaned_data["id"], kind, area, form.day, "people", None if joins else unit, answers
        )
        try:
            return _sent(request, report, _("%(what)s dicatat.") % {"what": _(TITLES[kind])})
        except rules.Impossible as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "form": form,
        "about": about,
        "title": TITLES[kind],
        "kind": kind,
        "place": _neighbourhood(area),
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
    about = _about(reader_of(request), area, unit)
    form = forms.CorrectionForm(request.POST or None, register_id=register, names=names, now_is=about)
    if request.method == "POST" and form.is_valid():
        kind = rules.CHANGED if request.POST.get("why") == rules.CHANGED else rules.CORRECTED
        if not form.differences:
            messages.info(request, _("Tidak ada yang diubah."))
            return redirect("notebook", area=area)
        report = actions.Report(
            form.cleaned_data["id"], kind, area, local_date(now()), register, unit, form.differences
        )
        try:
            return _sent(request, report, _("Catatan diperbarui."))
        except rules.Impossible as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {"form": form, "about": about, "register": register, "place": _neighbourhood(area)}
    return render(request, "dashboards/notebook_correct.html", context, status=422 if form.errors else 200)


@require_POST
@requires("register.write", area="area")
def undo(request: HttpRequest, area: str, submission: UUID) -> HttpResponse:
    reader, at = reader_of(request), now()
    try:
        actions.withdraw(submission=submission, reader=reader, by=reader.actor, at=at)
        messages.info(request, _("Laporan dibatalkan. Catatan kembali seperti semula."))
    except rules.Impossible as error:
        messages.error(request, error.message)
    return redirect("notebook", area=area)


def _sent(request: HttpRequest, report: actions.Report, text: str) -> HttpResponse:
    reader, at = reader_of(request), now()
    submission = actions.report(report=report, reader=reader, by=reader.actor, at=at)
    if submission.state == "waiting":
        text = _("%(what)s dicatat dan menunggu pemeriksaan desa.") % {"what": _(TITLES[report.kind])}
    messages.success(request, text, extra_tags=reverse("notebook-undo", args=[report.area, submission.pk]))
    return redirect("notebook", area=report.area)


def _about(reader: Reader, area: str, unit: int) -> queries.Record:
    found = queries.record(reader, unit=unit, on=local_date(now()))
    if found is None or found.area != area:
        raise Http404(_("Catatan ini tidak ada di RT Anda. Kembali ke buku RT dan pilih lagi."))
    read_persons(reader=reader, area=area, count=1, at=now())
    return found


def _belonging(reader: Reader, area: str, household: int) -> dict[str, Any]:
    """A newcomer belongs to the household, and to the family card of its head."""
    homes = queries.households(reader, area=area, on=local_date(now()))
    head = next((home.head for home in homes if home.record.unit == household), None)
    return {"household": household, "family": head["family"] if head else None}


def _neighbourhood(code: str) -> areas.AreaFact:
    if len(code) != 21:
        raise Http404(_("Buku ini milik RT. Pilih RT-nya lebih dulu."))
    return areas.area(code)


def _rw_of(code: str) -> list[areas.AreaFact]:
    return list(areas.children(code[:13])) if len(code) <= 13 else [areas.area(code[:17])]


def _month_start(at: datetime) -> datetime:
    """The first moment of this month in the regency."""
    return datetime.combine(local_date(at).replace(day=1), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
