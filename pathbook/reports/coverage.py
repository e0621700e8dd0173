"""Coverage: each student against each criterion that applies to them, and what a cell rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pathbook.framework import kinds
from pathbook.framework.facts import Said, StudentFacts
from pathbook.framework.judge import Judged, every_row, judge_facts
from pathbook.framework.measure import Asked, Measure, Verdict
from pathbook.framework.tally import tally
from pathbook.people.audience import audience_of
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
    "GB2.1C": ("Labour market", "in programme"),
    "GB3.2C": ("Needs", "written up"),
    "GB3.3C": ("Needs", "earlier record"),
    "GB3.4C": ("Needs", "opened record"),
    "GB3.5C.aspiration": ("Needs", "aspiration"),
    "GB3.5C.intention": ("Needs", "intention"),
    "GB4.1C": ("Curriculum", "every subject"),
    "GB5.1C": ("Employers", "two this year"),
    "GB6.1C": ("Workplaces", "in programme"),
    "GB7.1C": ("Providers", "all three"),
    "GB7.1C.fe_college": ("Providers", "FE college"),
    "GB7.1C.university": ("Providers", "university"),
    "GB7.1C.training_provider": ("Providers", "training"),
    "GB8.1C": ("Guidance", "in programme"),
    "PAL.1": ("Access duty", "Years 8, 9"),
    "PAL.2": ("Access duty", "Years 10, 11"),
    "PAL.3": ("Access duty", "Years 12, 13"),
}

SAID = {
    "aspirations": "Aspiration said",
    "intentions": "Intention recorded",
    "prior_records": "Earlier school's record received, or asked for",
    "own_readings": "Opened their own record",
}
NOTHING: dict[str, Any] = {"took": (), "met": (), **dict.fromkeys(SAID, ())}
OUTSIDE = "Outside the time this criterion asks about"


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
    return judge_facts(student_facts(roll, as_of=as_of, school=school), set_id, as_of, audience_of(school.kind))


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
    return next((row for row in every_row(set_id) if row.id == row_id), None)


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


@dataclass(frozen=True, slots=True)
class Known:
    """One student of the population, with the facts and what was judged from them."""

    facts: StudentFacts
    judged: Judged
    set_id: str
    as_of: date


def known_of(student: Student, *, school: Institution, set_id: str, as_of: date) -> Known | None:
    """None for someone not on the roll that day: nothing is due of them. As many queries as coverage_of."""
    roll = population(school, as_of=as_of, among=Student.objects.filter(pk=student.pk))
    facts = student_facts(roll, as_of=as_of, school=school)
    return (
        Known(facts[0], judge_facts(facts, set_id, as_of, audience_of(school.kind))[0], set_id, as_of)
        if facts
        else None
    )


def evidence_for(recorded: Recorded, *, row: Measure, known: Known) -> tuple[Evidence, ...]:
    """Everything of the row's kind, newest first, with why it counts or does not."""
    if row.kind == "guidance_meeting" or row.id in ("GB3.2", "GB3.2C"):
        return tuple(_meeting(meeting, row, known) for meeting in recorded.meetings)
    if row.rests_on:
        return _said(row, known)
    wanted = row.id.split(".", 2)[2] if row.id.startswith(("GB7.1.", "GB7.1C.")) else ""
    return tuple(
        _evidence(part, row, known)
        for part in recorded.participations
        if row.kind in kinds.all_kinds(part.activity.kind, part.activity.also) and _meets(part, wanted)
    )


def _meets(part: Participation, provider_type: str) -> bool:
    activity = part.activity
    met = kinds.provider_types(activity.kind, activity.also, activity.provider_type)
    return not provider_type or provider_type in met


def _counts_alone(row: Measure, known: Known, **only: Any) -> bool:
    """Would the row count this if it were all the student had done? The very rule the verdict comes from."""
    facts = replace(known.facts, **(NOTHING | only))
    return row.count(Asked(facts, tally(facts, known.as_of), known.as_of)) > 0


def _evidence(part: Participation, row: Measure, known: Known) -> Evidence:
    activity = part.activity
    took = tuple(one for one in known.facts.took if one.activity.activity_id == activity.key)
    counts = _counts_alone(row, known, took=took)
    would, why = counts_and_why(
        part.status, activity.kind, activity.also, activity.checklist, checked=known.set_id == "2025"
    )
    if would and not counts:
        why = _other_reason(row, activity.technical)
    url = "" if activity.elsewhere else f"/activities/{activity.key}/"
    return Evidence(part.on, activity.called, counts, why, part.recorded_by, url)


def _said(row: Measure, known: Known) -> tuple[Evidence, ...]:
    """What the student said, opened or brought along: each is a day, and who wrote it down stands on the record."""
    name = row.rests_on
    found = []
    for one in getattr(known.facts, name):
        counts = _counts_alone(row, known, **{name: (one,)})
        why = "Inside the time this criterion asks about" if counts else OUTSIDE
        day = one.on if isinstance(one, Said) else one
        found.append(Evidence(day, SAID[name], counts, why, "", f"/students/{known.facts.student_id}/"))
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _other_reason(row: Measure, technical: bool) -> str:
    if row.id.startswith("PAL.") and not technical:
        return "Not about technical education or apprenticeships"
    return OUTSIDE


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


def _meeting(meeting: GuidanceMeeting, row: Measure, known: Known) -> Evidence:
    held = meeting.status == GuidanceMeeting.Status.HELD
    met = tuple(one for one in known.facts.met if one.meeting_id == meeting.key)
    why = f"Held, adviser at level {meeting.adviser_level or 'not recorded'}" if held else meeting.get_status_display()
    day = meeting.held_on or meeting.planned_on or meeting.booked_on or meeting.recorded_at.date()
    title = f"Guidance meeting with {meeting.adviser_name or 'an adviser'}"
    return Evidence(day, title, _counts_alone(row, known, met=met), why, meeting.recorded_by)
