"""What became of the actions agreed at Northbridge: done with proof, not needed, carried on, or still waiting."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from pathbook.demo.agreeing import Agreed, agreed
from pathbook.demo.bookings import Sitting
from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, UNDER_SERVED, moment, new_key
from pathbook.demo.hopes import Aim, stage_of
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution
from pathbook.records.models import Action, GuidanceMeeting, Participation

A_MEETING = 2.4  # product.md: 821 of 342 meetings held
CARRIED_ON = 0.045  # of the year's actions, one more each
LEFT_OPEN = 0.45  # of those still open when the year is tidied, in July
Outcome = Action.Outcome


class Part(NamedTuple):
    """One student's part in one activity that can serve an action."""

    pk: int
    activity: int
    title: str
    on: date
    status: str


Parts = Mapping[int, Sequence[Part]]


def parts_of(school: Institution) -> Parts:
    """Encounters by student, in the order of their days; one query."""
    rows = Participation.objects.filter(
        activity__institution=school, status__in=("attended", "absent", "planned"),
        activity__kind__in=("employer_encounter", "workplace_experience", "provider_encounter", "he_visit"),
    ).order_by("on", "pk")  # fmt: skip
    found: dict[int, list[Part]] = defaultdict(list)
    named = rows.values_list("student_id", "pk", "activity_id", "activity__title", "on", "status")
    for student, pk, activity, title, on, status in named:
        found[student].append(Part(pk, activity, title, on, status))
    return found


@dataclass(slots=True)
class YearOfActions:
    """The actions of one academic year's meetings, as they will have ended by its end."""

    year: int
    last: bool  # the latest year: its loose ends are not tied yet
    parts: Parts
    made: list[Action] = field(default_factory=list)
    thirds: set[Sitting] = field(default_factory=set)  # meetings in which three were agreed
    to_carry: int = 0
    by_meeting: dict[Sitting, list[Action]] = field(default_factory=dict)

    def share_out(self, rng: Random, writing: Sequence[Sitting], *, of: int) -> None:
        """Two each, and three in as many as the year's number asks for, `of` meetings held."""
        self.to_carry = round(of * A_MEETING * CARRIED_ON)
        more = round(of * A_MEETING) - self.to_carry - 2 * len(writing)
        self.thirds = set(rng.sample(writing, min(max(more, 0), len(writing))))

    def agree(self, rng: Random, sitting: Sitting, meeting: GuidanceMeeting, aim: Aim) -> None:
        how_many = 3 if sitting in self.thirds else 2
        supported = bool(sitting.person.flags & {"ehcp", "support"})
        said = agreed(rng, aim, stage_of(sitting.spell.year_group), how_many, supported=supported)
        rows = [self._action(rng, sitting, meeting, one) for one in said]
        part = self._coming(rng, meeting, sitting.day)
        if part:
            _serve(rng, rows[0], part)
        self.made += rows
        self.by_meeting[sitting] = rows

    def met_again(self, sitting: Sitting, meeting: GuidanceMeeting) -> None:
        """A second meeting is itself the proof of one thing agreed in the first."""
        first = self.by_meeting.get(sitting.after) if sitting.after else None
        if first and not first[-1].activity_id:
            row = first[-1]
            row.what, row.owner = "Come back and say how it went", Action.Owner.STUDENT
            row.due_on = max(row.due_on, sitting.day)
            _close(row, sitting.day, Outcome.DONE)
            row.evidence, row.met = "", meeting

    def _coming(self, rng: Random, meeting: GuidanceMeeting, day: date) -> Part | None:
        soon = [one for one in self.parts.get(meeting.student_id, ())
                if day + timedelta(days=3) < one.on <= day + timedelta(days=70)]  # fmt: skip
        return soon[0] if soon and rng.random() < 0.5 else None

    def _action(self, rng: Random, sitting: Sitting, meeting: GuidanceMeeting, one: Agreed) -> Action:
        row = Action(
            key=new_key(rng), student=meeting.student, meeting=meeting, what=one.what, owner=one.owner,
            owner_name=one.owner_name, agreed_on=sitting.day, due_on=sitting.day + timedelta(days=rng.randrange(14, 60)),
            recorded_by=meeting.adviser_name, recorded_at=moment(sitting.day),
        )  # fmt: skip
        asked_less = sitting.spell.form[-1] in UNDER_SERVED
        luck = rng.random()
        if luck < (0.57 if asked_less else 0.78):
            _close(row, max(row.due_on + timedelta(days=rng.randrange(-12, 10)), sitting.day), Outcome.DONE)
            row.evidence = one.proof if rng.random() < 0.55 else ""
        elif luck > 0.92:
            _close(row, row.due_on - timedelta(days=rng.randrange(10)), Outcome.NOT_NEEDED)
        return row

    def finish(self, rng: Random) -> list[Action]:
        """Some are carried on to a later day; in July the rest is tidied, but for what is left open. Returns the later ones."""
        able = [
            row for row in self.made if not row.activity_id and not row.met and row.due_on <= date(self.year + 1, 6, 20)
        ]
        onward = [self._onward(rng, row) for row in rng.sample(able, min(self.to_carry, len(able)))]
        for row in (*self.made, *onward):
            if not row.closed_on and rng.random() > LEFT_OPEN:
                _close(row, max(date(self.year + 1, 7, 14), row.agreed_on), Outcome.NOT_NEEDED)
            elif not row.closed_on and not self.last:
                _close(row, max(date(self.year + 2, 7, 14), row.agreed_on), Outcome.NOT_NEEDED)
        return onward

    def _onward(self, rng: Random, row: Action) -> Action:
        day = row.due_on + timedelta(days=rng.randrange(4))
        later = Action(
            key=new_key(rng), student=row.student, meeting=row.meeting, what=row.what, owner=row.owner,
            owner_name=row.owner_name, agreed_on=day, due_on=day + timedelta(days=rng.randrange(21, 45)),
            recorded_by=row.recorded_by, recorded_at=moment(day),
        )  # fmt: skip
        _close(row, day, Outcome.CARRIED_ON)
        row.evidence, row.carried_to = "", later
        if rng.random() < 0.6:
            _close(later, later.due_on, Outcome.DONE)
        return later


def _serve(rng: Random, row: Action, part: Part) -> None:
    """An action that something in the programme serves, ended as the student's part in it ended."""
    row.what = f"Go to {part.title} on {day_in_words(part.on)} with two questions"
    row.owner, row.owner_name, row.due_on = Action.Owner.STUDENT, "", part.on + timedelta(days=7)
    row.activity_id = part.activity
    row.closed_on, row.closed_by, row.outcome, row.evidence = None, "", "", ""
    if part.status == "attended":
        _close(row, part.on + timedelta(days=rng.randrange(7)), Outcome.DONE)
        row.attended_id = part.pk


def _close(row: Action, day: date, outcome: str) -> None:
    row.closed_on, row.outcome = max(day, row.agreed_on), outcome
    row.closed_by = "the student" if row.owner == Action.Owner.STUDENT else LEADER
    row.version = 2


def write_actions(made: Sequence[Action], onward: Sequence[Action], *, today: date) -> None:
    """As far as they have come by the day: what is to close later is open, and what it is carried on to is not there."""
    begun = [row for row in onward if row.agreed_on <= today]
    for row in (*made, *begun):
        if row.closed_on and row.closed_on > today:
            row.closed_on, row.closed_by, row.outcome, row.evidence = None, "", "", ""
            row.attended = row.met = row.carried_to = None
            row.version = 1
    Action.objects.bulk_create(begun, batch_size=BATCH)
    Action.objects.bulk_create(made, batch_size=BATCH)
