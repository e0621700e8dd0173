"""What is typed of a placement: by the school, by the host, at home."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.framework.kinds import CHECKLISTS
from pathbook.framework.placements import STATES, VOUCHED
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.records.actions.placement_answers import Answer, HostSaid
from pathbook.records.actions.placing import Days
from pathbook.records.models import Host
from pathbook.reports.placements import LATE, WAITING, Asked
from pathbook.web.fields import day, line, prose

MOST_DAYS = 60
SAFEGUARDING = (
    "We keep the young person safe: they have one person to turn to, are never asked to keep a secret, and are not "
    "contacted outside work. If we are worried we tell the school the same day."
)
DATA = "We use the student's name and dates for this placement only, and delete them when it is over."


def asked_of(query: QueryDict, on: date) -> Asked:
    """Nonsense is ignored."""
    now, year = AcademicYear.of(on).start, query.get("year", "")
    known = {str(now + n): now + n for n in (-2, -1, 0, 1)}
    state = query.get("state", "")
    return Asked(
        AcademicYear(known.get(year, now)), state if state in (*STATES, LATE, WAITING) else "",
        query.get("q", "").strip()[:100].replace("\0", ""), query.get("group", "")[:120].replace("\0", ""),
    )  # fmt: skip


class BeginForm(forms.Form):
    """A year group, and the days."""

    year_group = forms.TypedChoiceField(
        label="Which year group?", coerce=int, initial=10, choices=[(n, f"Year {n}") for n in YEAR_GROUPS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a year group."),
    )  # fmt: skip
    first = day("First day", "Say on which day it begins.", called="the first day")
    last = day("Last day", "Say on which day it ends.", called="the last day")
    hours = forms.DecimalField(
        label="Hours a day", min_value=1, max_value=10, decimal_places=1, max_digits=3, initial=Decimal(5),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"),
            "Write the hours a day as a number from 1 to 10."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.add_error("last", f"Choose a last day on or after the first, within {MOST_DAYS} days.")
        return said

    def days(self) -> Days:
        return Days(self.cleaned_data["first"], self.cleaned_data["last"], self.cleaned_data["hours"])


class GiveHostForm(forms.Form):
    """A known host by its name, or a new one."""

    provider = line("Employer", called="the employer's name", at_most=160, missing="Say which employer.",
                    help_text="Choose one that is known, and what is known of it stands.")  # fmt: skip
    contact = line("Whom to write to", called="the contact's name", at_most=120)
    email = forms.EmailField(
        label="Their e-mail address", required=False, max_length=254,
        error_messages={"invalid": "Write the address as name@employer.example.",
                        "max_length": "Shorten the address to 254 characters."},
    )  # fmt: skip


class StatedForm(forms.Form):
    """What a host says of itself, or its papers."""

    insurance = line("Employers' liability insurance: insurer and policy number", called="the insurance", at_most=120)
    insured_until = day("The insurance ends on", called="the day the insurance ends", required=False)
    risk_assessed_on = day(
        "Risk assessment made or reviewed on", called="the day of the risk assessment", required=False
    )
    safeguarding = forms.BooleanField(label=SAFEGUARDING, required=False)
    keeps_data = forms.BooleanField(label=DATA, required=False)

    @property
    def boxes(self) -> tuple[forms.BoundField, ...]:
        return self["safeguarding"], self["keeps_data"]

    def stated(self) -> HostSaid:
        said = self.cleaned_data
        return HostSaid(**{name: said[name] for name in initial_of(None)})


def initial_of(host: Host | None) -> dict[str, Any]:
    names = ("insurance", "insured_until", "risk_assessed_on", "safeguarding", "keeps_data")
    return {name: getattr(host, name, None) for name in names}


class ContactForm(StatedForm):
    """The same as the school keeps it, with whom to write to."""

    contact = GiveHostForm.base_fields["contact"]
    email = GiveHostForm.base_fields["email"]
    field_order = ("contact", "email")


YES_OR_NO = dict.fromkeys(("required", "invalid_choice"), "Say yes or no.")


class EmployerForm(StatedForm):
    """May they come, and what will they do?"""

    yes = forms.ChoiceField(
        label="Can you take them?", choices=[("yes", "Yes"), ("no", "No, not this time")], widget=forms.RadioSelect,
        error_messages=YES_OR_NO,
    )  # fmt: skip
    words = prose("What will they do?", called="what they will do", rows=4, at_most=1000,
                  hint="A few tasks, and whom they will meet. If you said no, you can say why.")  # fmt: skip
    name = line("Your name", called="your name", at_most=200, missing="Say who you are.")
    field_order = (
        "yes",
        "words",
        "insurance",
        "insured_until",
        "risk_assessed_on",
        "safeguarding",
        "keeps_data",
        "name",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("yes") != "yes":
            return said
        asked = {
            "words": "Say what they will do.", "insured_until": "Say on which day your insurance ends.",
            "risk_assessed_on": "Say when the risks were assessed.", "safeguarding": "Tick that you keep them safe.",
            "keeps_data": "Tick that you keep their data safe.",
        }  # fmt: skip
        for field, missing in asked.items():
            if not said.get(field) and field not in self.errors:
                self.add_error(field, missing)
        return said

    def answer(self) -> Answer:
        said = self.cleaned_data
        yes = said["yes"] == "yes"
        return Answer(said["name"], yes, said["words"], host=self.stated() if yes else None)


class HomeForm(forms.Form):
    """May they go?"""

    yes = forms.ChoiceField(
        label="May they go?", choices=[("yes", "Yes, they may go"), ("no", "No")], widget=forms.RadioSelect,
        error_messages=YES_OR_NO,
    )  # fmt: skip
    words = prose("If not, why?", called="the reason", rows=3, at_most=1000)
    name = line("Your name", called="your name", at_most=200, missing="Say who you are.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("yes") == "no" and not said.get("words") and "words" not in self.errors:
            self.add_error("words", "Say why not, so that the school can find another way.")
        return said

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(said["name"], said["yes"] == "yes", said["words"] if said["yes"] == "no" else "")


class FeedbackForm(forms.Form):
    """How it went, and what only the employer can know."""

    words = prose("What did they do well, and what could they do better?", called="your feedback", rows=5, at_most=2000,
                  missing="Say how it went.", hint="The student and their school read it.")  # fmt: skip
    items = forms.MultipleChoiceField(
        label="Which of these did they do?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(i.id, i.text[:1].upper() + i.text[1:]) for i in CHECKLISTS["GB6"] if i.id in VOUCHED],
        error_messages={"invalid_choice": "Tick only what is listed.", "invalid_list": "Tick only what is listed."},
    )  # fmt: skip
    name = line("Your name", called="your name", at_most=200, missing="Say who you are.")

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(said["name"], None, said["words"], tuple(said["items"]))


class CallOffForm(forms.Form):
    why = line("Why is it called off?", called="the reason", at_most=300, missing="Say why.")
