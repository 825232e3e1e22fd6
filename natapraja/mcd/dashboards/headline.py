"""The cards at the head of a dashboard: a figure, its months, which way it went, and its passport."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts import sparkline
from natapraja.foundation.web.charts.markup import Markup
from natapraja.mcd.indicators import catalogue, shown
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.queries import Figure
from natapraja.mcd.indicators.shown import Shown

from . import wording


@dataclass(frozen=True)
class Card:
    """One figure as the part `figure` draws it."""

    indicator: Indicator
    title: str
    value: str
    unit: str
    as_of: str
    passport: str
    note: str
    spark: Markup | str
    live: str
    move: wording.Move | None
    number: float | None
    months: tuple[Figure, ...]

    @property
    def said(self) -> str:
        return self.move.text if self.move else ""


def cards(reader: Reader, area: str, names: Sequence[str]) -> list[Card]:
    """Cards of an area, in the order asked for; an indicator without any figure is left out."""
    found = shown.figures(reader, area, names)
    months = shown.trends(reader, names, area)
    return [_card(found[name], months.get(name, []), area) for name in names if name in found]


def sentence(made: Sequence[Card]) -> str:
    """What happened, first: how many of the figures improved and how many got worse since the last publication."""
    good = [card for card in made if card.move and card.move.verdict == "good"]
    poor = [card for card in made if card.move and card.move.verdict == "poor"]
    since = next((card.months[-2].number.on for card in made if len(card.months) > 1), None)
    if since is None:
        return gettext("Belum ada bulan yang terbit untuk dibandingkan.")
    if not good and not poor:
        values = {"all": len(made), "since": wording.long(since)}
        return gettext("Tidak satu pun dari %(all)s angka membaik atau memburuk sejak %(since)s.") % values
    said = []
    better = gettext("%(n)s dari %(all)s angka membaik (%(names)s)")
    for which, words in (
        (poor, gettext("%(n)s dari %(all)s angka memburuk (%(names)s)")),
        (good, gettext("%(n)s membaik (%(names)s)") if poor else better),
    ):
        if which:
            names = wording.listed([card.title for card in which])
            said.append(words % {"n": len(which), "all": len(made), "names": names})
    return gettext("Sejak %(since)s: %(moves)s.") % {
        "since": wording.long(since),
        "moves": wording.listed(said),
    }


def _card(each: Shown, months: Sequence[Figure], area: str) -> Card:
    indicator, figure = each.indicator, each.figure
    before = months[-2] if len(months) > 1 else None
    move = wording.moved(before, figure)
    title = wording.title(indicator)
    return Card(
        indicator=indicator,
        title=title,
        value=wording.value(indicator, each.value),
        unit=wording.unit(indicator) if figure else "",
        as_of=formats.moment(figure.number.known_at, wording.language()) if figure else "",
        passport=reverse("passport", args=[indicator.id, area]),
        note=_note(each, before, move),
        spark=_spark(indicator, months) if figure else "",
        live=f"k-{indicator.id}",
        move=move,
        number=each.value,
        months=tuple(months),
    )


def _note(each: Shown, before: Figure | None, move: wording.Move | None) -> str:
    if each.figure is None or each.value is None:
        return wording.hidden(each)
    target = max(each.indicator.targets, key=lambda target: target.year, default=None)
    if target is not None:
        values = {"value": wording.value(each.indicator, target.value), "year": target.year}
        return gettext("target %(value)s (%(year)s)") % values
    if move and before:
        return gettext("sejak %(day)s") % {"day": wording.short(before.number.on)}
    return ""


def _spark(indicator: Indicator, months: Sequence[Figure]) -> Markup | str:
    """The months as a line; nothing where there is one point only, which shows no way."""
    if sum(each.value is not None for each in months[-13:]) < 2:
        return ""
    line = sparkline.Sparkline(
        wording.title(indicator), tuple(each.value for each in months[-13:]), decimals=indicator.decimals
    )
    return sparkline.draw(line, id=f"s-{indicator.id.replace('_', '-')}", locale=wording.locale())


def known(name: str | None) -> Indicator | None:
    return catalogue.indicators().get(name or "")
