"""What home said, as the list of it is sent: how and when once for all, an answer and perhaps a name for each student."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.records.actions.consenting import Answer, How, Said
from pathbook.reports.consent import ConsentLine
from pathbook.web.fields import day

LONGEST = 200
OF_STAFF = [(how.value, how.label) for how in How if how != How.PAGE]


class ConsentForm(forms.Form):
    """How and when home answered; the answers themselves stand in the list."""

    how = forms.ChoiceField(
        label="How did they answer?", choices=OF_STAFF, initial=How.PAPER,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how they answered."),
    )  # fmt: skip
    said_on = day("When?", "Say on which day they answered.", called="the day they answered")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_said_on(self) -> date:
        said_on: date = self.cleaned_data["said_on"]
        if said_on > self.today:
            raise forms.ValidationError("That day has not come yet. Choose today or a day before.")
        return said_on

    def clean(self) -> dict[str, Any]:
        too_long = any(len(value) > LONGEST for name, value in self.data.items() if name.startswith("by-"))
        if too_long:
            self.add_error(None, f"Shorten the name of who answered to {LONGEST} characters.")
        return super().clean() or {}


def said_in(posted: QueryDict, lines: Iterable[ConsentLine]) -> Mapping[int, Said]:
    """By student, of those who stood on the page sent. A name for a home that has not answered says nothing yet.

    One button says of all who were asked that they said yes, or of all who were not that they now are.
    """
    everybody = posted.get("all", "")
    found = {}
    for line in lines:
        if f"seen-{line.who.key}" not in posted:
            continue
        key = line.who.key
        answer = posted.get(f"a-{key}", "")
        answer = answer if answer in Answer.values else ""
        if everybody == Answer.GIVEN and answer == Answer.ASKED:
            answer = Answer.GIVEN
        if everybody == Answer.ASKED and not answer:
            answer = Answer.ASKED
        name = posted.get(f"by-{key}", "").strip()
        if not name and answer != line.answer and len(line.guardians) == 1:
            name = line.guardians[0]
        found[line.who.pk] = Said(answer, name, posted.get(f"seen-{key}", ""))
    return found


def typed(posted: QueryDict, lines: Iterable[ConsentLine]) -> Mapping[str, tuple[str, str]]:
    """Answer and name by student key, as they were sent: what a refused form keeps."""
    return {line.who.key: (posted.get(f"a-{line.who.key}", ""), posted.get(f"by-{line.who.key}", "")) for line in lines}
