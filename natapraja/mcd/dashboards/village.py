"""Pages of the village: claims that wait for a second person, and which RT have reported this month."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from natapraja.foundation.access import places
from natapraja.foundation.access.actions import read_persons
from natapraja.foundation.access.decorators import needs_purpose, requires
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.foundation.kernel.clock import local_date, month_start, now
from natapraja.mcd.registers import actions, queries, rules
from natapraja.mcd.registers.models import Claim

from . import area as area_pages
from . import homes, wording
from . import queries as notes
from .notebook import LARGEST, TITLES

_PER_PAGE = 50
_GONE = gettext_noop("Laporan ini tidak ada. Buka lagi meja desa dan pilih dari yang menunggu.")


@dataclass(frozen=True)
class Month:
    """An RT this month: how many reports, the latest of them, and how far its notebook is."""

    place: areas.AreaFact
    reports: int
    latest: datetime | None
    book: notes.Book | None

    @property
    def state(self) -> str:
        """`silent`, `partly`, or `finished`; where nobody lives, any report finishes the month."""
        if not self.reports:
            return "silent"
        return "finished" if self.book is None or self.book.finished else "partly"


_FIRST = ("silent", "partly", "finished")


@require_GET
@requires("claims.decide")
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The desk of the reader's village."""
    code = reader_of(request).areas("claims.decide")[0]
    return redirect("village", area=code[:13])


@require_GET
@requires("claims.decide", area="area")
@needs_purpose("area")
@never_cache
def village(request: HttpRequest, area: str) -> HttpResponse:
    """What waits for a decision, and how far the month is: RT that sent nothing come first, finished ones last."""
    reader, at, place = reader_of(request), now(), area_pages.fact(area)
    waiting = range(queries.count_claims(reader, area=area))
    page = Paginator(waiting, _PER_PAGE).get_page(request.GET.get("halaman"))
    claims = queries.claims(reader, area=area, start=_PER_PAGE * (page.number - 1), limit=_PER_PAGE)
    read_persons(reader=reader, area=area, count=len(claims), at=at)
    months = _months(reader, area, month_start(at))
    states = Counter(month.state for month in months)
    titles = places.titles(claim.area for claim in claims)
    context = {
        "place": place,
        "page": page,
        "claims": [
            (
                claim,
                TITLES[claim.kind],
                homes.person(claim.person) if claim.person else None,
                claim.reported_by == reader.actor,
                titles[claim.area],
            )
            for claim in claims
        ],
        "months": months,
        "silent": states["silent"],
        "finished": states["finished"],
        "month": local_date(at),
    }
    return render(request, "dashboards/village.html", context)


def _months(reader: Reader, area: str, since: datetime) -> list[Month]:
    """Every RT of a village; as many queries for many as for one."""
    reported = queries.months_work(reader, area=area, since=since)
    books = notes.books(area, since)
    found = [
        Month(rt, *reported.get(rt.code, (0, None)), books.get(rt.code)) for rt in areas.neighbourhoods(area)
    ]
    return sorted(found, key=lambda month: (_FIRST.index(month.state), month.place.code))


@require_POST
@requires("claims.decide", area="area")
@needs_purpose("area")
def decide(request: HttpRequest, area: str, claim: int) -> HttpResponse:
    """Confirm a claim, or refuse it with a reason the RT head can read."""
    reader, at, decision = reader_of(request), now(), request.POST.get("decision")
    if decision not in ("confirm", "refuse"):
        raise Http404(_("Putusan ini tidak dikenal. Buka lagi meja desa, lalu pilih benar atau tidak benar."))
    if claim > LARGEST:
        raise Http404(_(_GONE))
    try:
        if decision == "confirm":
            actions.confirm_claim(claim=claim, reader=reader, by=reader.actor, at=at)
            messages.success(request, _("Dibenarkan. Angka di semua tingkat ikut berubah."))
        else:
            actions.refuse_claim(
                claim=claim, reason=request.POST.get("reason", ""), reader=reader, by=reader.actor, at=at
            )
            messages.success(request, _("Tidak dibenarkan. Ketua RT akan membaca alasannya."))
    except rules.Impossible as error:
        messages.error(request, wording.refused(error))
    except Claim.DoesNotExist:
        raise Http404(_(_GONE)) from None
    return redirect("village", area=area)
