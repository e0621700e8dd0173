"""`pathbook coverage`: every student against every criterion that applies to them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from django.db.models import QuerySet
from rich.console import Console
from rich.table import Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.framework.judge import Judged, every_row
from pathbook.framework.measure import Verdict
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share
from pathbook.people.models import Enrolment, Institution, Student, TutorGroup
from pathbook.reports.coverage import as_json, coverage_of
from pathbook.reports.gaps import GAPS


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
    _say_students(judged)
    _say_shares(judged, asked)


def _say_students(judged: Sequence[Judged]) -> None:
    """Most gaps first: what each has not had yet."""
    named = {one.key: one.name for one in Student.objects.filter(key__in=[one.student_id for one in judged])}
    table = Table("Group", "Student", "Gaps", "Not yet", expand=True)
    for one in sorted(judged, key=lambda one: (-one.gaps, one.tutor_group, named[one.student_id])):
        missing = [_missing(row, one.verdicts[row]) for row in one.verdicts if one.is_missing(row)]
        table.add_row(one.tutor_group, named[one.student_id], str(one.gaps), "; ".join(missing))
    Console().print(table)


def _missing(row: str, verdict: Verdict) -> str:
    return f"{GAPS.get(row, row)} ({verdict.had:g} of {verdict.needed:g})" if verdict.had else GAPS.get(row, row)


def _say_shares(judged: Sequence[Judged], on: date) -> None:
    table = Table("Criterion", "What", "Have had it", title=f"On {on:%-d %b %Y}", title_justify="left")
    for row in every_row(set_in_force(on)):
        verdicts = [one.verdicts[row.id] for one in judged if one.applies(row.id)]
        if verdicts:
            table.add_row(row.id, row.label, Share(sum(v.met for v in verdicts), len(verdicts)).label)
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
