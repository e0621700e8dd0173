"""The question forms for an activity: what, when, who; more details only for those who want them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from pathbook.framework import kinds
from pathbook.framework.years import AcademicYear
from pathbook.records.actions.programme import Details
from pathbook.records.models import Activity, Provider
from pathbook.web.fields import DATES, line, whole

KIND_CHOICES = [(kind.code, kind.label) for kind in kinds.KINDS.values()]
ITEMS = [(item.id, item.text[:1].upper() + item.text[1:]) for items in kinds.CHECKLISTS.values() for item in items]
ITEMS += [(item.id, f"For the law on provider access: {item.text}") for item in kinds.MUST_COVER]


class ActivityForm(forms.Form):
    """Everything that can be said of one activity. `earliest` and `latest` bound its date."""

    title = line("What was it?", called="what it was", at_most=160, missing="Say what it was, such as Careers fair.")
    kind = forms.ChoiceField(
        label="What kind?", choices=KIND_CHOICES, widget=forms.Select(attrs={"data-shows": ""}),
        error_messages={"required": "Say what kind it was.", "invalid_choice": "Choose one of the kinds listed."},
    )  # fmt: skip
    starts_on = forms.DateField(
        label="When?", input_formats=DATES,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say when it was.", "invalid": "Write the date as day, month and year, such as 8/10/2025."},
    )  # fmt: skip
    checklist = forms.MultipleChoiceField(
        label="What made it meaningful?", required=False, choices=ITEMS, widget=forms.CheckboxSelectMultiple,
        help_text="Under the 2025 benchmarks it counts only when every item is true. You can come back to this.",
        error_messages={"invalid_choice": "Choose from the checklist as it is listed."},
    )  # fmt: skip
    provider = line("Employer or provider", called="the provider", at_most=160)
    provider_type = forms.ChoiceField(
        label="Type of provider",
        required=False,
        choices=[("", "Not a college, sixth form, university or trainer"), *kinds.PROVIDER_TYPES.items()],
        error_messages={"invalid_choice": "Choose one of the types of provider listed."},
    )
    also = forms.MultipleChoiceField(
        label="It also counts as", required=False, choices=KIND_CHOICES, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the kinds listed."},
    )  # fmt: skip
    technical = forms.BooleanField(label="Technical education or apprenticeships", required=False)
    subject = line("Subject", called="the subject", at_most=80)
    sector = line("Sector of work", called="the sector", at_most=80)
    hours = forms.DecimalField(
        label="Hours for each student", min_value=0, max_value=500, decimal_places=1, required=False, initial=1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"),
            "Write the hours as a number from 0 to 500, such as 2 or 2.5.",
        ),
    )  # fmt: skip
    capacity = whole("Places", called="the places", at_least=1, at_most=5000)
    asks_consent = forms.ChoiceField(
        label="Needs a parent’s or carer’s consent", required=False,
        choices=[("", "As usual: visits and placements to come"), ("yes", "Yes"), ("no", "No")],
        error_messages={"invalid_choice": "Choose whether it needs a parent’s or carer’s consent."},
    )  # fmt: skip
    ends_on = forms.DateField(
        label="Last day, if more than one", required=False, input_formats=DATES,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the last day as day, month and year, such as 10/10/2025."},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        first, last = AcademicYear.of(self.today).start - 10, AcademicYear.of(self.today).start + 2
        if not first <= AcademicYear.of(starts_on).start <= last:
            raise forms.ValidationError("Check the year of the date: it is too far from today.")
        return starts_on

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first. Correct one of them.")
        elif starts_on and ends_on and (ends_on - starts_on).days > 366:
            self.add_error("ends_on", "The last day is more than a year after the first. Correct one of them.")
        return said

    def details(self) -> Details:
        said = self.cleaned_data
        return Details(
            title=said["title"], kind=said["kind"], starts_on=said["starts_on"], ends_on=said["ends_on"],
            also=tuple(code for code in said["also"] if code != said["kind"]), provider=said["provider"],
            provider_kind=said["provider_type"], provider_type=said["provider_type"], subject=said["subject"],
            sector=said["sector"], technical=said["technical"], checklist=tuple(said["checklist"]),
            hours=Decimal(1) if said["hours"] is None else said["hours"], capacity=said["capacity"],
            asks_consent=self._asks_consent(),
        )  # fmt: skip

    def _asks_consent(self) -> bool:
        said = self.cleaned_data
        usual = kinds.asks_consent(said["kind"], said["also"]) and said["starts_on"] > self.today
        return bool({"yes": True, "no": False}.get(said["asks_consent"], usual))


class LogForm(ActivityForm):
    """The first of two steps: also whom it was for, unless students were handed over."""

    whom = forms.ChoiceField(
        label="Who was it for?", required=False,
        error_messages={"invalid_choice": "Choose a year group, a tutor group or a group from the list."},
    )  # fmt: skip

    def __init__(
        self, *args: Any, whom: list[tuple[str, list[tuple[str, str]]]], keys: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        choices: list[Any] = [("", "Choose"), *whom, ("all", "Everyone I may log for")]
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]

    def clean_whom(self) -> str:
        whom: str = self.cleaned_data["whom"]
        if not whom and not self.keys:
            raise forms.ValidationError("Say who it was for: a year group, a tutor group or a group.")
        return whom


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the edit form shows at first."""
    names = (
        "title",
        "kind",
        "starts_on",
        "ends_on",
        "checklist",
        "provider_type",
        "also",
        "technical",
        "subject",
        "sector",
        "hours",
        "capacity",
    )
    provider: Provider | None = activity.provider
    said = {name: getattr(activity, name) for name in names}
    asks = "yes" if activity.asks_consent else "no"
    return said | {"provider": provider.name if provider else "", "asks_consent": asks}
