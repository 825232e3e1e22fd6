"""Invented inputs of every chart, the awkward ones too: empty, one point, negative, withheld. For the
gallery page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import bars, choropleth, funnel, pyramid, ranking, sparkline, trend, waterfall
from .language import INDONESIAN, Locale
from .markup import NOTHING, Markup

_MONTHS = ("Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
_UNFIT = (20.4, 20.1, 20.0, 19.6, 19.2, 18.9, 18.9, 18.5, 18.2, None, 18.2, 17.4)


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry of the gallery. `legend` is the HTML list that belongs under the drawing, if any."""

    id: str
    chart: str
    case: str
    drawing: Markup
    legend: Markup = NOTHING


def samples(locale: Locale = INDONESIAN) -> tuple[Sample, ...]:
    """Every sample, in the order of the gallery; ids are unique on the page."""
    parts: tuple[Callable[[Locale], list[Sample]], ...] = (
        _sparklines, _trends, _maps, _funnels, _pyramids, _bridges, _rankings, _ladders, _stacks,
    )  # fmt: skip
    return tuple(sample for part in parts for sample in part(locale))


def _sparklines(locale: Locale) -> list[Sample]:
    title = "Rumah tidak layak huni, dua belas bulan"
    cases: list[tuple[str, str, tuple[float | None, ...]]] = [
        ("turun", "dua belas bulan, satu bulan tanpa angka", _UNFIT),
        ("satu", "baru satu angka", (17.4,)),
        ("rata", "tidak berubah", (5.0, 5.0, 5.0)),
        ("minus", "angka di bawah nol", (-1.5, -0.5, 0.8, -2.0)),
        ("kosong", "belum ada riwayat", ()),
    ]
    return [
        Sample(
            f"g-spark-{name}",
            "sparkline",
            case,
            sparkline.draw(
                sparkline.Sparkline(title, values, decimals=1), id=f"g-spark-{name}", locale=locale
            ),
        )
        for name, case, values in cases
    ]


def trend_points() -> tuple[trend.TrendPoint, ...]:
    """Twelve months with an interval each, two of them corrected after publication, one without a figure."""
    published = {7: (19.4,), 10: (18.9,)}
    return tuple(
        trend.TrendPoint(
            at=f"{month} {2025 if index == 0 else 2026}",
            value=value,
            tick=month,
            low=None if value is None else value - 0.7,
            high=None if value is None else value + 0.8,
            published=published.get(index, ()),
        )
        for index, (month, value) in enumerate(zip(_MONTHS, _UNFIT, strict=True))
    )


def _trends(locale: Locale) -> list[Sample]:
    points = trend_points()
    full = trend.Trend(
        title="Rumah tidak layak huni turun, tetapi belum sampai target",
        points=points,
        name="desa ini",
        unit="per 1.000 rumah",
        decimals=1,
        target=trend.Target("target 2029", 15.0),
        comparisons=(trend.Comparison("kabupaten", tuple(21.0 - 0.1 * month for month in range(12))),),
    )
    bare = (trend.TrendPoint("November 2026", 17.4, tick="Nov"),)
    signed = tuple(
        trend.TrendPoint(f"{month} 2026", value, tick=month)
        for month, value in zip(_MONTHS[1:6], (-1.2, 0.4, -0.3, -2.1, 0.9), strict=True)
    )
    cases = [
        ("lengkap", "target, rentang, pembetulan, pembanding, satu bulan kosong", full),
        ("satu", "baru satu angka", trend.Trend("Baru satu bulan", bare, unit="per 1.000 rumah", decimals=1)),
        ("minus", "naik turun di sekitar nol", trend.Trend("Perubahan penduduk, persen", signed, decimals=1)),
        ("kosong", "belum ada angka", trend.Trend("Belum ada angka", ())),
    ]
    return [
        Sample(f"g-trend-{name}", "trend", case, trend.draw(chart, id=f"g-trend-{name}", locale=locale))
        for name, case, chart in cases
    ]


def _ring(corners: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Corners of a grid pushed a little aside, always the same way, so that neighbours still meet."""
    return tuple(
        (180 * x + 12 * y + (x * y * 7) % 23, 150 * y - 9 * x + (x * 5 + y * 11) % 19) for x, y in corners
    )


def map_cells() -> tuple[choropleth.Cell, ...]:
    """Twenty invented cells in a slanted grid; two with low coverage, one withheld, one without a figure."""
    states: dict[int, choropleth.State] = {6: "low_coverage", 13: "low_coverage", 16: "suppressed"}
    cells = []
    for index in range(20):
        row, column = divmod(index, 5)
        ring = _ring([(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)])
        value = None if index == 3 else 6.0 + (index * 37 % 29)
        cells.append(
            choropleth.Cell(
                code=f"contoh-{index + 1}",
                name=f"Desa Contoh {index + 1}",
                rings=(ring,),
                value=value,
                state=states.get(index, "shown"),
                href=f"#contoh-{index + 1}",
            )
        )
    return tuple(cells)


def _maps(locale: Locale) -> list[Sample]:
    cells = map_cells()
    outlines = tuple(
        choropleth.Outline(name, (_ring([(x, top) for x in range(6)] + right + left + edge),))
        for name, top, right, left, edge in (
            ("Contoh Lor", 0, [(5, 1)], [(x, 2) for x in range(5, -1, -1)], [(0, 1)]),
            ("Contoh Kidul", 2, [(5, 3)], [(x, 4) for x in range(5, -1, -1)], [(0, 3)]),
        )
    )
    title = "Rumah tidak layak huni per 1.000 rumah, desa contoh"
    same = tuple(choropleth.Cell(cell.code, cell.name, cell.rings, 4.0) for cell in cells[:3])
    hidden = tuple(
        choropleth.Cell(cell.code, cell.name, cell.rings, None, state="suppressed") for cell in cells[:4]
    )
    cases = [
        ("lengkap", "lima kelas, arsir, disamarkan, tautan", choropleth.Map(title, cells, outlines)),
        ("sama", "semua angka sama", choropleth.Map(title, same)),
        ("samar", "semuanya disamarkan", choropleth.Map(title, hidden)),
        ("kosong", "tanpa petak", choropleth.Map(title, ())),
    ]
    found = []
    for name, case, chart in cases:
        own = f"g-map-{name}"
        drawn = choropleth.draw(chart, id=own, locale=locale)
        found.append(Sample(own, "choropleth", case, drawn, choropleth.legend(chart, id=own, locale=locale)))
    return found


def funnel_areas() -> tuple[funnel.Area, ...]:
    """Sixty invented villages around 17 in 1,000, three above and two below what chance allows, one
    withheld.
    """
    areas = []
    for index in range(60):
        base = 320 + index * 61
        swing = ((index * 29) % 21 - 10) / 10
        events = max(0, round(base * 0.017 + swing * (base * 0.017) ** 0.5))
        areas.append(funnel.Area(f"Contoh {index + 1}", events, base))
    odd = {5: 30, 21: 62, 40: 90, 48: 20, 57: 24}
    areas = [
        funnel.Area(
            area.name,
            odd.get(index, area.events),
            area.base,
            f"#contoh-{index + 1}" if index in odd else None,
        )
        for index, area in enumerate(areas)
    ]
    return (*areas, funnel.Area("Contoh 61", None, 410))


def _funnels(locale: Locale) -> list[Sample]:
    title = "Lima desa di luar batas kebetulan"

    def plot(name: str, areas: tuple[funnel.Area, ...]) -> funnel.Funnel:
        return funnel.Funnel(name, areas, unit="per 1.000 rumah", base_label="rumah di desa")

    cases = [
        ("lengkap", "di atas, di bawah, dan di dalam batas", plot(title, funnel_areas())),
        ("satu", "satu desa", plot("Satu desa", (funnel.Area("Contoh 1", 4, 210),))),
        ("nol", "tanpa kejadian", plot("Tanpa kejadian", (funnel.Area("Contoh 1", 0, 90),))),
        ("kosong", "semuanya disamarkan", plot("Kosong", (funnel.Area("Contoh 1", None, 90),))),
    ]
    return [
        Sample(
            f"g-funnel-{name}",
            "funnel",
            case,
            funnel.draw(chart, id=f"g-funnel-{name}", locale=locale),
            funnel.legend(chart, locale=locale),
        )
        for name, case, chart in cases
    ]


def age_groups(size: float = 1.0, *, withheld: int | None = None) -> tuple[pyramid.AgeGroup, ...]:
    """Seventeen invented groups; `withheld` is the number of a group whose women are withheld."""
    shape = (41, 43, 44, 42, 40, 39, 40, 41, 40, 37, 34, 31, 27, 21, 15, 9, 8)
    names = [f"{5 * k}–{5 * k + 4}" for k in range(16)] + ["80+"]
    return tuple(
        pyramid.AgeGroup(
            name,
            round(count * size * 1.01),
            None if index == withheld else round(count * size * (0.97 + index * 0.006)),
        )
        for index, (name, count) in enumerate(zip(names, shape, strict=True))
    )


def _pyramids(locale: Locale) -> list[Sample]:
    regency = tuple(
        pyramid.AgeGroup(group.label, group.male and group.male + 900 * (index % 3), group.female)
        for index, group in enumerate(age_groups(900))
    )
    cases = [
        (
            "jiwa",
            "jumlah jiwa, satu kelompok disamarkan",
            pyramid.Pyramid("Penduduk contoh", age_groups(withheld=16)),
        ),
        (
            "banding",
            "persen, dengan garis kabupaten",
            pyramid.Pyramid("Penduduk contoh dan kabupaten", age_groups(3), regency, "garis: kabupaten"),
        ),
        ("satu", "satu kelompok", pyramid.Pyramid("Satu kelompok", (pyramid.AgeGroup("0–4", 7, 9),))),
        ("kosong", "tanpa penduduk", pyramid.Pyramid("Tanpa penduduk", ())),
    ]
    return [
        Sample(
            f"g-pyramid-{name}", "pyramid", case, pyramid.draw(chart, id=f"g-pyramid-{name}", locale=locale)
        )
        for name, case, chart in cases
    ]


def _bridges(locale: Locale) -> list[Sample]:
    def bridge(
        start: float | None, parts: tuple[float, float, float], end: float, decimals: int = 0
    ) -> waterfall.Bridge:
        return waterfall.Bridge(
            waterfall.Level("Terbit", "31 Okt", start),
            waterfall.Level("Kini", "20 Nov", end),
            *parts,
            title="Yang bergerak bulan ini, dan sebabnya",
            decimals=decimals,
        )

    cases = [
        ("turun", "alas terpotong", bridge(5874, (-212, 96, -143), 5615)),
        ("penuh", "alas utuh", bridge(120, (-40, 15, -30), 65)),
        ("minus", "melewati nol", bridge(12, (-30, 4, -8), -22)),
        ("persen", "angka dengan desimal", bridge(18.2, (-0.66, 0.3, -0.44), 17.4, 1)),
        ("tetap", "tidak berubah", bridge(500, (0, 0, 0), 500)),
        ("kosong", "belum pernah terbit", bridge(None, (0, 0, 0), 500)),
    ]
    return [
        Sample(
            f"g-bridge-{name}", "waterfall", case, waterfall.draw(chart, id=f"g-bridge-{name}", locale=locale)
        )
        for name, case, chart in cases
    ]


def _rankings(locale: Locale) -> list[Sample]:
    rows = (
        ("tinggi", "di atas kabupaten", ranking.Whisker(65.5, 53.2, 80.4)),
        ("sedang", "tidak dapat dibedakan", ranking.Whisker(18.0, 12.1, 26.7)),
        ("lebar", "rentang melewati sumbu", ranking.Whisker(41.1, 27.5, 140.0)),
        ("tanpa", "tanpa rentang", ranking.Whisker(9.0)),
        ("samar", "disamarkan", ranking.Whisker(None)),
    )
    scale = ranking.axis((row for _, _, row in rows), reference=17.4)
    return [
        Sample(
            f"g-rank-{name}",
            "ranking",
            case,
            ranking.draw(
                row, scale, id=f"g-rank-{name}", title=f"Desa Contoh, {case}", decimals=1, locale=locale
            ),
        )
        for name, case, row in rows
    ]


def _ladders(locale: Locale) -> list[Sample]:
    sanitation = (
        bars.Rung("Layak, dikelola aman", 21.4, 18.2),
        bars.Rung("Layak, milik sendiri", 58.1, 61.0),
        bars.Rung("Layak, dipakai bersama", 9.6, 8.4),
        bars.Rung("Belum layak", 10.9, 11.9),
        bars.Rung("Buang air di tempat terbuka", None, 0.5),
    )
    signed = (bars.Rung("Lahir dikurangi mati", 0.6), bars.Rung("Datang dikurangi pindah", -0.9))
    cases = [
        ("sanitasi", "lima anak tangga, satu disamarkan",
         bars.Ladder("Sanitasi keluarga", sanitation, beside_name="garis tegak: kabupaten")),
        ("minus", "di bawah nol", bars.Ladder("Sebab perubahan penduduk", signed, full=None)),
        ("kosong", "tanpa anak tangga", bars.Ladder("Kosong", ())),
    ]  # fmt: skip
    return [
        Sample(f"g-ladder-{name}", "ladder", case, bars.ladder(chart, id=f"g-ladder-{name}", locale=locale))
        for name, case, chart in cases
    ]


def _stacks(locale: Locale) -> list[Sample]:
    parts = ("Dikelola aman", "Layak sendiri", "Layak bersama", "Belum layak", "Tempat terbuka")
    rows = (
        bars.StackRow("Kabupaten", (18200, 61000, 8400, 11900, 500)),
        bars.StackRow("Desa Contoh 1", (214, 581, 96, 109, 0)),
        bars.StackRow("Desa Contoh 2", (90, 310, None, 80, 12)),
        bars.StackRow("Desa Contoh 3", (0, 0, 0, 0, 0)),
    )
    chart = bars.Stack("Sanitasi menurut desa", parts, rows)
    empty = bars.Stack("Tanpa baris", parts, ())
    drawn = bars.stack(chart, id="g-stack-desa", locale=locale)
    blank = bars.stack(empty, id="g-stack-kosong", locale=locale)
    return [
        Sample("g-stack-desa", "stack", "satu baris disamarkan, satu kosong", drawn, bars.legend(chart)),
        Sample("g-stack-kosong", "stack", "tanpa baris", blank),
    ]
