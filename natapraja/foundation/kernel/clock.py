"""The one place that reads the clock. Rules and actions are given the time; views and commands ask here."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

WIB: Final = timezone(timedelta(hours=7), "WIB")  # Waktu Indonesia Barat knows no summer time


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """The date in the regency (WIB) at an aware moment."""
    if at.tzinfo is None:
        raise ValueError("a moment without time zone has no date in the regency")
    return at.astimezone(WIB).date()


def today() -> date:
    """Today's date in the regency."""
    return local_date(now())


def month_start(at: datetime) -> datetime:
    """The first moment, in the regency, of the month of an aware moment."""
    return datetime.combine(local_date(at).replace(day=1), time.min, tzinfo=WIB)
