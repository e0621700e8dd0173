"""Where last year's day falls in another year: the same weekday of the same week of term, off any day the school is closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.in_words import day_in_words
from pathbook.framework.schooldays import SchoolDays
from pathbook.framework.terms import TermDates

DAY = timedelta(days=1)
SAME = "Same week and weekday"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year's term dates, and every day the school is closed in it. `own`: the school has said its term dates."""

    terms: TermDates
    days: SchoolDays
    own: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """`why`: in one sentence, where the day comes from. `kept`: the same weekday of the same week of term."""

    first: date
    last: date
    why: str
    kept: bool


def moved(first: date, last: date, *, before: TermDates, to: Calendar) -> Moved:
    """Always on a school day; what came before something else comes no later. Its length in days is kept where it fits.

    What would fall past a shorter half term comes on the first day after its holiday, and at the end of the year on the
    last day of term.
    """
    meant = _meant(first, before, to.terms)
    earliest, latest = _bounds(first, before, to.terms)
    day = next_open(min(max(meant, earliest), latest), to)
    end = max(day, _open_until(day + (last - first), to, not_before=day))
    return Moved(day, end, SAME if day == meant else _why(meant, day, to), kept=day == meant)


def _meant(day: date, before: TermDates, after: TermDates) -> date:
    """The same place in the other year's term, whether or not it is open then."""
    at, week = before.place_of(day)
    return after.half_terms[at].monday + timedelta(days=7 * week + day.weekday())


def _bounds(day: date, before: TermDates, after: TermDates) -> tuple[date, date]:
    """Not before its half term, and by the day the next begins, so that nothing overtakes what followed it."""
    at = before.place_of(day)[0]
    following = after.half_terms[at + 1].first if at + 1 < len(after.half_terms) else after.year.last_day
    return after.half_terms[at].first, following


def next_open(day: date, to: Calendar) -> date:
    """The day itself, or the next the school is open; past the end of the year, the last one before."""
    found = day
    while not to.days.is_open(found) and found <= to.terms.year.last_day:
        found += DAY
    return found if found in to.terms.year else _open_until(to.terms.year.last_day, to, not_before=date.min)


def _open_until(day: date, to: Calendar, *, not_before: date) -> date:
    """The last open day up to a day."""
    day = min(day, to.terms.year.last_day)
    while day > not_before and not to.days.is_open(day):
        day -= DAY
    return day


def _why(meant: date, day: date, to: Calendar) -> str:
    said = "the next school day" if day > meant else "the last school day before"
    closed = to.days.closed_on(meant)
    if closed:
        return f"{closed.why or 'Closed'} on {day_in_words(meant)}: {said}"
    if meant.weekday() > 4:
        return f"{day_in_words(meant)} is at a weekend: {said}"
    if day > meant:
        return "That half term begins later this time: its first school day"
    return "That half term is shorter this time: the first school day after it"
