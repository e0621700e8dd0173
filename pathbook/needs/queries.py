"""The needs of a school, a group or a student: what each needs next, and what was put aside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from pathbook.framework.judge import Judged
from pathbook.framework.needs.facts import NeedFacts
from pathbook.framework.needs.find import needs_of
from pathbook.framework.needs.need import Need, StudentNeeds
from pathbook.framework.needs.programme import Programme
from pathbook.framework.sets import set_in_force
from pathbook.needs.facts import need_facts
from pathbook.needs.models import Dismissal
from pathbook.needs.of_school import OfSchool, of_school
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, parts_of, students_visible_to
from pathbook.records.facts import OnRoll, population


@dataclass(frozen=True, slots=True)
class Aside:
    """A need that was put aside, and the words of it."""

    need: Need
    dismissal: Dismissal


@dataclass(frozen=True, slots=True)
class Listed:
    """Students most urgent first, each with the needs that stand; `aside` by student key."""

    students: tuple[StudentNeeds, ...]
    aside: Mapping[str, tuple[Aside, ...]]


def needs_of_school(
    school: Institution, *, as_of: date, among: QuerySet[Student] | None = None, set_id: str = ""
) -> Listed:
    """Everyone of the population (or of `among`); a fixed number of queries, whatever their number."""
    roll = population(school, as_of=as_of, among=among)
    return needs_of_roll(roll, school, as_of=as_of, everyone=among is None, set_id=set_id)


def needs_of_roll(
    roll: Sequence[OnRoll], school: Institution, *, as_of: date, everyone: bool = False, set_id: str = ""
) -> Listed:
    """The needs of these students."""
    return _needs_and_programme(roll, school, as_of, everyone, set_id)[0]


def needs_of_one(one: OnRoll | None, school: Institution, *, as_of: date) -> tuple[Listed, Judged | None]:
    """One student's needs, with how they were judged on the way: nobody's when they are not of the population."""
    whole, facts = _facts([one] if one else [], school, as_of, False, set_in_force(as_of))
    found = needs_of(facts, whole.programme, whole.rules, set_id=set_in_force(as_of), as_of=as_of)
    return _without(found, whole.aside), facts[0].judged if facts else None


def needs_shown_of(
    student: Student, viewer: Viewer, school: Institution, *, as_of: date, parts: frozenset[str] | None = None
) -> Listed:
    """One student's needs as this viewer may be shown them. `parts`: what they may read, where it is known already."""
    roll = population(school, as_of=as_of, among=Student.objects.filter(pk=student.pk))
    listed, _ = needs_of_one(next(iter(roll), None), school, as_of=as_of)
    return shown_by({student.key: parts_of(viewer, student, as_of) if parts is None else parts}, listed)


def needs_and_programme(school: Institution, *, as_of: date) -> tuple[Listed, Programme]:
    """Everyone's needs, and what the programme still holds to meet them with."""
    return _needs_and_programme(population(school, as_of=as_of), school, as_of, True, "")


def _needs_and_programme(
    roll: Sequence[OnRoll], school: Institution, as_of: date, everyone: bool, set_id: str
) -> tuple[Listed, Programme]:
    asked = set_id or set_in_force(as_of)
    whole, facts = _facts(roll, school, as_of, everyone, asked)
    found = needs_of(facts, whole.programme, whole.rules, set_id=asked, as_of=as_of)
    return _without(found, whole.aside), whole.programme


def _facts(
    roll: Sequence[OnRoll], school: Institution, as_of: date, everyone: bool, set_id: str
) -> tuple[OfSchool, tuple[NeedFacts, ...]]:
    whole = of_school(school, as_of=as_of)
    return whole, need_facts(
        roll, as_of=as_of, school=school, set_id=set_id, everyone=everyone, activities=whole.activities
    )


def _without(found: Iterable[StudentNeeds], said: Mapping[tuple[str, str], Dismissal]) -> Listed:
    """Take out what was put aside: the same student and the same facts."""
    standing: list[StudentNeeds] = []
    aside: dict[str, tuple[Aside, ...]] = {}
    for one in found:
        hidden = tuple(
            Aside(need, said[one.student_id, need.fingerprint])
            for need in one.needs
            if (one.student_id, need.fingerprint) in said
        )
        if hidden:
            aside[one.student_id] = hidden
            one = replace(one, needs=tuple(n for n in one.needs if (one.student_id, n.fingerprint) not in said))
        standing.append(one)
    return Listed(tuple(sorted(standing, key=lambda one: one.order)), aside)


def shown_to(viewer: Viewer, listed: Listed, *, on: date) -> Listed:
    """Only the needs that rest on parts this viewer may read of that student; one query for each role."""
    keys = [one.student_id for one in listed.students]
    return shown_by(_parts(viewer, keys, on), listed)


def shown_by(parts: Mapping[str, frozenset[str]], listed: Listed) -> Listed:
    """`parts`: what may be read of each student, by key."""

    def may(student: str, need: Need) -> bool:
        return need.reads <= parts.get(student, frozenset())

    students = (replace(one, needs=tuple(n for n in one.needs if may(one.student_id, n))) for one in listed.students)
    seen = [one for one in students if access.NEEDS in parts.get(one.student_id, frozenset())]
    aside = {key: tuple(a for a in said if may(key, a.need)) for key, said in listed.aside.items()}
    return Listed(tuple(sorted(seen, key=lambda one: one.order)), {key: said for key, said in aside.items() if said})


def _parts(viewer: Viewer, keys: Collection[str], on: date) -> dict[str, frozenset[str]]:
    """For each of these students reached, the parts the roles that reach them may read."""
    found: dict[str, frozenset[str]] = {}
    for role in dict.fromkeys(held.role for held in viewer.held):
        opened = frozenset(part for part in access.STUDENT_PARTS if access.allows(role, part))
        if access.NEEDS in opened:
            of_role = replace(viewer, held=tuple(held for held in viewer.held if held.role == role))
            reached = students_visible_to(of_role, on, access.NEEDS).filter(key__in=keys)
            for key in reached.values_list("key", flat=True):
                found[key] = found.get(key, frozenset()) | opened
    return found
