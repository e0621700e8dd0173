"""What a careers leader says of a survey: what, whom, when, and whether under names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Group, Institution, TutorGroup
from pathbook.records.models import Activity
from pathbook.uptake.actions.surveys import Aim, Plan
from pathbook.uptake.bank import EMPLOYERS, PARENTS, STUDENTS, Question, questions, templates
from pathbook.uptake.bank.own import is_own
from pathbook.uptake.models import Survey
from pathbook.web.fields import day, line, whole

EVERYONE = "everyone"
HOW = (("anonymous", "Anonymous: nobody can ever see who gave which answer"), ("named", "Under their names"))


class PlanForm(forms.Form):
    """Ready to send as it opens: every answer is filled in."""

    title = line("What is it called?", called="the title", at_most=80, missing="Give the survey a title.")
    whom = forms.ChoiceField(
        label="Who is asked?", error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who is asked.")
    )
    opens_on = day("First day", "Say on which day it opens.", called="the first day")
    closes_on = day("Last day", "Say on which day it closes.", called="the last day")
    how = forms.ChoiceField(
        label="How is it answered?", choices=HOW, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose anonymous, or under names."),
    )  # fmt: skip
    activity = forms.ChoiceField(
        label="After which activity?", required=False, help_text="What they say then stands on its page too.",
        error_messages={"invalid_choice": "Choose an activity from the list, or none."},
    )  # fmt: skip
    asks = forms.MultipleChoiceField(
        label="Questions", widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": "Choose from the questions listed."},
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        audience: str,
        aims: Mapping[str, tuple[str, Aim]],
        own: Sequence[Question] = (),
        activities: Sequence[Activity] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.aims = aims
        self.activities = {one.key: one for one in activities}
        listed = [(key, f"{one.title}, {day_in_words(one.starts_on)}") for key, one in self.activities.items()]
        self.fields["activity"].choices = [("", "None in particular"), *listed]  # type: ignore[attr-defined]
        if audience != EMPLOYERS:
            del self.fields["activity"]
        self.known = [*_bank(audience), *own]
        self.fields["whom"].choices = [(code, label) for code, (label, _) in aims.items()]  # type: ignore[attr-defined]
        self.fields["asks"].choices = [(one.code, _listed(one)) for one in self.known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("opens_on"), said.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Let it close on or after the day it opens.")
        if first and last and (last - first).days > 366:
            self.add_error("closes_on", "Let it close within a year.")
        return said

    def plan(self) -> Plan:
        said = self.cleaned_data
        chosen = tuple(one for one in self.known if one.code in said["asks"])
        aim = self.aims[said["whom"]][1]
        activity = self.activities.get(said.get("activity", ""))
        return Plan(said["title"], said["how"] == "named", chosen, aim, said["opens_on"], said["closes_on"], activity)


class CodesForm(forms.Form):
    """Codes under names are for one tutor group; others are a pile with a label."""

    label = line(
        "For whom",
        called="whom they are for",
        at_most=80,
        missing="Say whom they are for, such as 10B or Marlow Build.",
    )
    how_many = whole("How many", called="how many", at_least=1, at_most=400)

    def clean_how_many(self) -> int:
        many: int | None = self.cleaned_data["how_many"]
        if many is None:
            raise forms.ValidationError("Write how many codes are needed, from 1 to 400.")
        return many


def aims_of(school: Institution, audience: str, *, on: date) -> dict[str, tuple[str, Aim]]:
    """Whom a survey may be for; two queries."""
    found = {EVERYONE: ("Everyone", Aim())}
    if audience not in (STUDENTS, PARENTS):
        return found
    found |= {f"year-{year}": (f"Year {year}", Aim(year_group=year)) for year in YEAR_GROUPS}
    forms_of = TutorGroup.objects.filter(institution=school, academic_year=AcademicYear.of(on).start)
    for form in forms_of.order_by("year_group", "name"):
        found[f"form-{form.pk}"] = (f"Tutor group {form.name}", Aim(tutor_group=form))
    for group in (
        Group.objects.filter(institution=school, starts_on__lte=on).exclude(ends_on__lt=on).order_by("name", "pk")
    ):
        found[f"group-{group.pk}"] = (f"{group.get_kind_display()}: {group.name}", Aim(group=group))
    return found


def activities_for(school: Institution, audience: str, *, on: date) -> Sequence[Activity]:
    """What employers may be asked about: this academic year's, the last first."""
    if audience != EMPLOYERS:
        return ()
    rows = Activity.objects.not_withdrawn().of_our_own().in_year(AcademicYear.of(on).start)
    return list(rows.filter(institution=school).order_by("-starts_on", "pk"))


def whom_of(survey: Survey) -> str:
    """The code of whom it is for."""
    if survey.group_id:
        return f"group-{survey.group_id}"
    if survey.tutor_group_id:
        return f"form-{survey.tutor_group_id}"
    return f"year-{survey.year_group}" if survey.year_group else EVERYONE


def initial_of(survey: Survey) -> dict[str, Any]:
    return {
        "title": survey.title, "whom": whom_of(survey), "opens_on": survey.opens_on, "closes_on": survey.closes_on,
        "how": "named" if survey.is_named else "anonymous", "asks": [one.code for one in survey.asks],
        "activity": survey.activity.key if survey.activity else "",
    }  # fmt: skip


def own_of(survey: Survey) -> tuple[Question, ...]:
    """The school's own questions of this survey."""
    return tuple(one for one in survey.asks if is_own(one))


def _listed(one: Question) -> str:
    return f"{one.in_full} (your own)" if is_own(one) else one.in_full


def _bank(audience: str) -> list[Question]:
    """Every ready question for them, in the order of the bank."""
    asked = {code for one in templates().values() if one.audience == audience for code in one.questions}
    return [one for code, one in questions().items() if code in asked]
