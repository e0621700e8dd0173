"""The programme: activities by term with who came, one activity with its people, and its history."""

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
from pathbook.people.models import Enrolment, Group, Institution, Membership, Student, TutorGroup
from pathbook.people.visibility import Viewer, students_visible_to, students_writable_by
from pathbook.records.models import Activity, Participation

TERMS = {"autumn": "Autumn term", "spring": "Spring term", "summer": "Summer term"}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in the list. `state`: planned, unconfirmed, delivered or withdrawn."""

    activity: Activity
    kind: str
    provider: str
    attended: str
    planned: str
    invited: str
    missing: int
    asked: int
    state: str


@dataclass(frozen=True, slots=True)
class Term:
    label: str
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    year: AcademicYear
    years: tuple[AcademicYear, ...]
    terms: tuple[Term, ...]
    total: int
    unconfirmed: int
    only_unconfirmed: bool


def programme_of(
    viewer: Viewer, school: Institution, *, year: AcademicYear, on: date, only_unconfirmed: bool = False
) -> ProgrammePage:
    """Three queries, whatever the size."""
    rows = counted(Activity.objects.not_withdrawn().filter(institution=school).in_year(year.start))
    named = viewer.may(access.IDENTITY)
    lines = [line_of(row, on, named=named) for row in rows.select_related("provider").order_by("starts_on", "pk")]
    waiting = sum(line.state == "unconfirmed" for line in lines)
    shown = [line for line in lines if not only_unconfirmed or line.state == "unconfirmed"]
    terms = tuple(
        Term(label, tuple(line for line in shown if year.term_of(line.activity.starts_on) == code))
        for code, label in TERMS.items()
    )
    known = Activity.objects.filter(institution=school).values_list("academic_year", flat=True).distinct()
    years = sorted({*known, AcademicYear.of(on).start}, reverse=True)
    return ProgrammePage(
        year, tuple(map(AcademicYear, years)), tuple(t for t in terms if t.lines), len(lines), waiting, only_unconfirmed
    )


def counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With how many attended, are planned, and neither."""
    status = "participations__status"
    return rows.annotate(
        n_attended=Count("participations", filter=Q(**{status: "attended"})),
        n_planned=Count("participations", filter=Q(**{status: "planned"})),
        n_other=Count("participations", filter=Q(**{f"{status}__in": ("absent", "excused", "withdrawn")})),
    )


def line_of(row: Any, on: date, *, named: bool = True) -> ActivityLine:
    """`named`: the viewer sees names somewhere; for others a count of one to four is hidden."""
    asked = kinds.checklist_for(row.kind, row.also)
    missing = kinds.missing_items(row.kind, row.also, row.checklist)
    label = kinds.KINDS[row.kind].label if row.kind in kinds.KINDS else row.kind
    provider = row.provider.name if row.provider else ""
    return ActivityLine(
        row, label, provider, _count(row.n_attended, named), _count(row.n_planned, named),
        _count(row.n_attended + row.n_planned + row.n_other, named), len(missing), len(asked), _state(row, on),
    )  # fmt: skip


def _count(number: int, named: bool) -> str:
    return f"{number:,}" if named or not is_small(number) else _hidden(number)


def _state(row: Any, on: date) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.starts_on > on:
        return "planned"
    return "unconfirmed" if row.n_planned else "delivered"


@dataclass(frozen=True, slots=True)
class Came:
    """One student's part in the activity."""

    student: Student
    name: str
    form: str
    status: str
    label: str


@dataclass(frozen=True, slots=True)
class Said:
    """One act in the activity's history."""

    at: datetime
    name: str
    what: str
    can_undo: bool


@dataclass(frozen=True, slots=True)
class ActivityPage:
    line: ActivityLine
    came: tuple[Came, ...]
    hidden: int
    items: tuple[tuple[str, bool], ...]
    history: tuple[Said, ...]
    by_year: tuple[tuple[int, str, str], ...]


def activity_page(activity: Activity, viewer: Viewer, *, on: date) -> ActivityPage:
    """Names only of students the viewer reaches; the rest are a number."""
    row = counted(Activity.objects.filter(pk=activity.pk)).select_related("provider").get()
    year = AcademicYear.of(activity.starts_on).start
    forms = _forms(activity, year)
    visible = set(_visible(activity, viewer, on))
    parts = list(Participation.objects.filter(activity=activity).select_related("student"))
    labels = dict(Participation.Status.choices)
    came = [
        Came(p.student, p.student.name, forms.get(p.student_id, (0, ""))[1], p.status, labels[p.status])
        for p in parts
        if p.student_id in visible
    ]
    items = kinds.checklist_for(activity.kind, activity.also)
    return ActivityPage(
        line_of(row, on, named=viewer.may(access.IDENTITY)), tuple(sorted(came, key=_absent_first)),
        len(parts) - len(came), tuple((item.text, item.id in activity.checklist) for item in items),
        history_of(activity), _by_year(parts, forms, named=viewer.may(access.IDENTITY)),
    )  # fmt: skip


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
    return "under 5" if is_small(number) else "hidden"


def history_of(activity: Activity) -> tuple[Said, ...]:
    """Each act once, newest first: who, when, and how many students it touched."""
    rows = Event.objects.filter(noun="activity", noun_id=activity.pk).values("at", "actor_name", "verb")
    acts = rows.annotate(touched=Count("student_id")).order_by("-at", "verb")
    undone = any(act["verb"] == "undone" for act in acts)
    return tuple(
        Said(act["at"], act["actor_name"], _what(act), bool(act["touched"]) and n == 0 and not undone)
        for n, act in enumerate(acts[:20])
    )


WITHOUT_NAMES = {"created": "added the activity", "changed": "changed its details", "removed": "took it out"}
WITH_NAMES = {"created": "recorded", "changed": "corrected", "undone": "undid"}


def _what(act: Mapping[str, Any]) -> str:
    verb, touched = str(act["verb"]), int(act["touched"])
    if not touched:
        return WITHOUT_NAMES.get(verb, "put it back" if verb == "undone" else verb)
    return f"{WITH_NAMES.get(verb, verb)} {touched} student{'' if touched == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class RosterName:
    key: str
    pk: int
    name: str
    form: str


def roster(viewer: Viewer, school: Institution, *, whom: str, keys: Sequence[str], on: date) -> tuple[RosterName, ...]:
    """Who a log may name: a year group ("year:10"), form ("form:12"), group ("group:3"), or the keys handed over."""
    visible = students_writable_by(viewer, on, access.ACTIVITIES)
    enrolled = Enrolment.objects.current(on).filter(institution=school, student__in=visible)
    kind, _, which = whom.partition(":")
    if keys:
        enrolled = enrolled.filter(student__key__in=keys)
    elif kind == "year":
        enrolled = enrolled.filter(year_group=int(which))
    elif kind == "form":
        enrolled = enrolled.filter(tutor_group=int(which))
    elif kind == "group":
        running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        members = Membership.objects.filter(running, group=int(which), starts_on__lte=on)
        enrolled = enrolled.filter(student__in=members.values("student"))
    elif kind != "all":
        enrolled = enrolled.none()
    rows = enrolled.select_related("student", "tutor_group").order_by(
        "year_group", "tutor_group__name", "student__legal_surname", "student__legal_forename", "pk"
    )
    names = {
        row.student.key: RosterName(
            row.student.key, row.student_id, row.student.name, row.tutor_group.name if row.tutor_group else ""
        )
        for row in rows
    }
    return tuple(names.values())


def whom_choices(viewer: Viewer, school: Institution, *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Year groups, forms and groups the viewer reaches, to choose who an activity was for."""
    visible = students_writable_by(viewer, on, access.ACTIVITIES)
    enrolled = Enrolment.objects.current(on).filter(institution=school, student__in=visible)
    years = sorted(set(enrolled.values_list("year_group", flat=True)))
    forms = TutorGroup.objects.filter(pk__in=enrolled.values("tutor_group")).order_by("year_group", "name")
    groups = Group.objects.filter(institution=school, memberships__student__in=visible).distinct().order_by("name")
    choices = [
        ("Year groups", [(f"year:{y}", f"Year {y}") for y in years]),
        ("Tutor groups", [(f"form:{form.pk}", form.name) for form in forms]),
        ("Groups", [(f"group:{group.pk}", group.name) for group in groups]),
    ]
    return [(label, rows) for label, rows in choices if rows]
