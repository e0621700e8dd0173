"""The bank of ready questions: four ages, criteria that exist, and a loader that says what is wrong with one."""

import pytest

from pathbook.framework.sets import load
from pathbook.uptake import bank

GOOD = {"code": "q", "kind": "choice", "topic": "T", "words": {"y9": "Which?"}, "options": {"a": "A", "b": "B"}}


def test_student_voice_asks_each_of_four_ages_in_its_own_words():
    asked = [bank.questions()[code] for code in bank.templates()["student_voice"].questions]
    said = {
        version: [one.words[version] for one in asked if one.asked_of(version)]
        for version in ("y7", "y9", "y10", "y12")
    }
    assert all(len(words) >= 8 for words in said.values())
    assert len({tuple(words) for words in said.values()}) >= 3


def test_the_youngest_are_asked_in_short_plain_sentences():
    for one in bank.questions().values():
        words = one.words.get("y7", "")
        assert len(words.split()) <= 16 and not {"pathway", "benchmark", "provider", "guidance"} & set(
            words.lower().split()
        )


def test_every_kind_of_question_and_the_six_learning_areas_are_there():
    kinds = {one.kind for one in bank.questions().values()}
    assert kinds == set(bank.KINDS)
    assert len(bank.templates()["learning_areas"].questions) == 6


def test_what_a_question_is_evidence_for_exists_under_the_2025_benchmarks():
    known = {row["id"] for row in criteria()}
    assert {one.criterion for one in bank.questions().values() if one.criterion} <= known


def criteria():
    from pathbook.framework.data import read

    return [row for benchmark in read("gatsby-2025")["benchmarks"] for row in benchmark["criteria"]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "slider"}, "no kind of question"),
        ({"words": {}}, "words are needed"),
        ({"words": {"y15": "Which?"}}, "words are needed"),
        ({"options": {"a": "A"}}, "two options or more"),
        ({"kind": "text"}, "words need none"),
        ({"need": "said_unsure"}, "only a scale"),
    ],
)
def test_a_question_nobody_could_answer_is_refused_with_its_name(wrong, said):
    with pytest.raises(bank.BankError, match=f"^q: .*{said}"):
        bank.checked(GOOD | wrong)


def test_a_good_question_is_as_it_was_written():
    assert bank.checked(GOOD).options == {"a": "A", "b": "B"}
    assert load("2025").criterion("GB1.3")


@pytest.mark.parametrize(
    ("year", "version"), [(7, "y7"), (8, "y7"), (9, "y9"), (10, "y10"), (11, "y10"), (13, "y12"), (None, "adult")]
)
def test_each_year_group_has_its_words(year, version):
    assert bank.version_for(year) == version
