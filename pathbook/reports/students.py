"""The list of students: who they are, what they want, what they have had, what is missing.

One query finds who matches; facts are then read only for the rows shown, unless the list is narrowed or
sorted by gaps, when they are read for everyone who matches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.facts import OnRoll
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.eight import Mark, eight_marks
from pathbook.reports.remembered import Seen, seen

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was narrowed to. `gap` is a row id such as GB8.1a; `sort` name, group, gaps, met, "-" for down."""

    q: str = ""
    year: int | None = None
    group: str = ""
    who: str = ""
    gap: str = ""
    left: bool = False
    sort: str = "name"
    page: int = 1
    per: int = PER_PAGE


@dataclass(frozen=True, slots=True)
class Found:
    """A student who matches, before anything is counted."""

    pk: int
    key: str
    name: str
    sort_name: str
    year_group: int
    tutor_group: str
    support: str
    pupil_premium: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; parts the viewer may not see are empty."""

    found: Found
    pathway: str
    last_met: date | None
    counts: tuple[str, ...]  # employers, workplaces, providers, lessons attended this academic year, as shown
    marks: tuple[Mark, ...]
    gaps: str


@dataclass(frozen=True, slots=True)
class StudentsPage:
    """Everything the page and the CSV show. `groups`: tutor groups to choose from."""

    rows: Sequence[Row]
    page: "Page[Any]"
    asked: Asked
    groups: tuple[str, ...]
    total: int
    shows_activities: bool
    shows_guidance: bool
    shows_hopes: bool
    shows_support: bool


WHO: dict[str, tuple[str, dict[str, Any]]] = {
    "pp": ("Pupil premium", {"pupil_premium": True}),
    "support": ("SEN support", {"sen": "K"}),
    "ehcp": ("EHC plan", {"sen": "E"}),
    "sen": ("SEN support or EHC plan", {"sen__in": ("K", "E")}),
    "care": ("Looked after", {"looked_after": True}),
}


def students_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> StudentsPage:
    """At most seven queries, whatever the number of students."""
    found, groups = find(viewer, school, on=on, asked=asked, main_only=bool(asked.gap))
    counted = viewer.may(access.ACTIVITIES)
    known: dict[int, Seen] = {}
    if counted and (asked.gap or asked.sort.lstrip("-") in ("gaps", "met")):
        known = _known(found, school, on)
        found = [one for one in found if not asked.gap or _has_gap(known[one.pk].judged, asked.gap)]
    found = _sorted(found, asked.sort, known)
    page = Paginator(found, asked.per).get_page(asked.page)
    if counted and not known:
        known = _known(page.object_list, school, on)
    shows = {part: viewer.may(part) for part in (access.GUIDANCE, access.ASPIRATIONS, access.SUPPORT)}
    rows = [_row(one, known.get(one.pk), shows, on) for one in page.object_list]
    return StudentsPage(
        rows, page, asked, groups, len(found), counted,
        shows[access.GUIDANCE], shows[access.ASPIRATIONS], shows[access.SUPPORT],
    )  # fmt: skip


def find(
    viewer: Viewer, school: Institution, *, on: date, asked: Asked, main_only: bool = False, seen_on: date | None = None
) -> tuple[list[Found], tuple[str, ...]]:
    """Who matches, and the tutor groups there are to choose from; one query each.

    `main_only` wherever something is counted: a subsidiary enrolment is in nobody's denominator here.
    `seen_on`: the day whose permissions hold, when `on` is another day that is only asked about.
    """
    visible = students_visible_to(viewer, seen_on or on)
    if asked.left:
        return _left(visible, school, on, asked), ()
    enrolled = Enrolment.objects.current(on).filter(institution=school, student__in=visible)
    forms = enrolled.order_by("year_group", "tutor_group__name").values_list("year_group", "tutor_group__name")
    groups = tuple(name for _, name in forms.distinct() if name)
    if main_only:
        enrolled = enrolled.main()
    if asked.year:
        enrolled = enrolled.filter(year_group=asked.year)
    if asked.group:
        enrolled = enrolled.filter(tutor_group__name=asked.group)
    if asked.who in WHO and viewer.may(access.SUPPORT):
        enrolled = enrolled.filter(**WHO[asked.who][1])
    rows = enrolled.order_by("registration").values_list(*COLUMNS)
    found = {row[0]: _found(row, viewer.may(access.SUPPORT)) for row in rows if _matches(row, asked.q)}
    return list(found.values()), groups


COLUMNS = (
    "student_id", "student__key", "student__legal_forename", "student__legal_surname", "student__preferred_forename",
    "student__preferred_surname", "student__upn", "student__mis_id", "year_group", "tutor_group__name", "sen",
    "pupil_premium",
)  # fmt: skip


def _left(visible: Any, school: Institution, on: date, asked: Asked) -> list[Found]:
    """Students not on the roll today, with the last year group they were in."""
    here = Enrolment.objects.current(on).filter(institution=school).values("student")
    rows = Enrolment.objects.filter(student__in=visible).exclude(student__in=here).order_by("academic_year", "pk")
    found = {row[0]: _found(row, False) for row in rows.values_list(*COLUMNS) if _matches(row, asked.q)}
    return [one for one in found.values() if not asked.year or one.year_group == asked.year]


def _found(row: tuple[Any, ...], support: bool) -> Found:
    pk, key, forename, surname, called, family, _upn, _own, year_group, form, sen, premium = row
    first, last = called or forename, family or surname
    words = [word for word in ("PP" if premium else "", {"K": "SEN support", "E": "EHC plan"}.get(sen, "")) if word]
    return Found(
        pk, key, f"{first} {last}".strip(), plain_name(f"{last} {first}"), year_group, form or "",
        ", ".join(words) if support else "", premium and support,
    )  # fmt: skip


def _matches(row: tuple[Any, ...], q: str) -> bool:
    if not q:
        return True
    said = plain_name(" ".join(str(part) for part in row[2:8]))
    return all(word in said for word in plain_name(q).split())


def _known(found: Iterable[Found], school: Institution, on: date) -> dict[int, Seen]:
    roll = [OnRoll(one.pk, one.key, one.year_group, one.tutor_group) for one in found]
    return seen(roll, school=school, set_id=set_in_force(on), as_of=on)


def _has_gap(judged: Judged, row: str) -> bool:
    return row in judged.applying and not judged.verdicts[row].met


def _sorted(found: list[Found], sort: str, known: dict[int, Seen]) -> list[Found]:
    """Always ends with the name and the key, so that a page's edge never loses anyone."""
    by_name = sorted(found, key=lambda one: (one.sort_name, one.key))
    name, down = sort.lstrip("-"), sort.startswith("-")
    if name == "group":
        return sorted(by_name, key=lambda one: (one.year_group, one.tutor_group), reverse=down)
    if name == "gaps" and known:
        return sorted(by_name, key=lambda one: (known[one.pk].judged.gaps, one.pupil_premium), reverse=down)
    if name == "met" and known:
        return sorted(by_name, key=lambda one: known[one.pk].last_met or date.min, reverse=down)
    return by_name[::-1] if down else by_name


def _row(one: Found, known: Seen | None, shows: dict[str, bool], on: date) -> Row:
    if known is None:
        return Row(one, "", None, (), (), "")
    said = known.pathway if shows[access.ASPIRATIONS] else ""
    met = known.last_met if shows[access.GUIDANCE] else None
    marks = tuple(m for m in eight_marks(known.judged) if m.number != 8 or shows[access.GUIDANCE])
    counts = tuple(map(str, known.judged.this_year))
    return Row(one, PATHWAYS.get(said, ""), met, counts, marks, str(known.judged.gaps))
