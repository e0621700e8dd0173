"""The September Guarantee: who in Years 11 and 12 has been offered a suitable place for the next year."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.plans import GUARANTEE, OfferSaid, guarantee_of
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Offer
from pathbook.records.queries.next_steps import History, histories
from pathbook.reports.leaving_list import Asked, Person, enrolled, groups_of, narrowed, people_of

YEARS = (11, 12)  # whom the guarantee is given to
WITHOUT = "without"
HAVE = ("accepted", "offered")


@dataclass(frozen=True, slots=True)
class Line:
    """`offer` is the one that matters most; `others` how many more there are. `unchecked`: nobody said yet whether it suits."""

    who: Person
    state: str
    word: str
    offer: OfferSaid | None
    others: int

    @property
    def unchecked(self) -> bool:
        return self.offer is not None and self.offer.stands and self.offer.suitable is None


@dataclass(frozen=True, slots=True)
class OffersPage:
    asked: Asked
    lines: tuple[Line, ...]
    made: Share
    accepted: Share
    unchecked: int
    by: date
    years: tuple[int, ...]
    groups: tuple[str, ...]
    statuses: tuple[tuple[str, str], ...]
    may_write: bool


def offers_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> OffersPage:
    """Two queries for any number of students."""
    rows = enrolled(viewer, school, on=on, years=YEARS)
    people = people_of(rows)
    known = histories(Student.objects.filter(pk__in=rows.values("student")), as_of=on, only=("offers",))
    first = AcademicYear.of(on).first_day
    lines = [_line(one, known[one.pk], first) for one in narrowed(people, asked)]
    made = sum(line.state in HAVE for line in lines)
    return OffersPage(
        asked, tuple(line for line in lines if asked.show != WITHOUT or line.state not in HAVE),
        Share(made, len(lines)), Share(sum(line.state == "accepted" for line in lines), len(lines)),
        sum(line.unchecked for line in lines), date(AcademicYear.of(on).start + 1, 9, 30),
        tuple(sorted({one.year_group for one in people})), groups_of(people, asked), tuple(Offer.Status.choices),
        viewer.may(access.ASPIRATIONS, access.WRITE),
    )  # fmt: skip


def _line(who: Person, history: History, first: date) -> Line:
    this = tuple(one for one in history.offers if one.on >= first)
    state, best = guarantee_of(this, since=first), History(offers=this).plans().offer
    return Line(who, state, GUARANTEE[state], best, max(len(this) - 1, 0))
