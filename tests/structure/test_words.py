"""The words of the house: every model is explained in docs/words.md, and every model has a maker."""

import inspect
import re
from pathlib import Path

from django.apps import apps

from tests import make

ROOT = Path(__file__).resolve().parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("pathbook.")]


def test_every_model_is_in_the_words():
    words = set(re.findall(r"^\| (\w+) \|", (ROOT / "docs/words.md").read_text(), flags=re.M))
    assert {model.__name__ for model in OURS} <= words


def test_every_word_written_as_a_model_is_one():
    words = re.findall(r"^\| ([A-Z]\w+) \|", (ROOT / "docs/words.md").read_text(), flags=re.M)
    assert set(words) <= {model.__name__ for model in OURS}


def test_every_model_says_what_it_is():
    assert [model.__name__ for model in OURS if not inspect.getdoc(model)] == []


def test_every_record_of_a_person_says_by_whom_and_when():
    for model in OURS:
        names = {field.name for field in model._meta.fields}
        assert ("recorded_by" in names) == ("recorded_at" in names), model
        if model.__module__.startswith("pathbook.records") and model.__name__ != "Provider":
            assert "recorded_by" in names, model


def test_makers_are_plain_functions():
    makers = [name for name, value in vars(make).items() if inspect.isfunction(value)]
    assert {"student", "enrol", "activity", "participation", "guidance_meeting", "guardian", "staff"} <= set(makers)
