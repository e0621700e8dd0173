"""One more activity, before anybody plans it: whom it would be for, and what the year's end would then look like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pathbook.framework import kinds
from pathbook.framework.alike import of_kind
from pathbook.framework.as_planned import as_attended, as_held
from pathbook.framework.attendance import MEETING
from pathbook.framework.facts import ActivityFacts, Took
from pathbook.framework.forecast import Known, Line, RowForecast, forecast
from pathbook.framework.measure import Asked, Measure
from pathbook.framework.tally import Tally, windows_for, with_more
from pathbook.framework.worlds import Alike, Down

THE_IDEA = "what-if"
NOT_SAID = "A provider not met before"  # so that it is nobody's second visit from the same one


@dataclass(frozen=True, slots=True)
class Idea:
    """`places`: None for everyone of the year groups. Those who would still lack what it gives get the first."""

    kind: str
    year_groups: tuple[int, ...]
    on: date
    places: int | None = None
    provider_type: str = ""
    technical: bool = False

    @property
    def facts(self) -> ActivityFacts:
        """With its checklist still to be completed, as of anything not yet planned."""
        return ActivityFacts(
            THE_IDEA, kinds.all_kinds(self.kind), kinds.provider_types(self.kind, (), self.provider_type),
            provider=NOT_SAID, technical=self.technical,
        )  # fmt: skip

    @property
    def coming(self) -> Took:
        return Took(self.facts, "planned", self.on)


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion before and after; `group`: the year group it is shown for, None for all it is due for."""

    row: Measure
    before: Line
    after: Line


@dataclass(frozen=True, slots=True)
class Answer:
    """`invited`: how many; `first`: how many of them would have lacked it. `changes`: criteria that move."""

    invited: int
    first: int
    changes: tuple[Change, ...]


def what_if(
    known: Known, everyone: Sequence[Down], before: Sequence[RowForecast], idea: Idea, alike: Alike | None = None
) -> Answer:
    """Only the rows its kind can move are forecast again, with the same draws for everything else."""
    rows = rows_moved(known, everyone, idea)
    chosen, first = _invited(known, everyone, rows, idea)
    coming = idea.coming
    then = [replace(one, took=(*one.took, coming)) if at in chosen else one for at, one in enumerate(everyone)]
    after = {one.row.id: one for one in forecast(known, rows, then, alike)}
    changes = (Change(one.row, one.total, after[one.row.id].total) for one in before if one.row.id in after)
    moved = tuple(
        one for one in changes if (one.before.expected, one.before.planned) != (one.after.expected, one.after.planned)
    )
    return Answer(len(chosen), first, moved)


def rows_moved(known: Known, everyone: Sequence[Down], idea: Idea) -> list[Measure]:
    """Those that would count it of anybody asked who had nothing yet: a visit to a college moves no row of universities."""
    asked, coming = _asked(everyone, idea), as_attended(idea.coming)
    given = {id(one.windows): _alone(coming, one) for one in asked}
    of_its_kind = [row for row in known.rows if row.kind in idea.facts.kinds]
    return [row for row in of_its_kind if any(_counts(row, one, given[id(one.windows)]) for one in asked)]


def _alone(coming: Took, one: Down) -> Tally:
    return with_more(Tally(), one.windows, (coming,), (), one.ended.as_of)


def _counts(row: Measure, one: Down, given: Tally) -> bool:
    student, until = one.ended.student, one.ended.as_of
    if not row.applies(one.ended):
        return False
    return row.count(Asked(student, given, until)) > row.count(Asked(student, Tally(), until))


def _asked(everyone: Sequence[Down], idea: Idea) -> list[Down]:
    return [one for one in everyone if one.ended.student.year_group in idea.year_groups]


def _invited(known: Known, everyone: Sequence[Down], rows: Sequence[Measure], idea: Idea) -> tuple[frozenset[int], int]:
    """Those it would bring nearer to something they would still lack, then the others, up to its places."""
    asked = [at for at, one in enumerate(everyone) if one.ended.student.year_group in idea.year_groups]
    coming = idea.coming
    lacking = {at: None for at in asked if any(_helps(known, everyone[at], row, coming) for row in rows)}
    ordered = [*lacking, *(at for at in asked if at not in lacking)]
    chosen = frozenset(ordered[: idea.places])
    return chosen, len(chosen.intersection(lacking))


def _helps(known: Known, one: Down, row: Measure, coming: Took) -> bool:
    """Would they lack it, and less of it with this?"""
    if not (known.counts(row, one) and row.applies(one.ended)):
        return False
    lacking = short_of(one, row)
    return lacking > 0 and short_of(one, row, coming) < lacking


def short_of(one: Down, row: Measure, *more: Took) -> float:
    """How much a student would still lack of a row if all that is planned happens, and `more` too; 0 when met."""
    student, until = one.ended.student, one.ended.as_of
    coming, booked = of_kind((*one.took, *more), row), one.met if row.kind in MEETING else ()
    if not (coming or booked):
        had, needed, _ = row.judge(one.ended)
        return max(0.0, needed - had)
    down, known = {each.activity.activity_id for each in coming}, {each.meeting_id for each in booked}
    took = (*map(as_attended, coming), *_others(of_kind(student.took, row), down))
    met = (*map(as_held, booked), *(each for each in student.met if each.meeting_id not in known))
    counts = with_more(type(one.ended.tally)(), windows_for(student, until), took, met, until)
    had, needed, _ = row.judge(Asked(student, counts, until))
    return max(0.0, needed - had)


def _others(took: Sequence[Took], down: set[str]) -> tuple[Took, ...]:
    return tuple(each for each in took if each.activity.activity_id not in down)
