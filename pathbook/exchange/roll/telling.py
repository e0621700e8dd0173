"""What a row would change, in the words of the preview."""

from datetime import date

from pathbook.exchange.roll.fields import LABELS
from pathbook.exchange.roll.plan import Step


def say(step: Step, name: str, before: object, after: object) -> None:
    step.said.append((LABELS.get(name, name), _words(before), _words(after)))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    return "" if value is None else str(value)
