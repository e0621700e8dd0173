"""From which share a criterion is met, and what a share is called: the framework's, or the school's own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework.pass_rules import wrong_with
from pathbook.framework.sets import SETS, set_in_force
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.records.actions import choosing
from pathbook.records.models import OwnRule
from pathbook.reports.rule_page import RulePage, rule_page
from pathbook.web.door import asked_by, require
from pathbook.web.fields import line, whole


class RuleForm(forms.Form):
    """A share for each counted criterion, each band with the share it begins at, and why."""

    why = line(
        "Why", called="the reason", at_most=300, missing="Say in one sentence why.",
        help_text="Whoever reads a figure sees that it was judged by your own rule, and this sentence.",
    )  # fmt: skip
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, *args: Any, shown: RulePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for one in shown.met_at:
            share = whole(one.id, called=f"the share of {one.id}", at_least=1, at_most=100)
            share.required, share.initial = True, one.ours
            share.error_messages["required"] = f"Write from which share {one.id} is met."
            self.fields[f"met-{one.id}"] = share
        for band in shown.bands:
            low = whole(f"{band.label} begins at", called=f"where {band.label} begins", at_least=0, at_most=100)
            low.required, low.initial = True, band.low
            low.error_messages["required"] = f"Write where {band.label} begins."
            self.fields[f"low-{band.code}"] = low

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not any(name.startswith("low-") for name in self.errors) and (problem := wrong_with(self.bands())):
            self.add_error(f"low-{self.shown.bands[0].code}", problem)
        return said

    def bands(self) -> tuple[tuple[str, str, int], ...]:
        said = self.cleaned_data
        return tuple((band.code, band.label, said[f"low-{band.code}"]) for band in self.shown.bands)

    def own_bands(self) -> tuple[tuple[str, str, int], ...]:
        """None where they are the tool's."""
        tool = tuple((band.code, band.label, band.low) for band in self.shown.set.bands)
        return () if self.bands() == tool else self.bands()

    def met_at(self) -> dict[str, int]:
        """Only where it is not the framework's share."""
        said = {one: self.cleaned_data[f"met-{one.id}"] for one in self.shown.met_at}
        return {one.id: share for one, share in said.items() if share != one.framework}


def rule(request: HttpRequest) -> HttpResponse:
    """Which rule holds for a set, and setting one's own."""
    viewer, school, today = asked_by(request)
    writes = request.method == "POST"
    require(viewer, access.EVALUATION, access.WRITE if writes else access.READ)
    asked = (request.POST if writes else request.GET).get("set", "")
    shown = rule_page(school, set_id=asked if asked in SETS else set_in_force(today))
    if not writes:
        return _shown(request, shown, None)
    form = RuleForm(request.POST, shown=shown)
    if "framework" not in request.POST and not form.is_valid():
        return _shown(request, shown, form)
    row = _set(request, shown, form)
    undo = f"undo:{reverse('take-back-rule', args=[row.key])}"
    whose = "your own rule" if row.met_at or row.bands else "the framework’s rule"
    messages.success(request, f"The {shown.set.id} set is judged by {whose} from now.", extra_tags=undo)
    return redirect(f"{reverse('pass-rule')}?set={shown.set.id}")


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    row = get_object_or_404(OwnRule, institution=school, key=key)
    try:
        choosing.take_back(row=row, by=viewer, at=clock.now())
        messages.success(request, "The rule is taken back. What was set before it holds again.")
    except choosing.ChoiceRefusedError as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('pass-rule')}?set={row.set_id}")


def _set(request: HttpRequest, shown: RulePage, form: RuleForm) -> OwnRule:
    """What was asked for, or the framework's rule again."""
    viewer, school, today = asked_by(request)
    again, token = "framework" in request.POST, request.POST.get("token", "")
    return choosing.set_rule(
        school=school, set_id=shown.set.id, version=shown.set.version, met_at={} if again else form.met_at(),
        bands=() if again else form.own_bands(), why="The framework’s rule again." if again else form.cleaned_data["why"],
        key=token if is_key(token) else new_key(), by=viewer, at=clock.now(), on=today,
    )  # fmt: skip


def _shown(request: HttpRequest, shown: RulePage, form: RuleForm | None) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    may_set = viewer.may(access.EVALUATION, access.WRITE)
    form = form or RuleForm(initial={"token": new_key()}, shown=shown)
    said = {
        "shown": shown, "form": form, "wrong": form if form.is_bound else None, "may_set": may_set, "sets": SETS,
        "shares": [(one, form[f"met-{one.id}"]) for one in shown.met_at],
        "bands": [(band, form[f"low-{band.code}"]) for band in shown.bands],
    }  # fmt: skip
    return render(request, "evaluation/rule.html", said, status=422 if form.is_bound else 200)
