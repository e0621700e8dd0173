"""Who has said what they mean to do next in this round, autumn or spring, and who has not yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.destinations import INTENDED, Code, Round, days_of, round_of
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models.destination import PATHWAYS
from pathbook.records.queries.next_steps import History, codes_of, histories
from pathbook.reports.leaving_list import Asked, Person, enrolled, groups_of, narrowed, people_of

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Line:
    """`now` is the code said in this round, empty where none is; `before` what was said last before it, in words."""

    who: Person
    hope: str
    now: str
    now_label: str
    said_on: date | None
    before: str


@dataclass(frozen=True, slots=True)
class IntentionsPage:
    """`said`: of everyone narrowed to, whatever is shown. `years`: those there are; `codes`: what the list offers."""

    round: Round
    since: date
    asked: Asked
    lines: tuple[Line, ...]
    said: Share
    years: tuple[int, ...]
    groups: tuple[str, ...]
    codes: tuple[Code, ...]
    may_write: bool


def intentions_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> IntentionsPage:
    """Four queries for any number of students."""
    rows = enrolled(viewer, school, on=on)
    people, codes = people_of(rows), codes_of(school)
    known = histories(Student.objects.filter(pk__in=rows.values("student")), as_of=on, only=("hopes", "intentions"))
    first, _ = days_of(AcademicYear.of(on), round_of(on))
    lines = [_line(one, known[one.pk], codes, first) for one in narrowed(people, asked)]
    shown = [line for line in lines if asked.show != WITHOUT or not line.now]
    used = {line.now for line in lines} - {""}
    return IntentionsPage(
        round_of(on), first, asked, tuple(shown), Share(sum(bool(line.now) for line in lines), len(lines)),
        tuple(sorted({one.year_group for one in people})), groups_of(people, asked), offered(codes, used),
        viewer.may(access.INTENDS, access.WRITE),
    )  # fmt: skip


def offered(codes: Mapping[str, Code], used: set[str]) -> tuple[Code, ...]:
    """What somebody may mean to do: the usual ones, the school's own, and whatever is said already."""
    from_school = {code for code, one in codes.items() if one.used and not one.certain and one.is_place}
    return tuple(
        codes.get(code, Code(code, code, "Other"))
        for code in sorted({code for code in INTENDED if code in codes and codes[code].used} | from_school | used)
    )


def _line(who: Person, history: History, codes: Mapping[str, Code], first: date) -> Line:
    this = [(on, code) for on, code in history.intentions if on >= first]
    earlier = [code for on, code in history.intentions if on < first]
    said_on, now = this[-1] if this else (None, "")
    pathway = history.hopes[-1][1] if history.hopes else ""
    return Line(
        who, PATHWAYS.get(pathway, ""), now, _label(now, codes), said_on, _label(earlier[-1], codes) if earlier else ""
    )


def _label(code: str, codes: Mapping[str, Code]) -> str:
    return codes[code].label if code in codes else code
