"""One student's record, a tab at a time, with only the parts this viewer may see of this student."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pathbook.audit.models import Event, Verb
from pathbook.framework.judge import every_row
from pathbook.framework.measure import Verdict
from pathbook.framework.sets import set_in_force
from pathbook.people import access
from pathbook.people.models import Institution, Role, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Before, GuidanceMeeting
from pathbook.reports.coverage import Evidence, Known, evidence_for, known_of, recorded_of
from pathbook.reports.earlier import Earlier, earlier_of, gone_of, kept_of
from pathbook.reports.student_top import Top, top_of
from pathbook.uptake.queries.acknowledged import Said, acknowledged

Of = Before.Of


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


def guidance_of(student: Student, viewer: Viewer, *, on: date) -> GuidanceTab:
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


def access_of(student: Student, viewer: Viewer, *, on: date) -> AccessTab:
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
