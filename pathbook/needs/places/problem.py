"""The bridge: needs, offers, clashes and groups become the problem the allocation solves, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from pathbook.allocation.problem import Pin, Problem, Wish
from pathbook.framework.needs.need import last_day_of_needs
from pathbook.framework.years import AcademicYear
from pathbook.needs.places.eligible import enrolled, students_of
from pathbook.needs.places.offers import Scarce, offers_of
from pathbook.needs.places.wishes import Menus
from pathbook.needs.queries import needs_and_programme
from pathbook.people.models import Institution

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person decided: places that stand, and places a student is kept out of, as (student key, offer key)."""

    pins: tuple[Pair, ...] = ()
    outs: tuple[Pair, ...] = ()


def problem_of(school: Institution, scarce: Scarce, *, on: date, limit: float, edits: Edits | None = None) -> Problem:
    """Everyone on the roll with a need due by the end of next school year that something asked for could meet, and
    those a place is kept for. What is due later than that is nobody's need of these places (docs/decisions/0013).
    Students stand in order of key, so that the same school asks the same question. A pin of somebody no longer on the
    roll, or of something no longer on offer, falls away.
    """
    said = edits or Edits()
    listed, programme = needs_and_programme(school, as_of=on)
    offers = offers_of(scarce, programme)
    menus = Menus(offers, on, meetings=scarce.guidance)
    ends = last_day_of_needs(AcademicYear(AcademicYear.of(on).start + 1))
    wishes: dict[str, list[Wish]] = {one.student_id: list(menus.wishes(one.due_by(ends))) for one in listed.students}
    kept = {student for student, _ in said.pins}
    roll = [one for key, one in enrolled(school, on=on).items() if wishes.get(key) or key in kept]
    known, there = {one.key for one in roll}, {one.offer.id for one in offers}
    return Problem(
        tuple(one.offer for one in offers), tuple(menus.made.values()),
        students_of(roll, offers, scarce, school, on=on, outs=said.outs), tuple(w for one in roll for w in wishes[one.key]),
        tuple(Pin(student, offer) for student, offer in said.pins if student in known and offer in there),
        limit, AcademicYear.of(on).label,
    )  # fmt: skip
