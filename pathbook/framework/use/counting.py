"""Each figure of use counted one by one, each with the group it lies in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.loop import MeetingFacts, Step, held_in_the_year
from pathbook.framework.shares import Share
from pathbook.framework.use.facts import Spell, UseFacts
from pathbook.framework.years import AcademicYear

NO_GROUP, NO_SUBJECT, NOT_HERE = "No tutor group", "No subject", "Not on the roll"


@dataclass(frozen=True, slots=True)
class One:
    """One thing counted: does it have what the figure asks, and the group and wider group it lies in."""

    has: bool
    group: str = ""
    wider: str = ""


Count = Callable[[UseFacts, date], Iterable[One]]


def share_of(counted: Iterable[One]) -> Share:
    has = [one.has for one in counted]
    return Share(sum(has), len(has))


def by_group(counted: Iterable[One], *, wider: bool) -> dict[str, Share]:
    """The same count by its groups, in the order of their names."""
    groups: dict[str, list[One]] = {}
    for one in counted:
        groups.setdefault(one.wider if wider else one.group, []).append(one)
    return {name: share_of(ones) for name, ones in sorted(groups.items())}


def students(what: str, years: frozenset[int], facts: UseFacts, day: date) -> Iterable[One]:
    """Of those on the roll (in these year groups): had it this academic year, by the day."""
    year, first = AcademicYear.of(day).start, facts.first.get(what, {})
    for spell in facts.here(day):
        if not years or spell.year_group in years:
            yield One(first.get((spell.student, year), date.max) <= day, *_place(spell))


def _place(spell: Spell) -> tuple[str, str]:
    return spell.tutor_group or NO_GROUP, f"Year {spell.year_group}"


def meetings(step: Step, facts: UseFacts, day: date) -> Iterable[One]:
    """A step of the loop, one by one."""
    for meeting in held_in_the_year(facts.meetings, day):
        if step.includes(meeting, day):
            yield One(step.counts(meeting, day), *_where_met(meeting))


def confirmed(facts: UseFacts, day: date) -> Iterable[One]:
    """Meetings in which something was agreed, by their groups."""
    for meeting in held_in_the_year(facts.meetings, day):
        if meeting.agreed_by(day):
            yield One(meeting.was_confirmed(day), *_where_met(meeting))


def _where_met(meeting: MeetingFacts) -> tuple[str, str]:
    wider = f"Year {meeting.year_group}" if meeting.year_group else NOT_HERE
    return meeting.tutor_group or NO_GROUP, wider


def overdue(facts: UseFacts, day: date) -> Iterable[One]:
    where = {spell.student: _place(spell) for spell in facts.here(day)}
    for action in facts.actions:
        if action.is_open(day):
            yield One(action.due_on < day, *where.get(action.student, (NOT_HERE, NOT_HERE)))


def accounts(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(bool(who.roles_on(day))) for who in facts.staff if who.is_known(day) or who.roles_on(day))


def signed_in(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.came_lately(day)) for who in facts.staff if who.roles_on(day))


def trained(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.was_trained(day)) for who in facts.staff if who.works_here(day))


def observed(facts: UseFacts, day: date) -> Iterable[One]:
    """This academic year's, by subject or year group."""
    first = AcademicYear.of(day).first_day
    for look in facts.looks:
        if first <= look.day <= day:
            yield One(look.seen, look.subject or NO_SUBJECT, f"Year {look.year_group}")


def role_signed_in(role: str, facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.came_lately(day)) for who in facts.staff if role in who.roles_on(day))
