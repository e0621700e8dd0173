"""A moment as part of an address, exact to the microsecond: what an undo asks for."""

from datetime import UTC, datetime, timedelta

from django.http import Http404

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number_of(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """Raises Http404 for a number that is no moment."""
    try:
        return EPOCH + timedelta(microseconds=number)
    except OverflowError:
        raise Http404 from None
