from datetime import date

from pathbook.framework.in_words import day_in_words, in_a_sentence


def test_a_label_loses_its_capitals_and_initials_keep_theirs():
    assert in_a_sentence("Digital and IT") == "digital and IT"
    assert in_a_sentence("Special educational needs") == "special educational needs"
    assert in_a_sentence("FE college") == "FE college"


def test_a_day_is_said_without_a_leading_nought():
    assert day_in_words(date(2026, 3, 5)) == "5 Mar 2026"
