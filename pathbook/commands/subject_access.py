"""`pathbook subject-access UPN`: everything held about one student, in one file to answer a request with."""

import time
from pathlib import Path
from typing import Annotated

import typer
from django.db.models import Q

from pathbook import clock
from pathbook.audit import record
from pathbook.commands.common import asking, the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution, Student
from pathbook.privacy.subject_access import due, subject_access


def register(app: typer.Typer) -> None:
    app.command("subject-access")(bundle)


def bundle(
    student: Annotated[str, typer.Argument(help="The student's UPN.")],
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


def the_student(upn: str, school: Institution) -> Student:
    """By a UPN they have or had."""
    said = upn.strip().upper()
    found = Student.objects.filter(Q(upn=said) | Q(former_upns__upn=said), institution=school).distinct()
    if len(found) != 1:
        several = "more than one student has" if found else "no student has"
        raise Refused(f"{several} the UPN {said}. Check it on the student's page, or in the roll")
    return found[0]
