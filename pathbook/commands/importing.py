"""`pathbook import ...`: what comes in from other systems, and taking it back."""

import typer

from pathbook.commands import import_activities, import_record, import_students


def register(app: typer.Typer) -> None:
    imports = typer.Typer(
        no_args_is_help=True, help="Bring in the roll, a past programme or a student's record, or take an import back."
    )
    import_students.register(imports)
    import_activities.register(imports)
    import_record.register(imports)
    app.add_typer(imports, name="import")
