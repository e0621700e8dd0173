"""The papers say all that the register says, and the child's is one a child of eleven can read."""

import re

import pytest

from pathbook.privacy.papers import papers
from pathbook.privacy.register import not_personal, register
from tests import make

pytestmark = pytest.mark.django_db
OFFICIAL = re.compile(
    r"\b(process\w*|lawful|basis|controllers?|retention|pursuant|data|personal|special|categor\w+|consent|erasure|"
    r"rectif\w+|UPN|ULN|SEN|destinations?|aspirations?|intentions?)\b"
)


@pytest.fixture
def made():
    make.role(make.account("Meera Shah", "meera@school.example"), "dpo")
    return papers(make.school(), on=make.TODAY)


def test_the_record_of_processing_says_every_row_of_the_register(made):
    said = made["ropa.md"]
    for kind in register():
        for words in (kind.holds[1:], kind.purpose, kind.basis, kind.special, kind.kept, *kind.seen_by):
            assert words in said, (kind.id, words)
        assert [field for field in kind.fields if f"- `{field}`\n" not in f"{said}\n"] == []
    assert f"{len(not_personal())} fields" in said


def test_no_gap_is_left_and_each_says_whose_school_when_and_whom_to_ask(made):
    assert set(made) == {
        "dpia.md",
        "ropa.md",
        "processors.md",
        "notice-staff.md",
        "notice-parent.md",
        "notice-child.md",
    }
    for name, said in made.items():
        assert "{" not in said and "Northbridge School" in said and "5 Feb 2026" in said, name
        assert "Meera Shah (meera@school.example)" in said, name


def test_a_notice_tells_each_of_what_is_theirs(made):
    for kind in register():
        assert (kind.holds in made["notice-parent.md"]) == (kind.whose != "staff"), kind.id
        assert (kind.holds in made["notice-staff.md"]) == (kind.whose in ("staff", "everyone")), kind.id
        assert bool(kind.told) == (kind.whose != "staff") and kind.told in made["notice-child.md"], kind.id


def test_the_dpia_names_every_special_kind_and_what_is_not_done(made):
    for kind in register():
        assert (f"- {kind.holds}\n" in made["dpia.md"]) == (not kind.special.startswith("No")), kind.id
    assert "not encrypted" in made["dpia.md"] and "not by itself" in made["dpia.md"]


def test_the_childs_is_in_plain_words(made):
    said = (
        made["notice-child.md"].replace("meera@school.example", "").replace("the school's data protection officer", "")
    )
    sentences = [one for one in re.split(r"[.!?]\s|\n\n|\n- ", said) if one.strip()]
    words = re.findall(r"[A-Za-z']+", said)
    assert [one for one in sentences if len(one.split()) > 22] == []
    assert len(words) / len(sentences) < 12, "words a sentence"
    assert [word for word in words if len(word) > 11] == [] and OFFICIAL.findall(said) == []


def test_without_an_officer_it_says_whom_to_look_for():
    assert "Ask the school's data protection officer." in papers(make.school(), on=make.TODAY)["notice-staff.md"]
