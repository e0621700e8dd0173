"""What is typed before somebody is erased, and how long the school keeps records."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.people.models import Student
from pathbook.privacy.naming import Forgotten
from pathbook.web.fields import day, line

AGREED = "ERASE"


class WhomForm(forms.Form):
    number = line(
        "UPN, or the school’s own number", called="the number", at_most=60, missing="Write the student’s number.",
        help_text="A UPN the student had before is found too.",
    )  # fmt: skip


class CopyForm(WhomForm):
    """Whom a copy is made of, and since when they wait for it."""

    asked = day(
        "The day they asked", "Choose the day they asked.", called="the day they asked",
        help_text="They have a right to it within a calendar month, holidays or not.",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"asked": today}, prefix="copy")
        self.today = today

    def clean_asked(self) -> date:
        said: date = self.cleaned_data["asked"]
        if said > self.today:
            raise forms.ValidationError("Choose a day that is not to come.")
        return said


class AgreeForm(forms.Form):
    """A word typed by hand, because nothing brings it back."""

    agreed = line(
        f"Type {AGREED} to go on", called="the word", at_most=20, missing=f"Type {AGREED}, in capitals, to go on.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "pb-in-short"}),
    )  # fmt: skip

    def clean_agreed(self) -> str:
        said: str = self.cleaned_data["agreed"]
        if said.strip() != AGREED:
            raise forms.ValidationError(f"Type {AGREED}, in capitals, to go on.")
        return said


class EraseForm(AgreeForm):
    """Why, in words that name nobody: they are kept when the student is not."""

    reason = line(
        "Why is this student erased?", called="the reason", at_most=500, widget=forms.Textarea(attrs={"rows": 3}),
        missing="Say in a sentence why this student is erased.",
        help_text="It is kept with the erasure, so write no name or number in it. Such as: Asked in writing on 3 March.",
    )  # fmt: skip
    field_order = ("reason", "agreed")

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student

    def clean_reason(self) -> str:
        said: str = self.cleaned_data["reason"]
        if Forgotten([self.student]).named_in(said):
            raise forms.ValidationError("Write the reason without the student’s name or number: it is kept.")
        return said


def _years(label: str, least: int, hint: str) -> forms.IntegerField:
    wrong = f"Write a whole number of years from {least} to 25."
    return forms.IntegerField(
        label=label, min_value=least, max_value=25, help_text=hint,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class KeepForm(forms.Form):
    after_leaving = _years(
        "Records: years after the student left", 1, "We suggest 3: destinations are asked about for that long."
    )
    notes_after_13 = _years(
        "Working notes: years after the end of Year 13", 0, "We suggest 1. For somebody who left sooner: after what "
        "would have been Year 13."
    )  # fmt: skip
