"""What is asked of whoever states a criterion, and of whoever shows what it rests on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator

from pathbook.people.models import Institution
from pathbook.records.actions.judging import Kept, Shown
from pathbook.records.models import Activity, Evidence
from pathbook.web.fields import day, line, prose
from pathbook.web.pages.evaluation.files import kept

Kind = Evidence.Kind
WEB = URLValidator(schemes=["https", "http"])


class StateForm(forms.Form):
    """`before`: the statement this page showed when it was opened."""

    answer = forms.ChoiceField(
        label="How far is it met?", widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the answers."),
    )  # fmt: skip
    words = line(
        "In one sentence, why", called="the sentence", at_most=300, missing="Say in one sentence why.",
        help_text="No student's name: the page is read by leadership.",
    )  # fmt: skip
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    back = forms.BooleanField(widget=forms.HiddenInput, required=False)  # to the evaluation, where it was said from

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]
        self.fields["answer"].label = label or self.fields["answer"].label


class EvidenceForm(forms.Form):
    """One piece. Which of the boxes counts follows from what it is."""

    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices)
    shows = line("What does it show?", called="what it shows", at_most=200, missing="Say in a few words what it shows.")
    link = line("Address of the page", called="the address", at_most=500, help_text="For a page on the web.")
    file = forms.FileField(
        label="File", required=False, help_text="PDF, picture, Word, Excel or PowerPoint, up to 5 MB. No student's name.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        error_messages={"empty": "This file is empty. Choose another."},
    )  # fmt: skip
    activity = forms.ChoiceField(
        label="Activity", required=False, error_messages={"invalid_choice": "Choose an activity listed."}
    )
    survey = forms.ChoiceField(
        label="Survey", required=False, help_text="Say above which question.",
        error_messages={"invalid_choice": "Choose a survey listed."},
    )  # fmt: skip
    expires_on = day("Holds until", "Say until which day it holds.", called="the day it holds until")
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(
        self, *args: Any, today: date, activities: Sequence[tuple[str, str]], surveys: Sequence[tuple[str, str]],
        held: Sequence[str] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today, self.held = today, held
        none = [("", "None")]
        self.fields["activity"].choices = [*none, *activities]  # type: ignore[attr-defined]
        self.fields["survey"].choices = [*none, *surveys]  # type: ignore[attr-defined]

    def clean_link(self) -> str:
        said: str = self.cleaned_data["link"]
        if said and said not in self.held:
            try:
                WEB(said)
            except forms.ValidationError:
                raise forms.ValidationError("Write the whole address, beginning with https://.") from None
        return said

    def clean_file(self) -> Kept | None:
        file = self.cleaned_data["file"]
        return kept(file) if file else None

    def clean_expires_on(self) -> date:
        until: date = self.cleaned_data["expires_on"]
        if until < self.today:
            raise forms.ValidationError("This day is over. Say until which day to come it holds.")
        if until.year > self.today.year + 5:
            raise forms.ValidationError("Evidence is looked at again within five years. Say an earlier day.")
        return until

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for kind, box, what in (
            (Kind.LINK, "link", "Write the address of the page."),
            (Kind.FILE, "file", "Choose the file."),
            (Kind.ACTIVITY, "activity", "Choose the activity."),
            (Kind.SURVEY, "survey", "Choose the survey."),
        ):
            if said.get("kind") == kind and box not in self.errors and not said.get(box):
                self.add_error(box, what)
        return said

    def shown(self, school: Institution) -> Shown:
        """Only the box that belongs to what it is; the others are left alone."""
        said, kind = self.cleaned_data, self.cleaned_data["kind"]
        activity = Activity.objects.filter(institution=school, key=said["activity"]).first()
        return Shown(
            kind, said["shows"], said["expires_on"],
            link=said["link"] if kind == Kind.LINK or said["link"] in self.held else "",
            activity=activity if kind == Kind.ACTIVITY else None,
            survey=said["survey"] if kind == Kind.SURVEY else "",
            file=said["file"] if kind == Kind.FILE else None,
        )  # fmt: skip


class NoteForm(forms.Form):
    """What leadership makes of a snapshot."""

    words = prose("What leadership says", called="the note", rows=3, at_most=2000, missing="Write the note first.")
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
