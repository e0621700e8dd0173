"""What past imports keep of a student: rows quoted in problems, and what stood before, to take an import back."""

from collections.abc import Collection
from typing import Any

from pathbook.exchange.models import ImportRun, ProgrammeRun
from pathbook.people.models import Enrolment, Institution
from pathbook.privacy.naming import Forgotten

TAKEN_OUT = "Taken out: it was about a student who has been erased."
Problems = list[dict[str, Any]]


def forget_in_imports(school: Institution, students: Collection[int], named: Forgotten) -> None:
    """Each run is read once, whatever the number of students. Call inside the transaction of the erasure."""
    enrolments = set(Enrolment.objects.filter(student__in=students).values_list("pk", flat=True))
    for run in ImportRun.objects.filter(institution=school).order_by("pk").iterator(chunk_size=20):
        _strip(run.undo.get("students", {}), students)
        _strip(run.undo.get("enrolments", {}), enrolments)
        _save(run, named)
    for past in ProgrammeRun.objects.filter(institution=school).order_by("pk").iterator(chunk_size=20):
        _save(past, named)


def _save(run: ImportRun | ProgrammeRun, named: Forgotten) -> None:
    run.problems = _without(run.problems, named)
    if named.named_in(run.file_name):
        run.file_name = "A file named after a student"
    type(run)._base_manager.filter(pk=run.pk).update(problems=run.problems, undo=run.undo, file_name=run.file_name)


def _strip(before: dict[str, Any], gone: Collection[int]) -> None:
    """What stood before, so that taking the import back brings no name back. JSON makes text of a number."""
    for pk in gone:
        before.pop(str(pk), None)


def _without(problems: Problems, named: Forgotten) -> Problems:
    """A line of a file is one student's: when one of its problems names them, all of that line are taken out."""
    about = {at for at, one in enumerate(problems) if named.named_in(one["value"]) or named.named_in(one["message"])}
    lines = {problems[at].get("line") for at in about} - {None}
    return [
        one | {"value": "", "message": TAKEN_OUT} if at in about or one.get("line") in lines else one
        for at, one in enumerate(problems)
    ]
