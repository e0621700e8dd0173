"""What a student hopes for, as it is typed anywhere: their words, the occupations they may mean, and what a person confirms."""

from collections.abc import Mapping
from typing import Any

from django import forms

from pathbook.occupations import SECTORS, read, sector_of, title_of
from pathbook.records.actions.aspirations import Hoped
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.hopes import SURE
from pathbook.web.fields import line


class HopedForm(forms.Form):
    """Nothing is decided from the words: an occupation stands only where a person chose it."""

    words = line("In their words", called="what they want", at_most=300)
    soc2020 = forms.CharField(label="Occupation", required=False)
    sector = forms.ChoiceField(
        label="Sector", required=False, choices=[("", "As the occupation, or not said"), *((s, s) for s in SECTORS)],
        error_messages={"invalid_choice": "Choose one of the sectors listed."},
    )  # fmt: skip
    pathway = forms.ChoiceField(
        label="Pathway", required=False, choices=[("", "Not said"), *PATHWAYS.items()],
        error_messages={"invalid_choice": "Choose one of the pathways listed."},
    )  # fmt: skip
    certainty = forms.TypedChoiceField(
        label="How sure are they?", coerce=int, empty_value=None, required=False,
        choices=[("", "Not asked"), *[(str(n), f"{n}. {said}") for n, said in SURE.items()]],
        error_messages={"invalid_choice": "Choose how sure from 1 to 5."},
    )  # fmt: skip

    def clean_soc2020(self) -> str:
        code: str = self.cleaned_data["soc2020"]
        if code and not title_of(code):
            raise forms.ValidationError("Choose one of the occupations offered, or none of them.")
        return code

    def hoped(self) -> Hoped:
        said: Mapping[str, Any] = self.cleaned_data
        code = said["soc2020"]
        return Hoped(said["words"], title_of(code)[:120], code, said["sector"] or sector_of(code), said["pathway"],
                     said["certainty"])  # fmt: skip


def occupations_meant(words: str, chosen: str) -> dict[str, object]:
    """Occupations the words may mean, and the one chosen before if it is not among them."""
    understood = read(words[:300], limit=3) if words.strip() else None
    offered = understood.suggestions if understood else ()
    known = {one.soc2020 for one in offered}
    return {
        "offered": offered,
        "chosen": chosen,
        "chosen_before": title_of(chosen) if chosen and chosen not in known else "",
        "meant": understood,
    }
