"""Days in workplaces of one student by phase: what the expectation counts, and the same for Years 12 and 13, where none is set."""

from datetime import date

from pathbook.framework.facts import StudentFacts
from pathbook.framework.tally import HOURS_IN_A_DAY
from pathbook.framework.years import KEY_STAGES, AcademicYear, year_group_in

PHASES = (("Years 7 to 9", "KS3", 5), ("Years 10 and 11", "KS4", 5), ("Years 12 and 13", "KS5", 0))
KIND = "workplace_experience"


def days_by_phase(student: StudentFacts, as_of: date) -> tuple[float, ...]:
    """Days of each phase, attended by the day; five hours are a day, part days kept to a tenth."""
    hours = dict.fromkeys((stage for _, stage, _ in PHASES), 0.0)
    for took in student.took:
        if took.status == "attended" and took.on <= as_of and KIND in took.activity.kinds:
            group = year_group_in(AcademicYear.of(took.on).start, student.year_groups)
            for stage in hours:
                hours[stage] += took.hours if group in KEY_STAGES[stage] else 0
    return tuple(round(had / HOURS_IN_A_DAY, 1) for had in hours.values())
