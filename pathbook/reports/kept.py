"""What is kept about a member of staff: the days, whose records, and the words "read and understood". They alone see it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.uptake.models import Acknowledgement, AskedToRead, TutorCheck

MOST = 100
READINGS = (Verb.READ, Verb.PRINTED, Verb.EXPORTED)
NO_LONGER = "a student you do not see now"
WORDS = {
    Verb.SIGNED_IN: "Signed in", Verb.READ: "Opened", Verb.PRINTED: "Printed", Verb.EXPORTED: "Took a copy",
    Verb.CREATED: "Recorded", Verb.CHANGED: "Changed", Verb.REMOVED: "Removed", Verb.IMPORTED: "Brought in",
    Verb.UNDONE: "Undid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: the day, what was done, and the student's name while this person still sees them."""

    on: date
    act: str
    whom: str


@dataclass(frozen=True, slots=True)
class Kept:
    """`counts` of this academic year, by what was done; `readings` the latest hundred."""

    year: str
    counts: tuple[tuple[str, int], ...]
    readings: tuple[Reading, ...]
    understood: int
    asked: tuple[date, ...]
    checks: int


def kept_about(viewer: Viewer, school: Institution, *, on: date) -> Kept:
    """Six queries."""
    year = AcademicYear.of(on)
    first = timezone.make_aware(datetime.combine(year.first_day, time()))
    mine = Event.objects.filter(actor_id=viewer.account_id)
    counted = dict(mine.filter(at__gte=first).values_list("verb").annotate(Count("pk")))
    asked = AskedToRead.objects.filter(account=viewer.account_id).order_by("-asked_on")[:10]
    return Kept(
        year.label, tuple((words, counted[verb]) for verb, words in WORDS.items() if verb in counted),
        _readings(viewer, on), Acknowledgement.objects.filter(account=viewer.account_id).count(),
        tuple(asked.values_list("asked_on", flat=True)), TutorCheck.objects.filter(account=viewer.account_id).count(),
    )  # fmt: skip


def _readings(viewer: Viewer, on: date) -> tuple[Reading, ...]:
    rows = Event.objects.filter(actor_id=viewer.account_id, verb__in=READINGS, noun="student").order_by("-at", "-pk")
    told = list(rows.values_list("at", "verb", "student_id")[:MOST])
    seen = students_visible_to(viewer, on).filter(pk__in={student for *_, student in told})
    names = {one.pk: one.name for one in seen}
    return tuple(
        Reading(timezone.localtime(at).date(), WORDS[Verb(verb)], names.get(student or 0, NO_LONGER))
        for at, verb, student in told
    )
