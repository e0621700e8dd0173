"""Coverage: each student against each criterion that applies to them, and what a cell rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pathbook.framework import kinds
from pathbook.framework.judge import Judged, judge_facts
from pathbook.framework.measures import Measure, Verdict, judged_rows
from pathbook.people.models import Institution, Student
from pathbook.records.facts import population, student_facts
from pathbook.records.models import GuidanceMeeting, Participation

SHORT = {
    "GB2.1": ("Labour market", "this key stage"),
    "GB3.2": ("Needs", "written up"),
    "GB3.3": ("Needs", "earlier record"),
    "GB3.4": ("Needs", "opened record"),
    "GB3.5.aspiration": ("Needs", "aspiration"),
    "GB3.5.intention": ("Needs", "intention"),
    "GB4.1": ("Curriculum", "every subject"),
    "GB5.1": ("Employers", "this year"),
    "GB6.1": ("Workplaces", "by 16"),
    "GB6.2": ("Workplaces", "after 16"),
    "GB6.G1": ("Workplaces", "5 days, KS3"),
    "GB6.G2": ("Workplaces", "5 days, KS4"),
    "GB7.1": ("Providers", "all four"),
    "GB7.1.sixth_form": ("Providers", "sixth form"),
    "GB7.1.fe_college": ("Providers", "FE college"),
    "GB7.1.university": ("Providers", "university"),
    "GB7.1.training_provider": ("Providers", "training"),
    "GB7.2": ("Providers", "two visits"),
    "GB8.1": ("Guidance", "by 16"),
    "GB8.1a": ("Guidance", "by 16"),
    "GB8.1b": ("Guidance", "by 18"),
    "GB8.2": ("Guidance", "by 18"),
    "PAL.1": ("Access duty", "Years 8, 9"),
    "PAL.2": ("Access duty", "Years 10, 11"),
    "PAL.3": ("Access duty", "Years 12, 13"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing behind a cell. `counts` says whether it counts; `why` is a short sentence either way."""

    on: date
    title: str
    counts: bool
    why: str
    recorded_by: str
    url: str = ""


def coverage_of(
    school: Institution, *, set_id: str, as_of: date, among: QuerySet[Student] | None = None
) -> tuple[Judged, ...]:
    """Every student of the population (or of `among`) judged; a fixed number of queries."""
    roll = population(school, as_of=as_of, among=among)
    return judge_facts(student_facts(roll, as_of=as_of, school=school), set_id, as_of)


def as_json(judged: tuple[Judged, ...], *, as_of: date, upns: Mapping[str, str]) -> dict[str, Any]:
    """The shape measures.md documents for `pathbook coverage --json`."""
    return {
        "as_of": as_of.isoformat(),
        "students": [
            {
                "student_id": one.student_id,
                "upn": upns.get(one.student_id, ""),
                "year_group": one.year_group,
                "tutor_group": one.tutor_group,
                "criteria": {row: _verdict(v) for row, v in one.verdicts.items() if one.applies(row)},
            }
            for one in judged
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"met": verdict.met, "count": _plain(verdict.had), "needed": _plain(verdict.needed)}


def _plain(number: float) -> float:
    return int(number) if number == int(number) else round(number, 2)


def row_of(set_id: str, row_id: str) -> Measure | None:
    """The row of that id that students are judged by."""
    return next((row for row in judged_rows(set_id) if row.id == row_id), None)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything recorded of one student that a criterion may rest on."""

    participations: tuple[Participation, ...]
    meetings: tuple[GuidanceMeeting, ...]


def recorded_of(student: Student) -> Recorded:
    """Two queries, newest first."""
    parts = Participation.objects.filter(student=student, activity__withdrawn_at__isnull=True)
    meetings = GuidanceMeeting.objects.filter(student=student).defer("summary", "private_note")
    return Recorded(
        tuple(parts.select_related("activity").order_by("-on", "-pk")), tuple(meetings.order_by("-planned_on", "-pk"))
    )


def evidence_for(recorded: Recorded, *, row: Measure, set_id: str) -> tuple[Evidence, ...]:
    """Everything of the row's kind, newest first, with why it counts or does not."""
    if row.kind == "guidance_meeting" or row.id == "GB3.2":
        return tuple(_meeting(meeting, 6 if set_id == "2025" else 0) for meeting in recorded.meetings)
    if not row.kind:
        return ()
    wanted = row.id.removeprefix("GB7.1.") if row.id.startswith("GB7.1.") else ""
    return tuple(
        _evidence(part, checked=set_id == "2025")
        for part in recorded.participations
        if row.kind in kinds.all_kinds(part.activity.kind, part.activity.also) and _meets(part, wanted)
    )


def _meets(part: Participation, provider_type: str) -> bool:
    activity = part.activity
    met = kinds.provider_types(activity.kind, activity.also, activity.provider_type)
    return not provider_type or provider_type in met


def _evidence(part: Participation, *, checked: bool) -> Evidence:
    activity = part.activity
    counts, why = counts_and_why(part.status, activity.kind, activity.also, activity.checklist, checked=checked)
    return Evidence(part.on, activity.title, counts, why, part.recorded_by, f"/activities/{activity.key}/")


def counts_and_why(
    status: str, kind: str, also: list[str], checklist: list[str], *, checked: bool = True
) -> tuple[bool, str]:
    """Whether an attended activity counts as meaningful, in words a person can act on."""
    if status != Participation.Status.ATTENDED:
        return False, Participation.Status(status).label
    asked = kinds.checklist_for(kind, also) if checked else ()
    missing = kinds.missing_items(kind, also, checklist) if checked else ()
    if missing:
        return False, f"{len(asked) - len(missing)} of {len(asked)} checklist items"
    return True, f"{len(asked)} of {len(asked)} checklist items" if asked else "Attended"


def _meeting(row: GuidanceMeeting, level: int) -> Evidence:
    held = row.status == GuidanceMeeting.Status.HELD
    qualified = (row.adviser_level or 0) >= level
    why = f"Held, adviser at level {row.adviser_level or 'not recorded'}" if held else row.get_status_display()
    day = row.held_on or row.planned_on or row.booked_on or row.recorded_at.date()
    who = row.adviser_name or "an adviser"
    return Evidence(day, f"Guidance meeting with {who}", held and qualified, why, row.recorded_by)
