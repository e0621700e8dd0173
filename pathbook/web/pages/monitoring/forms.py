"""Planning a round, writing down what was seen, and what follows from it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pathbook.people.models import Staff
from pathbook.uptake.actions.following_up import Wanted
from pathbook.uptake.actions.monitoring import Plan, Seen
from pathbook.uptake.models import MonitoringRound
from pathbook.uptake.photographs import AT_MOST, TOO_LARGE, PhotographError, saved_anew
from pathbook.uptake.ready import ANSWERS, BOOKS, IN_A_SUBJECT, looks_for
from pathbook.web.fields import day, line, whole

MOST = 60
USUAL = {BOOKS: 12}
LOOK = "look_"


class PlanForm(forms.Form):
    """Ready as it opens: everything is looked for, in every subject."""

    how_many = whole("How many?", called="how many", at_least=1, at_most=MOST)
    looks = forms.MultipleChoiceField(
        label="What do you look for?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing to look for.", "invalid_choice": "Choose from those listed."},
    )  # fmt: skip
    subjects = forms.MultipleChoiceField(
        label="In which subjects? None ticked: in all of them.", widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": "Choose from the subjects listed."},
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, subjects: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.known = kind, looks_for(kind)
        self.initial = {"how_many": USUAL.get(kind, 8), "looks": [look.code for look in self.known]}
        words = [(look.code, f"{look.words} ({look.criterion})") for look in self.known]
        self.fields["looks"].choices = words  # type: ignore[attr-defined]
        self.fields["subjects"].choices = [(name, name) for name in subjects]  # type: ignore[attr-defined]
        if kind not in IN_A_SUBJECT:
            del self.fields["subjects"]

    def clean_how_many(self) -> int:
        many: int | None = self.cleaned_data["how_many"]
        if many is None:
            raise forms.ValidationError(f"Write how many to look at, from 1 to {MOST}.")
        return many

    def plan(self) -> Plan:
        said = self.cleaned_data
        chosen = [look for look in self.known if look.code in said["looks"]]
        return Plan(self.kind, chosen, said.get("subjects", []), said["how_many"])


class SeenForm(forms.Form):
    """One tap for each thing looked for, one sentence, one photograph."""

    words = line("One sentence (if you like)", called="the sentence", at_most=300, strip=True)
    photo = forms.FileField(
        label="Photograph (if you like)", required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "That file is empty. Take the photograph again.", "invalid": "Choose the photograph again."},
    )  # fmt: skip

    def __init__(self, *args: Any, of: MonitoringRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for look in of.looks:
            missing = f"Say whether you saw: {look.words[0].lower()}{look.words[1:]}."
            self.fields[LOOK + look.code] = forms.ChoiceField(
                label=look.words, choices=list(ANSWERS.items()), widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), missing),
            )  # fmt: skip

    @property
    def asks(self) -> list[forms.BoundField]:
        return [self[LOOK + look.code] for look in self.of.looks]

    def clean_photo(self) -> bytes | None:
        sent: UploadedFile[bytes] | None = self.cleaned_data["photo"]
        if sent is None:
            return None
        if (sent.size or 0) > AT_MOST:
            raise forms.ValidationError(TOO_LARGE)
        try:
            return saved_anew(sent.read())
        except PhotographError as problem:
            raise forms.ValidationError(str(problem)) from None

    def seen(self) -> Seen:
        said = self.cleaned_data
        found = {look.code: said[LOOK + look.code] for look in self.of.looks}
        return Seen(found, said["words"], said["photo"])


class FollowUpForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, max_length=32)
    what = line("What is to be done?", called="what is to be done", at_most=200, missing="Write what is to be done.")
    criterion = forms.ChoiceField(label="About", required=False)
    owner = forms.ModelChoiceField(
        label="Who does it?", queryset=Staff.objects.none(), empty_label="Choose",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a member of staff."),
    )  # fmt: skip
    due_on = day("By when?", "Say by when.", called="the day")

    def __init__(self, *args: Any, of: MonitoringRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {look.criterion: f"{look.criterion}: {look.words}" for look in of.looks}
        self.fields["criterion"].choices = [("", "The whole round"), *words.items()]  # type: ignore[attr-defined]
        staff = Staff.objects.filter(institution=of.institution_id).order_by("name", "pk")
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(said["what"], said["criterion"], said["owner"], said["due_on"])
