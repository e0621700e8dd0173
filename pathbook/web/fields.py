"""Questions whose refusals name what is meant, since all of them stand together at the top of a page."""

from typing import Any

from django import forms


def line(label: str, *, called: str, at_most: int, missing: str = "", **said: Any) -> forms.CharField:
    """Words. `called`: "the subject"; `missing`: what to say when it is left empty, if it may not be."""
    return forms.CharField(
        label=label, max_length=at_most, required=bool(missing),
        error_messages={
            "required": missing,
            "max_length": f"Shorten {called} to {at_most:,} characters.",
            "null_characters_not_allowed": f"Write {called} again: it holds a character that cannot be kept.",
        },
        **said,
    )  # fmt: skip


def whole(label: str, *, called: str, at_least: int, at_most: int) -> forms.IntegerField:
    """A whole number that may be left empty."""
    wrong = f"Write {called} as a whole number from {at_least:,} to {at_most:,}."
    return forms.IntegerField(
        label=label, min_value=at_least, max_value=at_most, required=False,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )  # fmt: skip


DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y"]  # as browsers send them, and as people write them


def day(label: str, missing: str = "", *, called: str = "the date", **said: Any) -> forms.DateField:
    """A day. `missing`: what to say when it is left empty, if it may not be."""
    said.setdefault("required", bool(missing))
    return forms.DateField(
        label=label, input_formats=DATES, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": f"Write {called} as day, month and year, such as 14/1/2026."},
        **said,
    )  # fmt: skip


def prose(
    label: str, *, called: str, rows: int, at_most: int = 10_000, hint: str = "", missing: str = ""
) -> forms.CharField:
    """Words over several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return line(label, called=called, at_most=at_most, missing=missing, widget=area, help_text=hint, strip=True)
