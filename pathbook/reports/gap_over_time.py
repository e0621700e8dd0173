"""The gap between Benchmarks 8 and 3 on several days at once, from facts that are read already and two queries.

The same as `gap.gap_for`, which asks the whole evaluation of one day: a test holds them to each other.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pathbook.framework.facts import Met, StudentFacts
from pathbook.framework.loop import Gap, gap_of
from pathbook.framework.measure import Asked, Measure
from pathbook.framework.shares import Share
from pathbook.framework.tally import tally
from pathbook.framework.use.facts import UseFacts
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.facts import meetings_of
from pathbook.records.loop_facts import first_done
from pathbook.reports.coverage import row_of
from pathbook.reports.gap import GUIDANCE_BY_16

YEAR_11 = 11


def gaps_on(school: Institution, facts: UseFacts, days: Iterable[date]) -> tuple[Gap, ...]:
    """One for each day, in order; days of this academic year and the one before."""
    rolls = [(day, [one.student for one in facts.here(day) if one.year_group == YEAR_11]) for day in days]
    met = meetings_of({"student__in": sorted({student for _, roll in rolls for student in roll})})
    done = first_done(school)
    row = row_of(*GUIDANCE_BY_16)
    assert row is not None, "the gap is measured from a criterion of the set"
    return tuple(
        gap_of(
            Share(sum(_had(row, met.get(student, ()), day) for student in roll), len(roll)),
            map(str, roll), {str(student) for student, first in done.items() if first <= day},
        )
        for day, roll in rolls
    )  # fmt: skip


def _had(row: Measure, met: Sequence[Met], day: date) -> bool:
    """The very rule the verdict comes from; it asks for nothing but the meetings of a Year 11."""
    facts = StudentFacts("", YEAR_11, year_groups={AcademicYear.of(day).start: YEAR_11}, met=tuple(met))
    return row.judge(Asked(facts, tally(facts, day), day)).met
