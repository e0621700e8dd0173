"""`pathbook coverage`: every student against every criterion that applies to them."""

from datetime import date
from typing import Annotated

import typer
from django.db.models import QuerySet
from rich.console import Console
from rich.table import Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.framework.measures import Verdict
from pathbook.framework.sets import set_in_force
from pathbook.people.models import Enrolment, Institution, Student, TutorGroup
from pathbook.reports.coverage import SHORT, as_json, coverage_of


def register(app: typer.Typer) -> None:
    app.command()(coverage)


def coverage(
    year_group: Annotated[int | None, typer.Option(help="Only this year group.")] = None,
    group: Annotated[str | None, typer.Option(help="Only this tutor group, such as 10B.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day asked about.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Student x criterion: met, count, needed."""
    school = the_school()
    asked = day(as_of, otherwise=clock.today())
    among = _among(school, asked, year_group, group)
    judged = coverage_of(school, set_id=set_in_force(asked), as_of=asked, among=among)
    if json:
        keys = [one.student_id for one in judged]
        upns = dict(Student.objects.filter(key__in=keys).values_list("key", "upn"))
        say_json(as_json(judged, as_of=asked, upns=upns))
        return
    rows = list(dict.fromkeys(row for one in judged for row in one.verdicts if one.applies(row)))
    table = Table("Student", "Group", *(" ".join(SHORT[row]) for row in rows))
    for one in sorted(judged, key=lambda one: (-one.gaps, one.student_id)):
        cells = [_cell(one.verdicts[row]) if one.applies(row) else "" for row in rows]
        table.add_row(one.student_id, one.tutor_group, *cells)
    Console().print(table)


def _among(school: Institution, on: date, year_group: int | None, group: str | None) -> QuerySet[Student] | None:
    if year_group is None and group is None:
        return None
    enrolled = Enrolment.objects.main().current(on).filter(institution=school)
    if year_group is not None:
        enrolled = enrolled.filter(year_group=year_group)
    if group is not None:
        if not TutorGroup.objects.filter(institution=school, name=group).exists():
            raise Refused(f"there is no tutor group {group!r}. Write it as the school does, such as 10B")
        enrolled = enrolled.filter(tutor_group__name=group)
    return Student.objects.filter(pk__in=enrolled.values("student"))


def _cell(verdict: Verdict) -> str:
    return "Done" if verdict.met else f"{verdict.had:g} of {verdict.needed:g}" if verdict.had else "None"
