"""`pathbook snapshot`: the evaluation frozen, that of the day that is over or today's."""

from typing import Annotated

import typer

from pathbook import clock
from pathbook.commands.common import the_school
from pathbook.people.keys import new_key
from pathbook.people.visibility import command_line
from pathbook.records.actions.freezing import seal
from pathbook.reports.snapshots import take, take_due


def register(app: typer.Typer) -> None:
    app.command()(snapshot)


def snapshot(
    now: Annotated[bool, typer.Option("--now", help="Freeze today, whatever day it is.")] = False,
    sealing: Annotated[
        bool, typer.Option("--seal", help="Freeze nothing: give those frozen by an older Pathbook their digest, once.")
    ] = False,
) -> None:
    """Freeze 31 December, 31 March or 31 July once it is over; run it each day, it acts once."""
    school, today = the_school(), clock.today()
    by, at = command_line(school), clock.now()
    if sealing:
        given = [f"{row.as_of:%-d %b %Y}" for row in seal(school=school, by=by, at=at)]
        print(f"Given a digest: {', '.join(given)}" if given else "Every snapshot has its digest already")
        return
    due = None if now else take_due(school, today=today, by=by, at=at)
    row = take(school, as_of=today, is_due=False, by=by, at=at, key=new_key()) if now else due
    print(
        f"Frozen as it stood on {row.as_of:%-d %b %Y}" if row else "Nothing to freeze: the last day is frozen already"
    )
