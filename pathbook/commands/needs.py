"""`pathbook needs`: what each student needs next, most urgent first, each with its reason and its day."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from django.db.models import Q, QuerySet
from rich.console import Console
from rich.table import Column, Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.framework.needs.need import Need, StudentNeeds
from pathbook.framework.needs.programme import said
from pathbook.needs.queries import needs_of_school
from pathbook.people.models import Enrolment, Institution, Student


def register(app: typer.Typer) -> None:
    app.command()(needs)


def needs(
    student: Annotated[str | None, typer.Option(help="Only this student, by UPN.")] = None,
    year_group: Annotated[int | None, typer.Option(help="Only this year group.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day asked about.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """What each student needs next, most urgent first; what was put aside is left out."""
    school = the_school()
    asked = day(as_of, otherwise=clock.today())
    listed = needs_of_school(school, as_of=asked, among=_among(school, asked, student, year_group)).students
    if student is not None and not listed:
        raise Refused(f"no student with the UPN {student!r} is on the roll on {said(asked)}")
    if json:
        keys = [one.student_id for one in listed]
        upns = dict(Student.objects.filter(key__in=keys).values_list("key", "upn"))
        say_json([_json(one, upns) for one in listed])
    else:
        _print(listed, whole=student is not None)


def _among(school: Institution, on: Any, upn: str | None, year_group: int | None) -> QuerySet[Student] | None:
    """The student by UPN, present or former (or by our own key), and the year group; None for everyone."""
    if upn is None and year_group is None:
        return None
    students = Student.objects.filter(institution=school)
    if upn is not None:
        students = students.filter(Q(upn=upn) | Q(former_upns__upn=upn) | Q(key=upn))
    if year_group is not None:
        enrolled = Enrolment.objects.main().current(on).filter(institution=school, year_group=year_group)
        students = students.filter(pk__in=enrolled.values("student"))
    return students


def _json(one: StudentNeeds, upns: Mapping[str, str]) -> dict[str, Any]:
    """The shape the measures document for `pathbook needs --json`."""
    return {
        "student_id": one.student_id,
        "upn": upns.get(one.student_id, ""),
        "needs": [
            {
                "code": need.code,
                "criterion": need.criterion,
                "reason": need.reason,
                "evidence": [{"kind": kind, "id": id} for kind, id in need.evidence],
                "due": need.due.isoformat(),
                "severity": need.severity,
                "suggested": need.suggested.words,
            }
            for need in one.needs
        ],
    }


def _print(listed: tuple[StudentNeeds, ...], *, whole: bool) -> None:
    """One student's needs in full; else each student's most urgent, and how many there are."""
    table = Table(Column("Student", no_wrap=True), "Group", "Needs", "Due", "Severity", "Why", "Next step")
    for one in listed:
        needs: tuple[Need, ...] = one.needs if whole else one.needs[:1]
        for need in needs:
            table.add_row(one.student_id, one.tutor_group, str(len(one.needs)), said(need.due), f"{need.severity:.3f}",
                          need.reason, need.suggested.words)  # fmt: skip
    Console().print(table)
