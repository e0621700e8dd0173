"""The one question of a lesson: what it was, and when."""

from datetime import date
from typing import Any

from django import forms

from pathbook.framework.years import AcademicYear
from pathbook.records.actions.programme import Details
from pathbook.web.fields import day, line


class LessonForm(forms.Form):
    """A lesson of this academic year that has been."""

    title = line(
        "What was the lesson?", called="what the lesson was", at_most=160,
        missing="Say what the lesson was, such as Bridges, and who builds them.",
    )  # fmt: skip
    on = day("When?", "Say when the lesson was.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("Log a lesson once it has been: choose today or a day before.")
        if on < AcademicYear.of(self.today).first_day:
            raise forms.ValidationError("Choose a day of this academic year.")
        return on

    def details(self, subject: str) -> Details:
        said = self.cleaned_data
        return Details(title=said["title"], kind="curriculum_link", starts_on=said["on"], subject=subject)
