"""What was published stays: who edits it in the tables is found by `nata ledger verify`."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from natapraja.foundation.ledger import storage, verify
from natapraja.mcd.indicators import actions
from natapraja.mcd.indicators.models import Layout, Publication, PublishedFigures, SlowFigure
from natapraja.mcd.mart import partitions
from tests.builders import world
from tests.builders.regency import VILLAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)
HEARD = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture
def published(data_dir: Path) -> None:
    """Two months of a tiny regency, both out."""
    world.live(households=1)
    for source in partitions.sources().values():
        partitions.rebuild(source, list(VILLAGES))
    for day in (JULY, AUGUST):
        actions.publish(on=day, known=HEARD, by="system:uji", at=HEARD)


def edit(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def faults() -> list[tuple[str, str]]:
    return [(found.code, found.where) for found in verify.verify().faults]


def entry_of(day: date) -> str:
    return f"Catatan {Publication.objects.get(on=day).entry}"


def test_what_was_published_is_found_as_it_was(published: None):
    assert Publication.objects.count() == 2
    assert PublishedFigures.objects.filter(publication__on=JULY, register="people").count() == 5 + 2 + 1
    assert SlowFigure.objects.filter(on=JULY).exists()
    assert faults() == []


ONE = (
    "id = (SELECT min(id) FROM indicators_publishedfigures WHERE register = 'people' AND publication_id = "
    "(SELECT id FROM indicators_publication WHERE \"on\" = '2026-07-31'))"
)
OTHER = "SELECT max(id) FROM indicators_publishedfigures WHERE register = 'people'"
SLOW = "id = (SELECT min(id) FROM indicators_slowfigure WHERE \"on\" = '2026-07-31')"
OF_JULY = "publication_id = (SELECT id FROM indicators_publication WHERE \"on\" = '2026-07-31')"
EDITS = {
    "a figure": f'UPDATE indicators_publishedfigures SET "values" = (SELECT "values" FROM '
    f"indicators_publishedfigures WHERE id = ({OTHER})) WHERE {ONE}",
    "a whole register": f'UPDATE indicators_publishedfigures SET "values" = (SELECT "values" FROM '
    f"indicators_publishedfigures WHERE id = ({OTHER})) WHERE register = 'people' AND {OF_JULY}",
    "whose figure it is": f"UPDATE indicators_publishedfigures SET area = '33.09.09' WHERE {ONE}",
    "the register of a figure": f"UPDATE indicators_publishedfigures SET register = 'lain' WHERE {ONE}",
    "a figure taken away": f"DELETE FROM indicators_publishedfigures WHERE {ONE}",
    "a figure put in": "INSERT INTO indicators_publishedfigures (area, register, layout_id, publication_id, "
    f'"values") SELECT \'33.09.09\', register, layout_id, publication_id, "values" '
    f"FROM indicators_publishedfigures WHERE {ONE}",
    "when it was known": "UPDATE indicators_publication SET known_at = '2026-11-19 00:00:00' "
    "WHERE \"on\" = '2026-07-31'",
    "a median": f"UPDATE indicators_slowfigure SET value = 12.5 WHERE {SLOW}",
    "a median taken away": f"DELETE FROM indicators_slowfigure WHERE {SLOW}",
    "a median put in": 'INSERT INTO indicators_slowfigure (indicator, area, value, rows, "on", known_at) '
    f"SELECT indicator, '33.09.09', value, rows, \"on\", known_at FROM indicators_slowfigure WHERE {SLOW}",
}


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS.keys())
def test_an_edit_of_a_published_month_is_found_and_the_month_named(published: None, statement: str):
    edit(statement)
    assert faults() == [("state.changed", entry_of(JULY))]


def test_another_day_of_publication_is_found(published: None):
    edit("UPDATE indicators_publication SET \"on\" = '2026-06-30' WHERE \"on\" = '2026-07-31'")
    assert faults() == [("state.changed", entry_of(date(2026, 6, 30)))]


def test_what_the_numbers_mean_cannot_be_exchanged(published: None):
    layout = Layout.objects.filter(register="people").first()
    Layout.objects.filter(pk=layout.pk).update(cells=layout.cells.replace("numerator", "denominator"))
    months = Publication.objects.filter(figures__layout=layout).distinct().order_by("entry")
    assert faults() == [("state.changed", f"Catatan {month.entry}") for month in months]


def test_a_publication_taken_away_is_missed(published: None):
    where = entry_of(JULY)
    edit(f"DELETE FROM indicators_publishedfigures WHERE {OF_JULY}")
    edit("DELETE FROM indicators_publication WHERE \"on\" = '2026-07-31'")
    assert faults() == [("state.missing", where)]


def test_a_publication_put_in_without_an_entry_is_found(published: None):
    made = Publication.objects.create(on=date(2026, 5, 31), known_at=HEARD, entry=999_999)
    assert faults() == [("state.unrecorded", f"Catatan {made.entry}")]


def test_a_month_that_comes_out_during_the_walk_is_no_fault(published: None, monkeypatch: pytest.MonkeyPatch):
    before = storage.last_seq() - 1  # the walk began before August was out
    monkeypatch.setattr(storage, "last_seq", lambda: before)
    assert faults() == []
    edit(f"UPDATE indicators_publication SET known_at = '2026-11-19 05:00:00' WHERE \"on\" = '{AUGUST}'")
    assert faults() == [("state.changed", entry_of(AUGUST))]


def test_measuring_today_anew_leaves_what_was_published_alone(published: None):
    actions.refresh_slow(on=date(2026, 11, 20), at=HEARD)
    actions.refresh_slow(on=date(2026, 11, 20), at=HEARD + timedelta(hours=1))
    assert faults() == []


def test_medians_shown_while_the_day_lasted_give_way_to_the_published_ones(published: None):
    day = date(2026, 9, 30)
    SlowFigure.objects.create(
        indicator="income_gini", area="33.09.09", value=0.9, rows=3, on=day, known_at=HEARD
    )
    actions.publish(on=day, known=HEARD, by="system:uji", at=HEARD)
    assert set(SlowFigure.objects.filter(on=day).values_list("known_at", flat=True)) == {HEARD}
    assert not SlowFigure.objects.filter(on=day, area="33.09.09").exists()
    assert faults() == []


@pytest.mark.parametrize("at", [HEARD, datetime(2026, 11, 19, 17, tzinfo=UTC)])
def test_a_day_that_is_not_over_is_not_published(at: datetime):
    with pytest.raises(ValueError, match="not over"):
        actions.publish(on=date(2026, 11, 20), known=at, by="system:uji", at=at)
