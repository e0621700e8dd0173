"""What home has said: the latest word for each student and activity, and how many have said what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.people.models import Guardian, GuardianLink
from pathbook.records.models import Activity, Consent, Participation
from pathbook.records.queries.places import TAKES_A_PLACE

Answer = Consent.Answer


@dataclass(frozen=True, slots=True)
class Tally:
    """Of those down for an activity or asked about it, how many homes have said what."""

    given: int = 0
    refused: int = 0
    waiting: int = 0

    @property
    def asked(self) -> int:
        return self.given + self.refused + self.waiting


def standing(activity: Activity) -> dict[int, Consent]:
    """The latest word of each student's home, by student; one query."""
    rows = Consent.objects.filter(activity=activity).select_related("student").order_by("pk")
    return {row.student_id: row for row in rows}


def answers(activities: Iterable[Activity]) -> Mapping[tuple[int, int], str]:
    """The latest answers by activity and student, of those activities that ask; one query."""
    rows = Consent.objects.filter(activity__in=[one.pk for one in activities if one.asks_consent]).order_by("pk")
    return {(activity, student): said for activity, student, said in rows.values_list("activity", "student", "answer")}


def tallies(activities: Collection[Activity]) -> Mapping[int, Tally]:
    """By pk, of those that ask; two queries."""
    said = dict(answers(activities))
    asking = [one.pk for one in activities if one.asks_consent]
    down = Participation.objects.filter(activity__in=asking, status__in=TAKES_A_PLACE)
    for pair in down.values_list("activity", "student"):
        said.setdefault(pair, Answer.ASKED)
    return {pk: tally(answer for (activity, _), answer in said.items() if activity == pk) for pk in asking}


def tally(said: Iterable[str]) -> Tally:
    told = list(said)
    return Tally(told.count(Answer.GIVEN), told.count(Answer.REFUSED), told.count(Answer.ASKED))


def guardians_of(students: Collection[int], *, on: date) -> Mapping[int, tuple[Guardian, ...]]:
    """Parents and carers linked that day, by student; one query."""
    links = GuardianLink.objects.filter(student__in=students, starts_on__lte=on).exclude(ends_on__lt=on)
    found: dict[int, tuple[Guardian, ...]] = {}
    for link in links.select_related("guardian").order_by("student", "guardian__name", "pk"):
        found[link.student_id] = (*found.get(link.student_id, ()), link.guardian)
    return found
