"""Where somebody is after school, in the codes local authorities use; the two rounds of asking; and what keeps a place.

The codes come from data/nccis_activity.csv: gathered from public listings, none of them the publisher's own.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pathbook.framework.years import AcademicYear

KEPT_YEARS = 3  # destinations are asked about for three years after leaving
PLACES = frozenset({"Education", "Employment", "Training"})  # groups that are a place to learn or work
NOT_KNOWN, UNSURE = "Not known", "In two groups"
GROUPS = (
    "Education", "Employment", "Training", "Re-engagement", "NEET", "Other", NOT_KNOWN,
    "Not yet compulsory school leaving age", UNSURE,
)  # fmt: skip
AT_HOME_SCHOOL = "210"  # what staying on in a school's own sixth form is called
# What a list of intentions offers: others are where somebody is, and hardly what they mean to do.
INTENDED = (
    "210",
    "220",
    "230",
    "240",
    "250",
    "260",
    "280",
    "310",
    "320",
    "340",
    "330",
    "380",
    "430",
    "460",
    "540",
    "619",
)
SOURCES = {
    "student": "The student", "parent": "Parent or carer", "school": "Our own roll", "college": "College or training provider",
    "employer": "Employer", "authority": "Local authority",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """`certain`: two independent listings agree on it. `sent_as`: what the authority is sent, where it is not the code."""

    code: str
    label: str
    group: str
    certain: bool = True
    sent_as: str = ""
    used: bool = True

    @property
    def is_place(self) -> bool:
        return self.group in PLACES

    @property
    def is_known(self) -> bool:
        return self.group != NOT_KNOWN


@cache
def shipped_codes() -> Mapping[str, Code]:
    """The 46 as gathered, by code."""
    with (files("pathbook.framework.data") / "nccis_activity.csv").open(encoding="utf-8") as file:
        rows = [_code(row) for row in csv.DictReader(file)]
    return {one.code: one for one in rows}


def _code(row: Mapping[str, str]) -> Code:
    split = row["group"].startswith("CONFLICT")
    label = "Current situation not known" if row["label"].startswith("Current situation") else row["label"]
    return Code(row["code"], label, UNSURE if split else row["group"], row["agreement"] == "both" and not split)


class Round(StrEnum):
    """Intentions are asked for twice a year."""

    AUTUMN = "autumn"
    SPRING = "spring"


def round_of(day: date) -> Round:
    """Autumn to 31 December, spring from 1 January to the end of the academic year."""
    return Round.AUTUMN if day.month >= 9 else Round.SPRING


def days_of(year: AcademicYear, which: Round) -> tuple[date, date]:
    """The first and the last day of a round."""
    turn = date(year.start, 12, 31)
    return (year.first_day, turn) if which is Round.AUTUMN else (date(year.start + 1, 1, 1), year.last_day)


class Told(NamedTuple):
    """Where a leaver was on a day, by whose word."""

    on: date
    code: str
    source: str = ""
    place: str = ""
    checked_on: date | None = None


class Known(StrEnum):
    """How far a leaver's destination is known. The first three are still to confirm."""

    NOT_ASKED = "Nothing known yet"
    TRIED = "Tried, not found out"
    CHECK = "Six-month check due"
    HERE = "Known"
    KEPT = "Still in a place after six months"
    LOST = "Not in a place after six months"


TO_CONFIRM = (Known.NOT_ASKED, Known.TRIED, Known.CHECK)


def six_months(left: AcademicYear) -> date:
    """The day from which the six-month check of that year's leavers is due: 1 March after the first autumn."""
    return date(left.start + 2, 3, 1)


def known_of(told: Sequence[Told], codes: Mapping[str, Code], *, left: AcademicYear, as_of: date) -> Known:
    """`told`: oldest first. Only what was said of a day after leaving counts; the last known word stands."""
    since = [one for one in told if left.last_day < one.on <= as_of]
    found = [one for one in since if one.code in codes and codes[one.code].is_known]
    if not found:
        return Known.TRIED if since else Known.NOT_ASKED
    later = [one for one in found if one.on >= six_months(left)]
    if later:
        return Known.KEPT if codes[found[0].code].is_place and codes[later[0].code].is_place else Known.LOST
    return Known.CHECK if as_of >= six_months(left) else Known.HERE
