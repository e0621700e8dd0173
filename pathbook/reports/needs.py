"""The needs of a group on one page, most urgent first; and one student's needs with what they rest on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from pathbook.framework.in_words import day_in_words
from pathbook.framework.needs.need import Evidence, Need, StudentNeeds, last_day_of_needs
from pathbook.framework.needs.rules import rules
from pathbook.framework.years import AcademicYear
from pathbook.needs.models import Dismissal
from pathbook.needs.queries import Aside, needs_of_roll, needs_shown_of, shown_to
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.facts import OnRoll
from pathbook.records.models import AnnualReview, Barrier, Offer
from pathbook.reports.coverage import Recorded, recorded_of
from pathbook.reports.student_top import Top, top_of
from pathbook.reports.students import Asked, Found, find

SOON = 28  # days: "now" is overdue, or due within four weeks


@dataclass(frozen=True, slots=True)
class Shown:
    """A need as a page shows it: `tint` and `word` say how near its day is, `step_url` opens the activity suggested."""

    need: Need
    tint: str
    word: str
    step_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One student of the list: the need shown, and how many others are due this school year."""

    found: Found
    first: Shown
    others: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many of those shown have such a need due this school year."""

    code: str
    label: str
    students: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """`urgent`: students with something overdue or due within four weeks, of `total` asked about."""

    rows: Sequence[Row]
    page: "Page[StudentNeeds]"
    asked: Asked
    rule: str
    groups: tuple[str, ...]
    counts: tuple[RuleCount, ...]
    total: int
    needing: int
    urgent: int
    year: AcademicYear
    shows_support: bool


@dataclass(frozen=True, slots=True)
class Rests:
    """One record a need rests on, in words."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Full:
    """A need with all that is behind it."""

    shown: Shown
    rests_on: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class NeedsTab:
    """`now`: due this school year; `later`: after it. `barriers`, `review` and `offers` are what may be written here."""

    top: Top
    now: tuple[Full, ...]
    later: tuple[Full, ...]
    aside: tuple[Aside, ...]
    year: AcademicYear
    barriers: Sequence[tuple[str, Barrier]]
    review: AnnualReview | None
    offers: Sequence[Offer]
    may_write: bool
    has_plan: bool


def needs_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked, rule: str = "") -> NeedsPage:
    """A fixed number of queries; the work follows the students asked for."""
    found, groups = find(viewer, school, on=on, asked=asked, main_only=True)
    roll = [OnRoll(one.pk, one.key, one.year_group, one.tutor_group) for one in found]
    listed = shown_to(viewer, needs_of_roll(roll, school, as_of=on), on=on)
    year = AcademicYear.of(on)
    this_year = [one.due_by(last_day_of_needs(year)) for one in listed.students]
    wanted = [one for one in (_of_rule(one, rule) for one in this_year) if one.needs]
    page = Paginator(sorted(wanted, key=lambda one: one.order), asked.per).get_page(asked.page)
    by_key = {one.key: one for one in found}
    others = {one.student_id: len(one.needs) - 1 for one in this_year}
    rows = [Row(by_key[one.student_id], shown(one.needs[0], on), others[one.student_id]) for one in page.object_list]
    return NeedsPage(
        rows, page, asked, rule, groups, _counts(this_year, rule), len(listed.students), len(wanted),
        sum(one.needs[0].due <= on + timedelta(days=SOON) or _urgent(one, on) for one in wanted), year,
        viewer.may(access.SUPPORT),
    )  # fmt: skip


def _of_rule(one: StudentNeeds, rule: str) -> StudentNeeds:
    if not rule:
        return one
    kept = tuple(need for need in one.needs if need.code == rule)
    return StudentNeeds(one.student_id, one.year_group, one.tutor_group, kept)


def _urgent(one: StudentNeeds, on: date) -> bool:
    return any(need.due <= on + timedelta(days=SOON) for need in one.needs)


def _counts(students: Iterable[StudentNeeds], chosen: str) -> tuple[RuleCount, ...]:
    counted = Counter(code for one in students for code in {need.code for need in one.needs})
    return tuple(
        RuleCount(code, rule.label, counted[code], code == chosen) for code, rule in rules().items() if counted[code]
    )


def shown(need: Need, on: date) -> Shown:
    """Overdue, due soon, or due later; or that something is booked."""
    days = (need.due - on).days
    tint, word = ("late", "Overdue") if days < 0 else ("soon", "Due soon") if days <= SOON else ("", "To do")
    if need.booked:
        tint, word = "new", "Booked"
    url = f"/activities/{need.suggested.activity}/" if need.suggested.activity else ""
    return Shown(need, tint, word, url)


def needs_of_student(student: Student, viewer: Viewer, school: Institution, *, on: date) -> NeedsTab:
    """What this viewer may be shown of this student's needs."""
    top = top_of(student, viewer, on=on)
    listed = needs_shown_of(student, viewer, school, as_of=on, parts=top.parts)
    needs = listed.students[0].needs if listed.students else ()
    year = AcademicYear.of(on)
    recorded = recorded_of(student) if needs else Recorded((), ())
    words = _words(recorded)
    full = [Full(shown(need, on), tuple(_rests(one, words) for one in need.evidence)) for need in needs]
    ends = last_day_of_needs(year)
    support, hopes = access.SUPPORT in top.parts, access.ASPIRATIONS in top.parts
    return NeedsTab(
        top, tuple(one for one in full if one.shown.need.due <= ends),
        tuple(one for one in full if one.shown.need.due > ends), listed.aside.get(student.key, ()), year,
        _barriers(student) if support else (),
        AnnualReview.objects.to_come().filter(student=student).first() if support else None,
        list(Offer.objects.filter(student=student).order_by("-on", "-pk")) if hopes else (),
        access.NEEDS in top.writable,
        support and bool(top.enrolment and top.enrolment.sen == "E"),
    )  # fmt: skip


def _barriers(student: Student) -> tuple[tuple[str, Barrier], ...]:
    kinds = rules()["barrier"].items
    rows = Barrier.objects.open().filter(student=student).order_by("said_on", "pk")
    return tuple((kinds[row.kind].label if row.kind in kinds else row.kind, row) for row in rows)


def standing(student: Student, viewer: Viewer, school: Institution, *, on: date, fingerprint: str) -> Need | None:
    """The need of that fingerprint, if it stands today and this viewer may be shown it."""
    listed = needs_shown_of(student, viewer, school, as_of=on)
    needs = listed.students[0].needs if listed.students else ()
    return next((need for need in needs if need.fingerprint == fingerprint), None)


def dismissal_shown(pk: int, student: Student, viewer: Viewer, school: Institution, *, on: date) -> Dismissal | None:
    """A dismissal in force of this student, if its need is one this viewer may be shown."""
    listed = needs_shown_of(student, viewer, school, as_of=on)
    return next((a.dismissal for a in listed.aside.get(student.key, ()) if a.dismissal.pk == pk), None)


def _words(recorded: Recorded) -> Mapping[tuple[str, str], Rests]:
    found: dict[tuple[str, str], Rests] = {}
    for part in recorded.participations:
        said = f"{part.activity.title}, {_day(part.on)}, {part.get_status_display().lower()}"
        found["activity", part.activity.key] = Rests(said, f"/activities/{part.activity.key}/")
    for meeting in recorded.meetings:
        day = meeting.held_on or meeting.planned_on or meeting.booked_on
        said = f"Guidance meeting{f', {_day(day)}' if day else ''}, {meeting.get_status_display().lower()}"
        found["guidance_meeting", meeting.key] = Rests(said)
    return found


def _rests(one: Evidence, words: Mapping[tuple[str, str], Rests]) -> Rests:
    known = words.get((one.kind, one.id))
    if known:
        return known
    if one.kind == "factor":
        return Rests(rules()["neet_risk"].items[one.id].label)
    if one.kind == "subject":
        return Rests(f"No link yet in {one.id}")
    return Rests(PLAIN.get(one.kind, one.kind), f"/activities/{one.id}/" if one.kind == "activity" else "")


PLAIN = {
    "action": "The action as agreed", "aspiration": "What was said", "review": "The annual review planned",
    "barrier": "What was written down", "offer": "An offer that no longer stands",
    "survey response": "An answer to a survey, under their name",
    "activity": "An activity most of the tutor group attended",
}  # fmt: skip


def _day(on: date) -> str:
    return day_in_words(on)
