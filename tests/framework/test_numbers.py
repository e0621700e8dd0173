"""UPNs and ULNs, against the vectors gathered from the Department's and the Learning Records Service's own guides."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathbook.framework.uln import read_uln
from pathbook.framework.upn import LETTERS, check_letter, read_upn

DATA = Path(__file__).parent / "data"


def vectors(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", vectors("upn_test_vectors.csv"), ids=lambda row: row["upn"])
def test_a_upn_is_judged_as_the_guide_says(row):
    upn = read_upn(row["upn"])
    assert upn.is_valid == row["expect"].startswith("valid")
    if upn.is_valid:
        assert upn.kind == row["kind"]


@pytest.mark.parametrize("row", vectors("uln_test_vectors.csv"), ids=lambda row: row["uln"])
def test_a_uln_is_judged_as_the_service_says(row):
    assert read_uln(row["uln"]).is_valid == row["expect"].startswith("valid")


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789" + LETTERS))
def test_every_upn_has_exactly_one_right_check_letter(digits, last):
    tail = digits + last
    right = check_letter("?" + tail)
    assert [letter for letter in LETTERS if read_upn(letter + tail).is_valid] == [right]


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_mistyped_digit_never_passes(digits, at, other):
    """A weight may be a multiple of 23 for no position, so one wrong digit always changes the letter."""
    right = check_letter("?" + digits) + digits
    wrong = right[: at + 1] + other + right[at + 2 :]
    assert read_upn(wrong).is_valid == (wrong == right)


def test_a_problem_says_what_is_wrong():
    assert "check letter should be H" in read_upn("A801200001001").problem
    assert "13 characters" in read_upn("H80").problem
    assert "shortened" in read_uln("1.23E+09").problem
    assert read_uln("1000000000.0").is_valid


@given(st.text())
def test_anything_at_all_can_be_judged(text):
    read_upn(text)
    read_uln(text)
