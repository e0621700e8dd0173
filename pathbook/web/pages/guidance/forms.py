"""The plain record of a guidance meeting that took place."""

from datetime import date
from typing import Any

from django import forms

from pathbook.records.actions.guidance import Held
from pathbook.web.fields import DATES, line, whole


class MeetingForm(forms.Form):
    """Date, adviser and what was agreed. No field here is a place for a disclosure."""

    held_on = forms.DateField(
        label="When was it held?", input_formats=DATES, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say when it was held.", "invalid": "Write the date as day, month and year, such as 14/1/2026."},
    )  # fmt: skip
    adviser_name = line("Adviser", called="the adviser's name", at_most=200, missing="Say who the adviser was.")
    adviser_level = forms.TypedChoiceField(
        label="Adviser's qualification level", coerce=int, empty_value=None, required=False,
        choices=[("", "Not known"), *[(str(n), f"Level {n}") for n in range(3, 9)]],
        help_text="Level 6 or above counts for Benchmark 8.",
        error_messages={"invalid_choice": "Choose one of the levels listed."},
    )  # fmt: skip
    minutes = whole("Minutes", called="the minutes", at_least=1, at_most=600)
    purpose = line("What was it for?", called="what it was for", at_most=200)
    summary = line(
        "Agreed summary", called="the summary", at_most=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Shared with the student, their tutor and the careers leader.",
    )  # fmt: skip
    nothing_agreed = forms.BooleanField(label="Nothing was agreed this time", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_held_on(self) -> date:
        held: date = self.cleaned_data["held_on"]
        if held > self.today:
            raise forms.ValidationError("This day has not come yet. Record the meeting once it has been held.")
        if held.year < self.today.year - 10:
            raise forms.ValidationError("Check the year: it is more than ten years ago.")
        return held

    def held(self) -> Held:
        return Held(**self.cleaned_data)
