"""Whatever is written, the matcher answers, the same each time, with scores in order."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathbook.occupations import SECTORS, read, suggest

PHRASES = [row["phrase"] for row in csv.DictReader((Path(__file__).parent / "phrases.csv").open(encoding="utf-8"))]
phrases = st.sampled_from(PHRASES)
# students' phrases run together, cut short, and mixed with anything at all
anything = st.one_of(st.text(), st.lists(st.one_of(phrases, st.text(max_size=8)), max_size=6).map(" ".join))


@given(anything)
def test_any_text_has_an_answer_in_order_with_reasons(text):
    said = suggest(text)
    scores = [one.score for one in said]
    assert scores == sorted(scores, reverse=True) and all(0.3 <= score <= 1 for score in scores)
    assert len({one.soc2020 for one in said}) == len(said) <= 5
    assert all(one.title and one.sector in SECTORS and one.why for one in said)


@given(anything)
def test_the_same_text_has_the_same_answer(text):
    assert read(text) == read(text)


@given(anything)
def test_not_decided_and_a_suggestion_never_go_together(text):
    said = read(text)
    assert not (said.undecided and said.suggestions)


@given(phrases, st.randoms(use_true_random=False))
def test_large_or_small_letters_and_blanks_make_no_difference(phrase, rng):
    mixed = "".join(letter.upper() if rng.random() < 0.5 else letter.lower() for letter in phrase)
    blanks = "".join(" \t "[: rng.randint(1, 3)] if letter == " " else letter for letter in mixed)
    assert read(f"  {blanks} ") == read(phrase)


@given(anything, st.integers(min_value=-2, max_value=12))
def test_no_more_than_the_limit_and_the_first_stay_first(text, limit):
    said = suggest(text, limit=limit)
    assert len(said) <= max(limit, 0)
    assert said == suggest(text, limit=20)[: max(limit, 0)]


@pytest.mark.parametrize("text", ["vet " * 2_500, "elecrician " * 910, "x" * 10_000, "a b " * 2_500, ", " * 5_000])
def test_ten_thousand_letters_cost_no_more_than_the_part_that_is_read(text):
    """Only the start is read, so what follows it changes nothing."""
    assert len(text) >= 10_000
    assert read(text) == read(text[:1_000])


def test_nothing_at_all_is_nothing():
    assert read("") == read("   ") == read("\x00\ud800") and not read("").suggestions
