"""Who of the staff is trained: the evidence for Benchmark 4.2, what each role still lacks, and who can do what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from pathbook.framework.shares import Share
from pathbook.framework.use.facts import two_years_before
from pathbook.people.models import Institution, Role
from pathbook.uptake.models import TrainingSession
from pathbook.uptake.queries.trained import Member, members
from pathbook.uptake.ready import Topic, topics


@dataclass(frozen=True, slots=True)
class StaffTrained:
    """Benchmark 4.2: staff who came to at least one session in the 24 months up to the day."""

    share: Share
    since: date


@dataclass(frozen=True, slots=True)
class Lacking:
    """Of one role ("" for all staff), how many had a topic in the last 24 months, and who had not."""

    topic: Topic
    role: str
    had: Share
    who: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return f"{self.role or 'Staff'}: {self.had.missing} of {self.had.out_of} still to have “{self.topic.label}”"


@dataclass(frozen=True, slots=True)
class Can:
    """One member of staff: in which roles, when last trained, whether what their roles need was had, when signed in."""

    member: Member
    last: date | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    session: TrainingSession
    topic: str
    came: int


@dataclass(frozen=True, slots=True)
class Training:
    trained: StaffTrained
    lacking: tuple[Lacking, ...]
    held: tuple[Held, ...]


def training_of(school: Institution, *, on: date) -> Training:
    """Six queries."""
    people = members(school, on=on)
    rows = TrainingSession.objects.filter(institution=school).annotate(came=Count("attendances"))
    held = tuple(Held(row, _label(row.topic), row.came) for row in rows.order_by("-held_on", "-pk"))
    return Training(_trained(people, on), _lacking(people, on), held)


def staff_trained(school: Institution, *, as_of: date) -> StaffTrained:
    return _trained(members(school, on=as_of, signed_in=False), as_of)


def who_can(school: Institution, *, on: date) -> tuple[Can, ...]:
    return tuple(_can(one, on) for one in members(school, on=on))


def _trained(people: Sequence[Member], on: date) -> StaffTrained:
    came = sum(one.trained_since(two_years_before(on)) for one in people)
    return StaffTrained(Share(came, len(people)), two_years_before(on))


def _lacking(people: Sequence[Member], on: date) -> tuple[Lacking, ...]:
    """A line for each topic and role it is for, where somebody lacks it; the most lacking first."""
    asked = ((topic, role) for topic in topics().values() for role in topic.roles or ("",))
    lines = [_line(topic, role, people, on) for topic, role in asked]
    short = [line for line in lines if line.had.missing]
    return tuple(sorted(short, key=lambda line: -line.had.missing))


def _line(topic: Topic, role: str, people: Sequence[Member], on: date) -> Lacking:
    of_it = [one for one in people if not role or role in one.roles]
    without = tuple(one.name for one in of_it if not one.trained_since(two_years_before(on), topic.code))
    label = Role(role).label if role else ""
    return Lacking(topic, label, Share(len(of_it) - len(without), len(of_it)), without)


def _can(one: Member, on: date) -> Can:
    lacks = [
        t.label
        for t in topics().values()
        if t.is_for(one.roles) and not one.trained_since(two_years_before(on), t.code)
    ]
    return Can(one, max(one.trained.values(), default=None), tuple(lacks))


def _label(topic: str) -> str:
    found = topics().get(topic)
    return found.label if found else topic
