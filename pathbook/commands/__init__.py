"""The `pathbook` command line: one module a command, human words by default, `--json` for machines.

Exit 0 done; 1 refused, with one line saying why and what to do; 2 wrong usage. `--data` may stand anywhere
on the line and is read before Django starts, because it says which school's folder to open.
"""

import os
import sys
from importlib import import_module

import django
import typer

from pathbook.commands.refusal import Refused

# command -> module; only the module asked for is imported, so that `--help` is quick
COMMANDS = {
    "demo": "demo",
    "init": "school",
    "serve": "school",
    "migrate": "school",
    "check": "school",
    "import": "importing",
    "evaluate": "evaluate",
    "coverage": "coverage",
    "extract": "extract",
}


def main() -> None:
    """Run one command and turn a refusal into one line and exit 1."""
    arguments = _take_data(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathbook.config.settings")
    try:
        _prepare(arguments)
        _app(arguments)(args=arguments, prog_name="pathbook")
    except Refused as refused:
        print(f"pathbook: {refused}", file=sys.stderr)
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
    """A command may have to write the folder's own settings (a demo's day) before Django reads them."""
    module = _module(arguments)
    before = getattr(module, "before_django", None)
    if before:
        before(arguments)
    django.setup()


def _module(arguments: list[str]) -> object:
    name = COMMANDS.get(arguments[0]) if arguments else None
    return import_module(f"pathbook.commands.{name}") if name in ("demo",) else None


def _app(arguments: list[str]) -> typer.Typer:
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Pathbook: a careers programme recorded, planned and proved. --data DIR names the school's folder.",
    )
    asked = {COMMANDS[arguments[0]]} if arguments and arguments[0] in COMMANDS else set(COMMANDS.values())
    for name in sorted(asked):
        import_module(f"pathbook.commands.{name}").register(app)
    return app
