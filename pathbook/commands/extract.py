"""`pathbook extract`: the open extract, one Parquet file a table."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from pathbook import clock
from pathbook.commands.common import asking, the_school
from pathbook.commands.refusal import Refused
from pathbook.exchange.extract.write import NotOursError, write_extract


def register(app: typer.Typer) -> None:
    app.command()(extract)


def extract(
    out_dir: Annotated[Path, typer.Argument(help="A new folder, or one with an earlier extract.")],
    names: Annotated[bool, typer.Option("--names", help="Say who is who. Keep such an extract safe.")] = False,
) -> None:
    """Write every table as Parquet, pseudonymous unless --names."""
    school = the_school()
    console = Console(stderr=True)
    try:
        with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
            task = bar.add_task("Writing", total=1)
            written = write_extract(
                out_dir, school=school, names=names, by=asking(school), at=clock.now(),
                progress=lambda stage, n, total: bar.update(task, description=stage, completed=n, total=total),
            )  # fmt: skip
    except (NotOursError, OSError) as problem:
        raise Refused(str(problem)) from None
    typer.echo(f"Wrote {len(written)} tables, {sum(written.values()):,} rows, to {out_dir}")
