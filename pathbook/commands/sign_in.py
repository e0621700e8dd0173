"""`pathbook sign-in ...`: what a school asks of those who sign in."""

from enum import StrEnum
from typing import Annotated

import typer

from pathbook import clock
from pathbook.commands.common import asking, the_school
from pathbook.people.school import ask_second_step


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    asked = typer.Typer(no_args_is_help=True, help="What is asked of those who sign in.")
    asked.callback()(_sign_in)
    asked.command("second-step")(second_step)
    app.add_typer(asked, name="sign-in")


def _sign_in() -> None:
    """What is asked of those who sign in."""


def second_step(
    switch: Annotated[Switch, typer.Argument(help="on: staff need an authenticator app or a passkey. off: they may.")],
) -> None:
    """Ask staff for a second step besides their password, or leave it to them."""
    school = the_school()
    ask_second_step(institution=school, of_staff=switch == Switch.ON, by=asking(school), at=clock.now())
    typer.echo(
        "Staff are led to set up a second step when they next sign in."
        if switch == Switch.ON
        else "Staff may sign in with a password alone. Anyone who has a second step is still asked for it."
    )
