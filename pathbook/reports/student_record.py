"""One student's record, a tab at a time, with only the parts this viewer may see of this student."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pathbook.audit.models import Event, Verb
from pathbook.framework import kinds
from pathbook.framework.judge import every_row
from pathbook.framework.measure import Verdict
from pathbook.framework.sets import set_in_force
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Role, RoleHeld, Student
from pathbook.people.visibility import Viewer, parts_of, writable_parts_of
from pathbook.records.models import Action, Aspiration, Before, GuidanceMeeting, Participation, PriorRecord
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.coverage import Evidence, Known, counts_and_why, evidence_for, known_of, recorded_of
from pathbook.reports.earlier import Earlier, earlier_of, gone_of, kept_of
from pathbook.reports.timeline import Happening, Strip, strip_of
from pathbook.uptake.queries.acknowledged import Said, acknowledged

RECENT = 14
Of = Before.Of
SURE = {1: "Not sure", 2: "Not very sure", 3: "Fairly sure", 4: "Sure", 5: "Very sure"}


@dataclass(frozen=True, slots=True)
class Top:
    """Who this is: what stands at the head of every tab. Parts not seen are empty."""

    student: Student
    name: str
    enrolment: Enrolment | None
    tutor: str
    parts: frozenset[str]
    support: tuple[str, ...]
    upn: str
    may_record_guidance: bool
    may_record_hopes: bool
    tabs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hope:
    """An aspiration in words: "Apprenticeship, electrician"."""

    words: str
    sure: str
    said_on: date


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


@dataclass(frozen=True, slots=True)
class GuidanceTab:
    top: Top
    # with who said "read and understood" of it, and what it said before it was put right
    meetings: Sequence[tuple[GuidanceMeeting, tuple[Said, ...], tuple[Earlier, ...]]]
    actions: Sequence[tuple[Action, tuple[Earlier, ...]]]
    taken_out: tuple[Earlier, ...]
    today: date
    may_open_notes: bool


@dataclass(frozen=True, slots=True)
class CriterionTab:
    """One criterion for this student, with what it rests on."""

    id: str
    label: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class BenchmarksTab:
    top: Top
    criteria: tuple[CriterionTab, ...]
    met: int


@dataclass(frozen=True, slots=True)
class Opened:
    at: datetime
    name: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class AccessTab:
    top: Top
    opened: tuple[Opened, ...]


def top_of(student: Student, viewer: Viewer, *, on: date) -> Top:
    parts = parts_of(viewer, student, on)
    rows = Enrolment.objects.filter(student=student).select_related("tutor_group")
    enrolment = rows.order_by("-academic_year", "registration", "-start_date").first()
    support = support_of(enrolment) if enrolment and access.SUPPORT in parts else ()
    writable = writable_parts_of(viewer, student, on)
    return Top(
        student, student.name, enrolment, _tutor(enrolment, on), parts, support,
        student.upn if access.ROLL in parts else "",
        access.GUIDANCE in writable, access.ASPIRATIONS in writable, _tabs(student, parts, viewer),
    )  # fmt: skip


def _tabs(student: Student, parts: frozenset[str], viewer: Viewer) -> tuple[tuple[str, str], ...]:
    base = f"/students/{student.key}/"
    tabs = [("Timeline", base)]
    tabs += [("Guidance", f"{base}guidance/")] if access.GUIDANCE in parts else []
    tabs += [("Benchmarks", f"{base}benchmarks/")] if access.ACTIVITIES in parts else []
    tabs += [("Needs", f"{base}needs/")] if access.NEEDS in parts else []
    tabs += [("What next", f"{base}next/")] if access.ASPIRATIONS in parts else []
    tabs += [("Access", f"{base}access/")] if viewer.may(access.ACCESS_LOG) else []
    tabs += [("Sharing", f"{base}sharing/")] if access.SHARING in parts else []
    return tuple(tabs)


def support_of(enrolment: Enrolment) -> tuple[str, ...]:
    said = {
        "Pupil premium": enrolment.pupil_premium,
        enrolment.get_sen_display(): enrolment.sen != "N",
        "Looked after": enrolment.looked_after,
        "Young carer": enrolment.young_carer,
    }
    return tuple(label for label, true in said.items() if true)


def _tutor(enrolment: Enrolment | None, on: date) -> str:
    if enrolment is None or enrolment.tutor_group is None:
        return ""
    held = RoleHeld.objects.held_on(on).filter(role=Role.FORM_TUTOR, tutor_group=enrolment.tutor_group)
    row = held.select_related("account").order_by("pk").first()
    return row.account.name if row else ""


def timeline_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> Timeline:
    """A fixed number of queries: all years of participations are one of them."""
    top = top_of(student, viewer, on=on)
    meetings = _meetings(student) if access.GUIDANCE in top.parts else []
    taken = _participations(student) if access.ACTIVITIES in top.parts else []
    years = dict(Enrolment.objects.main().filter(student=student).values_list("academic_year", "year_group"))
    held = [_meeting_line(meeting, student) for meeting in meetings]
    sent = map(_prior_line, _prior(student)) if access.ACTIVITIES in top.parts else ()
    lines = sorted([*map(_activity_line, taken), *held, *sent], key=lambda line: line.on, reverse=True)
    drawn = [Happening(line.lane, line.on, _mark(line), line.title) for line in lines if line.lane != "lessons"]
    actions = _open_actions(student) if access.GUIDANCE in top.parts else []
    action = actions[0] if actions else None
    met = max((meeting.held_on for meeting in meetings if meeting.held_on), default=None)
    return Timeline(
        top, _hopes(student) if access.ASPIRATIONS in top.parts else (), action, len(actions),
        bool(action and action.due_on < on), _tutor_read(student, met), met, strip_of(drawn, years, on=on),
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


def _hopes(student: Student) -> tuple[Hope, ...]:
    rows = Aspiration.objects.filter(student=student).order_by("-said_on", "-pk")
    return tuple(map(hope_of, rows))


def hope_of(row: Aspiration) -> Hope:
    said = filter(None, (PATHWAYS.get(row.pathway, ""), row.words or row.occupation or row.sector))
    return Hope(", ".join(said) or "Nothing written", SURE.get(row.certainty or 0, ""), row.said_on)


def _open_actions(student: Student) -> list[Action]:
    return list(Action.objects.filter(student=student, closed_on__isnull=True).order_by("due_on", "pk"))


def _tutor_read(student: Student, since: date | None) -> date | None:
    """When a form tutor last opened this record, if since the last meeting."""
    if since is None:
        return None
    read = Event.objects.filter(student_id=student.pk, noun="student", verb=Verb.READ, actor_role=Role.FORM_TUTOR)
    last = read.filter(at__date__gte=since).order_by("-at").first()
    return last.at.date() if last else None


def guidance_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> GuidanceTab:
    meetings = (
        GuidanceMeeting.objects.filter(student=student)
        .select_related("slot", "confirmation")
        .order_by("-planned_on", "-pk")
    )
    actions = Action.objects.filter(student=student).order_by("closed_on", "due_on", "pk")
    top = top_of(student, viewer, on=on)
    held = list(meetings.defer("private_note"))
    said = acknowledged(held) if top.may_record_guidance else {}
    kept, agreed = kept_of(student, (Of.MEETING, Of.ACTION), viewer), list(actions)
    told = [(one, said.get(one.pk, ()), earlier_of(kept, Of.MEETING, one)) for one in held]
    done = [(one, earlier_of(kept, Of.ACTION, one)) for one in agreed]
    gone = gone_of(kept, [*((Of.MEETING, one) for one in held), *((Of.ACTION, one) for one in agreed)])
    return GuidanceTab(top, told, done, gone, on, access.BREAK_GLASS in top.parts)


def benchmarks_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> BenchmarksTab:
    """Each criterion that applies, worst first; evidence is read once for each kind it rests on."""
    known = known_of(student, school=school, set_id=set_in_force(on), as_of=on)
    criteria = _criteria(student, known) if known else ()
    return BenchmarksTab(top_of(student, viewer, on=on), criteria, sum(one.verdict.met for one in criteria))


def _criteria(student: Student, known: Known) -> tuple[CriterionTab, ...]:
    rows = [row for row in every_row(known.set_id) if known.judged.applies(row.id)]
    recorded = recorded_of(student)
    tabs = [
        CriterionTab(row.id, row.label, known.judged.verdicts[row.id], evidence_for(recorded, row=row, known=known))
        for row in rows
    ]
    return tuple(sorted(tabs, key=lambda tab: tab.verdict.met))


def access_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> AccessTab:
    """The last hundred times anyone opened, printed or took a copy of this record."""
    seen = (Verb.READ, Verb.READ_OWN, Verb.PRINTED, Verb.EXPORTED)
    rows = Event.objects.filter(student_id=student.pk, verb__in=seen).order_by("-at", "-pk")[:100]
    labels = dict(Role.choices)
    opened = tuple(Opened(e.at, e.actor_name, labels.get(e.actor_role, ""), _act(e)) for e in rows)
    return AccessTab(top_of(student, viewer, on=on), opened)


def _act(event: Event) -> str:
    """Read; or, where it was not the record as such, Read: working note."""
    label = Verb(event.verb).label
    return label if event.noun == "student" else f"{label}: {event.noun}"
