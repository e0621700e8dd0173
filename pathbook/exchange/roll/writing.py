"""The plan written down: rows in bulk, the same number of statements for thirty students as for three thousand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Model

from pathbook.exchange.roll import bulk
from pathbook.exchange.roll.known import ENROLMENT_FIELDS, STUDENT_FIELDS, Values, group_key
from pathbook.exchange.roll.plan import Plan, Step
from pathbook.exchange.roll.planning import Progress
from pathbook.people.keys import new_key
from pathbook.people.models import Enrolment, FormerName, FormerUpn, Institution, Student, SubjectStudied, TutorGroup

BATCH = 1_500  # rows a statement: below SQLite's limit for the widest table


@dataclass(slots=True)
class Written:
    """What was made and what stood before: enough to take all of it back. Keys of `made` are model names."""

    made: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    students: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    enrolments: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    subjects: list[list[Any]] = field(default_factory=list)
    touched: list[tuple[Step, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "made": dict(self.made),
            "students": self.students,
            "enrolments": self.enrolments,
            "subjects": self.subjects,
        }


def write(plan: Plan, school: Institution, on: date, progress: Progress) -> Written:
    """Write every step of the plan. Call inside a transaction."""
    written = Written()
    steps = [step for step in plan.steps if step.is_change or step.known is None]
    progress("Writing students", 0, len(steps))
    groups = _make_groups(plan, school, written)
    _write_students(steps, school, written)
    progress("Writing enrolments", len(steps) // 2, len(steps))
    _write_enrolments(steps, school, groups, written)
    _write_history(steps, plan.year, on, written)
    progress("Writing enrolments", len(steps), len(steps))
    return written


def _make_groups(plan: Plan, school: Institution, written: Written) -> dict[tuple[int, str], int]:
    """The id of every tutor group the plan needs, by academic year and name."""
    wanted = {
        (step.new_spell["academic_year"] if step.new_spell else plan.year, group_key(step.group)): step.group
        for step in plan.steps
        if step.group
    }
    years = {year for year, _ in wanted}
    rows = TutorGroup.objects.filter(institution=school, academic_year__in=years).values_list(
        "academic_year", "name", "pk"
    )
    known = {(year, group_key(name)): pk for year, name, pk in rows}
    fresh = [
        TutorGroup(institution=school, academic_year=year, name=plan.groups.get(key, (name, 0))[0],
                   year_group=plan.groups.get(key, ("", _year_group_of(plan, key)))[1])
        for (year, key), name in wanted.items() if (year, key) not in known
    ]  # fmt: skip
    _insert(fresh, written, "TutorGroup")
    return known | {(group.academic_year, group_key(group.name)): group.pk for group in fresh}


def _year_group_of(plan: Plan, key: str) -> int:
    return next(step.entry.year_group for step in plan.steps if step.entry and group_key(step.group) == key)


def _write_students(steps: Sequence[Step], school: Institution, written: Written) -> None:
    newcomers = [step for step in steps if step.known is None]
    keys = [new_key() for _ in newcomers]
    columns = STUDENT_FIELDS[1:]
    people = (
        step.person | {"key": key, "institution_id": school.pk} for step, key in zip(newcomers, keys, strict=True)
    )
    bulk.insert(Student, columns, ([person[column] for column in columns] for person in people))
    made = dict(Student.objects.filter(key__in=keys).values_list("key", "pk"))
    written.made["Student"] = [made[key] for key in keys]
    written.touched = list(zip(newcomers, written.made["Student"], strict=True))
    for step in steps:
        if step.known is not None:
            written.touched.append((step, step.known.pk))
            if step.person:
                stored = step.known.student
                written.students[step.known.pk] = {n: [plain(stored[n]), plain(v)] for n, v in step.person.items()}
    bulk.update(Student, {step.known.pk: step.person for step in steps if step.known and step.person})


def _write_enrolments(
    steps: Sequence[Step], school: Institution, groups: dict[tuple[int, str], int], written: Written
) -> None:
    changed: dict[int, Values] = {}
    for step in steps:
        if step.spell and step.spell_of:
            said = dict(step.spell)
            if "tutor_group_id" in said:
                said["tutor_group_id"] = groups[step.spell_of["academic_year"], group_key(step.group)]
            changed[step.spell_of["id"]] = _noted(step.spell_of, said, written)
        for spell, ends in step.close:
            changed[spell["id"]] = _noted(spell, {"end_date": ends}, written)
    bulk.update(Enrolment, changed)
    fresh = [(pk, step.new_spell, step.group) for step, pk in written.touched if step.new_spell]
    columns = ENROLMENT_FIELDS[1:]
    before = Enrolment.objects.aggregate(last=Max("pk"))["last"] or 0
    spells = (
        spell | {
            "student_id": pk, "institution_id": school.pk,
            "tutor_group_id": groups[spell["academic_year"], group_key(group)] if group else None,
        }
        for pk, spell, group in fresh
    )  # fmt: skip
    bulk.insert(Enrolment, columns, ([spell[column] for column in columns] for spell in spells))
    written.made["Enrolment"] = list(Enrolment.objects.filter(pk__gt=before).values_list("pk", flat=True))


def _noted(spell: Values, said: Values, written: Written) -> Values:
    """Keep what stood before, for undo."""
    written.enrolments[spell["id"]] = {name: [plain(spell[name]), plain(value)] for name, value in said.items()}
    return said


def _write_history(steps: Sequence[Step], year: int, on: date, written: Written) -> None:
    """Former UPNs and names, and the subjects studied this year."""
    upns = [FormerUpn(student_id=pk, upn=u, replaced_on=on) for step, pk in written.touched for u in step.former_upns]
    _insert(upns, written, "FormerUpn")
    names = [
        FormerName(student_id=pk, surname=surname, forename=forename, replaced_on=on)
        for step, pk in written.touched
        for surname, forename in step.former_names
    ]
    _insert(names, written, "FormerName")
    gone = {(pk, subject) for step, pk in written.touched for subject in step.subjects_gone}
    if gone:
        rows = SubjectStudied.objects.filter(academic_year=year, student_id__in={pk for pk, _ in gone})
        ids = [pk for pk, *key in rows.values_list("pk", "student_id", "subject") if tuple(key) in gone]
        SubjectStudied.objects.filter(pk__in=ids).delete()
        written.subjects = [[pk, year, subject] for pk, subject in sorted(gone)]
    taken = [
        SubjectStudied(student_id=pk, academic_year=year, subject=subject)
        for step, pk in written.touched
        for subject in step.subjects_new
    ]
    _insert(taken, written, "SubjectStudied")


def _insert(rows: Sequence[Model], written: Written, name: str) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
        written.made[name] += [row.pk for row in rows]


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
