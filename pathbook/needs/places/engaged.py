"""Where students are already: meetings booked at a time, activities on their days, and what each was asked to before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from pathbook.allocation.problem import Offer
from pathbook.framework.needs.programme import said
from pathbook.needs.places.offers import days_of
from pathbook.people.models import Institution
from pathbook.records.models import GuidanceMeeting, Participation

ASKED = {
    "planned": "has a place in it already", "attended": "has been to it", "absent": "was absent from it",
    "excused": "was excused from it", "withdrawn": "was withdrawn from it",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Busy:
    """A time a student cannot be anywhere else, and why."""

    start: datetime
    end: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Engaged:
    """By student pk: times taken, and the activities already asked to with what came of it."""

    busy: Mapping[int, Collection[Busy]]
    asked: Mapping[int, Mapping[str, str]]

    def cannot(self, student: int, offers: Sequence[Offer]) -> dict[str, str]:
        """Offer id to why not."""
        asked, busy = self.asked.get(student, {}), self.busy.get(student, ())
        found = {one.id: ASKED[asked[one.id]] for one in offers if one.id in asked} if asked else {}
        for one in offers if busy else ():
            clash = next((other for other in busy if one.start < other.end and other.start < one.end), None)
            if clash and one.id not in found:
                found[one.id] = clash.why
        return found


def engaged(school: Institution, *, on: date) -> Engaged:
    """From this day on; two queries."""
    busy: dict[int, list[Busy]] = defaultdict(list)
    asked: dict[int, dict[str, str]] = defaultdict(dict)
    for student, start, minutes in _meetings(school, on):
        begins = timezone.localtime(start)
        ends = begins + timedelta(minutes=minutes)
        busy[student].append(Busy(begins, ends, f"has a guidance meeting on {said(begins.date())} at {begins:%H:%M}"))
    rows = Participation.objects.filter(activity__institution=school, activity__ends_on__gte=on)
    for student, key, title, status, first, last in rows.filter(activity__withdrawn_at__isnull=True).values_list(
        "student_id", "activity__key", "activity__title", "status", "activity__starts_on", "activity__ends_on"
    ):
        asked[student][key] = status
        if status == Participation.Status.PLANNED:
            busy[student].append(Busy(*days_of(first, last), f"is at {title} on {said(first)}"))
    return Engaged(busy, asked)


def _meetings(school: Institution, on: date) -> Iterable[tuple[int, datetime, int]]:
    rows = GuidanceMeeting.objects.filter(institution=school, status="booked", planned_on__gte=on, slot__isnull=False)
    return rows.values_list("student_id", "slot__starts_at", "slot__minutes")
