"""A student's own page: the next step, what was agreed, what they want, what they have done, what comes."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max

from pathbook.audit.models import Event, Verb
from pathbook.framework.judge import Judged
from pathbook.framework.needs.need import Need
from pathbook.needs.queries import needs_of_one, shown_by
from pathbook.people.models import Institution, Role, Student
from pathbook.people.visibility import Viewer, parts_of
from pathbook.records.facts import OnRoll
from pathbook.records.models import Before, Correction, GuidanceRequest, Participation
from pathbook.reports.earlier import Earlier, earlier_of, kept_of
from pathbook.reports.hopes import Hope
from pathbook.reports.own_step import ASK, own_step
from pathbook.reports.shared import Agreed, Meeting, Shared, shared_records

NEEDS = 5
TRAIL = 6  # steps drawn on the home page
STUDENTS_OWN = "Student"


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do next. `action` is the key of an agreed action, when it is one they can mark done."""

    words: str
    when: date | None
    late: bool
    why: str
    action: str


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step of the plan. `state`: done, now or ahead."""

    state: str
    words: str
    said: str
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """The trail, with how many of its steps are done."""

    trail: tuple[TrailStep, ...]
    done: int
    steps: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    shared: Shared | None
    needs: tuple[tuple[Need, str], ...]  # each with what they can do themselves
    plan: Plan


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything the student's home shows."""

    forename: str
    shared: Shared | None
    next: Next | None
    plan: Plan
    hope: Hope | None
    before: Hope | None
    counts: tuple[tuple[str, int], ...]
    asked: bool
    readers: int
    answers: tuple[Correction, ...]
    requests: tuple[GuidanceRequest, ...]
    to_confirm: Meeting | None  # the latest of which they have not said whether it happened


def mine_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> Mine:
    """A fixed number of queries."""
    shared = shared_of(student, school, on=on)
    needs, judged = _needs(student, shared, viewer, school, on)
    step = _next(shared, next(iter(needs), None), on) if shared else None
    plan = plan_of(shared, step)
    hopes = shared.hopes if shared else ()
    requests = tuple(GuidanceRequest.objects.filter(student=student).order_by("-asked_on", "-pk")[:3])
    return Mine(
        student.forename, shared, step, replace(plan, trail=plan.trail[:TRAIL]),
        hopes[0] if hopes else None, hopes[1] if len(hopes) > 1 else None, _counts(judged, shared),
        any(one.answered_on is None for one in requests), len(readers_of(student)),
        tuple(Correction.objects.filter(student=student).order_by("-said_on", "-pk")[:5]), requests,
        next((one for one in shared.meetings if one.asks), None) if shared else None,
    )  # fmt: skip


def shared_of(student: Student, school: Institution, *, on: date) -> Shared | None:
    """What is shared with the student; None when they are not on the roll. Five queries."""
    me = Student.objects.filter(pk=student.pk)
    return next(iter(shared_records(me, school, on=on, with_parents=False)), None)


def plan_page(student: Student, viewer: Viewer, school: Institution, *, on: date) -> PlanPage:
    """What was agreed, what is coming and what they need."""
    shared = shared_of(student, school, on=on)
    needs, _ = _needs(student, shared, viewer, school, on)
    step = _next(shared, next(iter(needs), None), on) if shared else None
    return PlanPage(shared, tuple((one, own_step(one)) for one in needs), plan_of(shared, step))


def plan_of(shared: Shared | None, step: Next | None) -> Plan:
    trail = _trail(shared, step) if shared else ()
    return Plan(trail, sum(one.state == "done" for one in trail), len(trail))


def _needs(
    student: Student, shared: Shared | None, viewer: Viewer, school: Institution, on: date
) -> tuple[tuple[Need, ...], Judged | None]:
    """What comes next and why, in plain words, most urgent first; and how they were judged on the way."""
    if shared is None:
        return (), None
    on_roll = OnRoll(student.pk, student.key, shared.year_group, shared.tutor_group)
    listed, judged = needs_of_one(on_roll, school, as_of=on)
    seen = shown_by({student.key: parts_of(viewer, student, on)}, listed).students
    return (seen[0].needs[:NEEDS] if seen else ()), judged


def _next(shared: Shared, need: Need | None, on: date) -> Next | None:
    """What they agreed to do; then what is coming; then what they need most."""
    own = [one for one in shared.still_open if one.whose == STUDENTS_OWN]
    if own:
        return Next(own[0].what, own[0].due, own[0].when == "late", _agreed_with(shared, own[0]), own[0].key)
    if shared.coming:
        return Next(shared.coming[0].title, shared.coming[0].on, False, "This is coming up.", "")
    if need:
        return Next(own_step(need) or ASK, None, False, need.plain, "")
    return None


def _agreed_with(shared: Shared, action: Agreed) -> str:
    meeting = next((one for one in shared.meetings if any(a.key == action.key for a in one.actions)), None)
    return f"You agreed this with {meeting.adviser or 'your adviser'}." if meeting else "You agreed to do this."


def _trail(shared: Shared, step: Next | None) -> tuple[TrailStep, ...]:
    """Meetings held and actions, in the order of their days; what is coming last."""
    own = [one for one in shared.actions if one.whose == STUDENTS_OWN]
    steps = [_met(one) for one in shared.meetings[:1]]
    steps += [_act(one, step) for one in own if one.outcome != "Carried on"]
    steps += [TrailStep("ahead", one.title, "Coming up", one.on) for one in shared.coming[:2]]
    order = {"done": 0, "now": 1, "ahead": 2}
    return tuple(sorted(steps, key=lambda one: (order[one.state], one.on)))


def _met(one: Meeting) -> TrailStep:
    return TrailStep("done", "Talk to an adviser", "Done", one.on)


def _act(one: Agreed, step: Next | None) -> TrailStep:
    if one.when == "closed":
        return TrailStep("done", one.what, one.outcome, one.due)
    now = step is not None and step.action == one.key
    said = "Still worth doing" if one.when == "late" else "By then"
    return TrailStep("now" if now else "ahead", one.what, "Your next step" if now else said, one.due)


def _counts(judged: Judged | None, shared: Shared | None) -> tuple[tuple[str, int], ...]:
    """What this year holds so far, as everybody's list counts it; and guidance meetings ever."""
    if shared is None or judged is None:
        return ()
    employers, workplaces, providers = judged.this_year[:3]
    return (
        ("employers met this year", employers), ("colleges and universities this year", providers),
        ("guidance meetings", len(shared.meetings)), ("workplaces this year", workplaces),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opened this record: their role and the last time. Staff are named."""

    name: str
    role: str
    last: date
    what: str


def readers_of(student: Student) -> tuple[Reader, ...]:
    """Everyone else who opened, printed or took a copy, the latest first."""
    shown = (Verb.READ, Verb.PRINTED, Verb.EXPORTED)
    rows = Event.objects.filter(student_id=student.pk, verb__in=shown).exclude(actor_role=Role.STUDENT)
    found = rows.values_list("actor_name", "actor_role", "verb").annotate(last=Max("at")).order_by("-last")
    labels = dict(Role.choices)
    return tuple(Reader(name, labels.get(role, ""), last.date(), Verb(verb).label) for name, role, verb, last in found)


def done_of(student: Student, viewer: Viewer) -> tuple[tuple[Participation, tuple[Earlier, ...]], ...]:
    """Everything they took part in, the latest first, with what they made of it, now and before."""
    rows = Participation.objects.attended().filter(student=student, activity__withdrawn_at__isnull=True)
    kept = kept_of(student, (Before.Of.REFLECTION,), viewer)
    found = rows.select_related("activity").order_by("-on", "-pk")
    return tuple((part, earlier_of(kept, Before.Of.REFLECTION, part)) for part in found)
