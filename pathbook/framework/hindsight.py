"""What was known on a day of what is known now: for scoring a forecast on years that are over, and for what comes late.

The plan of a past day is not kept: whoever has a row for an activity after it is taken to have been invited then,
and its checklist not to have been ticked yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pathbook.framework.as_planned import PlannedSchool
from pathbook.framework.facts import Met, SchoolFacts, StudentFacts, Took
from pathbook.framework.kinds import checklist_for
from pathbook.framework.measure import Asked, Measure
from pathbook.framework.tally import tally

PastYear = tuple[tuple[StudentFacts, ...], date, date]  # students as known now, that day of that year, its last day
LEAN = 10  # students' worth of weight a year group's late ones give to those of all year groups


def known_on(student: StudentFacts, day: date) -> StudentFacts:
    """The student as they stood that day, with what they were down for."""
    return replace(
        student,
        took=tuple(_took(one, day) for one in student.took),
        met=tuple(found for one in student.met if (found := _met(one, day))),
        aspirations=tuple(said for said in student.aspirations if said.on <= day),
        intentions=_until(student.intentions, day),
        prior_records=_until(student.prior_records, day),
        own_readings=_until(student.own_readings, day),
    )


def _until(days: Iterable[date], day: date) -> tuple[date, ...]:
    return tuple(one for one in days if one <= day)


def _took(took: Took, day: date) -> Took:
    if took.on <= day:
        return took
    open_still = bool(checklist_for("", took.activity.kinds))
    activity = replace(took.activity, meaningful=False) if open_still else took.activity
    return took._replace(activity=activity, status="planned", hours=0.0)


def _met(met: Met, day: date) -> Met | None:
    """Booked for later; dropped where it was booked later; as it stands where it was over."""
    was_for = met.held_on or met.planned_on
    if was_for is None or was_for <= day:
        return met
    if met.booked_on is None or met.booked_on > day:
        return None
    return met._replace(status="booked", held_on=None, planned_on=was_for, has_summary=False, agreed_on=None)


@dataclass(frozen=True, slots=True)
class Late:
    """Of those who had nothing and nothing booked on that day of past years, who had it by the year's end.

    `counts`: row and year group -> how many lacked it, and how many of them had it in the end.
    """

    counts: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def of(self, row: str, year_group: int) -> tuple[float, int]:
        """The share, leaning on the row's other year groups, and how many students it rests on."""
        all_n = sum(n for (id, _), (n, _) in self.counts.items() if id == row)
        if not all_n:
            return 0.0, 0
        gained = sum(k for (id, _), (_, k) in self.counts.items() if id == row)
        n, k = self.counts.get((row, year_group), (0, 0))
        return (k + LEAN * gained / all_n) / (n + LEAN), n or all_n


def comes_late(row: Measure) -> bool:
    """Does it come by no plan: a meeting from an open slot, or what a student or their teacher says or does any day?"""
    return bool(row.rests_on) or row.kind == "guidance_meeting"


def late_of(years: Iterable[PastYear], rows: Iterable[Measure]) -> Late:
    """From what past years' students had on that day and at the end."""
    counts: dict[tuple[str, int], list[int]] = {}
    coming_late = [row for row in rows if comes_late(row)]
    for students, day, until in years:
        for student in students:
            _add(counts, student, coming_late, day, until)
    return Late({key: (n, k) for key, (n, k) in counts.items()})


def _add(
    counts: dict[tuple[str, int], list[int]], student: StudentFacts, rows: Iterable[Measure], day: date, until: date
) -> None:
    earlier = known_on(student, day)
    then, ended = Asked(earlier, tally(earlier, day), day), Asked(student, tally(student, until), until)
    for row in rows:
        if row.applies(then):
            was = row.judge(then)
            if not was.met and not was.coming:
                cell = counts.setdefault((row.id, student.year_group), [0, 0])
                cell[0] += 1
                cell[1] += row.judge(ended).met


def as_it_stood(students: Iterable[StudentFacts], day: date, until: date) -> PlannedSchool:
    """A school on a past day with what was to come then, from what is known now."""
    now = tuple(known_on(student, day) for student in students)
    to_come = {one.student_id: tuple(took for took in one.took if took.status == "planned") for one in now}
    booked = {one.student_id: tuple(met for met in one.met if met.status == "booked") for one in now}
    return PlannedSchool(SchoolFacts(now), to_come, booked, until)
