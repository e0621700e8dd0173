"""Do we record it, can staff get hold of it, is it used? Each figure a share, as it stood on any day.

A figure is counted one by one (a student, a meeting, an action, a member of staff), each with the group it lies in, so
that the whole, the groups and the trend are the same count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from pathbook.framework import kinds
from pathbook.framework.loop import STEPS, MeetingFacts, Step, held_in_the_year
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear

DAYS_LATELY = 42  # signed in lately: about half a term
ANYTHING, GUIDANCE, ASPIRATION, INTENTION, OPENED = "any", "guidance_meeting", "aspiration", "intention", "opened"
CHOOSING = frozenset({11, 13})  # the year groups that say what they mean to do next
NO_GROUP, NO_SUBJECT = "No tutor group", "No subject"
NOT_STAFF = frozenset({"governor", "trust_lead"})  # roles of people who look on and are trained by others


@dataclass(frozen=True, slots=True)
class Spell:
    """A main enrolment: from, to (None while it runs), and where."""

    student: int
    academic_year: int
    starts: date
    ends: date | None
    year_group: int
    tutor_group: str

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action agreed: whose, by when, and the day it was closed."""

    student: int
    agreed_on: date
    due_on: date
    closed_on: date | None

    def is_open(self, day: date) -> bool:
        return self.agreed_on <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """One member of staff: their account (None without one), roles held as (role, from, to), days signed in."""

    account: int | None
    known_from: date | None
    known_to: date | None
    roles: tuple[tuple[str, date, date | None], ...] = ()
    signed_in: tuple[date, ...] = ()
    trained: tuple[date, ...] = ()

    def roles_on(self, day: date) -> tuple[str, ...]:
        return tuple(role for role, start, end in self.roles if start <= day and (end is None or end >= day))

    def is_known(self, day: date) -> bool:
        begun = self.known_from is None or self.known_from <= day
        return begun and (self.known_to is None or self.known_to >= day)

    def works_here(self, day: date) -> bool:
        return self.is_known(day) or bool(set(self.roles_on(day)) - NOT_STAFF)

    def was_trained(self, day: date) -> bool:
        return any(two_years_before(day) <= came <= day for came in self.trained)

    def came_lately(self, day: date) -> bool:
        return any(day - timedelta(days=DAYS_LATELY) <= came <= day for came in self.signed_in)


def two_years_before(day: date) -> date:
    """Training counts for 24 months; of 29 February the 28th."""
    return date(day.year - 2, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One thing looked for in one book, lesson, room or conversation, and whether it was seen; partly is not."""

    day: date
    seen: bool
    subject: str
    year_group: int


First = Mapping[tuple[int, int], date]  # (student, academic year) -> the first day it was so


@dataclass(frozen=True, slots=True)
class UseFacts:
    """Everything the figures are counted from, for all the days of the years read."""

    spells: tuple[Spell, ...]
    first: Mapping[str, First]
    meetings: tuple[MeetingFacts, ...]
    actions: tuple[ActionFacts, ...]
    staff: tuple[StaffFacts, ...]
    looks: tuple[LookFacts, ...] = ()

    def here(self, day: date) -> list[Spell]:
        """The population of a day, each student once."""
        year = AcademicYear.of(day).start
        covering = (spell for spell in self.spells if spell.academic_year == year and spell.covers(day))
        return list({spell.student: spell for spell in covering}.values())


@dataclass(frozen=True, slots=True)
class One:
    """One thing counted: does it have what the figure asks, and the group and wider group it lies in."""

    has: bool
    group: str = ""
    wider: str = ""


Count = Callable[[UseFacts, date], Iterable[One]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `among` says what it is a share of, `means` when one of them counts."""

    id: str
    label: str
    among: str
    means: str
    count: Count
    more_is_worse: bool = False

    @property
    def asks(self) -> str:
        """Which list of the answer it stands in: record, reach, use or loop."""
        return self.id.split(".")[0]

    def share(self, facts: UseFacts, day: date) -> Share:
        return share_of(self.count(facts, day))


def share_of(counted: Iterable[One]) -> Share:
    has = [one.has for one in counted]
    return Share(sum(has), len(has))


def by_group(counted: Iterable[One], *, wider: bool) -> dict[str, Share]:
    """The same count by its groups, in the order of their names."""
    groups: dict[str, list[One]] = {}
    for one in counted:
        groups.setdefault(one.wider if wider else one.group, []).append(one)
    return {name: share_of(ones) for name, ones in sorted(groups.items())}


def _students(what: str, years: frozenset[int], facts: UseFacts, day: date) -> Iterable[One]:
    """Of those on the roll (in these year groups): had it this academic year, by the day."""
    year, first = AcademicYear.of(day).start, facts.first.get(what, {})
    for spell in facts.here(day):
        if not years or spell.year_group in years:
            yield One(first.get((spell.student, year), date.max) <= day, *_place(spell))


def _place(spell: Spell) -> tuple[str, str]:
    return spell.tutor_group or NO_GROUP, f"Year {spell.year_group}"


def _meetings(step: Step, facts: UseFacts, day: date) -> Iterable[One]:
    """A step of the loop, one by one."""
    for meeting in held_in_the_year(facts.meetings, day):
        if step.includes(meeting, day):
            yield One(step.counts(meeting, day), *_where_met(meeting))


def _confirmed(facts: UseFacts, day: date) -> Iterable[One]:
    """Meetings in which something was agreed, by their groups."""
    for meeting in held_in_the_year(facts.meetings, day):
        if meeting.agreed_by(day):
            yield One(meeting.was_confirmed(day), *_where_met(meeting))


def _where_met(meeting: MeetingFacts) -> tuple[str, str]:
    wider = f"Year {meeting.year_group}" if meeting.year_group else "Not on the roll"
    return meeting.tutor_group or NO_GROUP, wider


def _overdue(facts: UseFacts, day: date) -> Iterable[One]:
    where = {spell.student: _place(spell) for spell in facts.here(day)}
    for action in facts.actions:
        if action.is_open(day):
            yield One(action.due_on < day, *where.get(action.student, ("Not on the roll", "Not on the roll")))


def _accounts(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(bool(who.roles_on(day))) for who in facts.staff if who.is_known(day) or who.roles_on(day))


def _signed_in(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.came_lately(day)) for who in facts.staff if who.roles_on(day))


def _trained(facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.was_trained(day)) for who in facts.staff if who.works_here(day))


def _observed(facts: UseFacts, day: date) -> Iterable[One]:
    """This academic year's, by subject or year group."""
    first = AcademicYear.of(day).first_day
    for look in facts.looks:
        if first <= look.day <= day:
            yield One(look.seen, look.subject or NO_SUBJECT, f"Year {look.year_group}")


def _role_signed_in(role: str, facts: UseFacts, day: date) -> Iterable[One]:
    return (One(who.came_lately(day)) for who in facts.staff if role in who.roles_on(day))


def of_students(id: str, label: str, means: str, what: str, years: frozenset[int] = frozenset()) -> Figure:
    among = f"students in Years {' and '.join(map(str, sorted(years)))}" if years else "students on the roll"
    return Figure(id, label, among, means, partial(_students, what, years))


def _of_kind(kind: kinds.Kind) -> Figure:
    means = f"attended one this academic year: {kind.label.lower()}"
    return of_students(f"record.{kind.code}", kind.label, means, kind.code)


def _of_meetings(step: Step, means: str) -> Figure:
    return Figure(step.id, step.label, step.among, means, partial(_meetings, step))


STEP = {step.id: step for step in STEPS}
RECORD = (
    of_students("record.any", "Anything they did", "attended at least one activity this academic year", ANYTHING),
    *(_of_kind(kind) for kind in kinds.KINDS.values() if kind.code != "other"),
    of_students("record.guidance_meeting", "A guidance meeting", "a meeting was held this academic year", GUIDANCE),
    of_students("record.aspiration", "What they hope for", "said this academic year", ASPIRATION),
    of_students("record.intention", "What they mean to do next", "recorded this academic year", INTENTION, CHOOSING),
)  # fmt: skip
REACH = (
    Figure("reach.accounts", "Staff with an account", "staff known to Pathbook", "holds a role today", _accounts),
    Figure("reach.signed_in", "Signed in lately", "staff with an account", f"signed in within the last {DAYS_LATELY} days", _signed_in),
    Figure("reach.training", "Staff trained", "staff known to Pathbook", "came to a training session within 24 months", _trained),
)  # fmt: skip
USE = (
    _of_meetings(STEP["use.read14"], "a form tutor of the student opened the record within 14 days of the meeting"),
    of_students("use.opened_own", "Opened their own record", "opened it themselves this academic year", OPENED),
    Figure("use.overdue", "Overdue actions", "actions open", "due before the day", _overdue, more_is_worse=True),
    Figure(
        "use.confirmed",
        "Confirmed by the student",
        "meetings with an action agreed",
        "the student said that what was agreed happened",
        _confirmed,
    ),
    Figure(
        "use.observed",
        "Seen in books and lessons",
        "things looked for in rounds of monitoring this academic year",
        "it was seen, not partly",
        _observed,
    ),
)
LOOP = (
    _of_meetings(STEP["loop.summary"], "the shared summary is written"),
    _of_meetings(STEP["loop.agreed"], "at least one action was agreed"),
    _of_meetings(STEP["loop.closed"], "at least one of its actions was closed as done"),
    _of_meetings(STEP["loop.proved"], "at least one of those has its evidence linked"),
)
FIGURES = (*RECORD, *REACH, *USE, *LOOP)


def of_role(role: str, label: str) -> Figure:
    """Accounts that hold one role, and how many of them signed in lately."""
    means = f"signed in within the last {DAYS_LATELY} days"
    return Figure(f"reach.signed_in.{role}", label, "accounts with this role", means, partial(_role_signed_in, role))


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
