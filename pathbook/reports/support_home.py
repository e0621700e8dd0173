"""The SENDCo's home: is guidance held before each annual review, and what students with a plan or support had beside the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Sen
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import AnnualReview, GuidanceMeeting
from pathbook.reports.evaluation import evaluation_of

WITHIN = timedelta(days=365)  # a meeting in the year before a review is one it can rest on
MEASURES = (
    ("GB5.1", "Met an employer this year"),
    ("GB6.1", "Two workplaces by 16, so far"),
    ("GB7.1", "All four kinds of provider by 16, so far"),
    ("GB8.1a", "Guidance by 16, so far"),
    ("GB3.5.aspiration", "Said what they hope for this year"),
)
GROUPS = ("EHC plan", "SEN support", "Everyone else")


@dataclass(frozen=True, slots=True)
class Review:
    """One student with a plan. `due` None: no day is recorded. `state`: held, booked, missing or unknown."""

    key: str
    name: str
    form: str
    due: date | None
    met: date | None
    booked: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One measure: its share among those with a plan, with support, and everyone else."""

    label: str
    row: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class SupportHome:
    """Everything the page shows; reviews by their day, those without a day last."""

    reviews: tuple[Review, ...]
    beside: tuple[Beside, ...]
    sizes: tuple[tuple[str, int], ...]

    @property
    def flagged(self) -> tuple[Review, ...]:
        return tuple(one for one in self.reviews if one.state == "missing")

    @property
    def dated(self) -> int:
        return len(self.reviews) - self.no_day

    @property
    def no_day(self) -> int:
        return sum(one.due is None for one in self.reviews)


def support_home(viewer: Viewer, school: Institution, *, on: date) -> SupportHome:
    """Five queries and the evaluation that everybody's pages share."""
    visible = students_visible_to(viewer, on, access.SUPPORT)
    rows = Enrolment.objects.main().current(on).filter(institution=school, student__in=visible)
    enrolled = list(rows.select_related("student", "tutor_group").order_by("student__legal_surname", "student_id"))
    sen = {row.student.key: row.sen for row in enrolled}
    judged = evaluation_of(school, set_id=set_in_force(on), as_of=on).judged
    with_plan = [row for row in enrolled if row.sen == Sen.EHCP]
    return SupportHome(_reviews(with_plan, on), _beside(judged, sen), _sizes(sen.values()))


def _reviews(rows: Sequence[Enrolment], on: date) -> tuple[Review, ...]:
    students = [row.student_id for row in rows]
    due = dict(AnnualReview.objects.to_come().filter(student__in=students).values_list("student_id", "due_on"))
    meetings = GuidanceMeeting.objects.filter(student__in=students)
    held = meetings.held().filter(held_on__lte=on).order_by("held_on").values_list("student_id", "held_on")
    booked = meetings.filter(status="booked", planned_on__gte=on).order_by("-planned_on")
    met, coming = dict(held), dict(booked.values_list("student_id", "planned_on"))
    found = (_review(row, due.get(row.student_id), met.get(row.student_id), coming.get(row.student_id)) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.name)))


def _review(row: Enrolment, due: date | None, met: date | None, booked: date | None) -> Review:
    form = row.tutor_group.name if row.tutor_group else f"Year {row.year_group}"
    return Review(row.student.key, row.student.name, form, due, met, booked, _state(due, met, booked))


def _state(due: date | None, met: date | None, booked: date | None) -> str:
    """Held in the year before the review, or booked before it; else it is flagged."""
    if due is None:
        return "unknown"
    if met is not None and met >= due - WITHIN:
        return "held"
    return "booked" if booked is not None and booked <= due else "missing"


def _beside(judged: Sequence[Judged], sen: Mapping[str, str]) -> tuple[Beside, ...]:
    return tuple(
        Beside(label, row, tuple(_share(judged, row, sen, group) for group in (Sen.EHCP, Sen.SUPPORT, Sen.NONE)))
        for row, label in MEASURES
    )


def _share(judged: Iterable[Judged], row: str, sen: Mapping[str, str], group: str) -> Share:
    of_group = [one for one in judged if sen.get(one.student_id) == group and one.applies(row)]
    return Share(sum(one.verdicts[row].met for one in of_group), len(of_group))


def _sizes(sen: Iterable[str]) -> tuple[tuple[str, int], ...]:
    every = list(sen)
    return tuple(
        (label, every.count(code)) for label, code in zip(GROUPS, (Sen.EHCP, Sen.SUPPORT, Sen.NONE), strict=True)
    )
