"""What a student types: what they want, a request, that something is wrong, what they made of it."""

from typing import Any

from django import forms

from pathbook.occupations import sector_of, title_of
from pathbook.records.actions.aspirations import Hoped
from pathbook.records.actions.placing import Days
from pathbook.records.models import Correction
from pathbook.records.models.destination import PATHWAYS
from pathbook.web.fields import day, line, prose

SURE = (("", "I would rather not say"), ("1", "Just an idea"), ("2", "Not very sure"), ("3", "Fairly sure"),
        ("4", "Sure"), ("5", "Very sure"))  # fmt: skip


class WishForm(forms.Form):
    """What I want to do; the old one is kept."""

    words = line("What would you like to do?", called="what you want", at_most=300,
                 help_text="In your own words. It is fine to name two things, or to say you do not know yet.")  # fmt: skip
    soc2020 = forms.CharField(required=False, max_length=4)
    pathway = forms.ChoiceField(
        label="How might you get there?", required=False, choices=[("", "I am not sure"), *PATHWAYS.items()],
        error_messages={"invalid_choice": "Choose one of the ways listed."},
    )  # fmt: skip
    certainty = forms.TypedChoiceField(
        label="How sure are you?", required=False, coerce=int, empty_value=None, choices=SURE,
        error_messages={"invalid_choice": "Choose how sure you are from the list."},
    )  # fmt: skip

    def clean_soc2020(self) -> str:
        code: str = self.cleaned_data["soc2020"]
        if code and not title_of(code):
            raise forms.ValidationError("Choose one of the jobs offered, or none of them.")
        return code

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("words") and not said.get("pathway"):
            self.add_error("words", "Say what you would like, or choose a way there.")
        return said

    def hoped(self) -> Hoped:
        said = self.cleaned_data
        code = said["soc2020"]
        return Hoped(said["words"], title_of(code)[:120], code, sector_of(code), said["pathway"], said["certainty"])


class AskForm(forms.Form):
    words = line("What would you like to talk about?", called="what you wrote", at_most=300,
                 help_text="You can leave this empty. If you are worried or unsafe, talk to an adult you trust today.")  # fmt: skip


class WrongForm(forms.Form):
    """Something is wrong: what it is about, and what it should say."""

    about = forms.ChoiceField(
        label="What is it about?", choices=Correction.About.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what it is about."),
    )  # fmt: skip
    words = prose("What is wrong, and what should it say?", called="what is wrong", rows=4, at_most=1000,
                  missing="Say what is wrong.")  # fmt: skip
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)


class ReflectForm(forms.Form):
    words = prose("What did you make of it?", called="what you wrote", rows=5, at_most=2000,
                  missing="Write what you made of it.")  # fmt: skip


class HostForm(forms.Form):
    """Where I would like to go, and what I want to learn there."""

    host = line("Where would you like to go?", called="the employer's name", at_most=160,
                help_text="Leave it empty if you have not found anybody yet: the school helps you.")  # fmt: skip
    email = forms.EmailField(
        label="Their e-mail address, if you know it", required=False, max_length=254,
        error_messages={"invalid": "Write the address as name@employer.example.",
                        "max_length": "Shorten the address to 254 characters."},
    )  # fmt: skip
    aim = prose("What do you want to find out or learn?", called="what you want to learn", rows=3, at_most=600,
                missing="Say what you want to find out or learn.")  # fmt: skip


class ProposeForm(HostForm):
    """The same with its days, for a placement the school has not begun."""

    first = day("First day", "Say on which day it begins.", called="the first day")
    last = day("Last day", "Say on which day it ends.", called="the last day")
    field_order = ("host", "email", "first", "last", "aim")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].required = True
        self.fields["host"].error_messages["required"] = "Say where you would like to go."

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not 0 <= (last - first).days < 60:
            self.add_error("last", "Choose a last day on or after the first, within 60 days.")
        return said

    def days(self) -> Days:
        return Days(self.cleaned_data["first"], self.cleaned_data["last"])


class DayForm(forms.Form):
    """One day of the journal."""

    on = day("Which day?", "Choose the day.", called="the day")
    words = prose("What did you do, and what did you learn?", called="what you wrote", rows=4, at_most=1000,
                  missing="Write a line or two.")  # fmt: skip
