"""A school as it would stand if all that is planned happens: whoever is down for it comes, and it goes as it was meant to.

What asks for a checklist is taken to have all of it, and a booked meeting to be held and written up. Nothing that is
recorded is changed: a plan adds, it never takes away. The judgement is `evaluate`'s own, over these facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pathbook.framework.facts import ActivityFacts, Met, SchoolFacts, StudentFacts, Took

PLANNED, ATTENDED, BOOKED, HELD = "planned", "attended", "booked", "held"


@dataclass(frozen=True, slots=True)
class PlannedSchool:
    """`now`: as recorded. `to_come`: by student, what they are down for until `until`, each as planned.

    `meetings`: by student, what is booked until then, `held_on` the day it is booked for and status still booked.
    Judge what `if_all_happens` gives on `until`, the last day of the academic year planned.
    """

    now: SchoolFacts
    to_come: Mapping[str, tuple[Took, ...]]
    meetings: Mapping[str, tuple[Met, ...]]
    until: date

    @property
    def if_all_happens(self) -> SchoolFacts:
        return replace(self.now, students=tuple(self._one(student) for student in self.now.students))

    def _one(self, student: StudentFacts) -> StudentFacts:
        """Every other record stays as it is, and so do planned ones of later years."""
        coming, held = self.to_come.get(student.student_id, ()), self.meetings.get(student.student_id, ())
        if not coming and not held:
            return student
        down = {took.activity.activity_id for took in coming}
        booked = {met.meeting_id for met in held}
        took = (one for one in student.took if one.status != PLANNED or one.activity.activity_id not in down)
        met = (one for one in student.met if one.meeting_id not in booked)
        return replace(student, took=(*took, *map(as_attended, coming)), met=(*met, *map(as_held, held)))


def as_attended(took: Took) -> Took:
    """Came to all of it, and it was meaningful."""
    activity = _complete(took.activity)
    return took._replace(activity=activity, status=ATTENDED, hours=took.hours or activity.hours)


@lru_cache(maxsize=2048)
def _complete(activity: ActivityFacts) -> ActivityFacts:
    """With its checklist complete; hundreds of students are down for the same one."""
    return replace(activity, meaningful=True)


def as_held(met: Met) -> Met:
    """Held on the day it is booked for, written up with something agreed."""
    return met._replace(status=HELD, has_summary=True, agreed_on=met.held_on)
