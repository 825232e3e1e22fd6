"""Pages of the import: send a file, watch it go in, take back what was refused."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from natapraja.foundation.access.decorators import requires
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import now
from natapraja.foundation.web.formats import number as number_of
from natapraja.mcd.registers.catalogue import registers

from . import actions, blank, forms, queries, reading, returning, rules, shown
from .models import Import
from .tasks import run_import
from .upload import Arrived, ToDataFolder

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@csrf_exempt  # only so that the door can say where files go before the form is read; `_imports` checks the token
@requires("import.write")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file; the files sent before."""
    handler = ToDataFolder(request)
    request.upload_handlers = [handler]
    return _imports(request, handler)


@csrf_protect
def _imports(request: HttpRequest, handler: ToDataFolder) -> HttpResponse:
    form = forms.SendFile(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = forms.SendFile(request.POST, request.FILES)
        found = _received(request, form, handler)
        if found is not None:
            return redirect("import", number=found.pk)
    context = {
        "form": form,
        "found": [shown.Line.of(report) for report in queries.imports(reader_of(request))],
        "blanks": forms.choices(),
        "kinds": ("csv", "xlsx"),
        "hint": _hint(),
    }
    return render(request, "intake/imports.html", context, status=422 if form.errors else 200)


def _hint() -> str:
    said = gettext(
        "CSV, XLSX, XLS, atau Parquet, paling besar %(limit)s MB. Pemisah dan huruf kami kenali sendiri."
    )
    return said % {"limit": number_of(rules.FILE_LIMIT // rules.MEGABYTE, get_language() or "id")}


def _received(request: HttpRequest, form: forms.SendFile, handler: ToDataFolder) -> Import | None:
    """The import begun with what was sent; None, with the reason in the form, when nothing can be begun."""
    file, reader = request.FILES.get("file"), reader_of(request)
    try:
        if handler.too_large:
            form.is_valid()
            form.errors.pop("file", None)
            form.add_error("file", reading.too_large(handler.too_large))
        if not form.is_valid() or not isinstance(file, Arrived):
            return None
        found = actions.receive(
            register=form.cleaned_data["register"], path=file.path, name=file.name, by=reader.actor, at=now(),
            known_at=form.cleaned_data["known_at"], valid_on=form.cleaned_data["valid_on"],
            area_limit=reader.areas("import.write"), dry_run=form.cleaned_data["dry_run"], keep=True,
        )  # fmt: skip
        run_import.enqueue(found.pk, reader.actor)
        return found
    except rules.Unreadable as error:
        form.add_error("file", str(error))
        return None
    finally:
        if isinstance(file, Arrived):
            file.forget()


@requires("import.write")
@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One file: how far it is, what was found in it, what goes back."""
    report = queries.report(reader_of(request), number=number)
    if report is None:
        raise Http404(gettext("Impor ini tidak ada, atau dikirim orang lain."))
    return render(request, "intake/import.html", shown.page(report, now()))


@requires("import.write")
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Go on with an import that was interrupted."""
    report = queries.report(reader_of(request), number=number)
    if report is None:
        raise Http404(gettext("Impor ini tidak ada, atau dikirim orang lain."))
    if report.interrupted:
        run_import.enqueue(number, reader_of(request).actor)
    return redirect("import", number=number)


@requires("import.write")
@never_cache
@require_safe
def bad_rows(request: HttpRequest, number: int, kind: str) -> FileResponse:
    """The refused rows; that they were taken is written down."""
    reader = reader_of(request)
    report = queries.report(reader, number=number) if kind in ("csv", "xlsx") else None
    if report is None:
        raise Http404(gettext("Impor ini tidak ada, atau dikirim orang lain."))
    if kind == "xlsx" and report.refused > returning.WORKBOOK_ROWS:
        raise PermissionDenied(gettext("Baris yang ditolak terlalu banyak untuk XLSX. Unduh CSV-nya."))
    try:
        path = actions.hand_back(number=number, by=reader.actor, at=now())
    except FileNotFoundError:
        raise Http404(gettext("Tidak ada baris yang ditolak dalam impor ini.")) from None
    name = f"ditolak-{report.register}-{number}.{kind}"
    if kind == "csv":
        return _file(path.open("rb"), name, "text/csv; charset=utf-8")
    target = tempfile.NamedTemporaryFile(dir=path.parent, suffix=".xlsx")  # noqa: SIM115 - the answer closes it
    returning.write_workbook(path, Path(target.name))
    return _file(target, name, _XLSX)


@requires("import.write")
@require_safe
def blank_file(request: HttpRequest, register: str, kind: str) -> HttpResponse:
    """An empty file with the right headings."""
    definition = registers().get(register)
    if definition is None or kind not in ("csv", "xlsx"):
        raise Http404(gettext("Register ini tidak ada."))
    content = blank.as_text(definition) if kind == "csv" else blank.as_workbook(definition)
    kinds = {"csv": "text/csv; charset=utf-8", "xlsx": _XLSX}
    headers = {"Content-Disposition": f'attachment; filename="{register}.{kind}"'}
    return HttpResponse(content, content_type=kinds[kind], headers=headers)


def _file(source: Any, name: str, kind: str) -> FileResponse:
    return FileResponse(source, as_attachment=True, filename=name, content_type=kind)
