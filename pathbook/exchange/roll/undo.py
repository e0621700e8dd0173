"""Taking a whole import back: what it made is removed, what it changed is as it was; refused when things rest on it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Model, QuerySet

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.models import ImportRun
from pathbook.exchange.roll import bulk
from pathbook.exchange.roll.writing import plain
from pathbook.people.models import Enrolment, FormerName, FormerUpn, Student, SubjectStudied, TutorGroup
from pathbook.people.visibility import Viewer
from pathbook.records.actions import inviting
from pathbook.records.models import Participation

# in the order they may be removed
MADE: dict[str, type[Model]] = {
    "SubjectStudied": SubjectStudied,
    "FormerName": FormerName,
    "FormerUpn": FormerUpn,
    "Enrolment": Enrolment,
    "Student": Student,
    "TutorGroup": TutorGroup,
}


class CannotUndoError(Exception):
    """One sentence: why this import cannot be taken back, and what to do instead."""


@transaction.atomic
def undo(*, run: ImportRun, by: Viewer, at: datetime, on: date) -> ImportRun:
    """Take an import back; returns it as undone. Lists that rules fill are as the roll then stands."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    _refuse_if_later(run)
    made = {name: set(run.undo.get("made", {}).get(name, ())) for name in MADE}
    _refuse_if_relied_on(made)
    inviting.take_off(list(_put_down_by_rule(made["Student"])), by=by, at=at)
    students = _as_before(Student, run.undo.get("students", {}))
    enrolments = _as_before(Enrolment, run.undo.get("enrolments", {}))
    whose = set(students) | made["Student"]
    whose |= set(Enrolment.objects.filter(pk__in=enrolments).values_list("student_id", flat=True))
    whose |= set(Enrolment.objects.filter(pk__in=made["Enrolment"]).values_list("student_id", flat=True))
    for name in ("SubjectStudied", "FormerName", "FormerUpn", "Enrolment"):
        _remove(MADE[name], made[name])
    bulk.update(Student, students)
    bulk.update(Enrolment, enrolments)
    for name in ("Student", "TutorGroup"):
        _remove(MADE[name], made[name])
    SubjectStudied.objects.bulk_create(
        SubjectStudied(student_id=student, academic_year=year, subject=subject)
        for student, year, subject in run.undo.get("subjects", ())
    )
    _log(run, sorted(whose), by, at)
    inviting.keep_up(school=run.institution, by=by, at=at, on=on)
    return run


def _put_down_by_rule(students: set[int]) -> QuerySet[Participation]:
    """Nobody's record rests on these: the rule put them down, and nobody has recorded them since."""
    rows = Participation.objects.filter(student__in=students, by_rule=True, status=Participation.Status.PLANNED)
    return rows.order_by("activity_id", "student_id")


def _log(run: ImportRun, whose: Iterable[int], by: Viewer, at: datetime) -> None:
    run.state, run.undone_by, run.undone_at, run.undo = ImportRun.State.UNDONE, by.name, at, {}
    run.save(update_fields=["state", "undone_by", "undone_at", "undo"])
    about = {"import": run.key}
    events = [record.Change(Verb.UNDONE, "import", run.pk, detail=about)]
    events += [record.Change(Verb.UNDONE, "student", pk, pk, about) for pk in whose]
    record.changes(by=by, at=at, of=events)


def why_not(run: ImportRun) -> str:
    """Why this import cannot be taken back, or empty: for the page that offers it."""
    try:
        _refuse_if_later(run)
        _refuse_if_relied_on({name: set(run.undo.get("made", {}).get(name, ())) for name in MADE})
    except CannotUndoError as refusal:
        return str(refusal)
    return ""


def _refuse_if_later(run: ImportRun) -> None:
    if run.state == ImportRun.State.UNDONE:
        raise CannotUndoError("This import has been taken back already.")
    later = ImportRun.objects.filter(institution=run.institution_id, pk__gt=run.pk, state=ImportRun.State.APPLIED)
    later = later.exclude(new=0, changed=0, leaving=0)
    if newest := later.order_by("-pk").first():
        raise CannotUndoError(
            f"{newest.file_name} was imported after this one ({newest.key}). Take that one back first, then this."
        )


def _refuse_if_relied_on(made: dict[str, set[int]]) -> None:
    """Has anything been recorded about what this import made?"""
    for name in ("Student", "TutorGroup", "Enrolment"):
        for related, field in _pointing_at(MADE[name]):
            if not made[name]:
                continue
            rows = related._base_manager.filter(**{f"{field}__in": made[name]})
            if related is Participation:
                rows = rows.exclude(pk__in=_put_down_by_rule(made[name]))
            ours = next((made[n] for n, model in MADE.items() if model is related), set())
            count = len(set(rows.values_list("pk", flat=True)) - ours)
            if count:
                what = related._meta.verbose_name_plural if count > 1 else related._meta.verbose_name
                raise CannotUndoError(
                    f"{count:,} {what} recorded since rest on what this import made, so it cannot be taken back. "
                    "Correct the list and import it again instead."
                )


def _pointing_at(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Every table with a key into this one, hidden ones too."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and isinstance(relation.related_model, type)
    ]


def _as_before(model: type[Any], changed: dict[str, dict[str, list[Any]]]) -> dict[int, dict[str, Any]]:
    """The old values of the rows an import changed; refused if somebody has changed them since."""
    rows = {row["id"]: row for row in model._default_manager.filter(pk__in=[int(pk) for pk in changed]).values()}
    moved = sum(
        int(pk) not in rows or any(plain(rows[int(pk)][name]) != after for name, (_, after) in fields.items())
        for pk, fields in changed.items()
    )
    if moved:
        raise CannotUndoError(
            f"{moved:,} student{'s were' if moved > 1 else ' was'} changed since, so it cannot be taken back. "
            "Correct the list and import it again instead."
        )
    return {int(pk): {name: before for name, (before, _) in fields.items()} for pk, fields in changed.items()}


def _remove(model: type[Model], ids: set[int]) -> None:
    if ids:
        model._default_manager.filter(pk__in=ids).delete()
