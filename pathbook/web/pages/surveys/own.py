"""A question of the school's own in a survey: written, put otherwise, or taken out until the first answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathbook import clock
from pathbook.framework.sets import load, set_in_force
from pathbook.people import access
from pathbook.uptake.actions import own_questions
from pathbook.uptake.actions.surveys import REFUSED
from pathbook.uptake.bank import CHOICE, MULTIPLE, RANKING, SAID_UNSURE, SCALE, STUDENTS, TEXT, Question
from pathbook.uptake.bank.own import OwnQuestionError, answers_of, is_own, own_question
from pathbook.uptake.models import Survey
from pathbook.web.door import asked_by
from pathbook.web.fields import line, prose
from pathbook.web.pages.surveys.views import found

KINDS = (
    (SCALE, "How far they agree, from “Yes, definitely” to “Not at all”"), (CHOICE, "One of your answers"),
    (MULTIPLE, "Any of your answers"), (RANKING, "The first three of your answers, in order"), (TEXT, "In their own words"),
)  # fmt: skip
CHOOSE_KIND = dict.fromkeys(("required", "invalid_choice"), "Choose how it is answered.")
NO_CRITERION = {"invalid_choice": "Choose a criterion from the list, or none."}


class OwnForm(forms.Form):
    """One question. `known`: criteria it may be evidence for, id to statement."""

    words = line("The question", called="the question", at_most=200, missing="Write the question.", strip=True)
    kind = forms.ChoiceField(
        label="How is it answered?", choices=KINDS, widget=forms.RadioSelect, error_messages=CHOOSE_KIND
    )
    options = prose(
        "Answers to choose from", called="the answers", rows=4, at_most=900,
        hint="Each on a line of its own; a scale and own words need none.",
    )  # fmt: skip
    criterion = forms.ChoiceField(label="Evidence for (if you like)", required=False, error_messages=NO_CRITERION)
    need = forms.BooleanField(
        label="Whoever disagrees does not know their next step: add it to their needs", required=False
    )

    def __init__(self, *args: Any, survey: Survey, known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        choices = [("", "No criterion"), *((id, f"{id}: {words}") for id, words in known.items())]
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]
        if not survey.is_named or survey.audience != STUDENTS:
            del self.fields["need"]  # a need is a named student's

    def clean_options(self) -> list[str]:
        answers: list[str] = self.cleaned_data["options"].splitlines()
        if any(len(one.strip()) > 80 for one in answers):
            raise forms.ValidationError("Shorten each answer to 80 characters.")
        return answers

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                said["question"] = self.question(said)
            except OwnQuestionError as problem:
                self.add_error("options", str(problem))
        return said

    def question(self, said: Mapping[str, Any]) -> Question:
        return own_question(
            kind=said["kind"], words=said["words"], options=said["options"], audience=self.survey.audience,
            criterion=said["criterion"], need=SAID_UNSURE if said.get("need") else "",
        )  # fmt: skip


def own(request: HttpRequest, key: str) -> HttpResponse:
    """`?of=` names the question that is put otherwise; without it a new one is written."""
    survey = found(request, key, level=access.WRITE)
    old = _old(survey, request.GET.get("of", ""))
    taking_out = "take_out" in request.POST
    form = OwnForm(request.POST or None, survey=survey, known=_known(survey), initial=_initial(old))
    if request.method == "POST" and (taking_out or form.is_valid()) and _saved(request, survey, old, form, taking_out):
        return redirect("survey", key=key)
    said = {"form": form, "survey": survey, "old": old}
    return render(request, "surveys/own.html", said, status=422 if request.method == "POST" else 200)


def _saved(request: HttpRequest, survey: Survey, old: Question | None, form: OwnForm, taking_out: bool) -> bool:
    """What is refused is said on the form."""
    viewer, _, today = asked_by(request)
    code = old.code if old else ""
    try:
        if taking_out:
            own_questions.take_out(survey=survey, code=code, by=viewer, at=clock.now(), on=today)
        else:
            question = form.cleaned_data["question"]
            own_questions.ask(survey=survey, question=question, instead_of=code, by=viewer, at=clock.now(), on=today)
    except (*REFUSED, OwnQuestionError) as problem:
        form.errors.clear()
        form.add_error(None, str(problem))
        return False
    messages.success(request, "Taken out." if taking_out else "Saved. See it as they do before you open the survey.")
    return True


def _old(survey: Survey, code: str) -> Question | None:
    if not code:
        return None
    for one in survey.asks:
        if one.code == code and is_own(one):
            return one
    raise Http404


def _known(survey: Survey) -> dict[str, str]:
    benchmarks = load(set_in_force(survey.opens_on)).benchmarks
    return {one.id: one.statement for of in benchmarks for one in of.criteria}


def _initial(old: Question | None) -> dict[str, Any]:
    if old is None:
        return {"kind": SCALE}
    return {
        "words": old.in_full, "kind": old.kind, "options": "\n".join(answers_of(old)), "criterion": old.criterion,
        "need": bool(old.need),
    }  # fmt: skip
