"""Judging students: each one against each criterion, once; everything Pathbook shows is added up from this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.college_measures import COLLEGE_MEASURES, college_rows
from pathbook.framework.facts import LeaverFacts, SchoolFacts, StudentFacts
from pathbook.framework.measure import Asked, Measure, Verdict
from pathbook.framework.measures import MEASURES, PROVIDER_ACCESS, is_a_gap, is_of_leavers, judged_rows
from pathbook.framework.shares import Share
from pathbook.framework.tally import Tally, count_meeting, tally, windows_of
from pathbook.framework.years import AcademicYear


@dataclass(frozen=True, slots=True)
class Judged:
    """One student and their verdict on every row that concerns them (criterion id -> verdict).

    `this_year`: employers, workplaces, providers and lessons attended this academic year.
    """

    student_id: str
    year_group: int
    tutor_group: str
    verdicts: Mapping[str, Verdict]
    applying: frozenset[str]
    this_year: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def gaps(self) -> int:
        """How many criteria that are the student's to have are not met yet."""
        return sum(is_a_gap(row) and not self.verdicts[row].met for row in self.applying)

    def is_missing(self, row: str) -> bool:
        """Is it this student's own to have, and not had yet?"""
        return row in self.applying and is_a_gap(row) and not self.verdicts[row].met

    def applies(self, row: str) -> bool:
        return row in self.applying


@dataclass(frozen=True, slots=True)
class Count:
    """A criterion's share over its denominator, and over each year group on the way there."""

    share: Share
    by_year_group: Mapping[int, Share]


def rows_for(set_id: str, audience: str = "school") -> tuple[Measure, ...]:
    """Every row a student of a school, or a learner of a college or training provider, can be judged by."""
    return judged_rows(set_id) if audience == "school" else college_rows(set_id)


def every_row(set_id: str) -> tuple[Measure, ...]:
    """The rows of schools and those of colleges: a student is judged by one kind's, and applies to no other."""
    return (*judged_rows(set_id), *college_rows(set_id))


def judge_facts(
    students: Iterable[StudentFacts], set_id: str, as_of: date, audience: str = "school"
) -> tuple[Judged, ...]:
    """Every student against every row of the set and, at a school, of the provider access duty."""
    rows = rows_for(set_id, audience)
    return tuple(_judge_one(student, rows, as_of) for student in students)


def _judge_one(student: StudentFacts, rows: tuple[Measure, ...], as_of: date) -> Judged:
    asked = Asked(student, tally(student, as_of), as_of)
    included = [row for row in rows if row.includes(asked)]
    applying = frozenset(row.id for row in included if student.year_group in row.applies_in)
    attended = asked.tally.this_year
    counts = (attended["employers"], attended["workplaces"], attended["providers"], attended["lessons"])
    verdicts = {row.id: row.judge(asked) for row in included}
    return Judged(student.student_id, student.year_group, student.tutor_group, verdicts, applying, counts)


def count(measure: Measure, judged: tuple[Judged, ...], school: SchoolFacts, as_of: date) -> Count:
    """Add one criterion up. A sum of parts counts each part where it applies."""
    if measure.sums_parts:
        return _added([count(part, judged, school, as_of) for part in measure.parts], measure.parts)
    if is_of_leavers(measure):
        return _count_leavers(school.leavers, as_of)
    by_year: dict[int, list[int]] = {}
    for one in judged:
        verdict = one.verdicts.get(measure.id)
        if verdict is not None:
            _add(by_year, one.year_group, measure, verdict)
    if measure.id in ("GB3.2", "GB3.2C"):
        _add_departed(by_year, school, as_of)
    shares = {group: Share(of, out_of) for group, (of, out_of) in sorted(by_year.items())}
    return Count(_total(shares[group] for group in shares if group in measure.due_in), shares)


def _add(by_year: dict[int, list[int]], year_group: int, measure: Measure, verdict: Verdict) -> None:
    cell = by_year.setdefault(year_group, [0, 0])
    cell[0] += int(verdict.had) if measure.per_item else verdict.met
    cell[1] += int(verdict.needed) if measure.per_item else 1


def _add_departed(by_year: dict[int, list[int]], school: SchoolFacts, as_of: date) -> None:
    """Meetings of students who have left since were held all the same."""
    year = AcademicYear.of(as_of).start
    for year_group, meeting in school.meetings_of_departed:
        counts = Tally()
        count_meeting(meeting, windows_of(year, year_group, ()), as_of, counts)
        if counts.meetings_held_this_year:
            cell = by_year.setdefault(year_group, [0, 0])
            cell[0] += counts.meetings_recorded
            cell[1] += 1


def _count_leavers(leavers: tuple[LeaverFacts, ...], as_of: date) -> Count:
    by_year: dict[int, list[int]] = {}
    for leaver in leavers:
        cell = by_year.setdefault(leaver.year_group, [0, 0])
        cell[0] += any(day <= as_of for day in leaver.destinations)
        cell[1] += 1
    shares = {group: Share(of, out_of) for group, (of, out_of) in sorted(by_year.items())}
    return Count(_total(shares.values()), shares)


def _added(counts: list[Count], parts: tuple[Measure, ...]) -> Count:
    """Leavers have no year group now: they are in the total, not in any year group."""
    groups: dict[int, list[Share]] = {}
    for part, counted in zip(parts, counts, strict=True):
        for group, share in counted.by_year_group.items():
            if group in part.applies_in:
                groups.setdefault(group, []).append(share)
    by_year = {group: _total(shares) for group, shares in sorted(groups.items())}
    return Count(_total(counted.share for counted in counts), by_year)


def _total(shares: Iterable[Share]) -> Share:
    counted = list(shares)
    return Share(sum(share.of for share in counted), sum(share.out_of for share in counted))


def measures_for(set_id: str, audience: str = "school") -> tuple[Measure, ...]:
    """Every counted criterion of the set, as it asks an institution of this kind."""
    return MEASURES[set_id] if audience == "school" else COLLEGE_MEASURES[set_id]


def measure_of(set_id: str, criterion_id: str) -> Measure | None:
    """The row a quantity criterion or a duty of provider access is counted by; None for practice criteria."""
    known = (*MEASURES[set_id], *PROVIDER_ACCESS, *COLLEGE_MEASURES[set_id])  # a college's end in C
    return next((measure for measure in known if measure.id == criterion_id), None)
