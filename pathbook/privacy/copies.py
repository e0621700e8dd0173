"""What is kept of a student in rows that are nobody's own: lines of imported lists, and decisions about scarce places."""

from typing import Any

from pathbook.exchange.models import ImportRun, ProgrammeRun
from pathbook.needs.models import Proposal
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.privacy.naming import Forgotten

Rows = dict[str, list[dict[str, Any]]]


def copies_of(student: Student, school: Institution) -> Rows:
    """By model, the part of each row that is about them, and nothing of the rest of it."""
    named = Forgotten([student])
    told: Rows = {
        "exchange.ImportRun": [_of_roll(run, student, named) for run in ImportRun.objects.filter(institution=school)],
        "exchange.ProgrammeRun": [
            _of_past(run, student, named) for run in ProgrammeRun.objects.filter(institution=school)
        ],
        "needs.Proposal": [_decided(one, student) for one in Proposal.objects.filter(institution=school)],
    }
    said = {label: [row for row in rows if len(row) > 1] for label, rows in told.items()}
    return {label: rows for label, rows in said.items() if rows}


def _of_roll(run: ImportRun, student: Student, named: Forgotten) -> dict[str, Any]:
    spells = {str(pk) for pk in Enrolment.objects.filter(student=student).values_list("pk", flat=True)}
    before = {
        "students": run.undo.get("students", {}).get(str(student.pk)),
        "enrolments": [said for pk, said in run.undo.get("enrolments", {}).items() if pk in spells],
    }
    return _row(run.pk, undo={name: said for name, said in before.items() if said}, problems=_problems(run, named))


def _of_past(run: ProgrammeRun, student: Student, named: Forgotten) -> dict[str, Any]:
    parts = [part for part in run.undo.get("parts", []) if part[1] == student.pk]
    return _row(run.pk, undo={"parts": parts} if parts else {}, problems=_problems(run, named))


def _problems(run: ImportRun | ProgrammeRun, named: Forgotten) -> list[dict[str, Any]]:
    return [one for one in run.problems if named.named_in(one["value"]) or named.named_in(one["message"])]


def _decided(one: Proposal, student: Student) -> dict[str, Any]:
    """By hand: kept a place, or taken out of one."""
    mine = {name: [pair for pair in getattr(one, name) if student.key in pair] for name in ("pins", "outs")}
    return _row(one.pk, **mine)


def _row(pk: int, **said: Any) -> dict[str, Any]:
    return {"row": pk, **{name: value for name, value in said.items() if value}}
