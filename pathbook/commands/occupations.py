"""`pathbook occupations`: what a student's own words may mean, for a person to confirm."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pathbook.commands.common import say_json
from pathbook.occupations import Said, read


def register(app: typer.Typer) -> None:
    app.command()(occupations)


def occupations(
    text: Annotated[str, typer.Argument(help="What the student said, in quotes.")],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Occupations the words may mean, likeliest first, each with its reason; nothing when nothing is likely."""
    said = read(text)
    if json:
        say_json([asdict(suggestion) for suggestion in said.suggestions])
    else:
        _print(said)


def _print(said: Said) -> None:
    console = Console()
    if said.suggestions:
        table = Table("SOC 2020", "Occupation", "Sector", "Score", "Why")
        for one in said.suggestions:
            table.add_row(one.soc2020, one.title, one.sector, f"{one.score:.2f}", one.why)
        console.print(table)
    else:
        console.print("Not decided yet, they say." if said.undecided else "No occupation is likely enough to suggest.")
    if said.pathways:
        console.print("Pathways named: " + ", ".join(said.pathways).replace("_", " "))
