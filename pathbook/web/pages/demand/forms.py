"""The short form that plans an activity from a sentence of demand; and what the page was narrowed to."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.framework.years import YEAR_GROUPS
from pathbook.occupations import SECTORS
from pathbook.records.actions.programme import Details
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.demand import Asked
from pathbook.web.pages.activities.forms import ActivityForm


class PlanForm(ActivityForm):
    """As logging an activity, for a day to come. Whom it is for, and which actions it serves, are ticked beside it."""

    pathway = forms.ChoiceField(
        label="Pathway", required=False, choices=[("", "None in particular"), *PATHWAYS.items()],
        error_messages={"invalid_choice": "Choose one of the pathways listed."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"] = forms.ChoiceField(
            label="Sector of work", required=False, choices=[("", "None in particular"), *[(s, s) for s in SECTORS]],
            error_messages={"invalid_choice": "Choose one of the sectors listed."},
        )  # fmt: skip
        self.fields["title"].label, self.fields["kind"].label = "What will it be?", "What kind?"
        self.fields["title"].error_messages["required"] = "Say what it will be, such as Visit to a building site."
        self.fields["starts_on"].error_messages["required"] = "Say when it will be."

    def clean_starts_on(self) -> date:
        starts_on = super().clean_starts_on()
        if starts_on < self.today:
            raise forms.ValidationError("This day has passed. Choose today or a day to come.")
        return starts_on

    def details(self) -> Details:
        return replace(super().details(), pathway=self.cleaned_data["pathway"])


def asked_of(query: QueryDict) -> Asked:
    known = {str(year): year for year in YEAR_GROUPS}
    years = {known[said] for said in query.getlist("year") if said in known}
    return Asked(tuple(sorted(years)), query.get("group", ""))
