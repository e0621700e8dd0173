"""What may become of what a student is down for, and what each criterion would then count of them.

The judgement is the table's own (`measures`): it is asked once for each way things may go, over a student who took
part in just that. Students for whom the same is open, and who would be judged the same in each case, are one class.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import prod
from typing import NamedTuple

from pathbook.framework.alike import Standing, of_kind, standing
from pathbook.framework.as_planned import as_attended, as_held
from pathbook.framework.attendance import MEETING, Attendance
from pathbook.framework.facts import Met, StudentFacts, Took
from pathbook.framework.measure import Asked, Measure, Verdict
from pathbook.framework.tally import Tally, Windows, tally, windows_for, with_more
from pathbook.framework.ways import Coming, Way, coming_of, ways_of

FEW = 9  # so few are looked at sooner than it is found out which of them matter


class Class(NamedTuple):
    """What is open, and what is had in each way it may go. `ways`: those drawn, where there are too many to try all."""

    coming: tuple[Coming, ...]
    had: tuple[float, ...]
    needed: float
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospect:
    """One student on one row: now, if all that is planned happens, and each way in between."""

    of: Class
    met_now: bool
    had_now: float
    best: float

    @property
    def met_at_best(self) -> bool:
        return self.best >= self.of.needed


@dataclass(frozen=True, slots=True)
class Down:
    """One student, judged as they stand and as they will on the last day if nothing more happens; what they are down for."""

    now: Asked
    ended: Asked
    took: tuple[Took, ...]
    met: tuple[Met, ...]

    @property
    def windows(self) -> Windows:
        return windows_for(self.ended.student, self.ended.as_of)


def down(student: StudentFacts, took: Sequence[Took], met: Sequence[Met], as_of: date, until: date) -> Down:
    return Down(Asked(student, tally(student, as_of), as_of), Asked(student, tally(student, until), until),
                tuple(took), tuple(met))  # fmt: skip


@dataclass(slots=True)
class Alike:
    """What forecasts of the same facts share: those who stand alike, and what is counted of them.

    Rows of one kind (four kinds of provider, three phases of the law) count the same ways things may go: each way is
    counted once, and each row only judges it. Kept no longer than the facts it is of.
    """

    known: dict[tuple[str, Standing], Prospect] = field(default_factory=dict)  # by row
    bases: dict[tuple[str, Standing], "Base"] = field(default_factory=dict)  # by kind
    stood: dict[tuple[str, bool, int], tuple[Down, Standing]] = field(default_factory=dict)  # by kind and who

    def standing(self, one: Down, row: Measure) -> Standing:
        key = row.kind, row.per_item, id(one)
        if key not in self.stood:  # kept with `one`, or its id might become another's
            self.stood[key] = one, standing(one.ended.student, one.took, one.met, row)
        return self.stood[key][1]


def prospect(one: Down, row: Measure, attendance: Attendance, alike: Alike) -> Prospect | None:
    """None where the row does not concern the student; those who stand alike on it are judged once."""
    if not row.applies(one.ended):
        return None
    if not row.kind:
        return _settled(row.judge(one.now), row.judge(one.ended))
    key = row.id, alike.standing(one, row)
    if key not in alike.known:
        alike.known[key] = _judged(one, row, attendance, alike, key[1])
    return alike.known[key]


def _settled(now: Verdict, ended: Verdict) -> Prospect:
    return Prospect(Class((), (_enough(ended),), ended.needed), now.met, now.had, ended.had)


def _judged(one: Down, row: Measure, attendance: Attendance, alike: Alike, stands: Standing) -> Prospect:
    now, ended = row.judge(one.now), row.judge(one.ended)
    took = of_kind(one.took, row)
    met = one.met if row.kind in MEETING else ()
    if ended.met or not (took or met):  # what more there is cannot be lost again
        return _settled(now, ended)
    key = row.kind, stands
    if key not in alike.bases:
        alike.bases[key] = Base.of(one, row, took, met)
    return _open(alike.bases[key], row, attendance, now)


def _open(base: "Base", row: Measure, attendance: Attendance, now: Verdict) -> Prospect:
    things = base.things
    best = base.judged(row, things, [len(each.parts) - 1 for each in things])
    if prod(each.coming.ways for each in things) > FEW:
        things = _that_matter(things, base, row)
    coming = tuple(each.coming for each in things)
    ways, drawn = ways_of(coming, base.student, attendance)
    had = tuple(_enough(base.judged(row, things, way)) for way in ways)
    return Prospect(Class(coming, had, best.needed, tuple(ways) if drawn else ()), now.met, now.had, best.had)


class Thing(NamedTuple):
    """One thing to come, as it would stand in the facts: not there; there; there, and its checklist complete."""

    coming: Coming
    parts: tuple[Took, ...] | tuple[Met, ...]


def _of_activity(took: Took) -> Thing:
    whole = as_attended(took)
    coming = coming_of(took)
    plain = whole._replace(activity=took.activity)
    return Thing(coming, (took, plain, whole) if coming.open else (took, plain))


def _of_meeting(met: Met) -> Thing:
    return Thing(Coming("guidance_meeting", MEETING), (met, as_held(met)))


@dataclass(frozen=True, slots=True)
class Base:
    """A student less what is to come, counted once for rows of one kind; it is given back in each way it may go.

    `asked`: each way counted so far, by the parts it is made of.
    """

    student: StudentFacts
    counts: Tally
    windows: Windows
    until: date
    things: tuple[Thing, ...]
    asked: dict[tuple[int, ...], Asked] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Down, row: Measure, took: Sequence[Took], met: Sequence[Met]) -> "Base":
        student, until = one.ended.student, one.ended.as_of
        down, booked = {each.activity.activity_id for each in took}, {each.meeting_id for each in met}
        less = replace(
            student,
            took=tuple([each for each in of_kind(student.took, row) if each.activity.activity_id not in down]),
            met=tuple(each for each in student.met if each.meeting_id not in booked),
        )
        things = (*map(_of_activity, took), *map(_of_meeting, met))
        return cls(less, tally(less, until), windows_for(less, until), until, things)

    def judged(self, row: Measure, things: Sequence[Thing], way: Sequence[int]) -> Verdict:
        went = [thing.parts[at] for thing, at in zip(things, way, strict=True)]
        key = tuple(map(id, went))  # parts are this base's own, and live as long as it does
        if key not in self.asked:
            self.asked[key] = self._counted(went)
        return row.judge(self.asked[key])

    def _counted(self, went: Sequence[Took | Met]) -> Asked:
        took = [one for one in went if isinstance(one, Took)]
        met = [one for one in went if isinstance(one, Met)]
        return Asked(self.student, with_more(self.counts, self.windows, took, met, self.until), self.until)


def _that_matter(things: Sequence[Thing], base: Base, row: Measure) -> tuple[Thing, ...]:
    """Less those that change nothing, neither alone nor with all the rest; an open checklist the row asks nothing of is closed."""
    tried: dict[Way, float] = {}
    kept = (_closed(one, at, things, base, row, tried) for at, one in enumerate(things))
    return tuple(one for one in kept if one.parts)


def _closed(one: Thing, at: int, things: Sequence[Thing], base: Base, row: Measure, tried: dict[Way, float]) -> Thing:
    """`one` with the parts that differ in what the row counts."""
    least, most = [0] * len(things), [len(each.parts) - 1 for each in things]
    counted = [
        tuple(_tried(tried, base, row, things, (*rest[:at], part, *rest[at + 1 :])) for rest in (least, most))
        for part in range(len(one.parts))
    ]
    if len(set(counted)) == 1:
        return one._replace(parts=())
    if one.coming.open and counted[1] == counted[2]:
        return Thing(one.coming._replace(open=False), one.parts[::2])
    return one


def _tried(tried: dict[Way, float], base: Base, row: Measure, things: Sequence[Thing], way: Way) -> float:
    if way not in tried:
        tried[way] = base.judged(row, things, way).had
    return tried[way]


def _enough(verdict: Verdict) -> float:
    """What is had, up to what is needed: more is never counted."""
    return min(verdict.had, verdict.needed)


def classes(prospects: Sequence[Prospect]) -> Iterator[tuple[Class, int]]:
    """Each class once, with how many students are of it, in the order met."""
    counted: dict[Class, int] = {}
    for one in prospects:
        counted[one.of] = counted.get(one.of, 0) + 1
    yield from counted.items()
