"""A training session: what, when, about what, and who came."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from pathbook.uptake.actions.training import Session
from pathbook.uptake.queries.trained import Member
from pathbook.uptake.ready import topics
from pathbook.web.fields import day, line


class SessionForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    title = line("What was it called?", called="the title", at_most=120, missing="Give the session a title.")
    topic = forms.ChoiceField(
        label="What was it about?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what it was about."),
    )
    held_on = day("When?", "Say on which day it was.", called="the day")
    who = forms.MultipleChoiceField(
        label="Who came?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick everyone who came.", "invalid_choice": "Choose from the staff listed."},
    )  # fmt: skip

    def __init__(self, *args: Any, staff: Sequence[Member], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["topic"].choices = [(one.code, one.label) for one in topics().values()]  # type: ignore[attr-defined]
        named = [(one.key, f"{one.name}{f', {one.role_labels}' if one.roles else ''}") for one in staff]
        self.fields["who"].choices = named  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        said: date = self.cleaned_data["held_on"]
        if said > self.today:
            raise forms.ValidationError("Write it down once it was held: say a day up to today.")
        return said

    def session(self) -> Session:
        said = self.cleaned_data
        return Session(said["title"], said["topic"], said["held_on"], said["who"])
