"""What a record would add to a student here: what is here already is left as it is."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pathbook.exchange.models import RecordRun
from pathbook.exchange.portable.reading import Carried
from pathbook.people.models import Student
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Intention, Participation

Said = dict[str, Any]
Brought = Mapping[str, Set[int]]


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
    plan, brought = Plan(), _brought(record, student)
    _activities(plan, record, brought)
    _meetings(plan, record, brought)
    _actions(plan, record.said["actions"], None, Action.objects.filter(student=student, meeting=None), brought)
    hopes = set(Aspiration.objects.filter(student=student).values_list("said_on", "words", "pathway", "occupation"))
    means = set(Intention.objects.filter(student=student).values_list("recorded_on", "code"))
    _fresh(plan, plan.aspirations, record.said["aspirations"], hopes, ("said_on", "words", "pathway", "occupation"))
    _fresh(plan, plan.intentions, record.said["intentions"], means, ("recorded_on", "code"))
    return plan


def _brought(record: Carried, student: Student) -> Brought:
    """The rows that earlier records of that school brought, by its URN: a school may have another name since."""
    found: dict[str, set[int]] = defaultdict(set)
    runs = RecordRun.objects.filter(student=student, urn=record.by.urn, undone_at=None)
    for undo in runs.values_list("undo", flat=True):
        for name, rows in undo.items():
            found[name].update(rows)
    return found


def _fresh(plan: Plan, to: list[Said], said: list[Said], known: set[Any], names: tuple[str, ...]) -> None:
    """The first of `names` is the day."""
    for one in said:
        what = (date.fromisoformat(one[names[0]]), *(one[name] for name in names[1:]))
        if what in known:
            plan.same += 1
        else:
            known.add(what)
            to.append(one)


def _activities(plan: Plan, record: Carried, brought: Brought) -> None:
    """Two lessons of one day may have one title: the subject and the provider tell them apart."""
    rows = Participation.objects.filter(pk__in=brought["parts"]).select_related("activity__provider")
    here = {_what(part): part for part in rows}
    seen = set()
    for one in record.said["activities"]:
        day = date.fromisoformat(one["date"])
        what = (one["title"], one["kind"], day, one["subject"], one["provider"])
        part = here.get(what)
        if part and one["reflection"] and not part.reflection:
            plan.reflected.append((part, one["reflection"]))
        elif part or what in seen:
            plan.same += 1
        else:
            plan.activities.append(one)
        seen.add(what)


def _what(part: Participation) -> tuple[str, str, date, str, str]:
    one = part.activity
    return one.title, one.kind, part.on, one.subject, one.provider.name if one.provider else ""


def _meetings(plan: Plan, record: Carried, brought: Brought) -> None:
    """A meeting with the same student on the same day is the same meeting."""
    rows = GuidanceMeeting.objects.held().filter(pk__in=brought["meetings"])
    here = {one.held_on: one.pk for one in rows.only("pk", "held_on")}
    seen = set()
    for one in record.said["guidance"]:
        day = date.fromisoformat(one["held_on"])
        if day in here:
            plan.same += 1
            _actions(plan, one["actions"], here[day], Action.objects.filter(meeting=here[day]), brought)
        elif day in seen:
            plan.same += 1
        else:
            plan.meetings.append(one | {"actions": _each_once(one["actions"])})
        seen.add(day)


def _actions(plan: Plan, said: list[Said], meeting: int | None, rows: Any, brought: Brought) -> None:
    """Their word closes what they brought, never what was agreed here."""
    here = {(one.what, one.due_on): one for one in rows}
    seen = set()
    for one in said:
        what = (one["what"], date.fromisoformat(one["due_on"]))
        stored = here.get(what)
        if stored and stored.pk in brought["actions"] and stored.closed_on is None and "closed_on" in one:
            plan.closed.append((stored, one))
        elif stored or what in seen:
            plan.same += 1
        else:
            plan.actions.append((meeting, one))
        seen.add(what)


def _each_once(said: list[Said]) -> list[Said]:
    return list({(one["what"], one["due_on"]): one for one in said}.values())
