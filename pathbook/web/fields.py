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
