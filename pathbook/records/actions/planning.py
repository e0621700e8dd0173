"""Planning an activity for those who want it: made, filled in order up to its places, and their actions served by it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions import attendance, programme
from pathbook.records.actions.programme import Details
from pathbook.records.models import Action, Activity, Participation
from pathbook.records.queries.actions import actions_closable_by
from pathbook.records.queries.places import places_left

AT_ONCE = timedelta(minutes=10)  # as long as a form may stand open before it is sent


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """What one act planned. `waiting`: students, in order, for whom no place was left. `at` is what its undo asks for.

    `joined`: somebody else had planned it a moment before, and these students were put down for theirs.
    """

    activity: Activity
    enrolled: int
    waiting: tuple[int, ...]
    linked: int
    at: datetime
    joined: bool = False


def plan_for(
    *, details: Details, students: Sequence[int], actions: Collection[int], token: str, school: Institution,
    by: Viewer, at: datetime, on: date,
) -> PlannedFor | Activity:  # fmt: skip
    """All of it or nothing. The first of `students` get the places. Sent twice, it makes one: then that activity.

    So it does when two people plan the same at once: an activity of that name, kind and day made a few minutes ago
    is the one meant, and the students are put down for that. Of `actions`, those still open, served by nothing and
    of a student with a place are linked.
    """
    try:
        with transaction.atomic():
            same = _same(details, school, by, at)
            activity = same or programme.plan(details=details, school=school, by=by, at=at, key=token)
            down = set(activity.participations.values_list("student_id", flat=True)) if same else set()
            new = [one for one in students if one not in down]
            room = places_left([activity]).get(activity.pk, len(new))
            statuses = dict.fromkeys(new[:room], Participation.Status.PLANNED)
            logged = attendance.record_attendance(activity=activity, statuses=statuses, by=by, at=at, visible_on=on)
            linked = _link(activity, [*new[:room], *down.intersection(students)], actions, by, at, on)
            return PlannedFor(activity, logged.changed, tuple(new[room:]), linked, at, joined=same is not None)
    except IntegrityError:
        return Activity.objects.get(key=token, institution=school)


def _same(details: Details, school: Institution, by: Viewer, at: datetime) -> Activity | None:
    """Made by somebody else within the last few minutes, so that neither could have seen the other's."""
    rows = Activity.objects.not_withdrawn().filter(institution=school, recorded_at__gt=at - AT_ONCE)
    rows = rows.exclude(recorded_by=by.name)
    return (
        rows.filter(title__iexact=details.title, kind=details.kind, starts_on=details.starts_on).order_by("pk").first()
    )


def _link(
    activity: Activity, students: Collection[int], actions: Collection[int], by: Viewer, at: datetime, on: date
) -> int:
    open_ones = actions_closable_by(by, on).still_open(on).filter(activity=None, student__in=students)
    return _serve(list(open_ones.filter(pk__in=actions).order_by("pk")), activity, Verb.CHANGED, by, at)


def unlink(*, activity: Activity, said_at: datetime, by: Viewer, at: datetime) -> int:
    """Undo of linking: the actions that act linked, and that this activity still serves, are served by nothing again."""
    events = Event.objects.filter(noun="action", verb=Verb.CHANGED, at=said_at, detail__after__activity=activity.key)
    rows = Action.objects.filter(pk__in=list(events.values_list("noun_id", flat=True)), activity=activity)
    return _serve(list(rows.order_by("pk")), None, Verb.UNDONE, by, at)


def _serve(rows: list[Action], activity: Activity | None, verb: Verb, by: Viewer, at: datetime) -> int:
    for row in rows:
        row.activity, row.version = activity, row.version + 1
    Action.objects.bulk_update(rows, ["activity", "version"])
    record.changes(by=by, at=at, of=_events(rows, activity, verb))
    return len(rows)


def _events(rows: Iterable[Action], activity: Activity | None, verb: Verb) -> Iterable[record.Change]:
    after = {"activity": activity.key if activity else ""}
    return [record.Change(verb, "action", row.pk, row.student_id, {"after": after}) for row in rows]
