"""`pathbook lists`: the lists of names that rules fill, as the roll stands today."""

from typing import Annotated

import typer

from pathbook import clock
from pathbook.commands.common import asking, say_json, the_school
from pathbook.records.actions import inviting


def register(app: typer.Typer) -> None:
    app.command()(lists)


def lists(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Put down whom the rules of activities to come invite, and take off whom they no longer do; run it each day."""
    school = the_school()
    done = inviting.keep_up(school=school, by=asking(school), at=clock.now(), on=clock.today())
    if json:
        say_json({"joined": done.added, "left": done.off, "full": done.full})
        return
    print(f"{done.added:,} joined and {done.off:,} left the lists that rules fill.")
    if done.full:
        print(f"{done.full} list{'s have' if done.full > 1 else ' has'} too few places: nobody was added there.")
