"""From what a student hopes for to where they went: one line, and in words where two of its steps differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pathbook.framework.next_steps import NEXT_STEPS, next_step

HOPED = {
    "sixth_form": "Sixth form", "fe_college": "FE college", "t_level": "FE college", "apprenticeship": "Apprenticeship",
    "university": "University", "employment": "Work",
}  # fmt: skip
SPOKEN = {
    "Sixth form": "sixth form", "FE college": "a college course", "University": "university",
    "Apprenticeship": "an apprenticeship", "Work": "work", "Training": "training", "None of these": "none of these",
    "Not known": "something not known",
}  # fmt: skip
STANDS = ("offered", "accepted")
ENDED = ("declined", "refused")


class OfferSaid(NamedTuple):
    """An application and how it stands; `suitable`: whether somebody said that it suits, None when nobody did."""

    provider: str
    course: str
    status: str
    on: date
    suitable: bool | None = None

    @property
    def stands(self) -> bool:
        """An offer that is still there and that nobody called unsuitable."""
        return self.status in STANDS and self.suitable is not False


@dataclass(frozen=True, slots=True)
class Plans:
    """One student, the latest of each. `hope` a pathway, `intention` and `went` codes; empty where nothing is recorded."""

    hope: str = ""
    hope_words: str = ""
    hoped_on: date | None = None
    met_on: date | None = None
    intention: str = ""
    intended_on: date | None = None
    offers: tuple[OfferSaid, ...] = ()
    went: str = ""
    went_on: date | None = None

    @property
    def offer(self) -> OfferSaid | None:
        """The one that matters most: accepted, then one that stands, then the latest."""
        return max(self.offers, key=lambda one: (one.status == "accepted", one.stands, one.on), default=None)

    @property
    def hoped(self) -> str:
        """As a next step; empty when undecided or nothing said."""
        return HOPED.get(self.hope, "")

    @property
    def intended(self) -> str:
        return _step(self.intention)

    @property
    def did(self) -> str:
        return _step(self.went)


def _step(code: str) -> str:
    step = next_step(code) if code else ""
    return "" if step == "Not known" else step


GUARANTEE = {  # how the September Guarantee stands for somebody: our own words, no published codes were found
    "accepted": "Suitable offer accepted", "offered": "Suitable offer made", "waiting": "Applied, not answered yet",
    "lost": "No suitable offer stands", "none": "Nothing recorded",
}  # fmt: skip


def guarantee_of(offers: Sequence[OfferSaid], *, since: date) -> str:
    """Of the offers of this academic year: a key of GUARANTEE."""
    this = [one for one in offers if one.on >= since]
    if any(one.stands and one.status == "accepted" for one in this):
        return "accepted"
    if any(one.stands for one in this):
        return "offered"
    if any(one.status == "applied" for one in this):
        return "waiting"
    return "lost" if this else "none"


def differences(plans: Plans) -> tuple[str, ...]:
    """Each place where two steps of the line do not agree, as a sentence. Nothing recorded disagrees with nothing."""
    hoped, intended, did = plans.hoped, plans.intended, plans.did
    said = []
    if hoped and intended and hoped != intended:
        changed = plans.hoped_on and plans.intended_on and plans.hoped_on > plans.intended_on
        why = "the hope was said later" if changed else "the intention was said later"
        said.append(f"Hopes for {SPOKEN[hoped]}, means to go to {SPOKEN[intended]} ({why})")
    if plans.offers and not any(one.stands for one in plans.offers) and not did:
        said += _no_offer_left(plans.offers)
    if intended and did and intended != did:
        said.append(f"Meant {SPOKEN[intended]}, went to {SPOKEN[did]}")
    elif hoped and did and hoped != did and not intended:
        said.append(f"Hoped for {SPOKEN[hoped]}, went to {SPOKEN[did]}")
    return tuple(said)


def _no_offer_left(offers: Sequence[OfferSaid]) -> list[str]:
    """Applications that wait are no difference yet; all that were answered came to nothing."""
    if any(one.status == "applied" for one in offers):
        return []
    if any(one.status in STANDS for one in offers):
        return ["The offer there is does not suit"]
    kinds = {one.status for one in offers}
    words = {frozenset({"declined"}): "the student turned it down", frozenset({"refused"}): "it was refused"}
    return [f"No offer stands: {words.get(frozenset(kinds), 'some refused, some turned down')}"]


def matrix_of(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How many went from one step to another, over the steps that occur, in their order."""
    names = [name for name in NEXT_STEPS if any(name in pair for pair in pairs)]
    return {(row, column): pairs.count((row, column)) for row in names for column in names}
