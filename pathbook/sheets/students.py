"""A page for each student: parents' evening, the record to take away, the careers section of an annual review."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pathbook.framework.in_words import day_in_words
from pathbook.needs.queries import Listed, needs_of_school, shown_to
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import AnnualReview
from pathbook.reports.shared import Shared, shared_records
from pathbook.reports.student_top import support_of
from pathbook.sheets.printing import Sheets
from pathbook.sheets.square import square
from pathbook.sheets.typeset import pdf, spoken

NEEDS = 6  # the most urgent of a student's, on a review


def parents_evening(
    students: QuerySet[Student], viewer: Viewer, school: Institution, *, on: date,
    codes: Mapping[str, str] | None = None, join_at: str = "",
) -> Sheets:  # fmt: skip
    """Only what is shared with parents. `codes`: a joining code by the student's key, for `join_at`."""
    shared = shared_records(_seen(students, viewer, on), school, on=on, with_parents=True)
    said = [_one(one) | ({"code": codes[one.key]} if codes and one.key in codes else {}) for one in shared]
    look = {
        "hope_title": "What they would like to do", "history": False, "meetings_shown": 1, "done_shown": 10,
        "nothing_agreed": "No actions are shared with you yet.", "tear_off": True, "join_at": join_at,
        "square": square(join_at) if join_at else "",
    }  # fmt: skip
    return _sheets("Parents' evening", said, look, shared, viewer, school, on)


def those_on(students: QuerySet[Student], viewer: Viewer, school: Institution, *, on: date) -> list[Student]:
    """Whom the sheets would be of: on the roll today, and seen by whoever asks."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=school)
    return list(_seen(students, viewer, on).filter(pk__in=enrolled.values("student")).order_by("pk"))


def student_records(
    students: QuerySet[Student], viewer: Viewer, school: Institution, *, on: date, fingerprint: str = ""
) -> Sheets:
    """What the student, their tutor and the careers leader share, with its history. `fingerprint`: of the school's key."""
    shared = shared_records(_seen(students, viewer, on), school, on=on, with_parents=False)
    return _sheets(
        "Careers record",
        [_one(one) for one in shared],
        _RECORD | {"fingerprint": fingerprint},
        shared,
        viewer,
        school,
        on,
    )


def send_reviews(students: QuerySet[Student], viewer: Viewer, school: Institution, *, on: date) -> Sheets:
    """The careers section of an annual review: support, when the review is, what was said, what comes next."""
    reached = _seen(students, viewer, on).filter(pk__in=students_visible_to(viewer, on, access.SUPPORT))
    with_plan = Enrolment.objects.main().current(on).filter(institution=school, sen="E", student__in=reached)
    plans = {row.student_id: row for row in with_plan.select_related("student")}
    asked = Student.objects.filter(pk__in=list(plans))
    shared = shared_records(asked, school, on=on, with_parents=False)
    listed = shown_to(viewer, needs_of_school(school, as_of=on, among=asked), on=on)
    support = {row.student.key: support_of(row) for row in plans.values()}
    reviews = dict(AnnualReview.objects.to_come().filter(student__in=asked).values_list("student__key", "due_on"))
    said = [_one(one) | _review(one, support, reviews, listed) for one in shared]
    return _sheets("Annual review: careers section", said, _RECORD, shared, viewer, school, on)


_RECORD = {
    "hope_title": "What they want", "history": True, "meetings_shown": 4, "done_shown": 24,
    "nothing_agreed": "Nothing has been agreed yet.", "tear_off": False,
}  # fmt: skip


def _seen(students: QuerySet[Student], viewer: Viewer, on: date) -> QuerySet[Student]:
    return students.filter(pk__in=students_visible_to(viewer, on, access.GUIDANCE))


def _one(shared: Shared) -> dict[str, Any]:
    said: dict[str, Any] = spoken(shared)
    return said


def _review(
    one: Shared, support: Mapping[str, tuple[str, ...]], reviews: Mapping[str, date], listed: Listed
) -> dict[str, Any]:
    needs = next((found.needs for found in listed.students if found.student_id == one.key), ())
    due = reviews.get(one.key)
    met = one.meetings[0].on if one.meetings else None
    last = (
        f"Last guidance meeting {day_in_words(met)}." if met else "No guidance meeting has been held: hold one before."
    )
    return {
        "support": support[one.key],
        "review": f"{f'due {day_in_words(due)}.' if due else 'no date has been set.'} {last}",
        "needs": [{"reason": need.reason, "due": day_in_words(need.due)} for need in needs[:NEEDS]],
    }


def _sheets(
    title: str, students: list[dict[str, Any]], look: Mapping[str, Any], shared: tuple[Shared, ...], viewer: Viewer,
    school: Institution, on: date,
) -> Sheets:  # fmt: skip
    said = {"title": title, "school": school.name, "by": viewer.name, "students": students, **look}
    return Sheets(pdf("student", said, on=on), tuple(one.key for one in shared))
