"""`pathbook subject-access UPN`: everything held about one student, in one file to answer a request with."""

import time
from pathlib import Path
from typing import Annotated

import typer

from pathbook import clock
from pathbook.audit import record
from pathbook.commands.common import asking, the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution, Student
from pathbook.privacy.subject_access import due, subject_access
from pathbook.privacy.whom import NotOneError, student_with


def register(app: typer.Typer) -> None:
    app.command("subject-access")(bundle)


def bundle(
    student: Annotated[str, typer.Argument(help="The student's UPN, or the school's own number.")],
    out: Annotated[Path, typer.Option(help="The zip file to write.")],
) -> None:
    """Write what is held about a student to a zip file: to give, and to look through first."""
    began, school, on = time.monotonic(), the_school(), clock.today()
    whose = the_student(student, school)
    said = subject_access(whose, school, asking(school), on=on)
    record.copied(by=asking(school), at=clock.now(), students=[whose.pk])
    write_whole(out, said, owner_only=True)
    typer.echo(f"Wrote {out} in {time.monotonic() - began:.1f} s. Answer by {day_in_words(due(on))}.")
    typer.echo("Look through its folder review before you send anything: it may name other people.")


def the_student(number: str, school: Institution) -> Student:
    try:
        return student_with(number, school)
    except NotOneError as problem:
        raise Refused(str(problem)) from None
