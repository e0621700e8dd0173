"""The question forms of appointments: slots to offer, whom to book when, and why something is changed."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms

from pathbook.people.models import Staff
from pathbook.records.actions.slots import MOST_DAYS, Run
from pathbook.web.fields import day, line, whole

WEEKDAYS = [(str(n), name) for n, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))]
CANCELLED = ("The adviser is away", "The student asked to", "A trip or an exam", "The school is closed")
MISSED = ("Absent from school", "Forgot", "In an exam or on a trip", "Chose not to come", "Not known")
MOVED = ("A trip or an exam", "A lesson they should not miss", "The adviser is away", "The student asked to")
NO_NEXT = ("Has since spoken with the adviser", "Does not want another this year", "Leaves the school soon")


def _moment(label: str, missing: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": missing, "invalid": "Write the time as hours and minutes, such as 09:30."},
    )  # fmt: skip


def _number(label: str, called: str, at_least: int, at_most: int, **said: Any) -> forms.IntegerField:
    field = whole(label, called=called, at_least=at_least, at_most=at_most)
    field.required = True
    field.error_messages["required"] = f"Write {called} as a whole number from {at_least:,} to {at_most:,}."
    field.help_text = said.get("hint", "")
    return field


class OfferForm(forms.Form):
    """One day's run of slots, or with weekdays and a last day a timetable."""

    adviser = forms.ChoiceField(
        label="Adviser",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose an adviser from the list."),
    )
    first_day = day("First day", "Say on which day, or from which.")
    last_day = day("Last day, if it repeats")
    weekdays = forms.TypedMultipleChoiceField(
        label="On which weekdays?", required=False, coerce=int, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the weekdays listed."},
    )  # fmt: skip
    first_time = _moment("First slot begins at", "Say at what time the first slot begins.")
    number = _number("How many a day", "how many slots a day", 1, 30)
    minutes = _number("Minutes each", "the minutes of a slot", 5, 240)
    gap = _number("Minutes between", "the minutes between", 0, 240)
    place = line("Room", called="the room", at_most=80)
    online = forms.BooleanField(label="Online", required=False)

    def __init__(self, *args: Any, advisers: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.name}, level {one.level}") for one in advisers]
        self.fields["adviser"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day is before the first. Correct one of them.")
        elif first and last and (last - first).days > MOST_DAYS:
            self.add_error("last_day", "Offer at most a year at once: choose an earlier last day.")
        if last and not said.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", "Tick the weekdays on which it repeats, or leave the last day empty.")
        if said.get("weekdays") and not last and "last_day" not in self.errors:
            self.add_error("last_day", "Say until which day it repeats, or untick the weekdays.")
        return said

    def run(self) -> Run:
        said = self.cleaned_data
        start: time = said["first_time"]
        return Run(
            said["first_day"], start, said["number"], said["minutes"], said["gap"], said["place"], said["online"],
            said["last_day"], tuple(said["weekdays"]),
        )  # fmt: skip


class SlotForm(forms.Form):
    """A slot, by its key: whether it is still free is asked when it is booked."""

    slot = forms.CharField(max_length=12, error_messages=dict.fromkeys(("required", "max_length"), "Choose a slot."))


class BookForm(SlotForm):
    purpose = line("What is it for?", called="what it is for", at_most=200, help_text="The student sees this too.")


class ReasonForm(forms.Form):
    """Why. `usual`: what most often is, offered as it is typed. `seen`: how the meeting stood when it was opened."""

    reason = line("Why?", called="the reason", at_most=200, missing="Say why, in a few words.",
                  widget=forms.TextInput(attrs={"list": "usual", "autocomplete": "off"}))  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open this page again."})

    def __init__(self, *args: Any, label: str, usual: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.usual = usual


class MoveForm(ReasonForm, SlotForm):
    pass


class ClosureForm(forms.Form):
    """Days on which nobody is met."""

    first_day = day("First day", "Say from which day.")
    last_day = day("Last day, if more than one")
    why = line("Why?", called="the reason", at_most=80, missing="Say why, such as half term or mock exams.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day is before the first. Correct one of them.")
        elif first and last and last - first > timedelta(days=MOST_DAYS):
            self.add_error("last_day", "A closure is at most a year long. Correct one of the days.")
        return said


class ListForm(forms.Form):
    """From which day, with whom, and what for."""

    first = day("From which day?")
    purpose = line("What is it for?", called="what it is for", at_most=200, help_text="The students see this too.")


def day_asked(text: str, otherwise: date) -> date:
    """A day from an address; nonsense, or one so far off that calendars end, is ignored."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return asked if abs((asked - otherwise).days) < 3660 else otherwise
