"""The first tab of a student's record: what was and what is coming, as one line through the years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.audit.readings import last_read
from pathbook.framework import kinds
from pathbook.people import access
from pathbook.people.models import Role, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, GuidanceMeeting, Participation, PriorRecord
from pathbook.reports.coverage import counts_and_why
from pathbook.reports.hopes import Hope, hopes_of
from pathbook.reports.student_top import Top, top_of
from pathbook.reports.timeline import Happening, Strip, strip_of

RECENT = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line of "recent and coming": `state` is done, soon, late or empty; `word` what it says."""

    on: date
    lane: str
    title: str
    url: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Timeline:
    top: Top
    hopes: tuple[Hope, ...]
    action: Action | None
    open_actions: int
    overdue: bool
    tutor_read: date | None
    last_met: date | None
    strip: Strip
    lines: tuple[Line, ...]
    total: int


def timeline_of(student: Student, viewer: Viewer, *, on: date) -> Timeline:
    """A fixed number of queries: all years of participations are one of them."""
    top = top_of(student, viewer, on=on)
    meetings = _meetings(student) if access.GUIDANCE in top.parts else []
    taken = _participations(student) if access.ACTIVITIES in top.parts else []
    held = [_meeting_line(meeting, student) for meeting in meetings]
    sent = map(_prior_line, _prior(student)) if access.ACTIVITIES in top.parts else ()
    lines = sorted([*map(_activity_line, taken), *held, *sent], key=lambda line: line.on, reverse=True)
    drawn = [Happening(line.lane, line.on, _mark(line), line.title) for line in lines if line.lane != "lessons"]
    actions = _open_actions(student) if access.GUIDANCE in top.parts else []
    action = actions[0] if actions else None
    met = max((meeting.held_on for meeting in meetings if meeting.held_on), default=None)
    return Timeline(
        top, hopes_of(student) if access.ASPIRATIONS in top.parts else (), action, len(actions),
        bool(action and action.due_on < on), last_read(student.pk, role=Role.FORM_TUTOR, since=met), met, strip_of(drawn, top.years, on=on),
        tuple(lines[:RECENT]), len(lines),
    )  # fmt: skip


def _participations(student: Student) -> list[Participation]:
    rows = Participation.objects.filter(student=student, activity__withdrawn_at__isnull=True)
    return list(rows.select_related("activity"))


def _meetings(student: Student) -> list[GuidanceMeeting]:
    return list(GuidanceMeeting.objects.filter(student=student).defer("summary", "private_note"))


def _activity_line(part: Participation) -> Line:
    activity = part.activity
    lanes = kinds.rows_of(activity.kind, activity.also)
    url = "" if activity.elsewhere else f"/activities/{activity.key}/"
    lane = lanes[0] if lanes else "lessons"
    if part.status == Participation.Status.PLANNED:
        return Line(part.on, lane, activity.called, url, "", "Planned")
    counts, why = counts_and_why(part.status, activity.kind, activity.also, activity.checklist)
    word = "Counts" if counts else why if part.status != Participation.Status.ATTENDED else f"Does not count: {why}"
    return Line(part.on, lane, activity.called, url, "done" if counts else "soon" if "item" in why else "", word)


def _meeting_line(meeting: GuidanceMeeting, student: Student) -> Line:
    held = meeting.status == GuidanceMeeting.Status.HELD
    on = meeting.held_on or meeting.planned_on or meeting.recorded_at.date()
    title = f"Guidance meeting with {meeting.adviser_name or 'an adviser'}"
    state = "done" if held else "late" if meeting.status == GuidanceMeeting.Status.NOT_ATTENDED else ""
    return Line(on, "guidance", title, f"/students/{student.key}/guidance/", state, meeting.get_status_display())


def _prior(student: Student) -> Iterable[PriorRecord]:
    return PriorRecord.objects.filter(student=student, outcome=PriorRecord.Outcome.RECEIVED).exclude(source="")


def _prior_line(one: PriorRecord) -> Line:
    said = ("done", "Checked") if one.checked else ("soon", "Not checked")
    return Line(one.received_on, "lessons", f"Record received from {one.source}", "", *said)


def _mark(line: Line) -> str:
    return "counts" if line.state == "done" else "planned" if line.word in ("Planned", "Booked") else "not"


def _open_actions(student: Student) -> list[Action]:
    return list(Action.objects.filter(student=student, closed_on__isnull=True).order_by("due_on", "pk"))
