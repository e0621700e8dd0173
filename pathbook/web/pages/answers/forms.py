"""Answering a student."""

from django import forms

from pathbook.records.models import Correction
from pathbook.web.fields import prose


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What became of it?", choices=Correction.Outcome.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say whether it is put right or left as it is."),
    )  # fmt: skip
    answer = prose("Your answer", called="the answer", rows=4, at_most=1000, missing="Answer the student in a sentence.",
                   hint="The student reads this.")  # fmt: skip


class ReplyForm(forms.Form):
    answer = prose("Your answer", called="the answer", rows=2, at_most=300, missing="Answer the student in a sentence.",
                   hint="Such as: you have a meeting with Mr Okafor on Tuesday. The student reads this.")  # fmt: skip
