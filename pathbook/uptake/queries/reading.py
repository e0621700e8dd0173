"""Who reads: whose records each member of staff opened this year, and how soon after a new note. Days and people only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models.functions import TruncDate
from django.utils import timezone

from pathbook.audit.readings import readings
from pathbook.framework.loop import MeetingFacts, loop_of
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Account, Enrolment, Institution, Membership, Place, Role, RoleHeld
from pathbook.records.models import GuidanceMeeting
from pathbook.uptake.models import Acknowledgement

READERS = (Role.FORM_TUTOR, Role.HEAD_OF_YEAR, Role.ADVISER, Role.SUBJECT_TEACHER)
LATELY = timedelta(days=42)  # about half a term, as "signed in lately" counts it


@dataclass(frozen=True, slots=True)
class Reader:
    """One person in one role. `read14` as measures.md counts it, of this reader alone; None where they write the notes
    or may not read them. `unread`: notes of this year neither opened since nor said "read and understood" of."""

    account: Account
    role: str
    over: tuple[str, ...]
    students: int
    opened: int
    last: date | None
    read14: Share | None
    days: float | None
    unread: int
    understood: int

    @property
    def never(self) -> int:
        return self.students - self.opened

    def reads(self, on: date) -> bool:
        """Has opened a record of theirs in about the last half term."""
        return self.last is not None and self.last >= on - LATELY


@dataclass(frozen=True, slots=True)
class _School:
    """Everybody and everything of this year, by the student's number."""

    forms: Mapping[int, set[int]]
    years: Mapping[int, set[int]]
    groups: Mapping[int, set[int]]
    everyone: set[int]
    notes: Mapping[int, list[MeetingFacts]]
    opened: Mapping[tuple[int, str], Mapping[int, list[date]]]
    understood: Mapping[int, set[str]]

    def reached(self, held: RoleHeld) -> set[int]:
        if held.place == Place.TUTOR_GROUP:
            return self.forms.get(held.tutor_group_id or 0, set())
        if held.place == Place.YEAR_GROUP:
            return self.years.get(held.year_group or 0, set())
        if held.place == Place.GROUP:
            return self.groups.get(held.group_id or 0, set())
        return {held.student_id} & self.everyone if held.student_id else self.everyone


def readers_of(school: Institution, *, on: date) -> tuple[Reader, ...]:
    """Everyone who holds one of READERS that day. Six queries, whatever the number of staff and students."""
    rows = RoleHeld.objects.held_on(on).filter(institution=school, role__in=READERS, account__is_active=True)
    held: dict[tuple[int, str], list[RoleHeld]] = defaultdict(list)
    for row in rows.select_related("account", "tutor_group", "group").order_by("account__name", "pk"):
        held[row.account_id, row.role].append(row)
    known = _school(school, on)
    return tuple(_reader(role, places, known, on) for (_, role), places in held.items())


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A student one reader reaches: the last day they opened the record; of the latest note the day it was held, and
    how many days later the record was opened (None: not since). No note is told of to whoever is not to read them."""

    student: int
    last: date | None
    note: date | None = None
    days: int | None = None


def records_of(account: int, role: str, school: Institution, *, on: date) -> tuple[OpenedRecord, ...]:
    """Everyone they reach in that role; none where they do not hold it that day. Six queries."""
    rows = RoleHeld.objects.held_on(on).filter(institution=school, account=account, role=role)
    places = list(rows.select_related("tutor_group", "group")) if role in READERS else []
    if not places:
        return ()
    known = _school(school, on)
    opened = known.opened.get((account, role), {})
    notes = known.notes if _reads_notes(role) else {}
    reached = sorted(set().union(*(known.reached(one) for one in places)))
    return tuple(_opened_record(one, sorted(opened.get(one, ())), notes.get(one, [])) for one in reached)


def _opened_record(student: int, days: list[date], notes: list[MeetingFacts]) -> OpenedRecord:
    last, note = (days[-1] if days else None), (notes[-1].held_on if notes else None)
    since = next(((day - note).days for day in days if note and day >= note), None)
    return OpenedRecord(student, last, note, since)


def _reads_notes(role: str) -> bool:
    """May they read notes, and do not write them?"""
    return access.allows(role, access.GUIDANCE) and not access.allows(role, access.GUIDANCE, access.WRITE)


def _reader(role: str, places: list[RoleHeld], known: _School, on: date) -> Reader:
    students = set().union(*(known.reached(one) for one in places))
    account = places[0].account
    opened = {one: days for one, days in known.opened.get((account.pk, role), {}).items() if one in students}
    said = known.understood.get(account.pk, set())
    notes = [replace(n, tutor_reads=tuple(opened.get(one, ()))) for one in students for n in known.notes.get(one, ())]
    loop = loop_of(notes, on)
    for_them = _reads_notes(role)
    return Reader(
        account, role, tuple(_over(one) for one in places), len(students), len(opened),
        max((day for days in opened.values() for day in days), default=None),
        loop.share("use.read14") if for_them else None, loop.days_to_read if for_them else None,
        sum(_is_unread(note, said) for note in notes) if for_them else 0, sum(n.meeting_id in said for n in notes),
    )  # fmt: skip


def _is_unread(note: MeetingFacts, said: set[str]) -> bool:
    return note.meeting_id not in said and not any(day >= note.held_on for day in note.tutor_reads)


def _over(held: RoleHeld) -> str:
    if held.tutor_group:
        return held.tutor_group.name
    if held.group:
        return held.group.name
    return f"Year {held.year_group}" if held.year_group else "one student" if held.student_id else "the school"


def _school(school: Institution, on: date) -> _School:
    forms, years, everyone = defaultdict(set), defaultdict(set), set()
    here = Enrolment.objects.main().current(on).filter(institution=school)
    for student, form, year in here.values_list("student_id", "tutor_group_id", "year_group"):
        forms[form or 0].add(student)
        years[year].add(student)
        everyone.add(student)
    return _School(
        forms, years, _groups(school, on), everyone, _notes(school, on), _opened(on), _understood(school, on)
    )


def _groups(school: Institution, on: date) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.running(on).filter(group__institution=school)
    for group, student in rows.values_list("group_id", "student_id"):
        found[group].add(student)
    return found


def _notes(school: Institution, on: date) -> Mapping[int, list[MeetingFacts]]:
    """Meetings held here this year that are written up."""
    found: dict[int, list[MeetingFacts]] = defaultdict(list)
    this_year = (AcademicYear.of(on).first_day, on)
    rows = GuidanceMeeting.objects.held_here().filter(institution=school, held_on__range=this_year)
    told = rows.exclude(summary="").order_by("held_on", "pk")
    for key, student, student_key, day in told.values_list("key", "student_id", "student__key", "held_on"):
        if day is not None:
            found[student].append(MeetingFacts(key, student_key, day, "", 0, "", has_summary=True))
    return found


def _opened(on: date) -> Mapping[tuple[int, str], Mapping[int, list[date]]]:
    """(account, role) -> student -> the days of this year on which they opened the record."""
    first = timezone.make_aware(datetime.combine(AcademicYear.of(on).first_day, time()))
    rows = readings().filter(actor_role__in=READERS, at__gte=first)
    days = rows.annotate(day=TruncDate("at")).order_by()
    found: dict[tuple[int, str], dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for account, role, student, day in _distinct(days.values_list("actor_id", "actor_role", "student_id", "day")):
        if day <= on:
            found[account, role][student].append(day)
    return found


def _distinct(rows: Iterable[tuple[int | None, str, int | None, date]]) -> Iterable[tuple[int, str, int, date]]:
    for account, role, student, day in set(rows):
        if account is not None and student is not None:
            yield account, role, student, day


def _understood(school: Institution, on: date) -> Mapping[int, set[str]]:
    """Account -> keys of the meetings of this year they said so of."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Acknowledgement.objects.filter(
        meeting__institution=school, meeting__held_on__range=(AcademicYear.of(on).first_day, on)
    )
    for account, meeting in rows.values_list("account_id", "meeting__key"):
        found[account].add(meeting)
    return found
