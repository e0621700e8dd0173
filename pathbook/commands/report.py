"""`pathbook report`: sheets to print, as PDF; and the website statement, as HTML."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.commands.common import asking, day, the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.exchange.portable.keys import published
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.sheets.group import tutor_group_sheet
from pathbook.sheets.printing import Sheets, note
from pathbook.sheets.school import governors, year_report
from pathbook.sheets.statement import Contact, website_statement
from pathbook.sheets.students import parents_evening, send_reviews, student_records
from pathbook.sheets.use import use_sheet

OF_STUDENTS: dict[str, Callable[..., Sheets]] = {
    "student": student_records,
    "parents-evening": parents_evening,
    "send-review": send_reviews,
}
OF_THE_SCHOOL: dict[str, Callable[..., bytes]] = {"governors": governors, "year": year_report, "use": use_sheet}
KINDS = (*OF_STUDENTS, "tutor-group", *OF_THE_SCHOOL, "website")


def register(app: typer.Typer) -> None:
    app.command()(report)


def report(
    kind: Annotated[str, typer.Argument(help=", ".join(KINDS))],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    student: Annotated[str, typer.Option(help="One student, by UPN.")] = "",
    group: Annotated[str, typer.Option(help="A tutor group, such as 10C.")] = "",
    year_group: Annotated[int | None, typer.Option(help="A year group, such as 11.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day asked about, such as 2026-02-01.")] = None,
) -> None:
    """A sheet to print. For students say whose: --student, --group or --year-group."""
    school = the_school()
    viewer, on = asking(school), day(as_of, otherwise=clock.today())
    if kind in OF_STUDENTS:
        said = _students(kind, _whose(school, on, student, group, year_group), viewer, school, on)
    elif kind == "tutor-group":
        said = _noted(tutor_group_sheet(viewer, school, on=on, form=group), viewer)
    elif kind in OF_THE_SCHOOL:
        said = OF_THE_SCHOOL[kind](viewer, school, on=on)
    elif kind == "website":
        said = website_statement(school, Contact("the careers leader"), on=on).encode()
    else:
        raise Refused(f"{kind!r} is not a report. Choose one of: {', '.join(KINDS)}")
    write_whole(out, said)
    typer.echo(f"Wrote {out}")


def _students(kind: str, whose: list[int], viewer: Viewer, school: Institution, on: date) -> bytes:
    asked = Student.objects.filter(pk__in=whose)
    more = {"fingerprint": published(settings.PATHBOOK_FOLDER, school).fingerprint} if kind == "student" else {}
    return _noted(OF_STUDENTS[kind](asked, viewer, school, on=on, **more), viewer)


def _whose(school: Institution, on: date, upn: str, group: str, year_group: int | None) -> list[int]:
    """The students asked for; all of them when nothing is said."""
    rows = Enrolment.objects.main().current(on).filter(institution=school)
    rows = rows.filter(student__upn=upn) if upn else rows
    rows = rows.filter(tutor_group__name=group) if group else rows
    rows = rows.filter(year_group=year_group) if year_group is not None else rows
    found = list(rows.values_list("student_id", flat=True))
    if not found:
        raise Refused("nobody on the roll matches. Check --student, --group and --year-group")
    return found


def _noted(sheets: Sheets, viewer: Viewer) -> bytes:
    if not sheets.students:
        raise Refused("nobody on the roll matches: a review needs an EHC plan, a group needs its name")
    note(sheets, by=viewer, at=clock.now())
    return sheets.file
