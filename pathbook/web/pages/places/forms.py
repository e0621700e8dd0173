"""What places to give, and how fair it must be."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from pathbook.reports.places import ChoosePage
from pathbook.web import fields


class ChooseForm(forms.Form):
    guidance = forms.BooleanField(required=False, label="Guidance slots")
    until = fields.day("Only up to", called="the last day")
    activities = forms.MultipleChoiceField(required=False, label="Activities")

    def __init__(self, *said: Any, shown: ChoosePage, **more: Any) -> None:
        super().__init__(*said, **more)
        _choices(self.fields["activities"], ((one.activity.key, one.activity.title) for one in shown.choices))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("guidance") and not said.get("activities"):
            raise forms.ValidationError("Choose guidance slots, an activity, or both.")
        return said


class LimitForm(forms.Form):
    limit = fields.whole("Limit of fairness, in per cent", called="the limit", at_least=0, at_most=100)

    def clean_limit(self) -> int:
        said: int | None = self.cleaned_data["limit"]
        if said is None:
            raise forms.ValidationError("Write the limit as a whole number from 0 to 100.")
        return said

    @property
    def as_share(self) -> Decimal:
        return Decimal(self.cleaned_data["limit"]) / 100


def _choices(field: forms.Field, pairs: Iterable[tuple[str, str]]) -> None:
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = list(pairs)
