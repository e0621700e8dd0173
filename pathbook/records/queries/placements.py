"""Placements as the rule needs them: rows and their forms become frozen facts, in two queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from pathbook.framework import placements as rule
from pathbook.framework.placements import Placed, Shown
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Student
from pathbook.records.models import Activity, Placement, PlacementForm
from pathbook.records.models.placement import PlacementQuerySet

Forms = Mapping[str, PlacementForm]


def placements_of(students: QuerySet[Student], *, year: AcademicYear | None = None) -> PlacementQuerySet:
    """Of these students, with whom and where; of one academic year by their first day, the soonest first."""
    rows = Placement.objects.filter(student__in=students).select_related("student", "host__provider")
    if year:
        rows = rows.filter(starts_on__range=(year.first_day, year.last_day))
    return rows.order_by("starts_on", "student__legal_surname", "student__legal_forename", "pk")


def not_of_one_placement(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Leave out the activities that a placement became: the list of a year is of what the school offers."""
    became = Placement.objects.filter(part__activity=OuterRef("pk"), done_at=OuterRef("recorded_at"))
    return rows.filter(~Exists(became))


def forms_of(placements: Collection[Placement]) -> Mapping[int, Forms]:
    """By placement and party; one query."""
    found: dict[int, dict[str, PlacementForm]] = defaultdict(dict)
    for form in PlacementForm.objects.filter(placement__in=[one.pk for one in placements]):
        found[form.placement_id][form.party] = form
    return found


def placed(one: Placement, forms: Forms) -> Placed:
    return Placed(
        one.starts_on, one.ends_on, bool(one.named_host), one.host.stated if one.host else None,
        _answered(forms, rule.STUDENT) is not None, _yes(forms, rule.EMPLOYER), _yes(forms, rule.PARENT),
        one.approved_at is not None, one.done_at is not None, one.called_off_at is not None,
    )  # fmt: skip


def state(one: Placement, forms: Forms, *, on: date) -> str:
    return rule.state_of(placed(one, forms), on)


def shown(one: Placement, forms: Forms, journal: int) -> Shown:
    """`journal`: how many entries it has."""
    feedback, employer = _answered(forms, rule.FEEDBACK), _answered(forms, rule.EMPLOYER)
    return Shown(
        aim=_answered(forms, rule.STUDENT) is not None, tasks=bool(employer and employer.words),
        vouched=frozenset(feedback.items) if feedback else frozenset(), feedback=feedback is not None,
        journal=journal, reflection=bool(one.reflection),
    )  # fmt: skip


def _answered(forms: Forms, party: str) -> PlacementForm | None:
    form = forms.get(party)
    return form if form and form.answered_at else None


def _yes(forms: Forms, party: str) -> bool | None:
    form = _answered(forms, party)
    return form.yes if form else None
