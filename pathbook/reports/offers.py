"""The September Guarantee: who in Years 11 and 12 has been offered a suitable place for the next year."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.plans import OfferSaid
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Offer
from pathbook.records.queries.next_steps import History, histories
from pathbook.reports.leaving_list import Asked, Person, enrolled, groups_of, narrowed, people_of

YEARS = (11, 12)  # whom the guarantee is given to
ACCEPTED, OFFERED, WAITING, LOST, NONE = "accepted", "offered", "waiting", "lost", "none"
STATES = {
    ACCEPTED: "Suitable offer accepted", OFFERED: "Suitable offer made", WAITING: "Applied, not answered yet",
    LOST: "No suitable offer stands", NONE: "Nothing recorded",
}  # fmt: skip
WITHOUT = "without"


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
    made = sum(line.state in (ACCEPTED, OFFERED) for line in lines)
    return OffersPage(
        asked, tuple(line for line in lines if asked.show != WITHOUT or line.state not in (ACCEPTED, OFFERED)),
        Share(made, len(lines)), Share(sum(line.state == ACCEPTED for line in lines), len(lines)),
        sum(line.unchecked for line in lines), date(AcademicYear.of(on).start + 1, 9, 30),
        tuple(sorted({one.year_group for one in people})), groups_of(people, asked), tuple(Offer.Status.choices),
        viewer.may(access.ASPIRATIONS, access.WRITE),
    )  # fmt: skip


def state_of(history: History, *, since: date) -> str:
    """Of the offers of this academic year."""
    offers = [one for one in history.offers if one.on >= since]
    if any(one.stands and one.status == "accepted" for one in offers):
        return ACCEPTED
    if any(one.stands for one in offers):
        return OFFERED
    if any(one.status == "applied" for one in offers):
        return WAITING
    return LOST if offers else NONE


def _line(who: Person, history: History, first: date) -> Line:
    this = tuple(one for one in history.offers if one.on >= first)
    state, best = state_of(history, since=first), History(offers=this).plans().offer
    return Line(who, state, STATES[state], best, max(len(this) - 1, 0))
