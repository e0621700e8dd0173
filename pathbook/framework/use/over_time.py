"""The figures of use over time, and from a meeting to what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.loop import MeetingFacts, held_in_the_year
from pathbook.framework.shares import Share
from pathbook.framework.use.facts import UseFacts
from pathbook.framework.use.figures import Figure
from pathbook.framework.years import AcademicYear


@dataclass(frozen=True, slots=True)
class TermEnd:
    """A term and its last day, or the day asked about if that is sooner."""

    label: str
    day: date


def terms_to(as_of: date, *, years: int = 2) -> tuple[TermEnd, ...]:
    """The terms of this academic year and the one before, up to the day asked about."""
    this = AcademicYear.of(as_of).start
    ends = [end for start in range(this - years + 1, this + 1) for end in _terms_of(AcademicYear(start))]
    begun = [end for at, end in enumerate(ends) if at == 0 or ends[at - 1].day < as_of]
    return tuple(TermEnd(end.label, min(end.day, as_of)) for end in begun)


def _terms_of(year: AcademicYear) -> tuple[TermEnd, ...]:
    days = {"autumn": date(year.start, 12, 31), "spring": date(year.start + 1, 4, 15), "summer": year.last_day}
    return tuple(TermEnd(f"{year.label} {term}", day) for term, day in days.items())


def trend(figure: Figure, facts: UseFacts, as_of: date) -> tuple[tuple[str, Share], ...]:
    """The figure as it stood at the end of each term."""
    return tuple((term.label, figure.share(facts, term.day)) for term in terms_to(as_of))


def funnel(facts: UseFacts, day: date) -> tuple[tuple[str, Share], ...]:
    """From a meeting to what came of it, each step a share of the same meetings held this academic year."""
    held = held_in_the_year(facts.meetings, day)
    steps: tuple[tuple[str, Callable[[MeetingFacts], bool]], ...] = (
        ("Recorded", lambda one: one.has_summary),
        ("Read by the tutor", lambda one: one.has_summary and one.was_read_in_time(day)),
        ("Acted on", lambda one: one.was_acted_on(day)),
        ("Confirmed by the student", lambda one: one.was_confirmed(day)),
    )
    return tuple((label, Share(sum(map(counts, held)), len(held))) for label, counts in steps)
