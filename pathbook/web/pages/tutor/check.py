"""The three questions of the two-minute check, and the answers beside what the records said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from pathbook.people.models import Student
from pathbook.records.models.destination import PATHWAYS
from pathbook.uptake.models import CheckAnswer

NOT_SAID = "not_said"
NOT_SAID_WORDS = "They have not said"


class CheckForm(forms.Form):
    """One question a tutee, named by their key."""

    def __init__(self, *given: Any, three: Sequence[Student], **named: Any) -> None:
        super().__init__(*given, **named)
        self.three = three
        for one in three:
            missing = f"Choose what {one.name} wants to do, or say that they have not said."
            self.fields[one.key] = forms.ChoiceField(
                label=one.name, choices=[("", "Choose one"), *PATHWAYS.items(), (NOT_SAID, NOT_SAID_WORDS)],
                error_messages={"required": missing, "invalid_choice": missing},
            )  # fmt: skip

    def answers(self) -> list[tuple[Student, str]]:
        said = self.cleaned_data
        return [(one, "" if said[one.key] == NOT_SAID else said[one.key]) for one in self.three]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer in words, beside what the record said then."""

    student: Student
    said: str
    stood: str
    is_right: bool


def said_of(answers: Iterable[CheckAnswer]) -> list[Answered]:
    return [Answered(one.student, _words(one.said), _words(one.stood), one.is_right) for one in answers]


def _words(pathway: str) -> str:
    return PATHWAYS.get(pathway, NOT_SAID_WORDS)
