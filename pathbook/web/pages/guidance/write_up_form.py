"""What is asked in a write-up. It fills from a draft as it was typed, and says what is wrong only when it is filed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from pathbook.records.actions.actions_of_meeting import Agreed
from pathbook.records.actions.writing_up import WrittenUp, due_too_early
from pathbook.records.models import Action
from pathbook.web.fields import day, line, prose, whole
from pathbook.web.pages.guidance.hoped import HopedForm

YEARS_BACK = 10
ROW = re.compile(r"(what|owner|owner_name|due|key)_[1-9]")


class WriteUpForm(HopedForm):
    """`rows`: how many actions are asked for. The private note and the adviser's name only where they are to be asked."""

    field_order = (
        "held_on", "minutes", "adviser_name", "adviser_level", "purpose", "sharing_agreed", "sharing_agreed_on",
        "shared_with_parent", "summary",
    )  # fmt: skip

    held_on = day("Held on", missing="Say when it was held.")
    minutes = whole("Minutes", called="the minutes", at_least=1, at_most=600)
    adviser_name = line("Adviser", called="the adviser's name", at_most=200, missing="Say who the adviser was.")
    adviser_level = forms.TypedChoiceField(
        label="Adviser's level", coerce=int, empty_value=None, required=False,
        choices=[("", "Not known"), *[(str(n), f"Level {n}") for n in range(3, 9)]],
        error_messages={"invalid_choice": "Choose one of the levels listed."},
    )  # fmt: skip
    purpose = line("What is it for?", called="what it was for", at_most=200)
    sharing_agreed = forms.BooleanField(label="We agreed who will see the summary", required=False)
    sharing_agreed_on = day("Agreed on")
    shared_with_parent = forms.BooleanField(label="Also shared with parents or carers", required=False)
    summary = prose("Agreed summary", called="the summary", rows=7)
    private_note = prose("Private working note", called="the private note", rows=4)
    nothing_agreed = forms.BooleanField(label="Nothing was agreed this time", required=False)

    def __init__(self, *args: Any, today: date, rows: int, note: bool, adviser: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.rows = today, rows
        for name in ([] if note else ["private_note"]) + ([] if adviser else ["adviser_name"]):
            del self.fields[name]
        for n in range(1, rows + 1):
            self.fields |= action_fields(n)

    def actions(self) -> list[Mapping[str, forms.BoundField]]:
        """The rows of actions as the page draws them."""
        return [{name: self[f"{name}_{n}"] for name in ("what", "owner", "owner_name", "due", "key")}
                for n in range(1, self.rows + 1)]  # fmt: skip

    def clean_held_on(self) -> date:
        held: date = self.cleaned_data["held_on"]
        if held > self.today:
            raise forms.ValidationError("This day has not come yet. File the meeting once it has been held.")
        if held.year < self.today.year - YEARS_BACK:
            raise forms.ValidationError("Check the year: it is more than ten years ago.")
        return held

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for n in range(1, self.rows + 1):
            self._action(n, said)
        if said.get("nothing_agreed") and any(said.get(f"what_{n}") for n in range(1, self.rows + 1)):
            self.add_error("nothing_agreed", "Clear the actions, or untick this: it cannot be both.")
        if said.get("sharing_agreed") and not said.get("sharing_agreed_on") and "sharing_agreed_on" not in self.errors:
            self.add_error("sharing_agreed_on", "Say on which day sharing was agreed.")
        if said.get("summary") and not said.get("sharing_agreed"):
            self.add_error("sharing_agreed", "Tick that you agreed who will see the summary, or leave it empty.")
        return said

    def _action(self, n: int, said: Mapping[str, Any]) -> None:
        what, due, held = said.get(f"what_{n}"), said.get(f"due_{n}"), said.get("held_on")
        if not what or f"due_{n}" in self.errors:
            return
        if due is None:
            self.add_error(f"due_{n}", f"Say by when “{what}” is due.")
        elif held and due < held:
            self.add_error(f"due_{n}", due_too_early(what, held))
        if said.get(f"owner_{n}") == Action.Owner.OTHER and not said.get(f"owner_name_{n}"):
            self.add_error(f"owner_name_{n}", f"Say who will do “{what}”.")

    def written(self) -> WrittenUp:
        said = self.cleaned_data
        agreed_on = said["sharing_agreed_on"] if said["sharing_agreed"] else None
        return WrittenUp(
            said["held_on"], said["minutes"], said["adviser_level"], said.get("adviser_name", ""), said["purpose"],
            agreed_on, bool(agreed_on and said["shared_with_parent"]), said["summary"], said.get("private_note"),
            tuple(self._agreed(n) for n in range(1, self.rows + 1)), said["nothing_agreed"], self.hoped(),
        )  # fmt: skip

    def _agreed(self, n: int) -> Agreed:
        what, owner, name, due, key = (
            self.cleaned_data[f"{field}_{n}"] for field in ("what", "owner", "owner_name", "due", "key")
        )
        return Agreed(what, owner, due, name if owner == Action.Owner.OTHER else "", key)


def typed(data: Mapping[str, str], *, note: bool) -> dict[str, str]:
    """As typed, for the draft; a box left empty or unticked is there too, so that it is kept so."""
    rows = [name for name in data if ROW.fullmatch(name)]
    asked = [name for name in WriteUpForm.base_fields if note or name != "private_note"]
    return {name: data.get(name, "").replace("\r\n", "\n") for name in [*asked, *rows]}


def action_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"what_{n}": line(f"Action {n}", called=f"action {n}", at_most=300),
        f"owner_{n}": forms.ChoiceField(
            label="Whose", choices=Action.Owner.choices, required=False,
            error_messages={"invalid_choice": "Choose whose action it is from the list."},
        ),
        f"owner_name_{n}": line("Name of whoever it is", called="the name", at_most=120),
        f"due_{n}": day("By"),
        f"key_{n}": forms.CharField(required=False, max_length=12),
    }  # fmt: skip
