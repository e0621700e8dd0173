"""What the board is narrowed to; how an action ends; what was agreed."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pathbook.framework.in_words import day_in_words
from pathbook.records.actions.agreeing import What
from pathbook.records.actions.closing import Closing
from pathbook.records.models import Action, Offer
from pathbook.reports.board import PER_PAGE, STATES, Asked, OneAction
from pathbook.web.fields import day, line
from pathbook.web.pages.students.forms import YEARS, whole_of

OWNERS = {"mine": "Mine", **dict(Action.Owner.choices)}


def asked_of(query: QueryDict) -> Asked:
    """Nonsense is ignored."""
    return Asked(
        owner=query.get("owner", "") if query.get("owner") in OWNERS else "",
        state=query.get("state", "open") if query.get("state") in STATES else "open",
        q=query.get("q", "").strip()[:100].replace("\0", ""),
        year=YEARS.get(query.get("year", "")),
        left=query.get("year") == "left",
        group=query.get("group", "")[:120].replace("\0", ""),
        page=whole_of(query.get("page", ""), 1, 100_000),
        per=whole_of(query.get("per", ""), PER_PAGE, 300),
    )


class CloseForm(forms.Form):
    """How it ended; carried on needs its new day."""

    outcome = forms.ChoiceField(
        label="What became of it?", choices=Action.Outcome.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say what became of it."),
    )  # fmt: skip
    proof = forms.ChoiceField(
        label="What shows it", required=False,
        error_messages={"invalid_choice": "Choose one of what is listed, or say it in words."},
    )  # fmt: skip
    evidence = line(
        "Or in words", called="what shows it", at_most=300, help_text="Such as: applied to Marlow College on 3 March."
    )
    due_on = day("Carried on until", called="the new day", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, shown: OneAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proofs: dict[str, Any] = {}
        if shown:
            self.proofs = {f"attended-{part.pk}": part for part in shown.attended}
            self.proofs |= {f"met-{met.pk}": met for met in shown.meetings}
            self.proofs |= {f"applied-{offer.pk}": offer for offer in shown.offers}
        labels = [(name, _label(name, proof)) for name, proof in self.proofs.items()]
        self.fields["proof"].choices = [("", "Nothing recorded"), *labels]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        carried = said.get("outcome") == Action.Outcome.CARRIED_ON
        if carried and not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Say until when it is carried on.")
        if said.get("outcome") and not carried and said.get("due_on"):  # Enter in the day presses the first button
            self.add_error("due_on", "There is a new day: carry on until then, or clear the day.")
        return said

    def closing(self) -> Closing:
        said = self.cleaned_data
        carried = said["outcome"] == Action.Outcome.CARRIED_ON
        proof = {said["proof"].partition("-")[0]: self.proofs[said["proof"]]} if said["proof"] else {}
        return Closing(said["outcome"], said["evidence"], due_on=said["due_on"] if carried else None, **proof)


def ending_of(action: Action) -> dict[str, str]:
    """How a closed one stands; for an open one, that it is done."""
    proofs = {"attended": action.attended_id, "met": action.met_id, "applied": action.applied_id}
    proof = next((f"{name}-{pk}" for name, pk in proofs.items() if pk), "")
    return {"outcome": action.outcome or Action.Outcome.DONE, "evidence": action.evidence, "proof": proof}


def _label(name: str, proof: Any) -> str:
    if name.startswith("applied"):
        return f"{_offer(proof)}, {day_in_words(proof.on)}"
    on = proof.on if name.startswith("attended") else proof.held_on
    what = f"Attended {proof.activity.title}" if name.startswith("attended") else "Guidance meeting held"
    return f"{what}, {on.day} {on:%b %Y}"


def _offer(one: Offer) -> str:
    """Marlow College, Plumbing: applied."""
    return f"{one.provider}{', ' if one.course else ''}{one.course}: {one.get_status_display().lower()}"


class WhatForm(forms.Form):
    """What is to be done, by whom, by when."""

    what = line("What is to be done?", called="the action", at_most=300, missing="Say what is to be done.")
    owner = forms.ChoiceField(
        label="Whose is it?", choices=Action.Owner.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whose it is."),
    )  # fmt: skip
    owner_name = line("Who, if somebody else", called="who it is", at_most=120)
    due_on = day("By when?", called="the day it is due", missing="Say by when.")
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1_000_000)

    def said(self) -> What:
        one = self.cleaned_data
        return What(one["what"], one["owner"], one["due_on"], one["owner_name"])


def initial_of(action: Action) -> dict[str, str | int | date]:
    return {
        "what": action.what, "owner": action.owner, "owner_name": action.owner_name, "due_on": action.due_on,
        "version": action.version,
    }  # fmt: skip
