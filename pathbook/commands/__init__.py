"""The `pathbook` command line: one module a command, human words by default, `--json` for machines.

Exit 0 done; 1 refused, with one line saying why and what to do; 2 wrong usage. `--data` may stand anywhere
on the line and is read before Django starts, because it says which school's folder to open.
"""

import os
import sqlite3
import sys
from importlib import import_module
from typing import NoReturn

import django
import typer
from django.db import DatabaseError

from pathbook.commands.demo_day import settle_the_day
from pathbook.commands.refusal import Refused

# command -> module; only the module asked for is imported, so that `--help` is quick
COMMANDS = {
    "demo": "demo",
    "init": "school",
    "serve": "school",
    "migrate": "school",
    "check": "school",
    "audit": "audit",
    "backup": "backup",
    "restore": "backup",
    "link": "sign_in_link",
    "sign-in": "sign_in",
    "import": "importing",
    "evaluate": "evaluate",
    "forecast": "forecast",
    "snapshot": "snapshot",
    "coverage": "coverage",
    "needs": "needs",
    "use": "use",
    "allocate": "allocate",
    "occupations": "occupations",
    "extract": "extract",
    "export": "authority",
    "report": "report",
    "record": "portable_record",
    "subject-access": "subject_access",
    "placements": "placements",
    "lists": "lists",
    "privacy": "privacy_papers",
    "remind": "remind",
    "erase": "erase",
}

DAMAGED = ("malformed", "not a database", "disk I/O error")  # SQLite's own words


def main() -> None:
    """Run one command and turn a refusal into one line and exit 1."""
    arguments = _take_data(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathbook.config.settings")
    try:
        _prepare(arguments)
        _app(arguments)(args=arguments, prog_name="pathbook")
    except Refused as refused:
        _refuse(str(refused))
    except (sqlite3.DatabaseError, DatabaseError) as error:
        if not any(sign in str(error) for sign in DAMAGED):
            raise
        _refuse("the database is damaged and cannot be read: restore the last backup")


def _refuse(sentence: str) -> NoReturn:
    print(f"pathbook: {sentence}", file=sys.stderr)
    raise SystemExit(1) from None


def _take_data(arguments: list[str]) -> list[str]:
    """Lift `--data DIR` or `--data=DIR` out of the line into PATHBOOK_DATA."""
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--data":
            os.environ["PATHBOOK_DATA"] = next(words, "")
        elif word.startswith("--data="):
            os.environ["PATHBOOK_DATA"] = word.removeprefix("--data=")
        else:
            rest.append(word)
    return rest


def _prepare(arguments: list[str]) -> None:
    """The demo ends on a day of its own, which Django must know before it starts."""
    if arguments[:1] == ["demo"]:
        settle_the_day(arguments)
    django.setup()


def _app(arguments: list[str]) -> typer.Typer:
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Pathbook: a careers programme recorded, planned and proved. --data DIR names the school's folder.",
    )
    app.callback()(_pathbook)  # with it, a lone command is still called by its name
    asked = {COMMANDS[arguments[0]]} if arguments and arguments[0] in COMMANDS else set(COMMANDS.values())
    for name in sorted(asked):
        import_module(f"pathbook.commands.{name}").register(app)
    return app


def _pathbook() -> None:
    """The command line of one school."""
