"""A survey's questions as a form, in the words of one age. Nothing must be answered but one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from pathbook.uptake.bank import CHOICE, MOST_RANKED, MULTIPLE, RANKING, SCALE, TEXT, Question
from pathbook.uptake.counting import Said
from pathbook.web.fields import line, prose

NTH = ("First", "Second", "Third")
NOT_LISTED = {"invalid_choice": "Choose one of the answers listed."}


class CodeForm(forms.Form):
    code = line("Code", called="the code", at_most=40, missing="Type the code from your slip.",
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Put:
    """One question as it stands on the page. `heading`: the topic, where a new one begins."""

    kind: str
    words: str
    fields: tuple[BoundField, ...]
    heading: str

    @property
    def is_ticked(self) -> bool:
        return self.kind in (SCALE, CHOICE, MULTIPLE)


class AnswerForm(forms.Form):
    """One field a question; a ranking has three."""

    def __init__(self, *args: Any, questions: Iterable[Question], version: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [one for one in questions if one.asked_of(version)]
        self.version = version
        for one in self.asked:
            for name, field in _fields(one, one.words[version]):
                self.fields[name] = field

    def put(self) -> Iterator[Put]:
        topic = ""
        for one in self.asked:
            names = [name for name, _ in _fields(one, "")]
            yield Put(
                one.kind,
                one.words[self.version],
                tuple(self[name] for name in names),
                "" if one.topic == topic else one.topic,
            )
            topic = one.topic

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for one in self.asked:
            ranks = _ranked(one, said) if one.kind == RANKING else []
            if len(ranks) != len(set(ranks)):
                self.add_error(f"{one.code}_1", "Choose three different answers, or fewer.")
        if not self.errors and not self.said():
            raise forms.ValidationError("Answer at least one question, then send.")
        return said

    def said(self) -> Said:
        """Only what was said."""
        given = self.cleaned_data
        found = {one.code: _ranked(one, given) if one.kind == RANKING else given.get(one.code) for one in self.asked}
        return {code: value for code, value in found.items() if value}


def _fields(question: Question, words: str) -> Iterator[tuple[str, forms.Field]]:
    choices = list(question.options.items())
    if question.kind == TEXT:
        yield question.code, prose(words, called="what you wrote", rows=4, at_most=1000)
    elif question.kind == MULTIPLE:
        yield question.code, forms.MultipleChoiceField(
            label=words, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED
        )  # fmt: skip
    elif question.kind == RANKING:
        for n in range(MOST_RANKED):
            yield f"{question.code}_{n + 1}", forms.ChoiceField(
                label=f"{NTH[n]} choice", required=False, choices=[("", "Choose"), *choices], error_messages=NOT_LISTED
            )  # fmt: skip
    else:
        yield question.code, forms.ChoiceField(
            label=words, required=False, choices=choices, widget=forms.RadioSelect, error_messages=NOT_LISTED
        )  # fmt: skip


def _ranked(question: Question, said: dict[str, Any]) -> list[str]:
    """In their order; an empty place between is closed up."""
    places = (said.get(f"{question.code}_{n + 1}") for n in range(MOST_RANKED))
    return [code for code in places if code]
