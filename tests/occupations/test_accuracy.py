"""How often the matcher is right, on phrases set down before it was made; it fails when the matcher gets worse.

The floors are a little below what was measured (docs/decisions: from a student's words to an occupation).
"""

import csv
import random
import re
from pathlib import Path

import pytest

from pathbook.occupations import read
from pathbook.occupations.sectors import unit_groups
from pathbook.records.models.destination import PATHWAYS

PHRASES = list(csv.DictReader((Path(__file__).parent / "phrases.csv").open(encoding="utf-8")))
# part: least share with the first right, and with one of the first three right
FLOORS = {
    "tuning": (0.98, 0.98),
    "held out": (0.975, 0.98),
    "described, tuning": (0.84, 0.88),
    "described, held out": (0.54, 0.72),
}
MISSPELT = (0.94, 0.94)


def of(part):
    return [row for row in PHRASES if row["part"] == part]


def right(row, first):
    """One of the first few is among the accepted; where no work is named, nothing is suggested."""
    accepted = set(row["accepted"].replace("+", " ").split())
    said = [one.soc2020 for one in read(row["phrase"]).suggestions]
    return bool(accepted & set(said[:first])) if accepted else not said


def share(rows, first):
    return sum(right(row, first) for row in rows) / len(rows)


@pytest.mark.parametrize("part", FLOORS)
def test_the_first_suggestion_is_right_as_often_as_was_measured(part):
    assert share([row for row in of(part) if row["accepted"]], 1) >= FLOORS[part][0]


@pytest.mark.parametrize("part", FLOORS)
def test_one_of_the_first_three_is_right_as_often_as_was_measured(part):
    assert share([row for row in of(part) if row["accepted"]], 3) >= FLOORS[part][1]


@pytest.mark.parametrize("part", ["tuning", "held out"])
def test_nothing_is_suggested_where_no_work_is_named(part):
    assert share([row for row in of(part) if not row["accepted"]], 1) >= 0.95


def misspelt(rng, phrase):
    """The phrase with one slip in its longest word: a letter lost, doubled, changed, or swapped with the next."""
    word = max(re.findall(r"[A-Za-z]+", phrase), key=len)
    at = rng.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice("aeiourstnl") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return phrase.replace(word, rng.choice(slips), 1)


def test_one_slip_in_the_longest_word_is_borne_as_often_as_was_measured():
    rng = random.Random(7)
    named = [
        row for row in of("tuning") + of("held out") if row["accepted"] and re.search("[A-Za-z]{5}", row["phrase"])
    ]
    slipped = [row | {"phrase": misspelt(rng, row["phrase"])} for row in named]
    assert len(slipped) > 300
    assert share(slipped, 1) >= MISSPELT[0] and share(slipped, 3) >= MISSPELT[1]


def test_pathways_and_not_decided_are_understood():
    wrong = [
        row["phrase"]
        for row in PHRASES
        if set(read(row["phrase"]).pathways) != set(row["pathways"].split())
        or read(row["phrase"]).undecided != (row["undecided"] == "yes")
    ]
    assert len(wrong) <= 0.02 * len(PHRASES), wrong


def test_every_one_of_several_hopes_is_among_the_suggestions():
    several = [row for row in PHRASES if not row["part"].startswith("described") and "+" in row["accepted"]]
    met = [
        all(
            set(hope.split()) & {one.soc2020 for one in read(row["phrase"]).suggestions}
            for hope in row["accepted"].split("+")
        )
        for row in several
    ]
    assert len(several) >= 10 and sum(met) >= 0.9 * len(several)


def test_the_phrases_are_enough_and_each_is_in_one_part_only():
    seen = [row["phrase"].lower() for row in PHRASES]
    assert len(seen) == len(set(seen)) and len(seen) >= 360
    assert (
        len(of("tuning")) >= 200
        and len(of("held out")) >= 160
        and len(of("described, tuning")) == len(of("described, held out")) == 50
    )
    assert {code for row in PHRASES for code in row["accepted"].replace("+", " ").split()} <= set(unit_groups())
    assert {code for row in PHRASES for code in row["pathways"].split()} <= set(PATHWAYS)
