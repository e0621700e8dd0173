"""`pathbook import ...`: what comes in from other systems, and taking it back."""

import typer

from pathbook.commands import import_activities, import_students


def register(app: typer.Typer) -> None:
    imports = typer.Typer(no_args_is_help=True, help="Bring in the roll or a past programme, or take an import back.")
    import_students.register(imports)
    import_activities.register(imports)
    app.add_typer(imports, name="import")
