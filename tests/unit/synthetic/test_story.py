"""What the two years tell: growth, corrections, and one fault made on purpose."""

import pytest

from tests.unit.synthetic.made import TODAY, Regency

KETOYAN = "33.09.18.2003"
FAILS = """(roof IN ('5', '7', '8') OR roof_damaged)::INT + (wall IN ('4', '6', '7') OR wall_damaged)::INT
  + (floor IN ('7', '8', '9'))::INT"""


def unfit(regency: Regency, day: str) -> int:
    """Unfit houses of the village as shown on that day."""
    return int(
        regency.one(
            f"""SELECT count(*) FROM versions_houses WHERE village = '{KETOYAN}' AND occupied AND {FAILS} >= 2
            AND valid_from <= DATE '{day}' AND valid_to > DATE '{day}'
            AND known_from <= TIMESTAMPTZ '{day} 12:00:00+00'
            AND known_to > TIMESTAMPTZ '{day} 12:00:00+00'"""
        )
    )


def test_the_fault_village_falls_to_zero_in_a_day_in_month_twenty(regency: Regency) -> None:
    fault = regency.calibration.settings.fault
    assert (fault.village, fault.month) == (KETOYAN, 20)
    assert unfit(regency, "2026-07-21") >= 8
    assert unfit(regency, "2026-07-22") == 0


def test_the_fault_is_a_correction_without_event_or_aid(regency: Regency) -> None:
    rows = regency.ask(
        f"""SELECT cause, event, count(*) FILTER (assisted_year IS NULL), count(*) FILTER (frame_damaged),
        count(*) FROM versions_houses WHERE village = '{KETOYAN}'
        AND known_from BETWEEN TIMESTAMPTZ '2026-07-22 02:00:00+00' AND TIMESTAMPTZ '2026-07-22 03:00:00+00'
        AND cause = 'correction' GROUP BY ALL"""
    )
    assert len(rows) == 1
    cause, event, never_helped, frames, count = rows[0]
    assert (cause, event) == ("correction", "corrected")
    assert never_helped >= 0.8 * count
    assert frames >= 3  # what contradicts the zero


def test_nowhere_else_do_so_many_houses_change_in_an_hour(regency: Regency) -> None:
    most = regency.ask(
        """SELECT village, count(*) FROM versions_houses WHERE cause = 'correction'
        GROUP BY village, date_trunc('hour', known_from) ORDER BY 2 DESC LIMIT 2"""
    )
    assert most[0][0] == KETOYAN
    assert most[0][1] > 5 * most[1][1]


def test_most_double_entries_are_found_within_the_story(regency: Regency) -> None:
    imported = regency.one(
        "SELECT count(*) FROM versions_people WHERE relation = '8' AND NOT lives_here AND cause = 'import'"
    )
    found = regency.one("SELECT count(*) FROM events WHERE kind = 'double' AND state = 'confirmed'")
    assert found / imported == pytest.approx(0.85, abs=0.15)


def test_a_double_entry_that_was_found_never_was(regency: Regency) -> None:
    left = regency.one(
        """SELECT count(*) FROM events e JOIN versions_people p ON p.unit = e.person
        WHERE e.kind = 'double' AND e.state = 'confirmed' AND p.known_to > e.known_from"""
    )
    assert left == 0


def test_news_takes_days_to_weeks(regency: Regency) -> None:
    delay = regency.ask(
        """SELECT quantile_cont(days, [0.1, 0.5, 0.9]) FROM (
        SELECT date_diff('day', occurred_on, known_from::DATE) AS days
        FROM versions_events WHERE kind IN ('born', 'died') AND state <> 'refused')"""
    )[0][0]
    assert delay[0] <= 3
    assert 3 <= delay[1] <= 20
    assert 20 <= delay[2] <= 45


def test_deaths_of_the_last_weeks_are_not_all_confirmed_yet(regency: Regency) -> None:
    waiting = regency.ask(
        "SELECT count(*), min(occurred_on) FROM events WHERE kind = 'died' AND state = 'claim'"
    )[0]
    assert waiting[0] > 0
    assert (TODAY - waiting[1]).days < 70


def test_there_are_births_and_deaths_in_every_month(regency: Regency) -> None:
    months = regency.ask(
        """SELECT strftime(occurred_on, '%Y-%m'), count(*) FILTER (kind = 'born'),
        count(*) FILTER (kind = 'died') FROM events GROUP BY 1 ORDER BY 1"""
    )
    assert len(months) == 25
    assert all(born > 0 and died > 0 for _, born, died in months)


def test_a_record_of_growth_ends_on_the_fifth_birthday(regency: Regency) -> None:
    oldest = regency.one("SELECT min(p.birth_date) FROM growth g JOIN people p ON p.unit = g.person")
    assert oldest >= TODAY.replace(year=TODAY.year - 5, month=TODAY.month - 1)
    wrong = regency.one(
        """SELECT count(*) FROM versions_growth g
        JOIN (SELECT DISTINCT unit, birth_date FROM versions_people) p ON p.unit = g.person
        WHERE g.valid_to < DATE '9000-01-01' AND g.event = 'changed'
        AND g.valid_to < p.birth_date + INTERVAL 5 YEAR"""
    )
    assert wrong == 0


def test_children_of_one_mother_are_not_born_a_month_apart(regency: Regency) -> None:
    close = regency.one(
        """SELECT avg((gap < 200)::INT) FROM (SELECT date_diff('day',
        lag(birth_date) OVER (PARTITION BY family ORDER BY birth_date), birth_date) AS gap
        FROM people WHERE relation = '3')"""
    )
    assert close < 0.02


def test_parents_are_old_enough(regency: Regency) -> None:
    ages = regency.ask(
        """SELECT quantile_cont(gap, [0.001, 0.5, 0.999]) FROM (
        SELECT date_diff('day', w.birth_date, c.birth_date) / 365.25 AS gap FROM people c
        JOIN people w ON w.family = c.family AND w.relation = '2' AND w.sex = 'P' WHERE c.relation = '3')"""
    )[0][0]
    assert ages[0] > 14
    assert 24 < ages[1] < 30
    assert ages[2] < 47


def test_husbands_are_a_few_years_older_than_their_wives(regency: Regency) -> None:
    gap = regency.one(
        """SELECT avg(date_diff('day', h.birth_date, w.birth_date)) / 365.25 FROM people w
        JOIN people h ON h.family = w.family AND h.relation = '1' WHERE w.relation = '2' AND w.sex = 'P'"""
    )
    assert 2 < gap < 6
