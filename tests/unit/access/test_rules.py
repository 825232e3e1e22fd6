"""Locks, sessions and first passwords, minute by minute."""

from datetime import UTC, datetime, timedelta

from natapraja.foundation.access import rules

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def at(*minutes: float) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in minutes]


def lock(*minutes: float) -> datetime | None:
    return rules.locked_until(at(*minutes), 5, QUARTER, QUARTER)


def test_four_failures_lock_nothing() -> None:
    assert lock(0, 1, 2, 3) is None


def test_the_fifth_failure_within_a_quarter_of_an_hour_locks_for_a_quarter_of_an_hour() -> None:
    assert lock(0, 1, 2, 3, 4) == NOON + timedelta(minutes=4 + 15)


def test_five_failures_spread_over_more_than_the_window_lock_nothing() -> None:
    assert lock(0, 4, 8, 12, 16) is None


def test_failures_exactly_as_far_apart_as_the_window_still_count() -> None:
    assert lock(0, 1, 2, 3, 15) == NOON + timedelta(minutes=15 + 15)


def test_the_latest_lock_decides() -> None:
    assert lock(0, 1, 2, 3, 4, 30, 31, 32, 33, 34) == NOON + timedelta(minutes=34 + 15)


def test_no_failures_no_lock() -> None:
    assert lock() is None


def test_a_session_ends_after_an_hour_unused() -> None:
    opened, hour, day = NOON, timedelta(hours=1), timedelta(hours=8)
    just_before = NOON + timedelta(minutes=59)
    assert rules.session_end(opened, opened, just_before, hour, day) is None
    assert rules.session_end(opened, opened, NOON + hour, hour, day) == "idle"


def test_a_session_in_use_ends_after_a_working_day() -> None:
    hour, day = timedelta(hours=1), timedelta(hours=8)
    seen = NOON + timedelta(hours=7, minutes=59)
    assert rules.session_end(NOON, seen, seen, hour, day) is None
    assert rules.session_end(NOON, seen, NOON + day, hour, day) == "absolute"


def test_an_area_contains_itself_and_what_lies_below() -> None:
    assert rules.contains("33.09.03", "33.09.03")
    assert rules.contains("33.09.03", "33.09.03.2004.001.007")
    assert not rules.contains("33.09.03", "33.09")
    assert not rules.contains("33.09.03", "33.09.031")


def test_the_depth_of_a_place_is_counted_from_the_regency() -> None:
    codes = ("33.09", "33.09.03", "33.09.03.2004", "33.09.03.2004.001", "33.09.03.2004.001.007")
    assert [rules.depth(code) for code in codes] == [0, 1, 2, 3, 4]


def test_only_the_outermost_places_remain() -> None:
    assert rules.outermost(["33.09.03.2004", "33.09.03", "33.09.01", "33.09.01"]) == ("33.09.01", "33.09.03")
    assert rules.outermost([]) == ()


def test_a_first_password_can_be_read_aloud() -> None:
    password = rules.spoken_password(range(12))
    assert password == "abcd-efgh-jkmn"
    assert not set("0o1il") & set(rules.spoken_password(range(1000)))
