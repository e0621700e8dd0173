"""Which day is it in the demo? Read from the line (or the folder) before Django starts."""

import os
from datetime import date

from pathbook.commands.refusal import Refused
from pathbook.home import open_home


def settle_the_day(arguments: list[str]) -> None:
    """Put the demo's day where the settings look for it; a demo served again without --today keeps its own."""
    said = _said(arguments)
    afresh = "--build-only" in arguments or open_home().today is None
    if said is None and afresh and "PATHBOOK_TODAY" not in os.environ:
        said = date.today().isoformat()  # noqa: DTZ011 - the machine's own day, before Django knows the time zone
    if said is not None:
        try:
            os.environ["PATHBOOK_TODAY"] = date.fromisoformat(said).isoformat()
        except ValueError:
            raise Refused(f"{said!r} is not a date. Write it as year-month-day, such as 2026-02-01") from None


def _said(arguments: list[str]) -> str | None:
    for at, word in enumerate(arguments):
        if word == "--today":
            return arguments[at + 1] if at + 1 < len(arguments) else ""
        if word.startswith("--today="):
            return word.removeprefix("--today=")
    return None
