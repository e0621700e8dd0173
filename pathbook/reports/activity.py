"""One activity with who came, what counts of it, and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from pathbook.audit.models import Event
from pathbook.framework import kinds
from pathbook.framework.shares import hide_small, is_small
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import Activity, Participation
from pathbook.records.queries.consents import Answer, Tally, standing, tally
from pathbook.records.queries.places import TAKES_A_PLACE
from pathbook.reports.programme import UNDER_FIVE, ActivityLine, counted, line_of


@dataclass(frozen=True, slots=True)
class Came:
    """One student's part in the activity."""

    student: Student
    name: str
    form: str
    status: str
    label: str
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One act in the activity's history."""

    at: datetime
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class ActivityPage:
    line: ActivityLine
    came: tuple[Came, ...]
    hidden: int
    items: tuple[tuple[str, bool], ...]
    history: tuple[Said, ...]
    by_year: tuple[tuple[int, str, str], ...]
    consent: Tally | None


def activity_page(activity: Activity, viewer: Viewer, *, on: date) -> ActivityPage:
    """Names only of students the viewer reaches; the rest are a number."""
    row = counted(Activity.objects.filter(pk=activity.pk)).select_related("provider").get()
    year = AcademicYear.of(activity.starts_on).start
    forms = _forms(activity, year)
    visible = set(_visible(activity, viewer, on))
    parts = list(Participation.objects.filter(activity=activity).select_related("student"))
    labels = dict(Participation.Status.choices)
    homes, asks = _homes(row, viewer, parts)
    came = [
        Came(
            p.student,
            p.student.name,
            forms.get(p.student_id, (0, ""))[1],
            p.status,
            labels[p.status],
            homes.get(p.student_id, ""),
        )
        for p in parts
        if p.student_id in visible
    ]
    items = kinds.checklist_for(activity.kind, activity.also)
    return ActivityPage(
        line_of(row, on, named=viewer.may(access.IDENTITY)), tuple(sorted(came, key=_absent_first)),
        len(parts) - len(came), tuple((item.text, item.id in activity.checklist) for item in items),
        history_of(activity), _by_year(parts, forms, named=viewer.may(access.IDENTITY)), asks,
    )  # fmt: skip


def _homes(
    activity: Activity, viewer: Viewer, parts: Sequence[Participation]
) -> tuple[Mapping[int, str], Tally | None]:
    """What each home has said of an activity that asks, and the count of it; for those who may know."""
    if not activity.asks_consent or not viewer.may(access.CONSENT):
        return {}, None
    said: dict[int, str] = {one.student_id: Answer.ASKED for one in parts if one.status in TAKES_A_PLACE}
    said |= {student: row.answer for student, row in standing(activity).items()}
    return said, tally(said.values())


def _absent_first(came: Came) -> tuple[bool, str, str]:
    return came.status == Participation.Status.ATTENDED, came.form, came.student.surname


def _visible(activity: Activity, viewer: Viewer, on: date) -> QuerySet[Any]:
    rows = students_visible_to(viewer, on, access.ACTIVITIES).filter(participations__activity=activity)
    return rows.values_list("pk", flat=True)


def _forms(activity: Activity, year: int) -> dict[int, tuple[int, str]]:
    """Year group and form that year, of those who took part."""
    rows = Enrolment.objects.in_year(year).filter(student__participations__activity=activity).order_by("registration")
    named = rows.values_list("student_id", "year_group", "tutor_group__name")
    return {student: (group, form or "") for student, group, form in named}


def _by_year(
    parts: Sequence[Participation], forms: Mapping[int, tuple[int, str]], *, named: bool
) -> tuple[tuple[int, str, str], ...]:
    """(year group, attended, invited); no names, so everyone who may see the programme sees it."""
    counts: dict[int, list[int]] = {}
    for part in parts:
        cell = counts.setdefault(forms.get(part.student_id, (0, ""))[0], [0, 0])
        cell[0] += part.status == "attended"
        cell[1] += 1
    groups = sorted(counts)
    attended = _counts([counts[group][0] for group in groups], named)
    invited = _counts([counts[group][1] for group in groups], named)
    return tuple(zip(groups, attended, invited, strict=True))


def _counts(numbers: Sequence[int], named: bool) -> list[str]:
    """Parts of a total that is shown too: where names are not seen, one small part hides another beside it."""
    kept = numbers if named else hide_small(numbers)
    return [f"{shown:,}" if shown is not None else _hidden(number) for shown, number in zip(kept, numbers, strict=True)]


def _hidden(number: int) -> str:
    return UNDER_FIVE if is_small(number) else "hidden"


def history_of(activity: Activity) -> tuple[Said, ...]:
    """Each act once, newest first: who, when, and how many students it touched."""
    rows = Event.objects.filter(noun="activity", noun_id=activity.pk).values("at", "actor_name", "verb")
    by_rule = Count("student_id", filter=Q(detail__by_rule=True))
    acts = rows.annotate(touched=Count("student_id"), by_rule=by_rule).order_by("-at", "verb")
    return tuple(Said(act["at"], act["actor_name"], _what(act)) for act in acts[:20])


BY_RULE = {"created": "put down by the rule:", "removed": "taken off by the rule:"}
WITHOUT_NAMES = {"created": "added the activity", "changed": "changed its details", "removed": "took it out"}
WITH_NAMES = {"created": "recorded", "changed": "corrected", "undone": "undid"}


def _what(act: Mapping[str, Any]) -> str:
    verb, touched = str(act["verb"]), int(act["touched"])
    if not touched:
        return WITHOUT_NAMES.get(verb, "put it back" if verb == "undone" else verb)
    said = BY_RULE if act["by_rule"] else WITH_NAMES
    return f"{said.get(verb, verb)} {touched} student{'' if touched == 1 else 's'}"
