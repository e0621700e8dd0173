"""What an employer says of the day; and where a link is sent."""

from typing import Any

from django import forms

from pathbook.framework.kinds import Item
from pathbook.records.actions.employers import Answer
from pathbook.web.fields import line, prose, whole


class EmployerAnswer(forms.Form):
    """No question asks for a student's name, and the comment says so."""

    happened = forms.ChoiceField(
        label="Did it take place?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say whether it took place."),
    )  # fmt: skip
    met = whole("How many students did you meet?", called="how many you met", at_least=0, at_most=5000)
    items = forms.MultipleChoiceField(
        label="Which of these can you say were true?", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick only what is listed.", "invalid_list": "Tick only what is listed."},
    )  # fmt: skip
    comment = prose("Anything the school should know?", called="your comment", rows=4, at_most=1000,
                    hint="Please do not name or describe a student.")  # fmt: skip
    name = line("Your name", called="your name", at_most=200, missing="Say who you are.")

    def __init__(self, *args: Any, items: tuple[Item, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if items:
            self.fields["items"].choices = [(item.id, _capital(item.text)) for item in items]  # type: ignore[attr-defined]
        else:
            del self.fields["items"]

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(
            said["happened"] == "yes", said["met"], tuple(said.get("items", ())), said["comment"], said["name"]
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class AskForm(forms.Form):
    """Where the link goes; left empty it is only shown, to copy."""

    email = forms.EmailField(
        label="Their e-mail address, to send it", required=False, max_length=254,
        error_messages={"invalid": "Write the address as name@employer.example.",
                        "max_length": "Shorten the address to 254 characters."},
    )  # fmt: skip
