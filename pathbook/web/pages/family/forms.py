"""What a parent or carer answers about one placement."""

from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.web.fields import line


class PlacementAnswer(forms.Form):
    """Yes, or no with its reason; `of`: the placement's key, since a page may ask about several."""

    answer = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say yes or no."),
    )
    why = line("If not, why?", called="the reason", at_most=1000)

    def __init__(self, posted: QueryDict, *, of: str) -> None:
        super().__init__(posted, auto_id=f"{of}-%s")
        self.of = of

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("answer") == "no" and "why" in said and not said["why"]:
            self.add_error("why", "Say why not, so that the school can find another way.")
        return said
