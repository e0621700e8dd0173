"""What a record would add to a student here: what is here already is left as it is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pathbook.exchange.portable.reading import Carried
from pathbook.people.models import Student
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Intention, Participation

Said = dict[str, Any]


@dataclass
class Plan:
    """`closed` and `reflected` pair what stands here open or empty with what the record says since."""

    activities: list[Said] = field(default_factory=list)
    meetings: list[Said] = field(default_factory=list)
    actions: list[tuple[int | None, Said]] = field(default_factory=list)  # the meeting here they belong to
    aspirations: list[Said] = field(default_factory=list)
    intentions: list[Said] = field(default_factory=list)
    closed: list[tuple[Action, Said]] = field(default_factory=list)
    reflected: list[tuple[Participation, str]] = field(default_factory=list)
    same: int = 0

    def counts(self) -> dict[str, int]:
        inside = sum(len(meeting["actions"]) for meeting in self.meetings)
        fresh = {
            "activities": len(self.activities), "meetings": len(self.meetings), "actions": len(self.actions) + inside,
            "aspirations": len(self.aspirations), "intentions": len(self.intentions),
        }  # fmt: skip
        changed = len(self.closed) + len(self.reflected)
        return {"new": sum(fresh.values()), "changed": changed, "same": self.same, "leaving": 0, **fresh}


def plan_of(record: Carried, student: Student) -> Plan:
    plan = Plan()
    _activities(plan, record, student)
    _meetings(plan, record, student)
    _loose_actions(plan, record, student)
    hopes = set(Aspiration.objects.filter(student=student).values_list("said_on", "words", "pathway", "occupation"))
    means = set(Intention.objects.filter(student=student).values_list("recorded_on", "code"))
    _fresh(plan, plan.aspirations, record.said["aspirations"], hopes, ("said_on", "words", "pathway", "occupation"))
    _fresh(plan, plan.intentions, record.said["intentions"], means, ("recorded_on", "code"))
    return plan


def _fresh(plan: Plan, to: list[Said], said: list[Said], known: set[Any], names: tuple[str, ...]) -> None:
    """The first of `names` is the day."""
    for one in said:
        what = (date.fromisoformat(one[names[0]]), *(one[name] for name in names[1:]))
        if what in known:
            plan.same += 1
        else:
            known.add(what)
            to.append(one)


def _activities(plan: Plan, record: Carried, student: Student) -> None:
    rows = Participation.objects.filter(student=student, activity__elsewhere=record.school).select_related("activity")
    here = {(part.activity.title, part.activity.kind, part.on): part for part in rows}
    seen = set()
    for one in record.said["activities"]:
        what = (one["title"], one["kind"], date.fromisoformat(one["date"]))
        part = here.get(what)
        if part and one["reflection"] and not part.reflection:
            plan.reflected.append((part, one["reflection"]))
        elif part or what in seen:
            plan.same += 1
        else:
            plan.activities.append(one)
        seen.add(what)


def _meetings(plan: Plan, record: Carried, student: Student) -> None:
    """A meeting with the same student on the same day is the same meeting."""
    rows = GuidanceMeeting.objects.held().filter(student=student, elsewhere=record.school)
    here = {one.held_on: one.pk for one in rows.only("pk", "held_on")}
    seen = set()
    for one in record.said["guidance"]:
        day = date.fromisoformat(one["held_on"])
        if day in here:
            plan.same += 1
            _actions(plan, one["actions"], here[day], Action.objects.filter(meeting=here[day]))
        elif day in seen:
            plan.same += 1
        else:
            plan.meetings.append(one | {"actions": _each_once(one["actions"])})
        seen.add(day)


def _loose_actions(plan: Plan, record: Carried, student: Student) -> None:
    _actions(plan, record.said["actions"], None, Action.objects.filter(student=student, meeting=None))


def _actions(plan: Plan, said: list[Said], meeting: int | None, rows: Any) -> None:
    here = {(one.what, one.due_on): one for one in rows}
    seen = set()
    for one in said:
        what = (one["what"], date.fromisoformat(one["due_on"]))
        stored = here.get(what)
        if stored and stored.closed_on is None and "closed_on" in one:
            plan.closed.append((stored, one))
        elif stored or what in seen:
            plan.same += 1
        else:
            plan.actions.append((meeting, one))
        seen.add(what)


def _each_once(said: list[Said]) -> list[Said]:
    return list({(one["what"], one["due_on"]): one for one in said}.values())
