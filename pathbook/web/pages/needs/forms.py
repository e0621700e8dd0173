"""Putting a need aside; what stands in the way; a review's day; an offer; the rules and their weights."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from pathbook.framework.needs.rules import Change, Rule, changeable, rules
from pathbook.records.actions.support import Offered
from pathbook.records.models import Offer
from pathbook.web.fields import DATES, line

AHEAD = 400  # days a need may be put aside, or a day set ahead


def _date(label: str, missing: str, **said: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"required": missing, "invalid": "Write the date as day, month and year, such as 14/1/2026."}
    return forms.DateField(label=label, input_formats=DATES, widget=widget, error_messages=errors, **said)


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    wrong = dict.fromkeys(("required", "invalid_choice"), f"{label} Choose one of those listed.")
    return forms.ChoiceField(label=label, choices=choices, error_messages=wrong)


class _Dated(forms.Form):
    """A form that knows the day; every date in it lies near."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def ahead(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day < self.today:
            raise forms.ValidationError("This day has passed. Choose today or a later one.")
        if day and day > self.today + timedelta(days=AHEAD):
            raise forms.ValidationError("Choose a day within about a year.")
        return day


class DismissForm(_Dated):
    """A reason and a day, both needed."""

    need = line("Need", called="the need", at_most=16, missing="Choose the need again.", widget=forms.HiddenInput)
    reason = line("Why can this wait?", called="the reason", at_most=300, missing="Say why, in a few words.")
    until = _date("Until when?", "Say until when.")

    def clean_until(self) -> date | None:
        return self.ahead("until")


class BarrierForm(_Dated):
    kind = _choice("What stands in the way?", ())
    words = line(
        "In a few words", called="what stands in the way", at_most=300,
        help_text="Nothing here about harm or abuse: tell the safeguarding lead.",
    )  # fmt: skip
    ease_by = _date("To be dealt with by", "", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.id, item.label) for item in rules()["barrier"].items.values()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean_ease_by(self) -> date | None:
        return self.ahead("ease_by")


class ReviewForm(_Dated):
    due_on = _date("Day of the next annual review", "Say which day.")

    def clean_due_on(self) -> date | None:
        return self.ahead("due_on")


class OfferForm(_Dated):
    provider = line("Where?", called="the place", at_most=160, missing="Say where.")
    course = line("Course or job", called="the course", at_most=160)
    status = _choice("How does it stand?", Offer.Status.choices)
    on = _date("Since", "Say since when.")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today or on < self.today - timedelta(days=AHEAD):
            raise forms.ValidationError("Choose today or a day of the last year.")
        return on

    def offered(self) -> Offered:
        return Offered(**self.cleaned_data)


class RulesForm(forms.Form):
    """One field for each thing a school may change; only what differs from the rules as shipped is kept."""

    def __init__(self, *args: Any, now: Sequence[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in now:
            tick = forms.CheckboxInput(attrs={"class": "pb-tick"})
            self.fields[rule.code] = forms.BooleanField(
                label=f"{rule.label}: on", required=False, initial=rule.on, widget=tick
            )
            self.fields[f"{rule.code}/weight"] = _weight(rule.label, rule.weight, most=1)
            for item in rule.items.values():
                most = 1 if rule.code != "neet_risk" else 10
                self.fields[f"{rule.code}/item/{item.id}"] = _weight(f"{rule.label}, {item.label}", item.weight, most)
            for name, value in changeable(rule).items():
                self.fields[f"{rule.code}/setting/{name}"] = _setting(f"{rule.label}, {SETTINGS[name]}", value)

    def changes(self) -> Mapping[str, Change]:
        said = self.cleaned_data
        found = {code: self._change(code, rule, said) for code, rule in rules().items()}
        return {code: change for code, change in found.items() if change != Change()}

    def _change(self, code: str, rule: Rule, said: Mapping[str, Any]) -> Change:
        on, weight = said[code], said[f"{code}/weight"]
        items = {id: said[f"{code}/item/{id}"] for id in rule.items}
        settings = {name: said[f"{code}/setting/{name}"] for name in changeable(rule)}
        return Change(
            None if on == rule.on else on,
            None if weight == rule.weight else weight,
            {id: weight for id, weight in items.items() if weight != rule.items[id].weight},
            {name: value for name, value in settings.items() if value != rule.settings[name]},
        )


def _weight(label: str, initial: float, most: float) -> forms.FloatField:
    return forms.FloatField(
        label=f"{label}: weight", min_value=0, max_value=most, initial=initial,
        widget=forms.NumberInput(attrs={"step": "any"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), f"{label}: give a weight from 0 to {most:g}."),
    )  # fmt: skip


def _setting(label: str, initial: int) -> forms.IntegerField:
    wrong = f"{label}: give a whole number from 0 to 1,000."
    names = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label, min_value=0, max_value=1000, initial=initial, error_messages=dict.fromkeys(names, wrong)
    )


SETTINGS = {
    "days_since": "days since the last meeting", "school_days": "school days", "within_days": "days looked back over",
    "near_days": "days before the choice", "from_year_group": "from Year", "ahead_days": "days before the review",
    "window_days": "days a meeting counts before it", "days": "days", "enough": "how much is enough",
}  # fmt: skip
