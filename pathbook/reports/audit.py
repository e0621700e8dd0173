"""The audit as the data protection officer reads it: numbers, staff, days and acts; and every working note opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.people import access
from pathbook.people.models import Institution, Role, RoleHeld, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import NoteOpening

PER_PAGE = 50
ROLES = dict(Role.choices)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to. `student`: our number, a UPN or an own number; `person`: part of a name."""

    student: str = ""
    person: str = ""
    day: date | None = None
    verb: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.student or self.person or self.day or self.verb)


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words. `student` is a number: an event never names one."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    noun: str
    student: int | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    page: Page[Event]
    lines: tuple[Line, ...]
    asked: Asked
    total: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One working note that was opened: whose, by whom, why, and who has seen that."""

    key: str
    by: str
    at: datetime
    until: datetime
    adviser: str
    student: int
    reason: str
    author_saw_at: datetime | None
    officer_saw_at: datetime | None
    officer_saw_by: str
    has_author: bool
    meeting: str  # its key, and whether it is the asker's own
    is_mine: bool


def audit_page(school: Institution, asked: Asked) -> AuditPage:
    """The newest first, a page at a time."""
    found = _narrowed(events_of(school), school, asked).order_by("-pk")
    paginator = Paginator(found, PER_PAGE)
    page = paginator.get_page(asked.page)
    return AuditPage(page, tuple(_line(event) for event in page), asked, paginator.count)


def notes_opened(school: Institution) -> tuple[Opened, ...]:
    """Every one there has been, the newest first."""
    return tuple(_opened(row) for row in _openings().filter(meeting__institution=school))


def notes_to_tell(viewer: Viewer, school: Institution) -> tuple[Opened, ...]:
    """Those this person is to be told of and has not said they saw: of their own notes, or as the protection officer."""
    mine = Q(author=viewer.account_id, author_saw_at__isnull=True)
    if viewer.may(access.AUDIT):
        mine |= Q(officer_saw_at__isnull=True)
    return tuple(_opened(row, viewer) for row in _openings().filter(mine, meeting__institution=school))


def events_of(school: Institution) -> QuerySet[Event]:
    """Events know no school: those of another's students and staff are left out, those of an erased student are not."""
    students = Student.objects.exclude(institution=school).values("pk")
    staff = RoleHeld.objects.exclude(institution=school).values("account")
    return Event.objects.exclude(student_id__in=students).exclude(actor_id__in=staff)


def _narrowed(found: QuerySet[Event], school: Institution, asked: Asked) -> QuerySet[Event]:
    if asked.student:
        found = found.filter(student_id__in=_numbers(school, asked.student))
    if asked.person:
        found = found.filter(actor_name__icontains=asked.person)
    if asked.verb:
        found = found.filter(verb=asked.verb)
    if asked.day:
        start = timezone.make_aware(datetime.combine(asked.day, time.min))
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found


def _numbers(school: Institution, said: str) -> Sequence[int]:
    """The students meant: an erased one still by our number."""
    known = Student.objects.filter(institution=school).filter(Q(upn__iexact=said) | Q(mis_id__iexact=said))
    ours = [int(said)] if said.isascii() and said.isdigit() and len(said) < 19 else []
    return [*known.values_list("pk", flat=True), *ours]


def _line(event: Event) -> Line:
    act = Verb(event.verb).label
    return Line(
        event.pk, event.at, event.actor_name, ROLES.get(event.actor_role, ""), act, event.noun, event.student_id
    )


def _openings() -> QuerySet[NoteOpening]:
    rows = NoteOpening.objects.select_related("meeting").defer("meeting__summary", "meeting__private_note")
    return rows.order_by("-recorded_at", "-pk")


def _opened(row: NoteOpening, viewer: Viewer | None = None) -> Opened:
    return Opened(
        row.key, row.recorded_by, row.recorded_at, row.ends_at, row.meeting.adviser_name, row.meeting.student_id,
        row.reason, row.author_saw_at, row.officer_saw_at, row.officer_saw_by, row.author_id is not None,
        row.meeting.key, viewer is not None and row.author_id == viewer.account_id,
    )  # fmt: skip
