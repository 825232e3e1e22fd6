"""Pages of the inspector: who read persons by name, who signed in, and the same as a file."""

import csv
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from natapraja.foundation.access import forms, queries
from natapraja.foundation.access.decorators import requires
from natapraja.foundation.kernel.clock import WIB
from natapraja.foundation.ledger import presenters
from natapraja.foundation.ledger import queries as ledger

_PER_PAGE = 50
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@requires("reads.inspect")
@never_cache
def reads(request: HttpRequest) -> HttpResponse:
    form = forms.Trail(request.GET)
    found = queries.traces(form.question())
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("halaman"))
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "form": form,
        "page": page,
        "rows": list(queries.seen(list(page))),
        "kinds": queries.kind_names(),
        "query": query.urlencode(),
    }
    return render(request, "access/reads.html", context)


@requires("reads.inspect")
@never_cache
def reads_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that answers the filters, with a byte order mark so that spreadsheets read it as UTF-8."""
    found = queries.traces(forms.Trail(request.GET).question())
    answer = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="jejak-baca.csv"'
    return answer


@requires("ledger.read")
@never_cache
def entries(request: HttpRequest) -> HttpResponse:
    """The ledger entry by entry, newest first, as sentences."""
    below, kind = request.GET.get("sebelum", ""), request.GET.get("jenis", "")
    before = int(below) if below.isdecimal() else None
    found = ledger.entries(before=before, limit=_PER_PAGE, kind=kind or None, called=queries.account_names)
    groups = {start: gettext(name) for start, name in presenters.groups().items()}
    context = {
        "rows": [(row, groups.get(row.kind.partition(".")[0] + ".", row.kind)) for row in found],
        "kind": kind,
        "groups": sorted(groups.items(), key=lambda group: group[1]),
        "head": ledger.head(),
        "unsealed": ledger.unsealed(),
        "older": found[-1].seq if len(found) == _PER_PAGE else None,
        "paged": before is not None,
    }
    return render(request, "access/entries.html", context)


class _Echo:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def _lines(found: object) -> Iterator[str]:
    writer, kinds = csv.writer(_Echo()), queries.kind_names()
    yield "\ufeff"
    yield writer.writerow(
        [
            gettext("Catatan"),
            gettext("Waktu (WIB)"),
            gettext("Yang dilakukan"),
            gettext("Akun"),
            gettext("Pemegang"),
            gettext("Tujuan"),
            gettext("Kode wilayah"),
            gettext("Wilayah"),
            gettext("Banyak orang"),
        ]
    )
    for row in queries.seen(found.iterator(chunk_size=2_000)):  # type: ignore[attr-defined]
        when = row.at.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S")
        words = [kinds.get(row.kind, row.kind), row.username, row.full_name, row.purpose, row.area, row.place]
        yield writer.writerow([row.entry, when, *(_plain(word) for word in words), row.count])


def _plain(text: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
