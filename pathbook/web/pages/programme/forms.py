"""What is asked when a year is planned: an activity with its owner, cost, outcomes and rule; term dates; exams; a budget."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from pathbook.framework.invited import WHO, Clause, Rule, rule_of
from pathbook.framework.outcomes import GROUPS
from pathbook.framework.terms import HALF_TERMS, HalfTerm, TermDates
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Group, Institution, Staff, TutorGroup
from pathbook.records.actions.programme import Details
from pathbook.records.models import Activity
from pathbook.web.fields import day, line
from pathbook.web.pages.activities.forms import ActivityForm, initial_of

CLAUSES = (1, 2)
YEARS = [(str(year), f"Year {year}") for year in YEAR_GROUPS]
OUTCOMES = [(group.name, [(one.code, one.name) for one in group.outcomes]) for group in GROUPS]


def day_said(said: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return otherwise
    return found if abs((found - otherwise).days) < 366 * 12 else otherwise


def pounds(label: str, *, called: str, at_most: int = 100_000, missing: str = "", **said: Any) -> forms.DecimalField:
    """Money in pounds, with pence or without."""
    wrong = f"Write {called} in pounds from 0 to {at_most:,}, such as 250 or 99.50."
    names = ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits")
    return forms.DecimalField(
        label=label, min_value=0, max_value=at_most, decimal_places=2, required=bool(missing),
        error_messages={"required": missing, **dict.fromkeys(names, wrong)}, **said,
    )  # fmt: skip


def _ticks(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"{label}: choose from those listed."},
    )  # fmt: skip


class PlanForm(ActivityForm):
    """As ActivityForm, and what a plan needs to know. A rule has up to two clauses: "and also" is the second."""

    owner = forms.ChoiceField(
        label="Who sees to it?", required=False,
        error_messages={"invalid_choice": "Choose a member of staff from the list."},
    )  # fmt: skip
    cost_planned = pounds("Cost planned, £", called="the cost planned")
    cost_spent = pounds("Spent, £", called="what was spent")
    learning_areas = _ticks("What do students learn?", OUTCOMES)
    years_1 = _ticks("Year groups", YEARS)
    forms_1 = line("Only these forms", called="the forms", at_most=200)
    groups_1 = line("Only in these classes or groups", called="the groups", at_most=400)
    who_1 = _ticks("Only students", list(WHO.items()))
    years_2 = _ticks("And also year groups", YEARS)
    forms_2 = line("And also only these forms", called="the other forms", at_most=200)
    groups_2 = line("And also only in these classes or groups", called="the other groups", at_most=400)
    who_2 = _ticks("And also only students", list(WHO.items()))

    def __init__(self, *args: Any, school: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Staff.objects.filter(institution=school).exclude(ends_on__lt=self.today).order_by("name", "pk")
        choices = [("", "Nobody yet"), *((str(pk), name) for pk, name in here.values_list("pk", "name"))]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]
        self.school = school
        self.fields["title"].label, self.fields["kind"].label = "What is it?", "What kind?"

    def clean(self) -> dict[str, Any]:
        """A form or group that is not there would invite nobody without a word."""
        said: dict[str, Any] = super().clean() or {}
        for n in CLAUSES:
            self._ask(f"groups_{n}", said, Group.objects.filter(institution=self.school), "class or group")
            if said.get("starts_on"):
                year = AcademicYear.of(said["starts_on"]).start
                here = TutorGroup.objects.filter(institution=self.school, academic_year=year)
                self._ask(f"forms_{n}", said, here, "form that year")
        return said

    def _ask(self, field: str, said: Mapping[str, Any], among: QuerySet[Any], what: str) -> None:
        names = _named(said.get(field, ""))
        known = set(among.filter(name__in=names).values_list("name", flat=True)) if names else set()
        if unknown := [name for name in names if name not in known]:
            self.add_error(field, f"There is no {what} called {unknown[0][:80]}. Check how it is written.")

    def rule(self) -> Rule:
        said = self.cleaned_data
        clauses = tuple(
            Clause(
                tuple(map(int, said[f"years_{n}"])),
                _named(said[f"forms_{n}"]),
                tuple(said[f"who_{n}"]),
                _named(said[f"groups_{n}"]),
            )
            for n in CLAUSES
        )
        return rule_of(Rule(clauses).kept)

    def details(self) -> Details:
        said = self.cleaned_data
        return replace(
            super().details(), owner=int(said["owner"]) if said["owner"] else None, cost_planned=said["cost_planned"],
            cost_spent=said["cost_spent"], learning_areas=tuple(said["learning_areas"]), rule=tuple(self.rule().kept),
        )  # fmt: skip


def _named(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (one.strip() for one in said.replace(";", ",").split(",")))))


def plan_initial(activity: Activity) -> dict[str, Any]:
    """What the form shows at first of an activity that stands in the plan."""
    said = {name: getattr(activity, name) for name in ("cost_planned", "cost_spent", "learning_areas")}
    return initial_of(activity) | said | {"owner": activity.owner_id or ""} | rule_initial(activity.rule)


def rule_initial(kept: list[dict[str, list[Any]]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for n, clause in zip(CLAUSES, rule_of(kept).clauses, strict=False):
        said |= {
            f"years_{n}": list(map(str, clause.years)),
            f"forms_{n}": ", ".join(clause.forms),
            f"who_{n}": list(clause.who),
            f"groups_{n}": ", ".join(clause.groups),
        }
    return said


def template_initial(shape: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows at first when it is begun from a template."""
    said = {name: value for name, value in shape.items() if name != "rule"} | rule_initial(shape.get("rule", []))
    for name in ("hours", "cost_planned"):
        said[name] = Decimal(shape[name]) if shape.get(name) else None
    return said | {"asks_consent": "yes" if shape.get("asks_consent") else "no"}


class BudgetForm(forms.Form):
    pounds = pounds(
        "Budget for the year, £", called="the budget", at_most=1_000_000, missing="Say how many pounds the budget is."
    )


class TermsForm(forms.Form):
    """First and last day of each half term; fields are first_0, last_0 and so on."""

    def __init__(self, posted: QueryDict | None = None, *, dates: TermDates) -> None:
        said = {f"{end}_{n}": getattr(one, end) for n, one in enumerate(dates.half_terms) for end in ("first", "last")}
        super().__init__(posted, initial=said)
        self.year: AcademicYear = dates.year
        for n, name in enumerate(HALF_TERMS):
            for end in ("first", "last"):
                missing = f"Say the {end} day of {name}."
                self.fields[f"{end}_{n}"] = day(f"{name}, {end} day", missing, called=f"the {end} day of {name}")

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(name, self[f"first_{n}"], self[f"last_{n}"]) for n, name in enumerate(HALF_TERMS)]

    def dates(self) -> TermDates:
        said = self.cleaned_data
        halves = (HalfTerm(said[f"first_{n}"], said[f"last_{n}"]) for n in range(len(HALF_TERMS)))
        return TermDates(self.year, tuple(halves))


class ExamsForm(forms.Form):
    why = line("What exams?", called="what exams", at_most=80, missing="Say what exams they are, such as GCSE exams.")
    first_day = day("First day", "Say the first day.", called="the first day")
    last_day = day("Last day", called="the last day")
    year_groups = _ticks("Year groups that sit them", YEARS)

    def clean_year_groups(self) -> list[int]:
        said: list[str] = self.cleaned_data["year_groups"]
        if not said:
            raise forms.ValidationError("Tick at least one year group that sits them.")
        return list(map(int, said))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and not first <= last <= first + timedelta(days=200):
            self.add_error(
                "last_day", "The last day is before the first, or more than 200 days after it. Correct one of them."
            )
        return said
