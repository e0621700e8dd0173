"""The write-up of a guidance meeting beside what is known of the student: eight queries, whatever the history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pathbook.framework.years import AcademicYear
from pathbook.needs.queries import needs_shown_of
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Staff, Student
from pathbook.people.visibility import Viewer, parts_of
from pathbook.records.actions.actions_of_meeting import MOST_ACTIONS
from pathbook.records.actions.drafts import Draft, Said, draft_of
from pathbook.records.actions.writing_up import adviser_writing, note_is_theirs
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Participation
from pathbook.reports.hopes import Hope, hope_of
from pathbook.reports.needs import Shown, shown
from pathbook.reports.student_top import support_of
from pathbook.reports.write_up_versions import Both, Version, both_of, rebased

NEEDS = 4
EARLIER = 3  # meetings shown with their summaries
DUE_IN = 28  # days: offered for an action, and as easily changed
USUAL_MINUTES = 45
Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class Context:
    """The student's side of the screen. Parts this viewer may not see are empty."""

    year_group: int | None
    tutor_group: str
    support: tuple[str, ...]
    earlier: tuple[GuidanceMeeting, ...]
    open_actions: tuple[Action, ...]
    hopes: tuple[Hope, ...]
    activities: tuple[Participation, ...]
    academic_year: AcademicYear


@dataclass(frozen=True, slots=True)
class WriteUp:
    """Everything the page shows. `said` fills the form; `base` and `draft` are what this window has been shown.

    `filed` is the meeting as filed (empty before); `others` what other windows typed, kept beside the draft.
    """

    meeting: GuidanceMeeting
    said: Said
    as_it_stands: Said
    filed: Version | None
    others: tuple[Version, ...]
    base: int
    draft: int
    kept_at: datetime | None
    note_is_mine: bool
    held_by: str
    takes_over: bool
    asks_adviser: bool
    contact: str
    action_rows: int
    closed: tuple[Action, ...]
    context: Context
    today: date

    @property
    def is_filed(self) -> bool:
        return self.meeting.status == Status.HELD

    @property
    def both(self) -> Both | None:
        """The draft beside what it has not seen: what was filed since, or typed in another window."""
        versions = [Version("What you kept", self.said), *self.others]
        if self.filed is not None and self.draft and self.base != self.meeting.version:
            versions.append(self.filed)
        return both_of(versions) if len(versions) > 1 else None


def write_up_of(meeting: GuidanceMeeting, viewer: Viewer, school: Institution, *, on: date) -> WriteUp:
    """`meeting` with its student, adviser and slot read along."""
    parts = parts_of(viewer, meeting.student, on)
    actions = list(Action.objects.filter(student=meeting.student_id).order_by("due_on", "pk"))
    ours = [row for row in actions if row.meeting_id == meeting.pk]
    hopes = list(Aspiration.objects.filter(student=meeting.student_id).order_by("-said_on", "-pk"))
    mine = access.PRIVATE_NOTE in parts and note_is_theirs(meeting, viewer)
    adviser, takes_over = _adviser(meeting, viewer, school)
    draft = draft_of(meeting, viewer)
    now = _said(meeting, adviser, ours, hopes, mine, on)
    return WriteUp(
        meeting=meeting,
        said=rebased(draft.said, now, draft.base != meeting.version) if draft else now,
        as_it_stands=now,
        filed=Version(f"Filed by {meeting.recorded_by}", now) if meeting.status == Status.HELD else None,
        others=_others(draft),
        base=draft.base if draft else meeting.version,
        draft=draft.version if draft else 0,
        kept_at=draft.at if draft else None,
        note_is_mine=mine,
        held_by=adviser.name if adviser else meeting.adviser_name,
        takes_over=takes_over,
        asks_adviser=adviser is None,
        contact=school.safeguarding_contact,
        action_rows=max(MOST_ACTIONS, sum(row.closed_on is None for row in ours)),
        closed=tuple(row for row in ours if row.closed_on),
        context=_context(meeting, parts, actions, hopes, on),
        today=on,
    )


def both_with(page: WriteUp, typed: Said, *, moved: bool) -> Both | None:
    """What was typed in a window that came later, beside what was kept or filed without it."""
    kept = [Version("What was kept before", page.said)] if page.draft else []
    filed = [page.filed] if moved and page.filed else []
    return both_of([Version("What you typed here", typed), *kept, *page.others, *filed])


def _adviser(meeting: GuidanceMeeting, viewer: Viewer, school: Institution) -> tuple[Staff | None, bool]:
    """Who holds or held it, and whether that is somebody else than it was booked with."""
    theirs = meeting.adviser is not None and meeting.adviser.account_id == viewer.account_id
    if meeting.status != Status.BOOKED or theirs:
        return meeting.adviser, False
    writer = adviser_writing(viewer, school)
    return (writer, meeting.adviser is not None) if writer else (meeting.adviser, False)


def _others(draft: Draft | None) -> tuple[Version, ...]:
    return tuple(Version("Typed in another window", other.said) for other in draft.others) if draft else ()


def as_filed(meeting: GuidanceMeeting, viewer: Viewer, *, on: date) -> Said:
    """A filed meeting as it would be typed, for a draft once its filing is taken back."""
    hopes = list(meeting.aspirations.order_by("-said_on", "-pk"))
    rows = list(meeting.actions.order_by("due_on", "pk"))
    said = _said(meeting, meeting.adviser, rows, hopes, note_is_theirs(meeting, viewer), on)
    return {name: "" if name.startswith("key_") else value for name, value in said.items()}


def needs_beside(student: Student, viewer: Viewer, school: Institution, *, on: date) -> tuple[Shown, ...]:
    """The most urgent of the student's needs this viewer may be shown."""
    listed = needs_shown_of(student, viewer, school, as_of=on)
    needs = listed.students[0].needs if listed.students else ()
    return tuple(shown(need, on) for need in needs[:NEEDS])


def _said(
    meeting: GuidanceMeeting, adviser: Staff | None, ours: Iterable[Action], hopes: Iterable[Aspiration], mine: bool,
    on: date,
) -> Said:  # fmt: skip
    """The form as it stands before anybody types: what is filed, or what is known of a meeting to be written up."""
    day = meeting.held_on or min(meeting.planned_on or on, on)
    level = adviser.level if adviser and meeting.adviser_level is None else meeting.adviser_level
    usual = None if meeting.status == Status.HELD else meeting.slot.minutes if meeting.slot else USUAL_MINUTES
    hope = next((row for row in hopes if row.meeting_id == meeting.pk), None) or Aspiration()
    return {
        "held_on": day.isoformat(), "minutes": str(meeting.minutes or usual or ""), "adviser_level": str(level or ""),
        "adviser_name": "" if adviser else meeting.adviser_name, "purpose": meeting.purpose, "summary": meeting.summary,
        "sharing_agreed": "on" if meeting.sharing_agreed_on else "",
        "sharing_agreed_on": (meeting.sharing_agreed_on or day).isoformat(),
        "shared_with_parent": "on" if meeting.shared_with_parent else "",
        "private_note": meeting.private_note if mine else "", "words": hope.words, "soc2020": hope.soc2020,
        "sector": hope.sector, "pathway": hope.pathway, "certainty": str(hope.certainty or ""),
        "nothing_agreed": "on" if meeting.nothing_agreed else "",
    } | _rows(ours, on)  # fmt: skip


def _rows(ours: Iterable[Action], on: date) -> dict[str, str]:
    still = [row for row in ours if row.closed_on is None]
    found: dict[str, str] = {}
    for n in range(1, max(MOST_ACTIONS, len(still)) + 1):
        row = still[n - 1] if n <= len(still) else None
        found |= {
            f"what_{n}": row.what if row else "",
            f"owner_{n}": row.owner if row else Action.Owner.STUDENT.value,
            f"owner_name_{n}": row.owner_name if row else "",
            f"due_{n}": (row.due_on if row else on + timedelta(days=DUE_IN)).isoformat(),
            f"key_{n}": row.key if row else "",
        }
    return found


def _context(
    meeting: GuidanceMeeting, parts: frozenset[str], actions: Sequence[Action], hopes: Sequence[Aspiration], on: date
) -> Context:
    enrolled = Enrolment.objects.filter(student=meeting.student_id).select_related("tutor_group")
    enrolment = enrolled.order_by("-academic_year", "registration", "-start_date").first()
    form = enrolment.tutor_group if enrolment else None
    still = [row for row in actions if row.closed_on is None and row.meeting_id != meeting.pk]
    return Context(
        enrolment.year_group if enrolment else None, form.name if form else "",
        support_of(enrolment) if enrolment and access.SUPPORT in parts else (), _earlier(meeting), tuple(still),
        tuple(hope_of(row) for row in hopes if row.meeting_id != meeting.pk) if access.ASPIRATIONS in parts else (),
        _activities(meeting, on) if access.ACTIVITIES in parts else (), AcademicYear.of(on),
    )  # fmt: skip


def _earlier(meeting: GuidanceMeeting) -> tuple[GuidanceMeeting, ...]:
    rows = GuidanceMeeting.objects.held().filter(student=meeting.student_id).exclude(pk=meeting.pk)
    return tuple(rows.defer("private_note").order_by("-held_on", "-pk")[:EARLIER])


def _activities(meeting: GuidanceMeeting, on: date) -> tuple[Participation, ...]:
    rows = Participation.objects.filter(
        student=meeting.student_id, activity__withdrawn_at__isnull=True, on__gte=AcademicYear.of(on).first_day
    )
    return tuple(rows.select_related("activity").order_by("-on", "-pk"))
