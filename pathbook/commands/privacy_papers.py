"""`pathbook privacy DIR`: the papers a school must have about its data, as Markdown."""

from pathlib import Path
from typing import Annotated

import typer

from pathbook import clock
from pathbook.commands.common import the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.privacy.papers import papers


def register(app: typer.Typer) -> None:
    app.command("privacy")(write_papers)


def write_papers(
    folder: Annotated[Path, typer.Argument(help="The folder to write them in; what is there is never replaced.")],
) -> None:
    """Write the DPIA, the record of processing, the processor schedule, and privacy notices for staff, parents and children."""
    made = papers(the_school(), on=clock.today())
    there = [name for name in made if (folder / name).exists()]
    if there:
        raise Refused(f"{folder / there[0]} is there already, perhaps with your changes. Choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused(f"{folder} cannot be made ({problem.strerror}). Choose another folder") from None
    for name, said in made.items():
        write_whole(folder / name, said.encode())
    typer.echo(f"Wrote {', '.join(made)} in {folder}. They are a start: your data protection officer answers for them.")
