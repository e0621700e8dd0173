"""The Reading page: who reads what was said in guidance, the weakest first, and how the term's check went for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from pathbook.framework.shares import Share
from pathbook.people.models import Institution, Role
from pathbook.uptake.models import AskedToRead
from pathbook.uptake.queries.checks import CheckTotals, term_of, totals_of
from pathbook.uptake.queries.reading import Reader, readers_of

TITLES = {
    Role.FORM_TUTOR: "Form tutors", Role.HEAD_OF_YEAR: "Heads of year", Role.ADVISER: "Careers advisers",
    Role.SUBJECT_TEACHER: "Subject teachers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One reader as a row; `asked` the last time they were asked to read."""

    reader: Reader
    asked: date | None

    @property
    def over(self) -> str:
        return ", ".join(self.reader.over)


@dataclass(frozen=True, slots=True)
class Table:
    """Everybody of one role. `notes`: are they to read notes at all?"""

    title: str
    notes: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """`reading` of the form tutors: who opened a record of theirs in about the last half term."""

    reading: Share
    read14: Share
    waiting: tuple[Reader, ...]  # tutors with something unread
    unread: int
    tables: tuple[Table, ...]
    check: CheckTotals


def reading_page(school: Institution, *, on: date) -> ReadingPage:
    """Eight queries, whatever the number of staff and students."""
    readers = readers_of(school, on=on)
    tutors = [one for one in readers if one.role == Role.FORM_TUTOR]
    waiting = tuple(one for one in tutors if one.unread)
    return ReadingPage(
        Share(sum(one.reads(on) for one in tutors), len(tutors)), _together(tutors), waiting,
        sum(one.unread for one in waiting), _tables(readers, _asked(school)), totals_of(school, term_of(on)),
    )  # fmt: skip


def _together(readers: Sequence[Reader]) -> Share:
    shares = [one.read14 for one in readers if one.read14]
    return Share(sum(share.of for share in shares), sum(share.out_of for share in shares))


def _asked(school: Institution) -> dict[int, date]:
    rows = AskedToRead.objects.filter(institution=school).values_list("account_id").annotate(last=Max("asked_on"))
    return dict(rows)


def _tables(readers: Sequence[Reader], asked: dict[int, date]) -> tuple[Table, ...]:
    tables = []
    for role, title in TITLES.items():
        of_role = sorted((one for one in readers if one.role == role), key=_weakest_first)
        lines = tuple(Line(one, asked.get(one.account.pk)) for one in of_role)
        tables.append(Table(title, any(one.read14 for one in of_role), lines))
    return tuple(table for table in tables if table.lines)


def _weakest_first(one: Reader) -> tuple[float, int, int, str]:
    """By the share read within 14 days; those with nothing due yet come after, by the records never opened."""
    percent = one.read14.percent if one.read14 is not None else None
    return 101 if percent is None else percent, -one.unread, -one.never, one.account.name
