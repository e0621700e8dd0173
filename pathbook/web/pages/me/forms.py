"""What a student types: what they want, a request, that something is wrong, what they made of it."""

from typing import Any

from django import forms

from pathbook.occupations import sector_of, title_of
from pathbook.records.actions.aspirations import Hoped
from pathbook.records.models import Correction
from pathbook.records.models.destination import PATHWAYS
from pathbook.web.fields import line, prose

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
