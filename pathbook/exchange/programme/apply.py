"""Bringing a past programme in, all of it or nothing; and taking it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.exchange.models import ProgrammeRun
from pathbook.exchange.programme.found import ActivityRead, MeetingRead, ProgrammeFile
from pathbook.framework import kinds
from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions.before import keep, reflections
from pathbook.records.models import Activity, Before, GuidanceMeeting, Participation, Provider


class CannotUndoError(Exception):
    """One sentence: why this import cannot be taken back."""


@dataclass
class Plan:
    """What would change. `parts` pairs an activity of the file with a student who is new in it or whose status differs."""

    activities: list[ActivityRead] = field(default_factory=list)
    known: dict[tuple[str, Any], Activity] = field(default_factory=dict)
    parts: list[tuple[ActivityRead, int]] = field(default_factory=list)
    before: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    meetings: list[MeetingRead] = field(default_factory=list)
    same: int = 0

    def counts(self) -> dict[str, int]:
        changed = len(self.before)
        return {
            "activities": len(self.activities), "new": len(self.parts) - changed + len(self.meetings), "changed": changed,
            "same": self.same, "leaving": 0, "meetings": len(self.meetings),
        }  # fmt: skip


def plan_of(file: ProgrammeFile, school: Institution) -> Plan:
    """Compare the file with what is recorded; the same number of queries whatever its size."""
    plan = Plan()
    dates = {activity.on for activity in file.activities.values()}
    for stored in Activity.objects.not_withdrawn().of_our_own().filter(institution=school, starts_on__in=dates):
        plan.known.setdefault((stored.title.casefold(), stored.starts_on), stored)
    pks = [activity.pk for activity in plan.known.values()]
    columns = ("activity_id", "student_id", "status", "hours", "on")
    there = {(a, s): (status, hours, on) for a, s, status, hours, on in
             Participation.objects.filter(activity__in=pks).values_list(*columns)}  # fmt: skip
    for key, activity in file.activities.items():
        stored_one = plan.known.get(key)
        if stored_one is None:
            plan.activities.append(activity)
        for student, (status, _) in activity.parts.items():
            was = there.get((stored_one.pk, student)) if stored_one else None
            if was and was[0] == status:
                plan.same += 1
                continue
            plan.parts.append((activity, student))
            if was and stored_one:
                plan.before[stored_one.pk, student] = {"status": was[0], "hours": str(was[1]), "on": was[2].isoformat()}
    _plan_meetings(plan, file, school)
    return plan


def _plan_meetings(plan: Plan, file: ProgrammeFile, school: Institution) -> None:
    """A meeting with the same student on the same day is the same meeting."""
    held = set(GuidanceMeeting.objects.held().filter(institution=school).values_list("student_id", "held_on"))
    for meeting in file.meetings:
        if (meeting.student, meeting.on) in held:
            plan.same += 1
        else:
            held.add((meeting.student, meeting.on))
            plan.meetings.append(meeting)


@transaction.atomic
def apply(*, file: ProgrammeFile, school: Institution, by: Viewer, at: datetime, key: str = "") -> ProgrammeRun:
    """Everything that can come in, in one transaction; the plan is made again inside it. One `key` is applied once."""
    if key and (before := ProgrammeRun.objects.filter(institution=school, key=key).first()):
        return before
    plan = plan_of(file, school)
    made = _make_activities(plan, school, by, at)
    known = {key: activity.pk for key, activity in plan.known.items()} | {
        _key(a): row.pk for a, row in zip(plan.activities, made, strict=True)
    }
    rows = [_part(activity, student, known[_key(activity)], by, at) for activity, student in plan.parts]
    Participation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["activity", "student"],
        update_fields=["status", "on", "hours", "recorded_by", "recorded_at"],
    )
    meetings = [_meeting(meeting, school, by, at) for meeting in plan.meetings]
    GuidanceMeeting.objects.bulk_create(meetings)
    run = ProgrammeRun.objects.create(
        institution=school, key=key or new_key(), file_name=file.name[:200],
        counts=plan.counts(), problems=[p.as_json() for p in file.problems],
        undo={
            "activities": [row.pk for row in made], "meetings": [row.pk for row in meetings],
            "parts": [[row.activity_id, row.student_id, plan.before.get((row.activity_id, row.student_id))] for row in rows],
        },
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    record.changes(by=by, at=at, of=_changes(run, made, rows, meetings, plan))
    return run


def _key(activity: ActivityRead) -> tuple[str, Any]:
    return (activity.title.casefold(), activity.on)


def _make_activities(plan: Plan, school: Institution, by: Viewer, at: datetime) -> list[Activity]:
    """Never meaningful from a file: a person completes the checklist."""
    names = {activity.provider for activity in plan.activities if activity.provider}
    known = {row.name.casefold(): row for row in Provider.objects.filter(institution=school)} if names else {}
    fresh = {
        name.casefold(): Provider(institution=school, name=name)
        for name in sorted(names)
        if name.casefold() not in known
    }
    Provider.objects.bulk_create(fresh.values())
    known |= fresh
    rows = [
        Activity(
            institution=school, key=new_key(), academic_year=AcademicYear.of(a.on).start, title=a.title, kind=a.kind,
            starts_on=a.on, ends_on=a.on, provider=known.get(a.provider.casefold()), subject=a.subject,
            criteria=list(kinds.suggested_criteria(a.kind)), recorded_by=by.name, recorded_at=at,
        )
        for a in plan.activities
    ]  # fmt: skip
    return Activity.objects.bulk_create(rows)


def _part(activity: ActivityRead, student: int, pk: int, by: Viewer, at: datetime) -> Participation:
    status, hours = activity.parts[student]
    return Participation(
        activity_id=pk, student_id=student, status=status, on=activity.on,
        hours=Decimal(str(hours)) if status == "attended" else Decimal(0), recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


def _meeting(meeting: MeetingRead, school: Institution, by: Viewer, at: datetime) -> GuidanceMeeting:
    return GuidanceMeeting(
        institution=school, key=new_key(), student_id=meeting.student, adviser_name=meeting.adviser,
        adviser_level=meeting.level, status=GuidanceMeeting.Status.HELD, booked_on=meeting.on, planned_on=meeting.on,
        held_on=meeting.on, minutes=meeting.minutes, summary=meeting.summary, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


def _changes(
    run: ProgrammeRun,
    made: Iterable[Activity],
    rows: Iterable[Participation],
    meetings: Iterable[GuidanceMeeting],
    plan: Plan,
) -> Iterator[record.Change]:
    about = {"import": run.key}
    yield record.Change(Verb.IMPORTED, "programme import", run.pk, detail=about)
    for activity in made:
        yield record.Change(Verb.IMPORTED, "activity", activity.pk, detail=about)
    for row in rows:
        before = plan.before.get((row.activity_id, row.student_id))
        after = {"status": row.status, "hours": str(row.hours), "on": row.on.isoformat()}
        yield record.Change(
            Verb.IMPORTED, "activity", row.activity_id, row.student_id, about | {"before": before, "after": after}
        )
    for meeting in meetings:
        yield record.Change(Verb.IMPORTED, "meeting", meeting.pk, meeting.student_id, about)


@transaction.atomic
def undo(*, run: ProgrammeRun, by: Viewer, at: datetime) -> ProgrammeRun:
    """Take it back whole; refused once anything it touched was recorded again."""
    run = ProgrammeRun.objects.select_for_update().get(pk=run.pk)
    _refuse_if_relied_on(run)
    parts = run.undo.get("parts", [])
    over = _put_back(parts)
    GuidanceMeeting.objects.filter(pk__in=run.undo.get("meetings", [])).delete()
    Activity.objects.filter(pk__in=run.undo.get("activities", [])).delete()
    about = {"import": run.key}
    undone = [record.Change(Verb.UNDONE, "programme import", run.pk, detail=about)]
    undone += [record.Change(Verb.UNDONE, "activity", activity, student, about) for activity, student, _ in parts]
    record.changes(by=by, at=at, of=undone)
    keep(over, by=by, at=at)
    run.undone_by, run.undone_at, run.undo = by.name, at, {}
    run.save(update_fields=["undone_by", "undone_at", "undo"])
    return run


def _put_back(parts: Iterable[tuple[int, int, dict[str, str] | None]]) -> list[Before]:
    """What was there before, as it was; what was not, gone, but for what students said of it. Four queries for any number."""
    before = {(activity, student): was for activity, student, was in parts}
    rows = Participation.objects.filter(activity__in={activity for activity, _ in before})
    mine = [row for row in rows if (row.activity_id, row.student_id) in before]
    changed = [row for row in mine if before[row.activity_id, row.student_id]]
    fresh = [row.pk for row in mine if not before[row.activity_id, row.student_id]]
    going = Participation.objects.filter(pk__in=fresh)
    over = reflections(going)
    going.delete()
    for row in changed:
        was = before[row.activity_id, row.student_id] or {}
        row.status, row.hours, row.on = was["status"], Decimal(was["hours"]), date.fromisoformat(was["on"])
    Participation.objects.bulk_update(changed, ["status", "hours", "on"])
    return over


def _refuse_if_relied_on(run: ProgrammeRun) -> None:
    if run.undone_at:
        raise CannotUndoError("This import has been taken back already.")
    touched = {activity for activity, _, _ in run.undo.get("parts", [])} | set(run.undo.get("activities", []))
    last = Event.objects.filter(verb=Verb.IMPORTED, at=run.recorded_at).aggregate(pk=Max("pk"))["pk"]
    relied_on = Q(noun="activity", noun_id__in=touched) | Q(noun="meeting", noun_id__in=run.undo.get("meetings", []))
    if Event.objects.filter(relied_on, pk__gt=last or 0).exists():
        raise CannotUndoError(
            "Some of these activities were recorded again since. Correct them on their own pages instead."
        )
